//! The attributes before an item, read as tokens: derives, conditions, helpers.
//!
//! In: the `#[..]` groups of one item. Out: which derives it carries, and what makes it conditional.
//! Must not know what the attributes of Hedgerow say.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use crate::syntax::{Derive, Tokens};

/// When an item exists.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Condition {
    /// Always.
    #[default]
    Always,
    /// In tests only: not part of what is built.
    Test,
    /// Under a condition that a build script cannot decide; its tokens.
    Cfg(Tokens),
}

impl Condition {
    /// Both.
    pub(super) fn and(self, other: Condition) -> Condition {
        match (self, other) {
            (Condition::Test, _) | (_, Condition::Test) => Condition::Test,
            (Condition::Cfg(tokens), _) | (_, Condition::Cfg(tokens)) => Condition::Cfg(tokens),
            _ => Condition::Always,
        }
    }
}

/// One attribute.
#[derive(Clone, Debug)]
pub(super) struct Attribute {
    /// The segments of its path.
    path: Vec<String>,
    /// What stands in its brackets.
    arguments: TokenStream,
    /// Its tokens.
    tokens: Tokens,
    /// The tokens of the `cfg_attr` around it.
    conditional: Option<Tokens>,
}

/// A derive that a run of attributes names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Derived {
    /// Which.
    pub(super) derive: Derive,
    /// The `cfg_attr` around it.
    pub(super) conditional: Option<Tokens>,
}

/// The attributes of one item.
#[derive(Clone, Debug, Default)]
pub(super) struct Attributes {
    list: Vec<Attribute>,
}

impl Attributes {
    /// Reads the bracket groups of a run.
    pub(super) fn read<'a>(groups: impl IntoIterator<Item = &'a Group>) -> Attributes {
        let mut list = Vec::new();
        for group in groups {
            let tokens = Tokens { first: group.span_open(), last: group.span_close() };
            if let Some(attribute) = attribute(group.stream(), tokens, None) {
                unfold(attribute, &mut list);
            }
        }
        Attributes { list }
    }

    /// Reads the attributes of a field.
    pub(super) fn of_syn(attributes: &[syn::Attribute]) -> Attributes {
        let mut list = Vec::new();
        for one in attributes {
            let read = attribute(quote::ToTokens::to_token_stream(&one.meta), Tokens::from(one), None);
            if let Some(attribute) = read {
                unfold(attribute, &mut list);
            }
        }
        Attributes { list }
    }

    /// When the item exists.
    pub(super) fn condition(&self) -> Condition {
        self.list.iter().fold(Condition::Always, |all, attribute| all.and(attribute.condition()))
    }

    /// Hedgerow's derives: by a path that says so, or with their helper attribute.
    pub(super) fn derives(&self) -> Vec<Derived> {
        let mut found: Vec<Derived> = Vec::new();
        for (path, conditional) in self.derive_paths() {
            let Some(derive) = Derive::ALL.iter().copied().find(|d| path.last().is_some_and(|last| last == d.name())) else { continue };
            let ours = path.len() > 1 && path.first().is_some_and(|first| first == "hedgerow");
            let helped = self.list.iter().any(|a| a.path.as_slice() == [derive.attribute()]);
            if (ours || helped) && !found.iter().any(|other| other.derive == derive) {
                found.push(Derived { derive, conditional });
            }
        }
        found
    }

    /// `#[functions]` or `#[hedgerow::functions]`.
    pub(super) fn functions(&self) -> Option<Derived> {
        let is = |a: &&Attribute| match a.path.as_slice() {
            [name] => name == "functions",
            [first, .., last] => first == "hedgerow" && last == "functions",
            [] => false,
        };
        self.list.iter().find(is).map(|a| Derived { derive: Derive::Functions, conditional: a.conditional })
    }

    /// Whether `sqlx::Type` is derived, under a condition or not.
    pub(super) fn derives_sqlx_type(&self) -> bool {
        self.derive_paths().iter().any(|(path, _)| {
            let sqlx = path.first().is_some_and(|first| first == "sqlx") || path.len() == 1;
            sqlx && path.last().is_some_and(|last| last == "Type")
        })
    }

    /// The first `cfg_attr` that changes what an item of Hedgerow says.
    pub(super) fn changed_by_condition(&self) -> Option<Tokens> {
        let names = |name: &String| matches!(name.as_str(), "policy" | "role" | "schema" | "context" | "view" | "functions" | "sqlx");
        self.list.iter().find(|a| a.conditional.is_some() && a.path.first().is_some_and(names)).and_then(|a| a.conditional)
    }

    /// The arguments of every attribute of a name.
    pub(super) fn arguments(&self, name: &str) -> Vec<TokenStream> {
        self.list.iter().filter(|a| a.path.as_slice() == [name]).map(|a| a.arguments.clone()).collect()
    }

    fn derive_paths(&self) -> Vec<(Vec<String>, Option<Tokens>)> {
        let derives = self.list.iter().filter(|a| a.path.as_slice() == ["derive"]);
        derives.flat_map(|a| split(a.arguments.clone()).into_iter().map(|chunk| (path_of(&chunk), a.conditional))).collect()
    }
}

