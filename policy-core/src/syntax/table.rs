//! `#[derive(Policy)]`: a table.

use proc_macro2::{TokenStream, TokenTree};
use syn::DeriveInput;

use super::columns::{self, relation};
use super::entry::{Entry, Keys, Value, chunks, entries, entry, member};
use super::predicate::{self, Names};
use super::{Cx, Derive, Expected, Keep, log, rule, trigger, unraw};
use crate::diag::{Code, Diagnostic, Part, Place, codes, nearest};
use crate::model::{Allow, Column, Command, Expr, Kind, Relation, Rule, RuleKind, Table, Tenancy};

const ONCE: &[&str] =
    &["table", "context", "columns", "rename_all", "external", "tenant", "no_tenant", "log", "partitioned", "no_rls", "renamed_from"];
const OFTEN: &[&str] = &["permit", "restrict", "grant", "never", "trigger", "allow"];

pub(super) fn read(input: &DeriveInput, written: Vec<Entry>, cx: &mut Cx) -> Option<Table> {
    let any = input.attrs.iter().any(|attribute| attribute.path().is_ident("policy"));
    // Entries that could not be read may have been the ones that are missing.
    let unread = cx.failed();
    let keys = Keys::sort(written, ONCE, OFTEN, "`#[policy(..)]`", cx);
    let columns = columns::read(input, Derive::Policy, &keys, cx);
    if !any {
        return None;
    }
    let relation = keys.get("table").and_then(|entry| relation_of(entry, Part::Name, cx));
    if keys.lacks("table") && !unread {
        cx.at(codes::MISSING_KEY, &input.ident, "`#[policy(..)]` without `table`").help("name the table: `table = \"documents\"`").keep(cx);
    }
    let context = keys.get("context").and_then(|entry| {
        cx.origins.part(Part::Context, entry.tokens);
        entry.path(Expected::Context, cx)
    });
    let names = Names { columns: &columns, context: keys.get("context").is_some() };
    let tenancy = tenancy(&keys, names, input, unread, cx);
    let rules = rules(&keys, names, cx);
    let grants = keys.all("grant").enumerate().filter_map(|(i, entry)| rule::grant(entry, i, names, cx)).collect();
    let nevers = keys.all("never").enumerate().filter_map(|(i, entry)| rule::never(entry, i, names, cx)).collect();
    let triggers = keys.all("trigger").enumerate().filter_map(|(i, entry)| trigger::read(entry, i, names, cx)).collect();
    let log = keys.get("log").and_then(|entry| log::read(entry, names, cx));
    let no_rls = keys.reason("no_rls", cx);
    let renamed_from = keys.get("renamed_from").and_then(|entry| relation_of(entry, Part::Name, cx));
    let (partitioned, allows) = (keys.flag("partitioned", cx), allows(&keys, cx));
    let item = unraw(&input.ident);
    let (relation, tenancy) = (relation?, tenancy?);
    let table = Table {
        item,
        relation,
        renamed_from,
        context,
        columns,
        tenancy,
        rules,
        grants,
        nevers,
        triggers,
        log,
        partitioned,
        no_rls,
        allows,
    };
    unused_context(&table, &keys, cx);
    Some(table)
}

fn relation_of(entry: &Entry, part: Part, cx: &mut Cx) -> Option<Relation> {
    let (text, tokens) = entry.text(cx)?;
    if entry.name == "table" {
        cx.origins.part(part, tokens);
    }
    relation(&text, tokens, cx)
}

fn rules(keys: &Keys, names: Names<'_>, cx: &mut Cx) -> Vec<Rule> {
    let written = keys.iter().filter_map(|entry| RuleKind::from_word(&entry.name).map(|kind| (entry, kind)));
    written.enumerate().filter_map(|(i, (entry, kind))| rule::rule(entry, i, kind, names, cx)).collect()
}

/// Exactly one of `tenant(..)`, `no_tenant` and `external`.
fn tenancy(keys: &Keys, names: Names<'_>, input: &DeriveInput, unread: bool, cx: &mut Cx) -> Option<Tenancy> {
    const WORDS: &[&str] = &["tenant", "no_tenant", "external"];
    let said: Vec<&Entry> = WORDS.iter().filter_map(|key| keys.get(key)).collect();
    match said.as_slice() {
        [] if unread || !WORDS.iter().all(|key| keys.lacks(key)) => None,
        [] => {
            cx.at(codes::TENANCY, &input.ident, format!("`{}` does not say whose its rows are", input.ident))
                .note("a table whose tenant was forgotten must not look like one that has none")
                .help("write `tenant(column = ctx.field)`, or `no_tenant`, or `external` for a table of others")
                .keep(cx);
            None
        }
        [only] => match only.name.as_str() {
            "tenant" => tenant(only, names, cx),
            "no_tenant" => only.flag(cx).then_some(Tenancy::None),
            _ => {
                only.flag(cx);
                external(keys, cx);
                Some(Tenancy::External)
            }
        },
        [first, second, ..] => {
            cx.at(codes::TENANCY, &second.key, format!("`{}` beside `{}`", second.name, first.name)).help("keep one of them").keep(cx);
            None
        }
    }
}

