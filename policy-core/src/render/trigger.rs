//! The triggers of a table.
//!
//! In: a linked table. Out: `CREATE OR REPLACE TRIGGER` for each. Must not know what the functions do. Source: PostgreSQL
//! documentation, CREATE TRIGGER.

use super::expr::Writer;
use super::quote::{ident, relation};
use super::script::{Key, Part, Statement};
use crate::model::{EventKind, Ident, Relation, Routine, Table, Timing, Trigger};
use crate::plan::{Index, triggers};

pub(super) fn statements(table: &Table, index: &Index<'_>) -> Vec<Statement> {
    table.triggers.iter().map(|trigger| of_trigger(table, trigger, index)).collect()
}

fn of_trigger(table: &Table, trigger: &Trigger, index: &Index<'_>) -> Statement {
    let events: Vec<String> = trigger
        .events
        .iter()
        .map(|event| match &event.columns {
            Some(of) => {
                let of: Vec<String> = of.iter().map(|column| ident(column.as_str())).collect();
                format!("{} OF {}", word(event.kind), of.join(", "))
            }
            None => word(event.kind).to_owned(),
        })
        .collect();
    let when = trigger.when.as_ref().map(|when| format!("WHEN {}", Writer::new(index, table, when).bracketed(when, 4, 5)));
    let created = Created {
        name: triggers::of_trigger(trigger),
        timing: trigger.timing,
        events: events.join(" OR "),
        referencing: None,
        each_row: trigger.each_row,
        when,
        function: match &trigger.execute {
            Routine::Named(name) => relation(name),
            // Linking leaves none; on a server it is refused.
            Routine::Method(item, method) => format!("{}.{}", ident(item), ident(method)),
        },
    };
    created.on(&table.relation)
}

/// A trigger, as it is written.
pub(super) struct Created {
    pub(super) name: Ident,
    pub(super) timing: Timing,
    pub(super) events: String,
    pub(super) referencing: Option<String>,
    pub(super) each_row: bool,
    pub(super) when: Option<String>,
    pub(super) function: String,
}

impl Created {
    /// `CREATE OR REPLACE TRIGGER name AFTER INSERT ON t ..`. One that fires for rows is cloned to partitions: it is made
    /// anew where it becomes one for statements.
    pub(super) fn on(self, table: &Relation) -> Statement {
        let (name, on) = (ident(self.name.as_str()), relation(table));
        let timing = if self.timing == Timing::Before { "BEFORE" } else { "AFTER" };
        let each = if self.each_row { "ROW" } else { "STATEMENT" };
        let first = [format!("CREATE OR REPLACE TRIGGER {name}"), format!("{timing} {} ON {on}", self.events)];
        let middle = self.referencing.into_iter().chain([format!("FOR EACH {each}")]).chain(self.when);
        let lines: Vec<String> = first.into_iter().chain(middle).chain([format!("EXECUTE FUNCTION {}();", self.function)]).collect();
        let key = Key::Table(table.clone(), Part::Trigger(self.name));
        let statement = Statement::new(key, lines.join("\n    "), format!("DROP TRIGGER IF EXISTS {name} ON {on};"));
        Statement { shape: Some(each.to_owned()), ..statement }
    }
}

pub(super) fn word(event: EventKind) -> &'static str {
    match event {
        EventKind::Insert => "INSERT",
        EventKind::Update => "UPDATE",
        EventKind::Delete => "DELETE",
        EventKind::Truncate => "TRUNCATE",
    }
}