impl Attribute {
    fn condition(&self) -> Condition {
        let name = self.path.last().map_or("", String::as_str);
        let whole = self.path.len() == 1;
        match name {
            "cfg" if whole && is_test(&self.arguments) => Condition::Test,
            "cfg" if whole => Condition::Cfg(self.tokens),
            // `#[test]`, `#[tokio::test]`, `#[bench]` exist in tests only.
            "test" | "bench" => Condition::Test,
            _ => Condition::Always,
        }
    }
}

/// `test`, `all(test, ..)`.
fn is_test(arguments: &TokenStream) -> bool {
    let mut waiting = vec![arguments.clone()];
    while let Some(stream) = waiting.pop() {
        for chunk in split(stream) {
            match chunk.as_slice() {
                [TokenTree::Ident(word)] if word == "test" => return true,
                [TokenTree::Ident(word), TokenTree::Group(inner)] if word == "all" => waiting.push(inner.stream()),
                _ => {}
            }
        }
    }
    false
}

/// `path`, `path(..)`, `path = ..`.
fn attribute(stream: TokenStream, tokens: Tokens, conditional: Option<Tokens>) -> Option<Attribute> {
    let all: Vec<TokenTree> = stream.into_iter().collect();
    let path = path_of(&all);
    let arguments = all.iter().find_map(|tree| match tree {
        TokenTree::Group(group) if group.delimiter() != Delimiter::None => Some(group.stream()),
        _ => None,
    });
    (!path.is_empty()).then(|| Attribute { path, arguments: arguments.unwrap_or_default(), tokens, conditional })
}

/// An attribute, and those inside if it is a `cfg_attr`.
fn unfold(attribute: Attribute, list: &mut Vec<Attribute>) {
    let mut waiting = vec![attribute];
    while let Some(one) = waiting.pop() {
        if one.path.as_slice() == ["cfg_attr"] {
            let inner = split(one.arguments.clone()).into_iter().skip(1).rev();
            waiting.extend(
                inner.filter_map(|chunk| {
                    self::attribute(chunk.into_iter().collect(), one.tokens, Some(one.conditional.unwrap_or(one.tokens)))
                }),
            );
        }
        list.push(one);
    }
}

/// The segments at the beginning of some tokens, without `r#`.
fn path_of(trees: &[TokenTree]) -> Vec<String> {
    let mut path = Vec::new();
    for tree in trees {
        match tree {
            TokenTree::Ident(word) => {
                let word = word.to_string();
                path.push(word.strip_prefix("r#").unwrap_or(&word).to_owned());
            }
            TokenTree::Punct(punct) if punct.as_char() == ':' => {}
            _ => break,
        }
    }
    path
}

/// Splits at the commas of this level.
pub(super) fn split(stream: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut all = vec![Vec::new()];
    for tree in stream {
        match (&tree, all.last_mut()) {
            (TokenTree::Punct(punct), _) if punct.as_char() == ',' => all.push(Vec::new()),
            (_, Some(chunk)) => chunk.push(tree),
            (_, None) => {}
        }
    }
    all.retain(|chunk| !chunk.is_empty());
    all
}
