//! The names of triggers, and of the functions that fill logs.
//!
//! In: triggers and logs. Out: names that stay when a table is renamed: those of a log come from its Rust item. Must not
//! know whether two of them clash: `check` sees to that.

use super::index::Index;
use crate::model::name::snake_case;
use crate::model::{EventKind, Ident, Relation, Routine, RowOf, Table, Trigger};

/// What a log with a writer has a trigger for on each of its tables.
pub(crate) const CAPTURED: &[EventKind] = EventKind::ALL;

/// `name` as given, else `after_insert_update_on_run`.
pub(crate) fn of_trigger(trigger: &Trigger) -> Ident {
    if let Some(name) = &trigger.name {
        return name.clone();
    }
    let function = match &trigger.execute {
        Routine::Method(_, method) => method.as_str(),
        Routine::Named(name) => name.name.as_str(),
    };
    let words = std::iter::once(trigger.timing.word()).chain(trigger.events.iter().map(|event| event.kind.word()));
    Ident::cut(&words.chain([function]).collect::<Vec<_>>().join("_"))
}

/// The trigger on a log that fills what it copies: `action_modified_row_fill`.
pub(crate) fn fill(log: &Table) -> Ident {
    Ident::cut(&format!("{}_fill", snake_case(&log.item)))
}

/// The trigger of a log on a table that it tells of: `audit_insert`.
pub(crate) fn capture(log: &Table, event: EventKind) -> Ident {
    Ident::cut(&format!("{}_{}", snake_case(&log.item), event.word()))
}

/// The function behind `fill`.
pub(crate) fn fill_function(log: &Table) -> Relation {
    Relation { schema: log.relation.schema.clone(), name: fill(log) }
}

/// The function behind the triggers on one table: `audit_of_todo`.
pub(crate) fn capture_function(log: &Table, row: &RowOf) -> Relation {
    let name = Ident::cut(&format!("{}_of_{}", snake_case(&log.item), snake_case(&row.item)));
    Relation { schema: log.relation.schema.clone(), name }
}

/// Whether the application writes the log, and a trigger fills it.
pub(crate) fn is_filled(table: &Table) -> bool {
    table.log.as_ref().is_some_and(|log| log.writer.is_none())
}

/// Every function that the log of a table needs.
pub(crate) fn functions_of(table: &Table) -> Vec<Relation> {
    match &table.log {
        Some(log) if log.writer.is_some() => log.rows.iter().map(|row| capture_function(table, row)).collect(),
        Some(_) => vec![fill_function(table)],
        None => Vec::new(),
    }
}

/// Every trigger of a table: those written, by their number, and those of logs, by the log's Rust item.
pub(crate) fn on_table<'a>(table: &'a Table, index: &Index<'a>) -> Vec<(Ident, Result<usize, &'a str>)> {
    let mut all: Vec<_> = table.triggers.iter().enumerate().map(|(i, trigger)| (of_trigger(trigger), Ok(i))).collect();
    all.extend(is_filled(table).then(|| (fill(table), Err(table.item.as_str()))));
    for (log, _) in index.logs_of(table) {
        all.extend(CAPTURED.iter().map(|event| (capture(log, *event), Err(log.item.as_str()))));
    }
    all
}
