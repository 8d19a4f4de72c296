//! H0413: a role that crosses tenants and a floored role of the same table, one of which has the rights of the other.
//!
//! The floor is TO the other roles of the table: it binds whoever inherits one of them, and `across_tenants` opens the
//! table to whoever inherits the exempt role.

use std::collections::BTreeSet;

use super::Facts;
use crate::diag::{Diagnostic, Part, Place, RulePart, Sink, codes};
use crate::model::{Command, Grantee, Rule, Table};

use super::super::access::By;
use super::super::roles::Who;

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for table in facts.set.tables() {
        let mut told: BTreeSet<(&str, &str)> = BTreeSet::new();
        for (i, rule) in across(table) {
            for on in &rule.commands {
                for other in floored(facts, table, on.command) {
                    for (k, to) in rule.to.iter().enumerate() {
                        let Grantee::Role(role) = to else { continue };
                        let place = Place::Part(Part::Rule(i, RulePart::To(k)));
                        let fault = if told.contains(&(role.as_str(), other)) { None } else { judge(facts, role, other, place) };
                        if let Some(fault) = fault {
                            told.insert((role, other));
                            sink.push(fault.of(&table.item));
                        }
                    }
                }
            }
        }
    }
}

fn across(table: &Table) -> impl Iterator<Item = (usize, &Rule)> {
    table.rules.iter().enumerate().filter(|(_, rule)| rule.across_tenants.is_some())
}

/// The roles that cross tenants, for one command or for any.
fn exempt<'a>(table: &'a Table, command: Option<Command>) -> BTreeSet<&'a str> {
    let has = |rule: &&Rule| command.is_none_or(|command| rule.commands.iter().any(|on| on.command == command));
    let role = |to: &'a Grantee| if let Grantee::Role(name) = to { Some(name.as_str()) } else { None };
    across(table).map(|(_, rule)| rule).filter(has).flat_map(|rule| &rule.to).filter_map(role).collect()
}

/// The roles under the floor for a command: whoever holds something on the table, which is everyone if PUBLIC does.
/// A role that crosses tenants for another command is under it only where it holds this one.
fn floored<'a>(facts: &Facts<'a>, table: &Table, command: Command) -> BTreeSet<&'a str> {
    let (free, ever) = (exempt(table, Some(command)), exempt(table, None));
    let holds = facts.access.holds(&table.relation).iter().filter(|hold| !matches!(hold.by, By::Default(..) | By::Predefined));
    let mut found = BTreeSet::new();
    for hold in holds {
        let binds = |name: &str| !free.contains(name) && (!ever.contains(name) || hold.privilege == command.privilege());
        match hold.to {
            Who::Public => found.extend(facts.roles.all().map(|role| role.name.as_str()).filter(|name| binds(name))),
            Who::Role(name) if binds(name) => found.extend([name]),
            Who::Role(_) => {}
        }
    }
    found
}

fn judge(facts: &Facts<'_>, exempt: &str, floored: &str, place: Place) -> Option<Diagnostic> {
    let (one, other) = (facts.roles.item(exempt), facts.roles.item(floored));
    let fault = |message: String| Diagnostic::new(codes::EXEMPT_AND_FLOORED, place, message);
    if facts.roles.inherits(exempt).contains(floored) {
        return Some(
            fault(format!("`{one}` crosses tenants here and inherits `{other}`, which does not"))
                .note(format!("the tenant floor of `{other}` binds every role that inherits it"))
                .help(format!("make `{one}` `noinherit`, or give it a membership with `inherit = false`, or leave the membership out")),
        );
    }
    facts.roles.inherits(floored).contains(exempt).then(|| {
        fault(format!("`{other}` inherits `{one}`, which crosses tenants here"))
            .note(format!("the permit of `{one}` opens every tenant's rows to each role that inherits it"))
            .help(format!("make `{other}` `noinherit`, or give it a membership with `inherit = false`, or leave the membership out"))
    })
}
