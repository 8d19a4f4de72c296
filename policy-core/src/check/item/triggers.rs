//! H0822, H0823: the triggers of a table by themselves. Source: PostgreSQL documentation, CREATE TRIGGER.

use std::collections::BTreeSet;

use crate::diag::{Diagnostic, Part, Place, Sink, TriggerPart, codes};
use crate::model::{EventKind, Kind, Table, Trigger};

pub(super) fn check(table: &Table, sink: &mut Sink) {
    let mut names = BTreeSet::new();
    for (i, trigger) in table.triggers.iter().enumerate() {
        let place = |part| Place::Part(Part::Trigger(i, part));
        sink.extend(rows(trigger).map(|fault| Diagnostic { place: place(TriggerPart::When), ..fault }));
        if trigger.each_row && trigger.events.iter().any(|event| event.kind == EventKind::Truncate) {
            sink.push(
                Diagnostic::new(codes::TRIGGER_ROW, place(TriggerPart::Whole), "`truncate` with `each_row`")
                    .note("TRUNCATE looks at no row, so PostgreSQL fires its triggers once for the statement")
                    .help("write a trigger of its own for it, with `each_statement`"),
            );
        }
        if let Some(name) = trigger.name.as_ref().filter(|name| !names.insert(*name)) {
            sink.push(
                Diagnostic::new(codes::TRIGGER_TWICE, place(TriggerPart::Whole), format!("two triggers are named `{name}`"))
                    .help("give the second one another name"),
            );
        }
    }
}

/// The first row that the condition asks for and that is not there.
fn rows(trigger: &Trigger) -> Option<Diagnostic> {
    let mut asked = BTreeSet::new();
    trigger.when.as_ref()?.visit(&mut |one| {
        if let Kind::Column(row, _) = &one.kind {
            asked.insert(row.clone());
        }
    });
    let fires = |kind| trigger.events.iter().any(|event| event.kind == kind);
    let fault = |message: &str, why: &str, help: &str| {
        Some(Diagnostic::new(codes::TRIGGER_ROW, Place::Part(Part::Item), message).note(why).help(help))
    };
    if !asked.is_empty() && !trigger.each_row {
        return fault(
            "a row in the condition of an `each_statement` trigger",
            "it fires once for the statement, whatever rows that touches",
            "say `each_row`, or ask for the rows in the function",
        );
    }
    if asked.contains("new") && fires(EventKind::Delete) {
        return fault(
            "`new` in the condition of a `delete` trigger",
            "a delete leaves no new row",
            "ask for `old`, or give `delete` a trigger of its own",
        );
    }
    if asked.contains("old") && fires(EventKind::Insert) {
        return fault(
            "`old` in the condition of an `insert` trigger",
            "an insert finds no old row",
            "ask for `new`, or give `insert` a trigger of its own",
        );
    }
    None
}
