//! `trigger(..)` of a table.

use super::columns::{listed_columns, name};
use super::entry::{Entry, Keys, Value, entries, member};
use super::predicate::{self, Names};
use super::{Cx, Expected, Keep};
use crate::diag::{Part, TriggerPart, codes, listed, nearest};
use crate::model::{Event, EventKind, Routine, Timing, Trigger};

const KEYS: &[&str] = &["before", "after", "each_row", "each_statement", "execute", "when", "name"];

/// The `index`th trigger of its table.
pub(super) fn read(entry: &Entry, index: usize, names: Names<'_>, cx: &mut Cx) -> Option<Trigger> {
    let part = |part| Part::Trigger(index, part);
    cx.origins.part(part(TriggerPart::Whole), entry.tokens);
    let keys = Keys::sort(entries(entry.list(cx)?, cx), KEYS, &[], "`trigger(..)`", cx);
    let timed = one_of(&keys, entry, ["before", "after"], "say when and for what: `after(insert, update)`", cx);
    let each = one_of(&keys, entry, ["each_row", "each_statement"], "say for what it fires: `each_row` or `each_statement`", cx);
    let events = timed.map(|timed| events(timed, names, cx)).unwrap_or_default();
    let each_row = each.is_some_and(|each| each.flag(cx) && each.name == "each_row");
    if keys.lacks("execute") {
        cx.at(codes::MISSING_KEY, entry.tokens, "`trigger(..)` without `execute`")
            .help("name the function: `execute = Trait.function`")
            .keep(cx);
    }
    let execute = keys.get("execute").and_then(|entry| {
        cx.origins.part(part(TriggerPart::Execute), entry.tokens);
        execute(entry, cx)
    });
    let when = keys.get("when").map(|entry| predicate::read(entry, part(TriggerPart::When), names, cx));
    let written = keys.get("name").map(|entry| entry.text(cx).and_then(|(text, tokens)| name(&text, tokens, cx)));
    Some(Trigger { name: flat(written)?, timing: Timing::from_word(&timed?.name)?, events, each_row, when: flat(when)?, execute: execute? })
}

/// What was not written is absent; what could not be read is a fault.
fn flat<T>(read: Option<Option<T>>) -> Option<Option<T>> {
    match read {
        None => Some(None),
        Some(read) => read.map(Some),
    }
}

/// Exactly one of two keys.
fn one_of<'a>(keys: &'a Keys, of: &Entry, pair: [&str; 2], help: &str, cx: &mut Cx) -> Option<&'a Entry> {
    let [first, second] = pair;
    match (keys.get(first), keys.get(second)) {
        (Some(_), Some(other)) => {
            cx.at(codes::NOT_ALLOWED_HERE, &other.key, format!("`{second}` beside `{first}`"))
                .help("keep one of them; a second trigger may say the other")
                .keep(cx);
            None
        }
        (None, None) => {
            if keys.lacks(first) && keys.lacks(second) {
                cx.at(codes::MISSING_KEY, of.tokens, format!("`trigger(..)` with neither `{first}` nor `{second}`")).help(help).keep(cx);
            }
            None
        }
        (one, other) => one.or(other),
    }
}

/// `insert, update(status), delete, truncate`
fn events(timed: &Entry, names: Names<'_>, cx: &mut Cx) -> Vec<Event> {
    let known = || EventKind::ALL.iter().map(|kind| kind.word());
    let Some(list) = timed.list(cx) else { return Vec::new() };
    let written = entries(list, cx);
    if written.is_empty() {
        cx.at(codes::MISSING_KEY, timed.tokens, format!("`{}(..)` without an event", timed.name))
            .help(format!("say for what: {}", listed(known())))
            .keep(cx);
    }
    let mut found: Vec<Event> = Vec::new();
    for one in written {
        let Some(kind) = EventKind::from_word(&one.name) else {
            cx.at(codes::UNKNOWN_COMMAND, &one.key, format!("unknown event `{}` in `{}(..)`", one.name, timed.name))
                .maybe_help(nearest(&one.name, known()).map(|near| format!("did you mean `{near}`?")))
                .help(format!("the events are {}", listed(known())))
                .keep(cx);
            continue;
        };
        if found.iter().any(|other| other.kind == kind) {
            cx.at(codes::TWICE_IN_LIST, &one.key, format!("`{}` is listed twice", one.name)).help("remove one").keep(cx);
            continue;
        }
        let columns = match &one.value {
            Value::List(group) if kind == EventKind::Update && !group.stream().is_empty() => {
                Some(listed_columns(group.stream(), names.columns, cx))
            }
            Value::List(_) if kind != EventKind::Update => {
                cx.at(codes::COLUMNS_NOT_ALLOWED, one.tokens, format!("columns on `{}`", one.name))
                    .note("only an update is of some columns")
                    .help("remove the columns")
                    .keep(cx);
                None
            }
            Value::Flag => None,
            _ => {
                one.malformed("update` or `update(column, ..)", cx);
                None
            }
        };
        found.push(Event { kind, columns });
    }
    found.sort_by_key(|event| event.kind);
    found
}

/// `execute = Trait.function`
fn execute(entry: &Entry, cx: &mut Cx) -> Option<Routine> {
    let Value::Assign(tokens) = &entry.value else {
        entry.malformed("execute = Trait.function", cx);
        return None;
    };
    member(tokens.clone(), Expected::Functions, cx).map(|(item, method)| Routine::Method(item, method))
}
