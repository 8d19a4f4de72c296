//! `log(..)` of a table.

use proc_macro2::{Ident as Token, TokenStream, TokenTree};

use super::columns::listed_columns;
use super::entry::{Entry, Keys, Value, chunks, entries, member};
use super::origins::Tokens;
use super::predicate::Names;
use super::{Cx, Expected, Keep, PathUse, unraw};
use crate::diag::{LogPart, Part, codes};
use crate::model::{Expr, Ident, Kind, Log, RowOf};

const KEYS: &[&str] = &["rows", "table", "row", "copy", "writer", "command", "old", "new", "at", "role", "context", "by"];
/// What only a trigger on the other table knows.
const OF_A_WRITER: &[&str] = &["command", "old", "new", "at", "role", "context", "by"];

pub(super) fn read(entry: &Entry, names: Names<'_>, cx: &mut Cx) -> Option<Log> {
    cx.origins.part(Part::Log(LogPart::Whole), entry.tokens);
    let keys = Keys::sort(entries(entry.list(cx)?, cx), KEYS, &[], "`log(..)`", cx);
    required(&keys, entry, cx);
    let copied = keys.get("copy").map(|entry| copied(entry, names, cx)).unwrap_or_default();
    let rows = keys.get("rows").map(|entry| rows(entry, &copied, cx)).unwrap_or_default();
    let writer = keys.get("writer").and_then(|entry| {
        cx.origins.part(Part::Log(LogPart::Writer), entry.tokens);
        entry.path(Expected::Role, cx)
    });
    let column = |key: &'static str, cx: &mut Cx| {
        let entry = keys.get(key)?;
        cx.origins.part(Part::Log(LogPart::Key(key)), entry.tokens);
        column(entry, names, cx)
    };
    let log = Log {
        rows,
        table: column("table", cx)?,
        row: column("row", cx)?,
        copy: copied.into_iter().map(|(_, name)| name).collect(),
        writer,
        command: column("command", cx),
        old: column("old", cx),
        new: column("new", cx),
        at: column("at", cx),
        role: column("role", cx),
        context: column("context", cx),
        by: keys.get("by").map(|entry| by(entry, names, cx)).unwrap_or_default(),
    };
    if let Some(entry) = keys.get("context").filter(|_| !names.context) {
        cx.at(codes::NO_CONTEXT, entry.tokens, "`context` of a log on a table without a context")
            .help("say which on the table: `context = Request`, an item with `#[derive(Context)]`")
            .keep(cx);
    }
    Some(log)
}

fn required(keys: &Keys, entry: &Entry, cx: &mut Cx) {
    for (key, help) in [
        ("rows", "list the tables whose rows it tells of, each with its key: `rows(Todo.id, Note.id)`"),
        ("table", "name the column that holds the table's name: `table = table_name`"),
        ("row", "name the column that holds the row's key as text: `row = row_id`"),
    ] {
        if keys.lacks(key) {
            cx.at(codes::MISSING_KEY, entry.tokens, format!("`log(..)` without `{key}`")).help(help).keep(cx);
        }
    }
    if keys.lacks("writer") {
        for one in OF_A_WRITER.iter().filter_map(|key| keys.get(key)) {
            cx.at(codes::MISSING_KEY, &one.key, format!("`{}` of a log without `writer`", one.name))
                .note("the application writes this log; what changed, when and by whom only triggers on the tables can say")
                .help("name the role that writes it: `writer = Role`, or remove the entry")
                .keep(cx);
        }
    }
}

/// `copy(tenant_id, user_id)`: the token and the column of each.
fn copied(entry: &Entry, names: Names<'_>, cx: &mut Cx) -> Vec<(Token, Ident)> {
    let Some(list) = entry.list(cx) else { return Vec::new() };
    if list.is_empty() {
        cx.at(codes::MALFORMED, entry.tokens, "`copy(..)` without a column").help("list the columns to copy, or remove `copy`").keep(cx);
    }
    let mut found: Vec<(Token, Ident)> = Vec::new();
    for name in listed_columns(list.clone(), names.columns, cx) {
        let field = names.columns.iter().find(|column| column.name == name).map(|column| &column.field);
        let token = list.clone().into_iter().find_map(|tree| match tree {
            TokenTree::Ident(token) if Some(&unraw(&token)) == field => Some(token),
            _ => None,
        });
        if let Some(token) = token {
            cx.origins.part(Part::Log(LogPart::Copy(found.len())), &token);
            found.push((token, name));
        }
    }
    found
}

/// `rows(Todo.id, module::Note.id)`; of each table what is copied is asked for too.
fn rows(entry: &Entry, copied: &[(Token, Ident)], cx: &mut Cx) -> Vec<RowOf> {
    let Some(list) = entry.list(cx) else { return Vec::new() };
    let listed = chunks(list);
    if listed.is_empty() {
        cx.at(codes::MALFORMED, entry.tokens, "`rows(..)` without a table").help("list each table with its key: `rows(Todo.id)`").keep(cx);
    }
    let mut found: Vec<RowOf> = Vec::new();
    for chunk in listed {
        let stream: TokenStream = chunk.into_iter().collect();
        let tokens = Tokens::of(stream.clone());
        let Some((item, key)) = member(stream, Expected::Table, cx) else { continue };
        if found.iter().any(|other| other.item == item) {
            cx.at(codes::TWICE_IN_LIST, tokens, format!("`{item}` is listed twice")).help("remove one").keep(cx);
            continue;
        }
        if let Some(last) = cx.paths.last().cloned() {
            cx.paths.extend(copied.iter().map(|(token, _)| PathUse { member: Some(token.clone()), ..last.clone() }));
        }
        cx.origins.part(Part::Log(LogPart::Row(found.len())), tokens);
        found.push(RowOf { item, key, copy: copied.iter().map(|(token, _)| unraw(token)).collect() });
    }
    found
}

/// `key = field`
fn column(entry: &Entry, names: Names<'_>, cx: &mut Cx) -> Option<Ident> {
    match &entry.value {
        Value::Assign(tokens) => listed_columns(tokens.clone(), names.columns, cx).pop(),
        _ => {
            entry.malformed(&format!("{} = column", entry.name), cx);
            None
        }
    }
}

/// `by(user_id = ctx.user_id)`
fn by(entry: &Entry, names: Names<'_>, cx: &mut Cx) -> Vec<(Ident, Expr)> {
    let Some(list) = entry.list(cx) else { return Vec::new() };
    let mut found: Vec<(Ident, Expr)> = Vec::new();
    for one in entries(list, cx) {
        let trees: Vec<TokenTree> = if let Value::Assign(tokens) = &one.value { tokens.clone().into_iter().collect() } else { Vec::new() };
        let [TokenTree::Ident(ctx), TokenTree::Punct(dot), TokenTree::Ident(field)] = trees.as_slice() else {
            one.malformed("column = ctx.field", cx);
            continue;
        };
        if ctx != "ctx" || dot.as_char() != '.' {
            one.malformed("column = ctx.field", cx);
            continue;
        }
        if !names.context {
            cx.at(codes::NO_CONTEXT, field, "`ctx` without a context")
                .help("say which: `context = Request`, an item with `#[derive(Context)]`")
                .keep(cx);
            continue;
        }
        let Some(name) = listed_columns(TokenTree::Ident(one.key.clone()).into(), names.columns, cx).pop() else { continue };
        cx.origins.part(Part::Log(LogPart::By(found.len())), field);
        found.push((name, Expr::new(Kind::Ctx(unraw(field)))));
    }
    found
}
