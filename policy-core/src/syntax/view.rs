//! `#[derive(View)]`: a view.
//!
//! In: the struct and its entries. Out: the view, its query's columns in the order of the fields.

use proc_macro2::Span;
use syn::DeriveInput;

use super::columns;
use super::entry::{Entry, Keys};
use super::origins::{PredicateTokens, Tokens};
use super::predicate::{self, Names, Sourced, Written};
use super::{Cx, Derive, Expected, Keep, rule, table, unraw};
use crate::diag::{Diagnostic, Part, Place, codes, listed, nearest};
use crate::expr::{self, Form, Output, Scope};
use crate::model::{Column, Expr, Grant, Kind, Privilege, Query, View};

const ONCE: &[&str] = &["name", "context", "query", "query_file", "definer", "external", "rename_all"];
const OFTEN: &[&str] = &["grant", "allow"];

pub(super) fn read(input: &DeriveInput, written: Vec<Entry>, cx: &mut Cx) -> Option<View> {
    let any = input.attrs.iter().any(|attribute| attribute.path().is_ident("view"));
    // Entries that could not be read may have been the ones that are missing.
    let unread = cx.failed();
    let keys = Keys::sort(written, ONCE, OFTEN, "`#[view(..)]`", cx);
    let columns = columns::read(input, Derive::View, &keys, cx);
    if !any {
        return None;
    }
    let relation = keys.get("name").and_then(|entry| {
        let (text, tokens) = entry.text(cx)?;
        cx.origins.part(Part::Name, tokens);
        columns::relation(&text, tokens, cx)
    });
    if keys.lacks("name") && !unread {
        cx.at(codes::MISSING_KEY, &input.ident, "`#[view(..)]` without `name`").help("name the view: `name = \"open_documents\"`").keep(cx);
    }
    let context = keys.get("context").and_then(|entry| {
        cx.origins.part(Part::Context, entry.tokens);
        entry.path(Expected::Context, cx)
    });
    let definer = keys.get("definer").and_then(|entry| {
        cx.origins.part(Part::Definer, entry.tokens);
        entry.path(Expected::Role, cx)
    });
    let external = keys.flag("external", cx);
    if external {
        of_others(&keys, cx);
    } else if ["query", "query_file"].iter().all(|key| keys.lacks(key)) && !unread {
        cx.at(codes::MISSING_KEY, &input.ident, "`#[view(..)]` without a query")
            .help("write it: `query(SELECT l.id, l.title FROM Leak l)`, or `query_file = \"sql/leaks.sql\"`")
            .help("a view of others is declared with `external`")
            .keep(cx);
    }
    let found = query(&keys, &columns, context.is_some(), cx);
    let names = Names { columns: &columns, context: false };
    let grants = keys.all("grant").enumerate().filter_map(|(i, entry)| grant(entry, i, names, cx)).collect();
    let allows = table::allows(&keys, cx);
    if let (Some(entry), Some(query)) = (keys.get("context"), &found) {
        used_context(query, entry, cx);
    }
    if !external && found.is_none() {
        return None;
    }
    Some(View { item: unraw(&input.ident), relation: relation?, context, columns, query: found, definer, grants, external, allows })
}

/// What a view of others may not say.
fn of_others(keys: &Keys, cx: &mut Cx) {
    for key in ["query", "query_file", "definer", "grant", "context"] {
        for entry in keys.all(key) {
            cx.at(codes::NOT_ALLOWED_HERE, &entry.key, format!("`{key}` on an external view"))
                .note("an external view is read and never altered")
                .help("remove it, or remove `external` if the view is ours")
                .keep(cx);
        }
    }
}

/// A view is read, and nothing else.
fn grant(entry: &Entry, index: usize, names: Names<'_>, cx: &mut Cx) -> Option<Grant> {
    let grant = rule::grant(entry, index, names, cx)?;
    for (privilege, _) in grant.privileges.iter().filter(|(privilege, _)| *privilege != Privilege::Select) {
        cx.at(codes::NOT_ALLOWED_HERE, entry.tokens, format!("`{}` on a view", privilege.word()))
            .note("a declared view is read; what is written through it would be written with the rights of its owner")
            .help("grant `select`, and let the role write to the table, by its own rules")
            .keep(cx);
    }
    Some(grant)
}

/// The text of a query, how it is written, and what to call it where an arrow cannot point into it.
struct Text {
    sourced: Sourced,
    form: Form,
    from: Option<String>,
}

fn query(keys: &Keys, columns: &[Column], context: bool, cx: &mut Cx) -> Option<Query> {
    let (inline, file) = (keys.get("query"), keys.get("query_file"));
    if let (Some(_), Some(file)) = (inline, file) {
        cx.at(codes::NOT_ALLOWED_HERE, &file.key, "`query_file` beside `query`").help("keep one of them").keep(cx);
        return None;
    }
    let entry = inline.or(file)?;
    cx.origins.part(Part::Query, entry.tokens);
    let text = if file.is_some() { of_file(entry, cx)? } else { of_entry(entry, context, cx)? };
    let before = cx.faults.len();
    let found = finish(&text, columns, context, cx);
    for fault in cx.faults.iter_mut().skip(before) {
        if let (Place::Predicate(..), Some(from)) = (fault.place, &text.from) {
            fault.notes.push(from.clone());
        }
    }
    found
}

