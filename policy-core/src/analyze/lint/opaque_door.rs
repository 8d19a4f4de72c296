//! H0975: a command that is denied on a table, and a function through which it may be made.

use super::facts::{Facts, functions};
use crate::check::access::{denied, reaches, who};
use crate::check::roles::Who;
use crate::diag::{Diagnostic, Part, Place, Sink, codes};
use crate::model::{Function, Functions, Never, Table};
use crate::plan::privileges::executors;

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for table in facts.governed() {
        for (i, never) in table.nevers.iter().enumerate() {
            let doors = functions(facts.set).filter_map(|(of, _, function)| door(facts, table, never, of, function));
            let names: Vec<String> = doors.map(|(of, function)| format!("`{}.{}`", of.item, function.method)).collect();
            if names.is_empty() {
                continue;
            }
            sink.push(
                Diagnostic::new(
                    codes::OPAQUE_DOOR,
                    Place::Part(Part::Never(i)),
                    format!("functions may reach what is denied here: {}", names.join(", ")),
                )
                .note("they run with the rights of a role that has the privilege; what their bodies do is not looked into")
                .help("read them; or take EXECUTE from the roles that are denied")
                .help("if the functions are the door that is meant: `allow(H0975, reason = \"..\")`")
                .of(&table.item),
            );
        }
    }
}

/// A function that someone who is denied may execute, and whose definer may do what is denied.
fn door<'a>(
    facts: &Facts<'_>,
    table: &Table,
    never: &Never,
    of: &'a Functions,
    function: &'a Function,
) -> Option<(&'a Functions, &'a Function)> {
    let definer = Who::Role(function.definer.as_deref()?);
    let may =
        denied(&never.privileges).iter().any(|one| facts.access.may(&facts.roles, definer, &table.relation, *one, &Default::default()));
    let called =
        executors(of, function, facts.set).iter().any(|to| never.to.iter().any(|denied| reaches(&facts.roles, who(denied), who(to))));
    (may && called).then_some((of, function))
}
