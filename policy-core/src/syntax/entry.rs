//! `key`, `key = value`, `key(list)`: the grammar of every attribute, and slots that own their errors.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::ToTokens;

use super::origins::Tokens;
use super::{Cx, Expected, Keep, PathUse, unraw};
use crate::diag::{codes, listed, nearest};
use crate::model::Grantee;

/// One entry of a list.
#[derive(Debug)]
pub(super) struct Entry {
    /// Its key, without `r#`.
    pub(super) name: String,
    /// The key's token.
    pub(super) key: Ident,
    /// What follows the key.
    pub(super) value: Value,
    /// All its tokens.
    pub(super) tokens: Tokens,
}

/// What follows a key.
#[derive(Debug)]
pub(super) enum Value {
    /// Nothing.
    Flag,
    /// `= tokens`
    Assign(TokenStream),
    /// `(tokens)`
    List(Group),
}

/// Splits at the commas of this level.
pub(super) fn chunks(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut all = Vec::new();
    let mut chunk = Vec::new();
    for tree in tokens {
        match &tree {
            TokenTree::Punct(punct) if punct.as_char() == ',' => all.push(std::mem::take(&mut chunk)),
            _ => chunk.push(tree),
        }
    }
    all.push(chunk);
    all.retain(|chunk| !chunk.is_empty());
    all
}

/// Reads a list of entries.
pub(super) fn entries(tokens: TokenStream, cx: &mut Cx) -> Vec<Entry> {
    let mut found = Vec::new();
    for chunk in chunks(tokens) {
        for part in without_comma(chunk, cx) {
            found.extend(entry(part, cx));
        }
    }
    found
}

/// `table = "a" no_tenant`, `permit(..) permit(..)`: two entries and no comma; both are read.
fn without_comma(chunk: Vec<TokenTree>, cx: &mut Cx) -> Vec<Vec<TokenTree>> {
    let (mut parts, mut part): (Vec<Vec<TokenTree>>, Vec<TokenTree>) = (Vec::new(), Vec::new());
    for tree in chunk {
        let ended = match part.as_slice() {
            [TokenTree::Ident(_)] => matches!(tree, TokenTree::Ident(_)),
            [TokenTree::Ident(_), TokenTree::Group(_)] => matches!(tree, TokenTree::Ident(_)),
            [TokenTree::Ident(_), TokenTree::Punct(equals), TokenTree::Literal(_)] => {
                equals.as_char() == '=' && matches!(tree, TokenTree::Ident(_))
            }
            _ => false,
        };
        if ended {
            cx.at(codes::MALFORMED, &tree, format!("a comma is missing before `{tree}`")).help("entries are separated by commas").keep(cx);
            parts.push(std::mem::take(&mut part));
        }
        part.push(tree);
    }
    parts.push(part);
    parts
}

/// Reads one entry.
pub(super) fn entry(chunk: Vec<TokenTree>, cx: &mut Cx) -> Option<Entry> {
    let tokens = Tokens::of(chunk.iter().cloned().collect());
    let mut rest = chunk.into_iter();
    if let Some(TokenTree::Ident(key)) = rest.next() {
        let name = unraw(&key);
        let value = match (rest.next(), rest.next()) {
            (None, _) => Some(Value::Flag),
            (Some(TokenTree::Group(group)), None) if group.delimiter() == Delimiter::Parenthesis => Some(Value::List(group)),
            (Some(TokenTree::Punct(punct)), Some(first)) if punct.as_char() == '=' => {
                Some(Value::Assign(std::iter::once(first).chain(rest).collect()))
            }
            _ => None,
        };
        if let Some(value) = value {
            return Some(Entry { name, key, value, tokens });
        }
    }
    cx.at(codes::MALFORMED, tokens, "not a key")
        .help("an entry is `key`, `key = value` or `key(..)`; entries are separated by commas")
        .keep(cx);
    None
}

impl Entry {
    /// Reports that the value is of the wrong shape.
    pub(super) fn malformed(&self, wanted: &str, cx: &mut Cx) {
        cx.at(codes::MALFORMED, self.tokens, format!("`{}` is written `{wanted}`", self.name)).keep(cx);
    }

    /// `key`
    pub(super) fn flag(&self, cx: &mut Cx) -> bool {
        let flag = matches!(self.value, Value::Flag);
        if !flag {
            let message = format!("`{}` takes no value", self.name);
            cx.at(codes::MALFORMED, self.tokens, message).help(format!("write `{}`, or leave it out", self.name)).keep(cx);
        }
        flag
    }

