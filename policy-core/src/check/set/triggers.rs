//! H0821, H0822: the functions that triggers execute, and the names of triggers and of generated functions.

use std::collections::BTreeMap;

use super::Facts;
use crate::diag::{Diagnostic, LogPart, Part, Place, Sink, TriggerPart, codes};
use crate::model::{Relation, Returns, Routine, Table};
use crate::plan::{Index, triggers};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for table in facts.set.tables() {
        for (i, trigger) in table.triggers.iter().enumerate() {
            if let Routine::Named(name) = &trigger.execute {
                sink.extend(executed(facts, table, i, name));
            }
        }
    }
    if facts.set.tables().all(|table| table.triggers.is_empty() && table.log.is_none()) {
        return;
    }
    let index = Index::new(facts.set);
    for table in facts.set.tables() {
        names(table, &index, sink);
    }
    functions(facts, sink);
}

fn executed(facts: &Facts<'_>, table: &Table, index: usize, name: &Relation) -> Option<Diagnostic> {
    let all = facts.set.functions().flat_map(|one| one.functions.iter().map(move |function| (one.path(function), function)));
    let mut found = all.filter(|(path, _)| path == name).map(|(_, function)| function).peekable();
    let method = &found.peek()?.method;
    if found.any(|function| function.returns == Returns::Trigger && function.args.is_empty()) {
        return None;
    }
    let place = Place::Part(Part::Trigger(index, TriggerPart::Execute));
    Some(
        Diagnostic::new(codes::TRIGGER_FUNCTION, place, format!("`{method}` is no function of a trigger"))
            .note("a trigger executes a function without arguments that returns `trigger`")
            .help(format!("declare it so: `#[function(returns = \"trigger\")] fn {method}();`"))
            .of(&table.item),
    )
}

/// The triggers of a table; of two written names the item itself has spoken.
fn names(table: &Table, index: &Index<'_>, sink: &mut Sink) {
    let mut taken = BTreeMap::new();
    for (name, whose) in triggers::on_table(table, index) {
        let (item, place) = match whose {
            Ok(i) => (table.item.as_str(), Part::Trigger(i, TriggerPart::Whole)),
            Err(log) => (log, Part::Log(LogPart::Whole)),
        };
        if taken.insert(name.clone(), whose).is_some() {
            sink.push(
                Diagnostic::new(codes::TRIGGER_TWICE, Place::Part(place), format!("two triggers of `{}` would be named `{name}`", table.item))
                    .note("a trigger without a name is called after its time, events and function, that of a log after the log; more than 63 bytes are cut")
                    .help("name the trigger: `name = \"..\"`")
                    .of(item),
            );
        }
    }
}

/// The functions of logs beside each other and beside the declared ones.
fn functions(facts: &Facts<'_>, sink: &mut Sink) {
    let declared = facts.set.functions().flat_map(|one| one.functions.iter().filter(|f| f.args.is_empty()).map(move |f| one.path(f)));
    let mut taken: Vec<Relation> = declared.collect();
    for table in facts.set.tables() {
        for name in triggers::functions_of(table) {
            if taken.contains(&name) {
                let message = format!("the log needs a function `{name}`, and another one is called so");
                sink.push(
                    Diagnostic::new(codes::TRIGGER_TWICE, Place::Part(Part::Log(LogPart::Whole)), message)
                        .note("the functions of a log are called after its Rust item and those of its tables")
                        .help("give the other function, or one of the items, another name")
                        .of(&table.item),
                );
            }
            taken.push(name);
        }
    }
}
