//! `policy_set! { pub NAME { owner: Role, target: "postgres", versions: 14..=18, types: [..], items: [..] } }`.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};

use super::entry::{chunks, path};
use super::origins::Tokens;
use super::{Cx, Expected, Keep, Known, Origins, PathUse, unraw, user_types};
use crate::diag::{Code, Diagnostic, Part, Severity, codes, listed, nearest};
use crate::model::{PolicySet, Target, set::Versions};
use crate::presets;

/// What became of a `policy_set!`.
#[derive(Debug)]
pub struct ParsedSet {
    /// Its name.
    pub name: String,
    /// The name's token, if there is one.
    pub ident: Option<Ident>,
    /// Attributes and visibility, as written.
    pub head: TokenStream,
    /// The set without its items; absent after an error.
    pub set: Option<PolicySet>,
    /// The Rust names of its items, in order: `Part::Entry(i)`.
    pub entries: Vec<String>,
    /// The module of ready-made items that an entry's path names, in the same order.
    pub presets: Vec<Option<&'static str>>,
    /// The paths of its items, in the same order.
    pub paths: Vec<TokenStream>,
    /// The path of its owner.
    pub owner: Option<TokenStream>,
    /// Every fault.
    pub faults: Vec<Diagnostic>,
    /// Where its parts were written.
    pub origins: Origins,
}

/// Reads the body of a `policy_set!`.
#[must_use]
pub fn parse_set(tokens: TokenStream) -> ParsedSet {
    let mut cx = Cx::new(std::rc::Rc::new(|_| Err("a set reads no file".to_owned())), Known::default());
    let mut parsed = ParsedSet {
        name: String::new(),
        ident: None,
        head: TokenStream::new(),
        set: None,
        entries: Vec::new(),
        presets: Vec::new(),
        paths: Vec::new(),
        owner: None,
        faults: Vec::new(),
        origins: Origins::default(),
    };
    read(tokens, &mut parsed, &mut cx);
    let name = parsed.name.clone();
    parsed.faults = cx.faults.into_iter().map(|fault| fault.of(name.clone())).collect();
    parsed.set = parsed.set.filter(|_| !parsed.faults.iter().any(Diagnostic::is_error));
    parsed.origins = cx.origins;
    parsed
}

fn read(tokens: TokenStream, parsed: &mut ParsedSet, cx: &mut Cx) {
    let mut trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let (body, ident) = (trees.pop(), trees.pop());
    let (Some(TokenTree::Group(body)), Some(TokenTree::Ident(ident))) = (&body, ident) else {
        let shape = "policy_set! { pub NAME { items: [..] } }";
        cx.at(codes::MALFORMED, Tokens::of(tokens), format!("a policy set is written `{shape}`")).keep(cx);
        return;
    };
    parsed.name = unraw(&ident);
    cx.origins.part(Part::Item, &ident);
    parsed.head = trees.into_iter().collect();
    if body.delimiter() != Delimiter::Brace {
        cx.at(codes::MALFORMED, body, "the body of a policy set stands in braces").keep(cx);
        return;
    }
    let (fields, meant) = fields(body.stream(), cx);
    let mut set = PolicySet { name: parsed.name.clone(), ..PolicySet::default() };
    if let Some((_, value)) = fields.get("owner") {
        cx.origins.part(Part::Owner, Tokens::of(value.clone()));
        set.owner = path(value.clone(), Expected::Role, cx);
        parsed.owner = set.owner.is_some().then(|| value.clone());
    }
    if let Some((_, value)) = fields.get("target") {
        set.target = target(value.clone(), cx).unwrap_or_default();
    }
    if let Some((_, value)) = fields.get("versions") {
        set.versions = versions(value.clone(), cx).unwrap_or_default();
    }
    if let Some((key, value)) = fields.get("types") {
        set.types = user_types::read(key, value.clone(), cx);
    }
    if let Some((key, value)) = fields.get("deny") {
        set.deny = deny(key, value.clone(), cx);
    }
    match fields.get("items") {
        Some((key, value)) => items(key, value.clone(), parsed, cx),
        None if meant.contains(&"items") => {}
        None => cx
            .at(codes::MISSING_KEY, &ident, format!("`{}` has no `items`", parsed.name))
            .help("list them: `items: [Document, App, ..]`")
            .keep(cx),
    }
    parsed.set = Some(set);
    parsed.ident = Some(ident);
}

const KEYS: &[&str] = &["owner", "target", "versions", "types", "deny", "items"];

type Fields = BTreeMap<String, (Ident, TokenStream)>;