/// What an external table may not say.
fn external(keys: &Keys, cx: &mut Cx) {
    for key in ["permit", "restrict", "grant", "never", "trigger", "log", "no_rls", "partitioned", "renamed_from"] {
        for entry in keys.all(key) {
            cx.at(codes::NOT_ALLOWED_HERE, &entry.key, format!("`{key}` on an external table"))
                .note("an external table is read in predicates and never altered")
                .help("remove it, or remove `external` if the table is ours")
                .keep(cx);
        }
    }
}

/// `tenant(pred, shared(..))`, `tenant = "pred"`, `tenant(through(fk = Parent.key))`.
fn tenant(written: &Entry, names: Names<'_>, cx: &mut Cx) -> Option<Tenancy> {
    cx.origins.part(Part::Tenant, written.tokens);
    let Value::List(group) = &written.value else {
        let predicate = predicate::read(written, Part::Tenant, names, cx)?;
        of_a_caller(&predicate, cx);
        return Some(Tenancy::Own { predicate, shared: Vec::new() });
    };
    let mut parts = chunks(group.stream()).into_iter();
    let first: TokenStream = parts.next().unwrap_or_default().into_iter().collect();
    let mut shared = Vec::new();
    let through_another = matches!(first.clone().into_iter().next(), Some(TokenTree::Ident(word)) if word == "through");
    for chunk in parts {
        let Some(entry) = entry(chunk, cx) else { continue };
        if entry.name == "shared" && through_another {
            cx.at(codes::NOT_ALLOWED_HERE, &entry.key, "`shared` beside `through`")
                .note("whose a row is, its parent says: a row of a shared parent is shared")
                .help("say `shared(..)` on the parent")
                .keep(cx);
        } else if entry.name == "shared" {
            cx.origins.part(Part::Shared, entry.tokens);
            shared = shared_commands(&entry, cx);
        } else {
            cx.at(codes::UNKNOWN_KEY, &entry.key, format!("unknown key `{}` in `tenant(..)`", entry.name))
                .maybe_help(nearest(&entry.name, ["shared"]).map(|near| format!("did you mean `{near}`?")))
                .help("after the predicate stands `shared(commands)` or nothing")
                .keep(cx);
        }
    }
    let mut trees = first.clone().into_iter();
    if let (Some(TokenTree::Ident(word)), Some(TokenTree::Group(inner)), None) = (trees.next(), trees.next(), trees.next())
        && word == "through"
    {
        return through(&inner.stream(), written, names, cx);
    }
    if let Ok(literal) = syn::parse2::<syn::LitStr>(first.clone()) {
        cx.at(codes::TOKENS_OR_STRING, &literal, "a text in `tenant(..)`").help("SQL text is written `tenant = \"..\"`").keep(cx);
        return None;
    }
    let predicate = predicate::tokens(first, Part::Tenant, names, cx)?;
    of_a_caller(&predicate, cx);
    Some(Tenancy::Own { predicate, shared })
}

/// A tenant is a column of the row against something of the caller; `tenant(true)` would isolate nothing.
fn of_a_caller(predicate: &Expr, cx: &mut Cx) {
    let (mut column, mut caller) = (false, false);
    predicate.visit(&mut |one| {
        column |= matches!(one.kind, Kind::Own(_));
        caller |=
            matches!(&one.kind, Kind::Ctx(_) | Kind::Routine(..)) || matches!(&one.kind, Kind::Keyword(name) if name == "current_user");
        // What a table or a view knows of the caller is the set's to say.
        caller |= one.query().is_some_and(|query| !query.from.is_empty());
    });
    if column && caller {
        return;
    }
    let missing = if caller { "names no column of the row" } else { "names nothing of the caller" };
    Diagnostic::new(codes::TENANT_OF_NOBODY, Place::Part(Part::Tenant), format!("this tenant {missing}"))
        .note("it would hold for the same rows whoever asks, and isolate nobody")
        .help("compare a column with the context: `tenant(tenant_id = ctx.tenant_id)`; a table without tenants is `no_tenant`")
        .keep(cx);
}

