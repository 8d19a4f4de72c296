//! H0831, H0833: the log of a table by itself: what it tells of, and the types of its columns.

use std::collections::BTreeSet;

use crate::diag::{Diagnostic, LogPart, Part, Place, Sink, codes};
use crate::model::{Base, Ident, Log, SqlType, Table};

pub(super) fn check(table: &Table, sink: &mut Sink) {
    let Some(log) = &table.log else { return };
    for (i, _) in log.rows.iter().enumerate().filter(|(_, row)| row.item == table.item) {
        sink.push(
            Diagnostic::new(codes::LOG_OF_ITSELF, Place::Part(Part::Log(LogPart::Row(i))), format!("`{}` logs its own rows", table.item))
                .note("each entry would ask for another one")
                .help("take it out of `rows(..)`"),
        );
    }
    types(table, log, sink);
    let mut seen = BTreeSet::new();
    for (part, name) in columns(log) {
        if !seen.insert(name) {
            sink.push(
                Diagnostic::new(codes::LOG_COLUMN, Place::Part(Part::Log(part)), format!("`{name}` stands for two things in `log(..)`"))
                    .help("give each a column of its own"),
            );
        }
    }
}

/// The columns that have a key of their own, with the type that each must be of.
fn keyed(log: &Log) -> Vec<(&'static str, &Ident, &'static str)> {
    let all = [
        ("table", Some(&log.table), "text"),
        ("row", Some(&log.row), "text"),
        ("command", log.command.as_ref(), "text"),
        ("old", log.old.as_ref(), "jsonb"),
        ("new", log.new.as_ref(), "jsonb"),
        ("at", log.at.as_ref(), "timestamptz"),
        ("role", log.role.as_ref(), "text"),
        ("context", log.context.as_ref(), "jsonb"),
    ];
    all.into_iter().filter_map(|(key, name, kind)| Some((key, name?, kind))).collect()
}

/// Every column that a log fills.
fn columns(log: &Log) -> Vec<(LogPart, &Ident)> {
    let keyed = keyed(log).into_iter().map(|(key, name, _)| (LogPart::Key(key), name));
    let copied = log.copy.iter().enumerate().map(|(i, name)| (LogPart::Copy(i), name));
    let by = log.by.iter().enumerate().map(|(i, (name, _))| (LogPart::By(i), name));
    keyed.chain(copied).chain(by).collect()
}

fn types(table: &Table, log: &Log, sink: &mut Sink) {
    for (key, name, kind) in keyed(log) {
        let Some(column) = table.column(name.as_str()) else { continue };
        let place = Place::Part(Part::Log(LogPart::Key(key)));
        if !may_be(&column.kind, kind) {
            let message = format!("`{key}` of a log is `{kind}`, `{}` is `{}`", column.field, column.kind);
            sink.push(
                Diagnostic::new(codes::LOG_COLUMN, place, message)
                    .help(format!("name a column of type `{kind}`, or change the type of `{}`", column.field)),
            );
        }
        // An insert has no row before, a delete none after.
        let without = if key == "old" { "an insert" } else { "a delete" };
        if matches!(key, "old" | "new") && !column.nullable {
            let message = format!("`{}` holds no row on {without}, and is no `Option`", column.field);
            sink.push(
                Diagnostic::new(codes::LOG_COLUMN, place, message)
                    .help(format!("make it an `Option`, here and in the table: `{}: Option<Value>`", column.field)),
            );
        }
    }
}

/// A type that only the sources know is judged when the set is put together.
fn may_be(kind: &SqlType, wanted: &str) -> bool {
    kind.is(wanted) || matches!(kind.base, Base::Opaque(_))
}
