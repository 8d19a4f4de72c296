//! A walk over the tokens of a file: which items and sets stand in it.
//!
//! In: the tokens of a file. Out: the tokens of each annotated item, of each `policy_set!` and of each `sqlx::Type`.
//! Does not follow `mod x;` (folders are read whole), does not expand macros, need not understand the rest of the
//! file. No recursion: a deep file must not end the build.

use std::iter::Peekable;

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree, token_stream::IntoIter};

use super::attributes::{Attributes, Condition, Derived};

/// A `struct`, `enum` or `union`, or a `trait` with `#[functions]`.
#[derive(Debug)]
pub(super) struct FoundItem {
    /// All its tokens, attributes included.
    pub(super) tokens: TokenStream,
    /// Its attributes.
    pub(super) attributes: Attributes,
    /// Its name.
    pub(super) name: Ident,
    /// Hedgerow's derives on it.
    pub(super) derives: Vec<Derived>,
    /// The key word of what carries `#[functions]` and is no trait.
    pub(super) misplaced: Option<Span>,
    /// What makes it conditional.
    pub(super) condition: Condition,
}

/// A `policy_set!`.
#[derive(Debug)]
pub(super) struct FoundSet {
    /// What stands in its brackets.
    pub(super) body: TokenStream,
    /// What makes it conditional.
    pub(super) condition: Condition,
}

/// A conditional `mod x;`: what stands in another file exists only then.
#[derive(Debug)]
pub(super) struct FoundModule {
    /// Its path below the file's own module.
    pub(super) path: Vec<String>,
    /// When it exists.
    pub(super) condition: Condition,
}

/// What stands in a file.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// Items with one of Hedgerow's derives.
    pub(super) items: Vec<FoundItem>,
    /// Items with `#[derive(sqlx::Type)]`.
    pub(super) types: Vec<FoundItem>,
    /// Sets.
    pub(super) sets: Vec<FoundSet>,
    /// Conditional modules in files of their own.
    pub(super) modules: Vec<FoundModule>,
}

/// Walks over a file.
pub(super) fn walk(file: TokenStream) -> Walk {
    let mut walk = Walk::default();
    let mut waiting = vec![Around { tokens: file, condition: Condition::Always, modules: Vec::new() }];
    while let Some(around) = waiting.pop() {
        let trees = around.tokens.clone().into_iter().peekable();
        Level { around, trees, run: Vec::new(), open: true, walk: &mut walk, waiting: &mut waiting }.read();
    }
    walk
}

/// Tokens between two braces, and what surrounds them.
struct Around {
    tokens: TokenStream,
    condition: Condition,
    modules: Vec<String>,
}

/// The reader of one level.
struct Level<'a> {
    around: Around,
    trees: Peekable<IntoIter>,
    /// The attributes of the item at hand.
    run: Vec<TokenTree>,
    /// Whether more attributes may follow.
    open: bool,
    walk: &'a mut Walk,
    waiting: &'a mut Vec<Around>,
}