    /// `key = "text"`, with the tokens of the text.
    pub(super) fn text(&self, cx: &mut Cx) -> Option<(String, Tokens)> {
        if let Value::Assign(tokens) = &self.value
            && let Ok(literal) = syn::parse2::<syn::LitStr>(tokens.clone())
        {
            return Some((literal.value(), Tokens::from(&literal)));
        }
        self.malformed(&format!("{} = \"..\"", self.name), cx);
        None
    }

    /// `key = "reason"`, not empty.
    pub(super) fn reason(&self, cx: &mut Cx) -> Option<String> {
        if let Value::Flag = self.value {
            cx.at(codes::EMPTY_REASON, &self.key, format!("`{}` without a reason", self.name))
                .help(format!("say why, for the reviewer: `{} = \"..\"`", self.name))
                .keep(cx);
            return None;
        }
        let (text, tokens) = self.text(cx)?;
        if text.trim().is_empty() {
            cx.at(codes::EMPTY_REASON, tokens, format!("`{}` with an empty reason", self.name)).help("say why, for the reviewer").keep(cx);
            return None;
        }
        Some(text)
    }

    /// `key(..)`
    pub(super) fn list(&self, cx: &mut Cx) -> Option<TokenStream> {
        if let Value::List(group) = &self.value {
            return Some(group.stream());
        }
        self.malformed(&format!("{}(..)", self.name), cx);
        None
    }

    /// `key = true` or `key = false`.
    pub(super) fn truth(&self, cx: &mut Cx) -> Option<bool> {
        if let Value::Assign(tokens) = &self.value
            && let Ok(literal) = syn::parse2::<syn::LitBool>(tokens.clone())
        {
            return Some(literal.value);
        }
        self.malformed(&format!("{} = true", self.name), cx);
        None
    }

    /// `key = Path`: the path's last segment; the path is remembered for the assertions.
    pub(super) fn path(&self, expected: Expected, cx: &mut Cx) -> Option<String> {
        if let Value::Assign(tokens) = &self.value {
            return path(tokens.clone(), expected, cx);
        }
        self.malformed(&format!("{} = Item", self.name), cx);
        None
    }

    /// `key = Item.member`.
    pub(super) fn member(&self, expected: Expected, cx: &mut Cx) -> Option<(String, String)> {
        if let Value::Assign(tokens) = &self.value {
            return member(tokens.clone(), expected, cx);
        }
        self.malformed(&format!("{} = Item.member", self.name), cx);
        None
    }

    /// `key = PUBLIC | Path | [..]`, with the tokens of each.
    pub(super) fn grantees(&self, cx: &mut Cx) -> Vec<(Grantee, Tokens)> {
        let Value::Assign(tokens) = &self.value else {
            self.malformed(&format!("{} = Role` or `{} = [Role, ..]", self.name, self.name), cx);
            return Vec::new();
        };
        let mut trees = tokens.clone().into_iter();
        let all = match (trees.next(), trees.next()) {
            (Some(TokenTree::Group(group)), None) if group.delimiter() == Delimiter::Bracket => {
                let all = chunks(group.stream());
                if all.is_empty() {
                    cx.at(codes::MALFORMED, &group, "no role").help("name a role, or PUBLIC for every one").keep(cx);
                }
                all
            }
            (Some(TokenTree::Group(group)), None) if group.delimiter() == Delimiter::Parenthesis => {
                cx.at(codes::MALFORMED, &group, "roles in round brackets").help("a list of roles is `[Role, ..]`").keep(cx);
                return Vec::new();
            }
            _ => vec![tokens.clone().into_iter().collect()],
        };
        let mut found: Vec<(Grantee, Tokens)> = Vec::new();
        for chunk in all {
            let stream: TokenStream = chunk.into_iter().collect();
            let at = Tokens::of(stream.clone());
            let grantee =
                if stream.to_string() == "PUBLIC" { Some(Grantee::Public) } else { path(stream, Expected::Role, cx).map(Grantee::Role) };
            match grantee {
                Some(one) if found.iter().any(|(other, _)| *other == one) => {
                    cx.at(codes::TWICE_IN_LIST, at, "this role is listed twice").help("remove one").keep(cx);
                }
                Some(one) => found.push((one, at)),
                None => {}
            }
        }
        found
    }
}