fn shared_commands(entry: &Entry, cx: &mut Cx) -> Vec<Command> {
    let Some(list) = entry.list(cx) else { return Vec::new() };
    let mut found = Vec::new();
    let written = entries(list, cx);
    if written.is_empty() {
        cx.at(codes::MISSING_KEY, entry.tokens, "`shared(..)` without a command").help("write `shared(select)` or `shared(all)`").keep(cx);
    }
    for one in written {
        match Command::from_word(&one.name) {
            Some(command) if one.flag(cx) => found.push(command),
            None if one.name == "all" => found.extend(Command::ALL),
            Some(_) => {}
            None => {
                cx.at(codes::UNKNOWN_COMMAND, &one.key, format!("unknown command `{}` in `shared(..)`", one.name))
                    .maybe_help(nearest(&one.name, Command::ALL.iter().map(|c| c.word())).map(|near| format!("did you mean `{near}`?")))
                    .help("the commands are `all`, `select`, `insert`, `update`, `delete`")
                    .keep(cx);
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// `fk = Parent.key`
fn through(inner: &TokenStream, written: &Entry, names: Names<'_>, cx: &mut Cx) -> Option<Tenancy> {
    let parts = entries(inner.clone(), cx);
    let shape = "tenant(through(column = Parent.key))";
    let [one] = parts.as_slice() else {
        written.malformed(shape, cx);
        return None;
    };
    let Value::Assign(target) = &one.value else {
        written.malformed(shape, cx);
        return None;
    };
    let (parent, key) = member(target.clone(), Expected::Parent, cx)?;
    let column = own_column(one, names.columns, cx)?;
    if let Some(token) = cx.paths.last().and_then(|path| path.member.clone()) {
        cx.origins.through = Some((one.key.clone(), token));
    }
    Some(Tenancy::Through { column: column.name.clone(), parent, key })
}

fn own_column<'a>(entry: &Entry, columns: &'a [Column], cx: &mut Cx) -> Option<&'a Column> {
    let mut list = columns::listed_columns(TokenStream::from(TokenTree::Ident(entry.key.clone())), columns, cx);
    let name = list.pop()?;
    columns.iter().find(|column| column.name == name)
}

/// `allow(CODE, reason = "..")`
pub(super) fn allows(keys: &Keys, cx: &mut Cx) -> Vec<Allow> {
    let mut found = Vec::new();
    for entry in keys.all("allow") {
        let Some(list) = entry.list(cx) else { continue };
        let (codes_written, options): (Vec<Entry>, Vec<Entry>) =
            entries(list, cx).into_iter().partition(|e| matches!(e.value, Value::Flag));
        let options = Keys::sort(options, &["reason"], &[], "`allow(..)`", cx);
        let reason = options.reason("reason", cx);
        if options.get("reason").is_none() {
            cx.at(codes::EMPTY_REASON, entry.tokens, "`allow(..)` without a reason")
                .help("say why: `allow(H0412, reason = \"..\")`")
                .keep(cx);
        }
        if codes_written.is_empty() {
            entry.malformed("allow(CODE, reason = \"..\")", cx);
        }
        for one in codes_written {
            if Code::find(&one.name).is_none() {
                cx.at(codes::UNKNOWN_KEY, &one.key, format!("no diagnostic has the code `{}`", one.name))
                    .help("see docs/codes for the codes")
                    .keep(cx);
            } else if let Some(reason) = &reason {
                cx.origins.part(Part::Allow(found.len()), &one.key);
                found.push(Allow { code: one.name.clone(), reason: reason.clone() });
            }
        }
    }
    found
}

/// `context` is there for `ctx`; one that nothing reads was forgotten or is a slip.
fn unused_context(table: &Table, keys: &Keys, cx: &mut Cx) {
    let Some(entry) = keys.get("context") else { return };
    let logged = table.log.as_ref().is_some_and(|log| log.context.is_some() || !log.by.is_empty());
    let mut used = logged || matches!(table.tenancy, Tenancy::Through { .. });
    let tenant = if let Tenancy::Own { predicate, .. } = &table.tenancy { Some(predicate) } else { None };
    let rules = table.rules.iter().flat_map(|rule| [rule.using.as_ref(), rule.with_check.as_ref()]).flatten();
    let defaults = table.columns.iter().filter_map(|column| column.default.as_ref());
    let nevers = table.nevers.iter().filter_map(|never| never.using.as_ref());
    for expr in tenant.into_iter().chain(rules).chain(defaults).chain(nevers) {
        expr.visit(&mut |one| used |= matches!(one.kind, Kind::Ctx(_)));
    }
    if !used && !cx.failed() {
        cx.at(codes::NOT_ALLOWED_HERE, &entry.key, "a context that nothing reads")
            .help("read it as `ctx.field`, or remove `context`")
            .keep(cx);
    }
}
