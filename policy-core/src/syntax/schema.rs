//! `#[derive(Schema)]`: a schema; and `default(..)`, which roles have as well.

use proc_macro2::{Ident, TokenTree};
use syn::DeriveInput;

use super::columns::name;
use super::entry::{Entry, Keys, chunks, entry};
use super::origins::Tokens;
use super::table::allows;
use super::{Cx, Keep, unraw};
use crate::diag::{Part, codes, listed, nearest};
use crate::model::{DefaultPrivilege, Grantee, ObjectKind, Privilege, Schema, SchemaGrant, SchemaRevoke};

pub(super) fn read(input: &DeriveInput, written: Vec<Entry>, cx: &mut Cx) -> Option<Schema> {
    let keys = Keys::sort(written, &["name", "external"], &["grant", "revoke", "default", "allow"], "`#[schema(..)]`", cx);
    if keys.get("name").is_none() && !cx.failed() {
        cx.at(codes::MISSING_KEY, &input.ident, "`#[schema(..)]` without `name`").help("name the schema: `name = \"public\"`").keep(cx);
    }
    let database = keys.get("name").and_then(|entry| entry.text(cx)).and_then(|(text, tokens)| {
        cx.origins.part(Part::Name, tokens);
        name(&text, tokens, cx)
    });
    let external = keys.flag("external", cx);
    if external {
        for key in ["grant", "revoke", "default"] {
            for entry in keys.all(key) {
                cx.at(codes::NOT_ALLOWED_HERE, &entry.key, format!("`{key}` on an external schema"))
                    .note("what is external is referred to and never altered")
                    .help("remove it, or remove `external` if the schema is ours")
                    .keep(cx);
            }
        }
    }
    let mut grants = Vec::new();
    for entry in keys.all("grant") {
        cx.origins.part(Part::Grant(grants.len()), entry.tokens);
        if let Some(said) = said(entry, "to", false, cx) {
            grants.push(SchemaGrant { privileges: said.privileges, on: said.on, every: said.every, to: said.grantees });
        }
    }
    let mut revokes = Vec::new();
    for entry in keys.all("revoke") {
        if let Some(said) = said(entry, "from", false, cx) {
            if !said.every && matches!(said.on, ObjectKind::Tables | ObjectKind::Sequences) {
                cx.at(codes::MALFORMED, entry.tokens, "a revoke is about all of a schema")
                    .help(format!(
                        "write `on all {}`; what a role holds on a declared table is what its rules say, and no more",
                        said.on.word()
                    ))
                    .keep(cx);
            }
            revokes.push(SchemaRevoke { privileges: said.privileges, on: said.on, from: said.grantees });
        }
    }
    let defaults = defaults(&keys, cx);
    let allows = allows(&keys, cx);
    Some(Schema { item: unraw(&input.ident), name: database?, external, grants, revokes, defaults, allows })
}

/// `default(grant(..))`, `default(revoke(..))`
pub(super) fn defaults(keys: &Keys, cx: &mut Cx) -> Vec<DefaultPrivilege> {
    let mut found = Vec::new();
    for written in keys.all("default") {
        cx.origins.part(Part::Default(found.len()), written.tokens);
        let Some(list) = written.list(cx) else { continue };
        let trees: Vec<TokenTree> = list.into_iter().collect();
        let inner = if matches!(trees.as_slice(), [TokenTree::Ident(_), TokenTree::Group(_)]) { entry(trees, cx) } else { None };
        let Some(only) = &inner else {
            written.malformed("default(grant(.. on kind, to = ..))", cx);
            continue;
        };
        let revoke = match only.name.as_str() {
            "grant" => false,
            "revoke" => true,
            other => {
                cx.at(codes::UNKNOWN_KEY, &only.key, format!("unknown key `{other}` in `default(..)`"))
                    .maybe_help(nearest(other, ["grant", "revoke"]).map(|near| format!("did you mean `{near}`?")))
                    .help("write `default(grant(..))` or `default(revoke(..))`")
                    .keep(cx);
                continue;
            }
        };
        let Some(said) = said(only, if revoke { "from" } else { "to" }, true, cx) else { continue };
        found.push(DefaultPrivilege { revoke, privileges: said.privileges, on: said.on, grantees: said.grantees });
    }
    found
}

/// `select, insert on all tables, to = ..`
struct Said {
    privileges: Vec<Privilege>,
    on: ObjectKind,
    every: bool,
    grantees: Vec<Grantee>,
}