/// A path to an item: its last segment.
pub(super) fn path(tokens: TokenStream, expected: Expected, cx: &mut Cx) -> Option<String> {
    if let Ok(literal) = syn::parse2::<syn::LitStr>(tokens.clone()) {
        cx.at(codes::TOKENS_OR_STRING, &literal, "a text where an item is named")
            .help("name the Rust item, without quotes: rustc then knows it")
            .keep(cx);
        return None;
    }
    match syn::parse2::<syn::Path>(tokens.clone()) {
        Ok(path) if path.segments.iter().all(|segment| segment.arguments.is_empty()) => {
            let last = path.segments.last().map(|segment| unraw(&segment.ident))?;
            cx.paths.push(PathUse { expected, path: path.to_token_stream(), member: None });
            Some(last)
        }
        _ => {
            cx.at(codes::MALFORMED, Tokens::of(tokens), "not the path of an item").help("name an item: `Role` or `module::Role`").keep(cx);
            None
        }
    }
}

/// `Item.member`: the path's last segment and the member; both are remembered for the assertions.
pub(super) fn member(tokens: TokenStream, expected: Expected, cx: &mut Cx) -> Option<(String, String)> {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    if let [before @ .., TokenTree::Punct(dot), TokenTree::Ident(member)] = trees.as_slice()
        && dot.as_char() == '.'
    {
        let item = path(before.iter().cloned().collect(), expected, cx)?;
        if let Some(last) = cx.paths.last_mut() {
            last.member = Some(member.clone());
        }
        return Some((item, unraw(member)));
    }
    let wanted = if expected == Expected::Functions { "Trait.function" } else { "Item.column" };
    cx.at(codes::MALFORMED, Tokens::of(tokens), format!("not `{wanted}`")).help(format!("write `{wanted}`, without quotes")).keep(cx);
    None
}

/// Sorts entries by key: reports unknown ones, and repeated ones unless they may repeat.
pub(super) struct Keys {
    entries: Vec<Entry>,
    /// What unknown keys were probably meant as: nobody needs to be told that those are missing.
    meant: Vec<String>,
}

impl Keys {
    /// `known` may stand once, `many` as often as wanted.
    pub(super) fn sort(entries: Vec<Entry>, known: &[&str], many: &[&str], of: &str, cx: &mut Cx) -> Keys {
        let (mut kept, mut meant): (Vec<Entry>, Vec<String>) = (Vec::new(), Vec::new());
        for entry in entries {
            let name = entry.name.as_str();
            if many.contains(&name) || (known.contains(&name) && !kept.iter().any(|other| other.name == name)) {
                kept.push(entry);
            } else if known.contains(&name) {
                cx.at(codes::DUPLICATE_KEY, &entry.key, format!("`{name}` stands twice")).help("remove one of them").keep(cx);
            } else {
                let all = || known.iter().chain(many).copied();
                meant.extend(nearest(name, all()).map(str::to_owned));
                cx.at(codes::UNKNOWN_KEY, &entry.key, format!("unknown key `{name}` in {of}"))
                    .maybe_help(nearest(name, all()).map(|near| format!("did you mean `{near}`?")))
                    .help(format!("the keys are {}", listed(all())))
                    .keep(cx);
            }
        }
        Keys { entries: kept, meant }
    }

    /// Whether a key is neither there nor probably meant by a misspelt one.
    pub(super) fn lacks(&self, key: &str) -> bool {
        self.get(key).is_none() && !self.meant.iter().any(|meant| meant == key)
    }

    /// Takes note of a word that was reported already.
    pub(super) fn mean(&mut self, word: &str) {
        self.meant.push(word.to_owned());
    }

    /// The entry of a key.
    pub(super) fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == key)
    }

    /// The entries of a key, in the order written.
    pub(super) fn all<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Entry> {
        self.entries.iter().filter(move |entry| entry.name == key)
    }

    /// All entries, in the order written.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    /// Whether a flag is set.
    pub(super) fn flag(&self, key: &str, cx: &mut Cx) -> bool {
        self.get(key).is_some_and(|entry| entry.flag(cx))
    }

    /// The reason of an opt-out.
    pub(super) fn reason(&self, key: &str, cx: &mut Cx) -> Option<String> {
        self.get(key).and_then(|entry| entry.reason(cx))
    }
}
