//! H0418: a policy runs with the rights of who queries, so a table that it reads must be open to that role.

use std::collections::BTreeMap;

use super::Facts;
use crate::diag::{Diagnostic, Sink, codes};
use crate::model::{Command, Privilege, Relation};

use super::super::reads::{Read, TableReads};
use super::super::roles::Who;
use super::super::words;

/// Who is refused, at the first place that reads the table.
type Refused<'f, 'a> = BTreeMap<&'a Relation, (&'f Read<'a>, Vec<Who<'a>>)>;

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    // The owner reads its own tables.
    let owner = facts.roles.owner().map(Who::Role);
    let everyone: Vec<Who<'_>> = facts.askers.iter().copied().filter(|who| Some(*who) != owner).collect();
    for table in facts.set.tables() {
        let Some(reads) = facts.reads.get(&table.relation).filter(|reads| reads.reads_any()) else { continue };
        let mut refused: Refused<'_, '_> = BTreeMap::new();
        for who in &everyone {
            judge(facts, reads, *who, &mut refused);
        }
        for (relation, (read, who)) in refused {
            let Some(source) = facts.item(relation) else { continue };
            sink.push(fault(facts, source, read, &who).of(&table.item));
        }
    }
}

fn judge<'f, 'a>(facts: &Facts<'a>, reads: &'f TableReads<'a>, who: Who<'a>, refused: &mut Refused<'f, 'a>) {
    for command in Command::ALL {
        for read in reads.by(&facts.roles, who, *command) {
            if facts.is_external(read.relation) || facts.access.may(&facts.roles, who, read.relation, Privilege::Select, &read.columns) {
                continue;
            }
            let (_, known) = refused.entry(read.relation).or_insert_with(|| (read, Vec::new()));
            let inherited = |other: &Who<'_>| matches!((who, *other), (Who::Role(a), Who::Role(b)) if facts.roles.inherits(a).contains(b));
            if !known.contains(&who) && !known.iter().any(inherited) && !known.contains(&Who::Public) {
                known.push(who);
            }
        }
    }
}

fn fault(facts: &Facts<'_>, source: &str, read: &Read<'_>, who: &[Who<'_>]) -> Diagnostic {
    let roles: Vec<&str> = who.iter().map(|who| facts.said(who)).collect();
    let to = if let [one] = roles.as_slice() { (*one).to_owned() } else { format!("[{}]", roles.join(", ")) };
    let columns: Vec<&str> = read.columns.iter().map(|column| facts.field(read.relation, column)).collect();
    let list = if columns.is_empty() { String::new() } else { format!("({})", columns.join(", ")) };
    let on = if columns.is_empty() { String::new() } else { format!(" {} of", words::and(&columns)) };
    let message = format!("the predicate reads `{source}`, but {} may not select{on} it", words::and(&roles));
    let line = if facts.views.contains_key(read.relation) {
        format!("grant(select, to = {to})")
    } else {
        format!("permit(select{list}, to = {to}, ..)")
    };
    Diagnostic::new(codes::CANNOT_READ_SOURCE, read.place, message)
        .note("a policy runs with the rights of the role that queries: PostgreSQL refuses the whole statement with 42501")
        .help(format!("add `{line}` to `{source}`"))
}
