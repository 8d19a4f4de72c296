//! Who may do what on a table: one row for each role, one column for each command, in each cell the keys that give it.

use std::collections::BTreeSet;

use super::Facts;
use super::markdown::{self, code, codes};
use super::tables::of_columns;
use crate::check::access::{By, Hold, reaches, who};
use crate::check::roles::Who;
use crate::model::{Command, Privilege, Table};
use crate::plan::PlannedPolicy;

const BESIDE: [Privilege; 4] = [Privilege::Truncate, Privilege::References, Privilege::Trigger, Privilege::Maintain];

pub(super) fn write(facts: &Facts<'_>, table: &Table, policies: &[PlannedPolicy], out: &mut Vec<String>) {
    let everyone = std::iter::once(Who::Public).chain(facts.set.roles().map(|role| Who::Role(role.name.as_str())));
    let (mut rows, mut without) = (Vec::new(), Vec::new());
    for asker in everyone {
        let cells: Vec<String> = Command::ALL.iter().map(|command| cell(facts, table, policies, asker, *command)).collect();
        let beside = BESIDE.iter().filter(|privilege| holds(facts, table, asker, **privilege).next().is_some()).map(|one| one.word());
        let beside = beside.collect::<Vec<_>>().join(", ");
        if cells.iter().all(String::is_empty) && beside.is_empty() {
            without.push(name(asker));
        } else {
            rows.push([vec![name(asker)], cells, vec![beside]].concat());
        }
    }
    out.push(String::new());
    if !rows.is_empty() {
        markdown::table(&["", "select", "insert", "update", "delete", "beside"], rows.into_iter(), out);
        out.push(String::new());
    }
    if !without.is_empty() {
        out.push(format!("Nothing at all: {}.", without.join(", ")));
    }
}

fn name(who: Who<'_>) -> String {
    if let Who::Role(name) = who { code(name) } else { "PUBLIC".to_owned() }
}

/// What gives someone a privilege without SET ROLE.
fn holds<'a>(facts: &'a Facts<'a>, table: &Table, asker: Who<'a>, privilege: Privilege) -> impl Iterator<Item = &'a Hold<'a>> {
    facts.access.holds(&table.relation).iter().filter(move |hold| hold.privilege == privilege && reaches(facts.roles, asker, hold.to))
}

/// `rule 1; rule 3 (title)`; what has no policy for it opens no row.
fn cell(facts: &Facts<'_>, table: &Table, policies: &[PlannedPolicy], asker: Who<'_>, command: Command) -> String {
    let given: Vec<String> = holds(facts, table, asker, command.privilege())
        .map(|hold| {
            let from = if hold.to == asker { String::new() } else { format!(" through {}", name(hold.to)) };
            let key = match hold.by {
                By::Permit(i) => format!("rule {}", i + 1),
                By::Grant(i) => format!("grant {}", i + 1),
                By::Schema(schema, _) => format!("schema {}", code(schema.name.as_str())),
                By::Default(item, _) => format!("default of {}", code(item)),
                By::Owner => "owner".to_owned(),
                By::Predefined => "PostgreSQL itself".to_owned(),
            };
            let when = if matches!(hold.by, By::Default(..)) { ", if the table is newer" } else { "" };
            format!("{key}{}{from}{when}", of_columns(hold.columns))
        })
        .collect();
    if given.is_empty() {
        return String::new();
    }
    let passes = matches!(asker, Who::Role(role) if facts.roles.get(role).is_some_and(|role| role.bypass_rls.is_some()));
    let opens = |policy: &PlannedPolicy| {
        policy.permissive
            && policy.command.is_none_or(|own| own == command)
            && policy.to.iter().any(|to| reaches(facts.roles, asker, who(to)))
    };
    let rows = match () {
        () if passes || table.no_rls.is_some() => ": every row",
        () if !policies.iter().any(opens) => ": no row",
        () => "",
    };
    format!("{}{rows}", given.join("; "))
}

/// The columns that no role of the set may read.
pub(super) fn unread(facts: &Facts<'_>, table: &Table) -> Vec<String> {
    let reads = facts.access.holds(&table.relation).iter().filter(|hold| hold.privilege == Privilege::Select);
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for hold in reads {
        match hold.columns {
            Some(columns) => seen.extend(columns.iter().map(|column| column.as_str())),
            None => return Vec::new(),
        }
    }
    table.columns.iter().map(|column| column.name.as_str()).filter(|name| !seen.contains(name)).map(str::to_owned).collect()
}

/// Names of roles, for a list.
pub(super) fn grantees<'a>(all: impl IntoIterator<Item = &'a crate::model::Grantee>) -> String {
    let names: Vec<&str> =
        all.into_iter().map(|to| if let crate::model::Grantee::Role(name) = to { name.as_str() } else { "PUBLIC" }).collect();
    if names.is_empty() { "nobody".to_owned() } else { codes(names) }
}