impl Level<'_> {
    fn read(mut self) {
        while let Some(tree) = self.trees.next() {
            match tree {
                TokenTree::Punct(punct) if punct.as_char() == '#' => self.attribute(TokenTree::Punct(punct)),
                TokenTree::Punct(punct) if matches!(punct.as_char(), ';' | ',') => self.run.clear(),
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => self.descend(&group, None),
                TokenTree::Ident(word) => self.word(&word),
                _ => self.open = false,
            }
        }
    }

    /// `#[..]` or `#![..]`.
    fn attribute(&mut self, hash: TokenTree) {
        if let Some(TokenTree::Punct(_)) = self.trees.next_if(|tree| is_punct(tree, '!')) {
            if let Some(TokenTree::Group(group)) = self.trees.next_if(is_bracket) {
                self.around.condition = self.around.condition.and(Attributes::read([&group]).condition());
            }
            return;
        }
        if let Some(group) = self.trees.next_if(is_bracket) {
            if !self.open {
                self.run.clear();
            }
            self.open = true;
            self.run.extend([hash, group]);
        }
    }

    fn attributes(&self) -> Attributes {
        Attributes::read(self.run.iter().filter_map(|tree| if let TokenTree::Group(group) = tree { Some(group) } else { None }))
    }

    fn condition(&self) -> Condition {
        if self.run.is_empty() { self.around.condition } else { self.around.condition.and(self.attributes().condition()) }
    }

    /// Goes into braces later, unless what they hold is for tests only.
    fn descend(&mut self, group: &Group, module: Option<String>) {
        let condition = self.condition();
        self.run.clear();
        if !matches!(condition, Condition::Test) {
            let modules = self.around.modules.iter().cloned().chain(module).collect();
            self.waiting.push(Around { tokens: group.stream(), condition, modules });
        }
    }

    fn word(&mut self, word: &Ident) {
        self.open = false;
        if word == "struct" || word == "enum" || word == "union" {
            self.item(word);
        } else if word == "trait" {
            // Any other is gone into: its methods may hold items.
            if self.attributes().functions().is_some() {
                self.item(word);
            }
        } else if word == "mod" {
            self.module();
        } else if word == "macro" {
            self.macro_definition();
        } else if self.trees.peek().is_some_and(|tree| is_punct(tree, '!')) && !is_keyword(word) {
            self.macro_call(word);
        }
    }

    /// Takes an item to its `;` or `{..}`.
    fn item(&mut self, keyword: &Ident) {
        let Some(TokenTree::Ident(name)) = self.trees.next_if(|tree| matches!(tree, TokenTree::Ident(_))) else { return };
        let mut tokens = std::mem::take(&mut self.run);
        let groups = tokens.iter().filter_map(|tree| if let TokenTree::Group(group) = tree { Some(group) } else { None });
        let attributes = Attributes::read(groups);
        tokens.extend([TokenTree::Ident(keyword.clone()), TokenTree::Ident(name.clone())]);
        for tree in self.trees.by_ref() {
            let end = is_punct(&tree, ';') || is_brace(&tree);
            tokens.push(tree);
            if end {
                break;
            }
        }
        let condition = self.around.condition.and(attributes.condition());
        let sqlx_type = attributes.derives_sqlx_type();
        let derives = if keyword == "trait" { attributes.functions().into_iter().collect() } else { attributes.derives() };
        let misplaced = attributes.functions().filter(|_| keyword != "trait").map(|_| keyword.span());
        let ours = !derives.is_empty() || misplaced.is_some();
        if matches!(condition, Condition::Test) || !(ours || sqlx_type) {
            return;
        }
        let of = if ours { &mut self.walk.items } else { &mut self.walk.types };
        of.push(FoundItem { tokens: tokens.into_iter().collect(), attributes, name, derives, misplaced, condition });
    }

    /// `mod x {..}` or `mod x;`.
    fn module(&mut self) {
        let Some(TokenTree::Ident(name)) = self.trees.next_if(|tree| matches!(tree, TokenTree::Ident(_))) else { return };
        let name = name.to_string();
        if let Some(TokenTree::Group(group)) = self.trees.next_if(is_brace) {
            self.descend(&group, Some(name));
        } else if !matches!(self.condition(), Condition::Always) {
            let path = self.around.modules.iter().cloned().chain([name]).collect();
            let condition = self.condition();
            self.walk.modules.push(FoundModule { path, condition });
        }
    }

    /// `macro name(..) {..}`: nothing in it is an item yet.
    fn macro_definition(&mut self) {
        if self.trees.next_if(|tree| matches!(tree, TokenTree::Ident(_))).is_some() {
            self.trees.next_if(|tree| matches!(tree, TokenTree::Group(_)) && !is_brace(tree));
            self.trees.next_if(is_brace);
        }
    }

    /// `name!(..)`, `macro_rules! name {..}`: what a macro makes of its tokens is not known here.
    fn macro_call(&mut self, word: &Ident) {
        self.trees.next();
        self.trees.next_if(|tree| matches!(tree, TokenTree::Ident(_)));
        let Some(TokenTree::Group(group)) = self.trees.next_if(|tree| matches!(tree, TokenTree::Group(_))) else { return };
        let condition = self.condition();
        if word == "policy_set" && !matches!(condition, Condition::Test) {
            self.walk.sets.push(FoundSet { body: group.stream(), condition });
        }
        self.run.clear();
    }
}

fn is_punct(tree: &TokenTree, wanted: char) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == wanted)
}

fn is_brace(tree: &TokenTree) -> bool {
    matches!(tree, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

fn is_bracket(tree: &TokenTree) -> bool {
    matches!(tree, TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket)
}

/// Words before a `!` that negates: `if !{..}`, `return !(..)`.
fn is_keyword(word: &Ident) -> bool {
    ["if", "while", "match", "return", "in", "break", "else", "let", "move", "yield"].iter().any(|keyword| word == keyword)
}