/// `key: value, ..`; and what keys with a fault were probably meant as.
fn fields(body: TokenStream, cx: &mut Cx) -> (Fields, Vec<&'static str>) {
    let (mut found, mut meant) = (Fields::new(), Vec::new());
    for chunk in chunks(body) {
        let tokens = Tokens::of(chunk.iter().cloned().collect());
        let mut rest = chunk.into_iter();
        let (Some(TokenTree::Ident(key)), Some(TokenTree::Punct(colon))) = (rest.next(), rest.next()) else {
            cx.at(codes::MALFORMED, tokens, "not a field of a policy set").help("write `key: value`").keep(cx);
            continue;
        };
        let name = unraw(&key);
        if colon.as_char() != ':' || !KEYS.contains(&name.as_str()) {
            meant.extend(nearest(&name, KEYS.iter().copied()));
        }
        if colon.as_char() != ':' {
            cx.at(codes::MALFORMED, tokens, format!("`{name}` is written `{name}: value`")).keep(cx);
        } else if !KEYS.contains(&name.as_str()) {
            cx.at(codes::UNKNOWN_KEY, &key, format!("unknown key `{name}` in `policy_set!`"))
                .maybe_help(nearest(&name, KEYS.iter().copied()).map(|near| format!("did you mean `{near}`?")))
                .help(format!("the keys are {}", listed(KEYS.iter().copied())))
                .keep(cx);
        } else if let Entry::Vacant(slot) = found.entry(name.clone()) {
            slot.insert((key, rest.collect()));
        } else {
            cx.at(codes::DUPLICATE_KEY, &key, format!("`{name}` stands twice")).help("remove one of them").keep(cx);
        }
    }
    (found, meant)
}

fn items(key: &Ident, value: TokenStream, parsed: &mut ParsedSet, cx: &mut Cx) {
    let mut trees = value.into_iter();
    let (Some(TokenTree::Group(list)), None) = (trees.next(), trees.next()) else {
        cx.at(codes::MALFORMED, key, "`items` is a list").help("write `items: [Document, App, ..]`").keep(cx);
        return;
    };
    for chunk in chunks(list.stream()) {
        let stream: TokenStream = chunk.into_iter().collect();
        let tokens = Tokens::of(stream.clone());
        let before = cx.paths.len();
        let Some(name) = path(stream, Expected::Table, cx) else { continue };
        let paths: Vec<PathUse> = cx.paths.drain(before..).collect();
        if parsed.entries.contains(&name) {
            cx.at(codes::ITEM_TWICE, tokens, format!("`{name}` is listed twice")).help("remove one of them").keep(cx);
            continue;
        }
        cx.origins.part(Part::Entry(parsed.entries.len()), tokens);
        parsed.entries.push(name);
        parsed.presets.push(paths.first().and_then(|one| preset(&one.path)));
        parsed.paths.extend(paths.into_iter().map(|one| one.path));
    }
}

/// `deny: [H0924, warnings]`: which warnings stop the build.
fn deny(key: &Ident, value: TokenStream, cx: &mut Cx) -> Vec<String> {
    let mut trees = value.into_iter();
    let (Some(TokenTree::Group(list)), None) = (trees.next(), trees.next()) else {
        cx.at(codes::MALFORMED, key, "`deny` is a list of codes").help("write `deny: [H0924]`, or `deny: [warnings]`").keep(cx);
        return Vec::new();
    };
    let mut found = Vec::new();
    for chunk in chunks(list.stream()) {
        let tokens: TokenStream = chunk.into_iter().collect();
        let name = tokens.to_string();
        let warns = |code: Code| code.severity() != Severity::Error;
        if name == "warnings" || Code::find(&name).is_some_and(warns) {
            found.push(name);
            continue;
        }
        let what = if Code::find(&name).is_some() { "is an error already" } else { "is no code of a diagnostic" };
        cx.at(codes::BAD_SET_VALUE, Tokens::of(tokens), format!("`{name}` {what}"))
            .help("name codes of warnings or notes, as in `docs/lints.md`; `warnings` is every warning, and no note")
            .keep(cx);
    }
    found
}

fn preset(path: &TokenStream) -> Option<&'static str> {
    let path = syn::parse2::<syn::Path>(path.clone()).ok()?;
    let segments: Vec<String> = path.segments.iter().map(|segment| unraw(&segment.ident)).collect();
    presets::of_path(&segments)
}

fn target(value: TokenStream, cx: &mut Cx) -> Option<Target> {
    let tokens = Tokens::of(value.clone());
    let found = syn::parse2::<syn::LitStr>(value).ok().and_then(|literal| Target::from_word(&literal.value()));
    if found.is_none() {
        cx.at(codes::BAD_SET_VALUE, tokens, "no such target").help("write `target: \"postgres\"` or `target: \"citus\"`").keep(cx);
    }
    found
}

/// `14..=18`
fn versions(value: TokenStream, cx: &mut Cx) -> Option<Versions> {
    let tokens = Tokens::of(value.clone());
    let text: String = value.to_string().split_whitespace().collect();
    let ends = text.split_once("..=").and_then(|(a, b)| Some((a.parse::<u32>().ok()?, b.parse::<u32>().ok()?)));
    match ends {
        Some((oldest, newest)) if (14..=18).contains(&oldest) && (oldest..=18).contains(&newest) => Some(Versions { oldest, newest }),
        _ => {
            cx.at(codes::BAD_SET_VALUE, tokens, "not a range of PostgreSQL majors from 14 to 18")
                .help("write `versions: 14..=18`")
                .keep(cx);
            None
        }
    }
}