/// A default is about objects that come later: it names their kind, and not all that are there.
fn said(written: &Entry, key: &str, default: bool, cx: &mut Cx) -> Option<Said> {
    let list = written.list(cx)?;
    let (mut privileges, mut object, mut options) = (Vec::new(), None, Vec::new());
    for chunk in chunks(list) {
        if matches!(chunk.get(1), Some(TokenTree::Punct(punct)) if punct.as_char() == '=') {
            options.extend(entry(chunk, cx));
            continue;
        }
        let tokens = Tokens::of(chunk.iter().cloned().collect());
        let words: Option<Vec<Ident>> =
            chunk.into_iter().map(|tree| if let TokenTree::Ident(ident) = tree { Some(ident) } else { None }).collect();
        let words = words.unwrap_or_default();
        let texts: Vec<String> = words.iter().map(unraw).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        match texts.as_slice() {
            [privilege] => privileges.push((privilege.to_string(), tokens)),
            [privilege, "on", kind] => {
                privileges.push((privilege.to_string(), tokens));
                object = Some((kind.to_string(), false, tokens));
            }
            [privilege, "on", "all", kind] => {
                privileges.push((privilege.to_string(), tokens));
                object = Some((kind.to_string(), true, tokens));
            }
            _ => {
                cx.at(codes::MALFORMED, tokens, "not a privilege")
                    .help("write `usage`, `select on tables` or `execute on all functions`")
                    .keep(cx);
                return None;
            }
        }
    }
    let options = Keys::sort(options, &[key], &[], &format!("`{}(..)`", written.name), cx);
    let grantees = match options.get(key) {
        Some(entry) => entry.grantees(cx).into_iter().map(|(grantee, _)| grantee).collect(),
        None => {
            cx.at(codes::MISSING_KEY, written.tokens, format!("`{}(..)` without `{key}`", written.name))
                .help(format!("say whom: `{key} = Role`, or `{key} = PUBLIC`"))
                .keep(cx);
            return None;
        }
    };
    let (on, every) = match object {
        None | Some((_, true, _)) if default => {
            cx.at(codes::MALFORMED, written.tokens, "a default is about later objects").help("name their kind: `.. on tables`").keep(cx);
            return None;
        }
        None => (ObjectKind::Schema, false),
        Some((kind, every, tokens)) => (kind_of(&kind, tokens, cx)?, every),
    };
    let privileges = privileges_of(privileges, on, written, cx)?;
    Some(Said { privileges, on, every, grantees })
}

fn kind_of(word: &str, tokens: Tokens, cx: &mut Cx) -> Option<ObjectKind> {
    let kinds = [ObjectKind::Tables, ObjectKind::Sequences, ObjectKind::Functions, ObjectKind::Routines];
    let found = kinds.into_iter().find(|kind| kind.word() == word);
    if found.is_none() {
        cx.at(codes::UNKNOWN_COMMAND, tokens, format!("no such kind of object `{word}`"))
            .maybe_help(nearest(word, kinds.iter().map(|kind| kind.word())).map(|near| format!("did you mean `{near}`?")))
            .help(format!("the kinds are {}", listed(kinds.iter().map(|kind| kind.word()))))
            .keep(cx);
    }
    found
}

/// What can be granted on a kind of object.
fn grantable(on: ObjectKind) -> &'static [Privilege] {
    match on {
        ObjectKind::Schema => &[Privilege::Usage, Privilege::Create],
        ObjectKind::Tables => &[
            Privilege::Select,
            Privilege::Insert,
            Privilege::Update,
            Privilege::Delete,
            Privilege::Truncate,
            Privilege::References,
            Privilege::Trigger,
            Privilege::Maintain,
            Privilege::All,
        ],
        ObjectKind::Sequences => &[Privilege::Usage, Privilege::Select, Privilege::Update, Privilege::All],
        ObjectKind::Functions | ObjectKind::Routines => &[Privilege::Execute, Privilege::All],
    }
}

fn privileges_of(written: Vec<(String, Tokens)>, on: ObjectKind, entry: &Entry, cx: &mut Cx) -> Option<Vec<Privilege>> {
    let known = || grantable(on).iter().map(|privilege| privilege.word());
    if written.is_empty() {
        cx.at(codes::MISSING_KEY, entry.tokens, format!("`{}(..)` without a privilege", entry.name))
            .help(format!("say what: {}", listed(known())))
            .keep(cx);
        return None;
    }
    let mut found = Vec::new();
    for (word, tokens) in written {
        match grantable(on).iter().find(|privilege| privilege.word() == word) {
            Some(privilege) if found.contains(privilege) => {
                cx.at(codes::TWICE_IN_LIST, tokens, format!("`{word}` is listed twice")).help("remove one").keep(cx);
            }
            Some(privilege) => found.push(*privilege),
            None => {
                let what = if on == ObjectKind::Schema { "a schema" } else { on.word() };
                cx.at(codes::UNKNOWN_COMMAND, tokens, format!("`{word}` is not a privilege on {what}"))
                    .maybe_help(nearest(&word, known()).map(|near| format!("did you mean `{near}`?")))
                    .help(format!("the privileges are {}", listed(known())))
                    .keep(cx);
            }
        }
    }
    Some(found)
}
