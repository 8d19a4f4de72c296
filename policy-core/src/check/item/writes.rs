//! H0407, H0412: a role that writes and may not read.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Diagnostic, Part, Place, RulePart, Sink, codes};
use crate::model::{Command, Grantee, Privilege, Table};

use super::super::words;
use super::{permits, rule_place};

/// The first rule of a role with the command, and the command's index in it.
type First = (usize, usize);

pub(super) fn check(table: &Table, sink: &mut Sink) {
    let readers = readers(table);
    blind_grants(table, &readers, sink);
    let mut writers: BTreeMap<&Grantee, BTreeMap<Command, First>> = BTreeMap::new();
    for (i, rule) in permits(table) {
        for (k, on) in rule.commands.iter().enumerate() {
            for to in &rule.to {
                writers.entry(to).or_default().entry(on.command).or_insert((i, k));
            }
        }
    }
    for (who, commands) in writers {
        if readers.contains(who) || readers.contains(&Grantee::Public) {
            continue;
        }
        let who = words::grantee(who);
        let blind = |command: &Command| matches!(command, Command::Update | Command::Delete);
        let first = commands.iter().filter(|(command, _)| blind(command)).map(|(_, first)| *first).min();
        match (first, commands.get(&Command::Insert)) {
            (Some(first), _) => sink.push(blind_write(who, commands.keys().filter(|c| blind(c)), first)),
            // What the triggers of a log insert, they do not ask back.
            (None, Some(_)) if table.log.as_ref().is_some_and(|log| log.writer.as_deref() == Some(who)) => {}
            (None, Some(first)) => sink.push(insert_only(who, *first)),
            (None, None) => {}
        }
    }
}

/// `grant(update, to = App)` without select: with `no_rls` the blind statement reaches every row.
fn blind_grants(table: &Table, readers: &BTreeSet<&Grantee>, sink: &mut Sink) {
    for (i, grant) in table.grants.iter().enumerate() {
        let blind = grant.privileges.iter().find(|(p, _)| matches!(p, Privilege::Update | Privilege::Delete));
        let who = grant.to.iter().find(|to| !readers.contains(to) && !readers.contains(&Grantee::Public));
        if let (Some((privilege, _)), Some(who)) = (blind, who) {
            let (word, who) = (privilege.word(), words::grantee(who));
            sink.push(
                Diagnostic::new(codes::BLIND_WRITE, Place::Part(Part::Grant(i)), format!("`{who}` may {word} but not `select`"))
                    .note("`WHERE id = 1` reads a column and fails with 42501; the statement without WHERE reaches every row")
                    .help("add `select` to the grant, or `select(..)` with the columns that a WHERE names"),
            );
        }
    }
}

/// Who may select at least one column, by permit or grant.
fn readers(table: &Table) -> BTreeSet<&Grantee> {
    let permits = permits(table).filter(|(_, rule)| rule.commands.iter().any(|on| on.command == Command::Select));
    let reads = |privilege: &Privilege| matches!(privilege, Privilege::Select | Privilege::All);
    let grants = table.grants.iter().filter(|grant| grant.privileges.iter().any(|(p, _)| reads(p)));
    permits.flat_map(|(_, rule)| &rule.to).chain(grants.flat_map(|grant| &grant.to)).collect()
}

fn blind_write<'a>(who: &str, commands: impl Iterator<Item = &'a Command>, (rule, command): First) -> Diagnostic {
    let commands = words::and(commands.map(|command| command.word()));
    let place = rule_place(rule, RulePart::Command(command));
    Diagnostic::new(codes::BLIND_WRITE, place, format!("`{who}` may {commands} but not `select`"))
        .note("`WHERE id = 1` reads a column and fails with 42501; the statement without WHERE succeeds on every row")
        .help("add `select` to the rule, or `select(..)` with the columns that a WHERE names")
}

fn insert_only(who: &str, (rule, command): First) -> Diagnostic {
    let place = rule_place(rule, RulePart::Command(command));
    Diagnostic::new(codes::INSERT_WITHOUT_SELECT, place, format!("`{who}` may `insert` but not `select`"))
        .note("`INSERT .. RETURNING` and `ON CONFLICT (..)` read columns and fail with 42501")
        .help("add `select`, or `select(id)` for RETURNING")
        .help("for a role that only writes: `allow(H0412, reason = \"..\")`")
}
