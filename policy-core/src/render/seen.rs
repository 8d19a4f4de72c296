//! Rows of listed tables, as whoever asks sees them: by the name of the table and the key as text.
//!
//! In: a list of tables with their keys. Out: bodies of functions that run with the rights of the caller. Must not know who
//! may call them. A key that is no key finds no row, and is no error: it tells nobody which keys there are.

use super::quote::{ident, literal, relation};
use crate::model::{Argument, Log, PolicySet, RowOf, SqlType, Table};
use crate::plan::Index;

/// The body of a trigger that fills what a log copies; what is not listed or not seen is refused.
pub(super) fn fill_body(table: &Table, log: &Log, index: &Index<'_>) -> String {
    let (name, row) = (ident(log.table.as_str()), ident(log.row.as_str()));
    let targets: Vec<String> = std::iter::once(&log.row).chain(&log.copy).map(|column| format!("NEW.{}", ident(column.as_str()))).collect();
    let targets = targets.join(", ");
    let arms = log.rows.iter().filter_map(|row_of| Some((row_of, index.table(&row_of.item)?))).map(|(row_of, of)| {
        let key = format!("seen.{}", ident(&row_of.key));
        let copied = row_of.copy.iter().map(|column| format!("seen.{}", ident(column)));
        let columns: Vec<String> = std::iter::once(format!("{key}::text")).chain(copied).collect();
        format!(
            "    WHEN {} THEN\n        SELECT {} INTO {targets}\n        FROM {} AS seen WHERE {key} = {};\n",
            literal(&of.relation.to_string()),
            columns.join(", "),
            relation(&of.relation),
            as_key(&format!("NEW.{row}"), key_type(of, row_of)),
        )
    });
    let refuse =
        |what: &str| format!("RAISE EXCEPTION USING ERRCODE = '42501', MESSAGE = {};", literal(&format!("{}: {what}", table.relation)));
    format!(
        "BEGIN\n    CASE NEW.{name}\n{}    ELSE\n        {}\n    END CASE;\n    IF NOT FOUND THEN\n        {}\n    END IF;\n    RETURN NEW;\nEND",
        arms.collect::<String>(),
        refuse("no table of that name is logged"),
        refuse("no such row for you to log about"),
    )
}

/// The body of `visible(..)`, in SQL: whether the caller sees the row.
pub(super) fn visible_body(rows: &[RowOf], args: &[Argument], set: &PolicySet) -> String {
    let as_text = |number: usize| match args.get(number) {
        Some(argument) if !argument.kind.is("text") => format!("${}::text", number + 1),
        _ => format!("${}", number + 1),
    };
    let of = |row: &RowOf| set.tables().find(|table| table.item == row.item);
    let arms = rows.iter().filter_map(|row| Some((row, of(row)?))).map(|(row, of)| {
        let key = ident(&row.key);
        format!(
            "    WHEN {} THEN EXISTS (SELECT 1 FROM {} AS seen WHERE seen.{key} = {})\n",
            literal(&of.relation.to_string()),
            relation(&of.relation),
            as_key(&as_text(1), key_type(of, row)),
        )
    });
    format!("SELECT CASE {}\n{}    ELSE false\nEND", as_text(0), arms.collect::<String>())
}

fn key_type<'a>(of: &'a Table, row: &RowOf) -> Option<&'a SqlType> {
    of.column(&row.key).map(|column| &column.kind)
}

/// A text as a key of that type; NULL where it is none. CASE alone keeps PostgreSQL from casting before it has looked.
fn as_key(text: &str, kind: Option<&SqlType>) -> String {
    match kind {
        Some(kind) if kind.is("uuid") => {
            format!("CASE WHEN {text} ~* '^[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}$' THEN {text}::uuid END")
        }
        Some(kind) if kind.is("text") || kind.is("character varying") => text.to_owned(),
        _ => format!(
            "CASE WHEN {text} ~ '^-?[0-9]{{1,18}}$' THEN {text}::bigint WHEN {text} ~ '^-?[0-9]{{19}}$' THEN \
             CASE WHEN {text}::numeric BETWEEN {} AND {} THEN {text}::bigint END END",
            i64::MIN,
            i64::MAX
        ),
    }
}