fn of_entry(entry: &Entry, context: bool, cx: &mut Cx) -> Option<Text> {
    match predicate::written(entry, cx)? {
        Written::Tokens(stream) => {
            let sourced = predicate::sql(stream, Names { columns: &[], context }, cx)?;
            Some(Text { sourced, form: Form::Tokens, from: None })
        }
        Written::Text(literal) => {
            let text = literal.value();
            let from = Some(format!("in the text `{}`", predicate::shortened(&text)));
            Some(Text { sourced: at_once(text, literal.span()), form: Form::Sql, from })
        }
    }
}

fn of_file(entry: &Entry, cx: &mut Cx) -> Option<Text> {
    let (path, tokens): (String, Tokens) = entry.text(cx)?;
    let text = cx.file(&path, tokens)?;
    // A file may end as a statement does.
    let text = text.trim().trim_end_matches(';').to_owned();
    Some(Text { sourced: at_once(text, tokens.first), form: Form::Sql, from: Some(format!("in the file `{path}`")) })
}

/// A text all of which stands at one token.
fn at_once(text: String, span: Span) -> Sourced {
    let source = vec![(0..text.len().max(1), span)];
    (text, source)
}

fn finish(text: &Text, columns: &[Column], context: bool, cx: &mut Cx) -> Option<Query> {
    let (sql, source) = &text.sourced;
    let outcome = expr::parse_query(sql, Scope { columns: &[], context, form: text.form, part: Part::Query });
    cx.origins.predicate(
        Part::Query,
        PredicateTokens {
            sql: std::rc::Rc::new(outcome.tokens),
            source: source.clone(),
            text: (text.form == Form::Sql).then(|| sql.clone()),
        },
    );
    outcome.faults.into_iter().for_each(|fault| fault.keep(cx));
    let (query, outputs) = outcome.query?;
    in_order(query, &outputs, columns, text.form, cx)
}

/// The query with its columns in the order of the fields; H0811 for each that is not a field, and each field that is none.
fn in_order(mut query: Query, outputs: &[Output], columns: &[Column], form: Form, cx: &mut Cx) -> Option<Query> {
    let said = |column: &Column| if form == Form::Tokens { column.field.clone() } else { column.name.as_str().to_owned() };
    let known: Vec<String> = columns.iter().map(said).collect();
    let mut found: Vec<Option<Expr>> = vec![None; columns.len()];
    let mut sound = true;
    for (output, expr) in outputs.iter().zip(std::mem::take(&mut query.columns)) {
        let slot = output.name.as_ref().and_then(|name| known.iter().position(|known| known == name)).and_then(|i| found.get_mut(i));
        match slot {
            Some(slot @ None) => *slot = Some(expr),
            taken => {
                sound = false;
                not_a_field(output, taken.is_some(), &known, cx);
            }
        }
    }
    // A column of another name is probably the one that is missing.
    for (i, name) in
        found.iter().zip(&known).enumerate().filter(|_| sound).filter_map(|(i, (found, name))| found.is_none().then_some((i, name)))
    {
        Diagnostic::new(codes::VIEW_COLUMNS, Place::Part(Part::Column(i)), format!("the query yields no `{name}`"))
            .note(SAME)
            .help(format!("select it, under that name: `.. AS {name}`; or remove the field"))
            .keep(cx);
    }
    query.columns = found.into_iter().collect::<Option<_>>()?;
    sound.then_some(query)
}

const SAME: &str = "the fields of the struct are the columns of the view, no more and no fewer";

fn not_a_field(output: &Output, twice: bool, known: &[String], cx: &mut Cx) {
    let fault = |message: String| Diagnostic::new(codes::VIEW_COLUMNS, Place::Predicate(Part::Query, output.at.into()), message);
    match &output.name {
        None => fault("a column of the query without a name".to_owned())
            .note("PostgreSQL would make one up, and the struct could not say which field it is")
            .help(format!("name it: `.. AS field`; the fields are {}", listed(known.iter().map(String::as_str)))),
        Some(name) if twice => fault(format!("the query yields `{name}` twice")).help("give one of them another name, `.. AS field`"),
        Some(name) => fault(format!("`{name}` is not a field of the struct"))
            .note(SAME)
            .maybe_help(nearest(name, known.iter().map(String::as_str)).map(|near| format!("did you mean `{near}`?")))
            .help(format!(
                "name it as the field, `.. AS field`, or add the field; the fields are {}",
                listed(known.iter().map(String::as_str))
            )),
    }
    .keep(cx);
}

/// `context` is there for `ctx`; one that nothing reads was forgotten or is a slip.
fn used_context(query: &Query, entry: &Entry, cx: &mut Cx) {
    let mut used = false;
    Expr::new(Kind::Scalar(Box::new(query.clone()))).visit(&mut |one| used |= matches!(one.kind, Kind::Ctx(_)));
    if !used && !cx.failed() {
        cx.at(codes::NOT_ALLOWED_HERE, &entry.key, "a context that the query does not read")
            .help("read it as `ctx.field`, or remove `context`")
            .keep(cx);
    }
}
