//! A permit beside another one that is for all of its people, commands and columns.
//!
//! In: facts. Out: such pairs, and what a rule asks for a command. Must not know which of them is too many.

use super::facts::{Facts, new_rows};
use super::shape::conditions;
use crate::model::{Command, CommandColumns, Expr, Rule, RuleKind, Table};

/// A permit, and another one of the table that is for all it is for.
pub(super) struct Pair<'a> {
    pub(super) table: &'a Table,
    pub(super) other: (usize, &'a Rule),
    pub(super) rule: (usize, &'a Rule),
}

impl Pair<'_> {
    /// Whether the other permit asks no more than this one, for each of its commands.
    pub(super) fn is_within(&self) -> bool {
        self.for_each(|own, other| other.iter().all(|one| own.contains(one)))
    }

    /// Whether both ask the same, for each command of this one.
    pub(super) fn is_equal(&self) -> bool {
        self.for_each(|own, other| own.len() == other.len() && other.iter().all(|one| own.contains(one)))
    }

    fn for_each(&self, holds: impl Fn(&[&Expr], &[&Expr]) -> bool) -> bool {
        let each = |on: &CommandColumns| holds(&asked(self.rule.1, on.command), &asked(self.other.1, on.command));
        self.rule.1.commands.iter().all(each)
    }
}

pub(super) fn pairs<'a>(facts: &Facts<'a>) -> Vec<Pair<'a>> {
    let mut found = Vec::new();
    for (table, i, rule) in facts.permits() {
        for (k, other) in table.rules.iter().enumerate().filter(|(k, other)| *k != i && other.kind == RuleKind::Permit) {
            if is_for_all(facts, rule, other) {
                found.push(Pair { table, other: (k, other), rule: (i, rule) });
            }
        }
    }
    found
}

fn is_for_all(facts: &Facts<'_>, rule: &Rule, other: &Rule) -> bool {
    let across = rule.across_tenants.is_some() == other.across_tenants.is_some();
    let people = rule.to.iter().all(|to| other.to.iter().any(|given| facts.has(to, given)));
    across && people && rule.commands.iter().all(|on| other.commands.iter().any(|own| covers(own, on)))
}

/// The conditions of a rule for a command: those of the old row, and those of the new one.
fn asked(rule: &Rule, command: Command) -> Vec<&Expr> {
    let old = if command == Command::Insert { None } else { rule.using.as_ref() };
    let new = if matches!(command, Command::Insert | Command::Update) { new_rows(rule) } else { None };
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
