//! Two permits of one table for the same people and command.
//!
//! In: facts. Out: pairs of rules, and what their conditions say of each other. Must not know which of them is too many.

use super::facts::Facts;
use super::shape::conditions;
use crate::model::{Command, CommandColumns, Expr, Grantee, Rule, RuleKind, Table};

/// A permit whose people all have another one for the same command and columns.
pub(super) struct Pair<'a> {
    pub(super) table: &'a Table,
    pub(super) other: &'a Rule,
    pub(super) number: usize,
    pub(super) rule: &'a Rule,
    pub(super) command: Command,
}

pub(super) fn pairs<'a>(facts: &Facts<'a>) -> Vec<Pair<'a>> {
    let mut found = Vec::new();
    for (table, number, rule) in facts.permits() {
        for (_, other) in table.rules.iter().enumerate().filter(|(i, other)| *i != number && other.kind == RuleKind::Permit) {
            let all = rule.to.iter().all(|to| other.to.iter().any(|given| has(facts, to, given)));
            let across = rule.across_tenants.is_some() == other.across_tenants.is_some();
            let shared = rule.commands.iter().find(|on| other.commands.iter().any(|own| covers(own, on)));
            if let Some(on) = shared.filter(|_| all && across) {
                found.push(Pair { table, other, number, rule, command: on.command });
            }
        }
    }
    found
}

/// The conditions of a rule for a command: those of the old row, and those of the new one.
pub(super) fn asked(rule: &Rule, command: Command) -> Vec<&Expr> {
    let old = if command == Command::Insert { None } else { rule.using.as_ref() };
    let new = if matches!(command, Command::Insert | Command::Update) { super::facts::new_rows(rule) } else { None };
    conditions(old).into_iter().chain(conditions(new)).collect()
}

fn covers(wide: &CommandColumns, narrow: &CommandColumns) -> bool {
    let columns = match (&wide.columns, &narrow.columns) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(wide), Some(narrow)) => narrow.iter().all(|column| wide.contains(column)),
    };
    wide.command == narrow.command && columns
}

fn has(facts: &Facts<'_>, to: &Grantee, given: &Grantee) -> bool {
    facts.has(to, given)
}
