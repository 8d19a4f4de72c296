//! H0936: a membership that the caller may enter for itself.

use std::collections::BTreeSet;

use super::facts::{Facts, command, in_rule, new_rows, writes};
use super::memberships::asked;
use super::shape::{conditions, own_is_caller};
use crate::diag::{Diagnostic, RulePart, Sink, codes};
use crate::model::{Command, Rule, RuleKind, Table};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let mut told = BTreeSet::new();
    for asked in asked(facts).iter().filter(|asked| asked.lends && !is_restricted(asked.table)) {
        for (i, rule) in asked.table.rules.iter().enumerate().filter(|(_, rule)| rule.kind == RuleKind::Permit) {
            let Some(k) = command(rule, Command::Insert).filter(|_| enters(rule, asked.person)) else { continue };
            let Some(to) = rule.to.iter().find(|to| facts.serves(to)) else { continue };
            if !told.insert((&asked.table.item, i)) {
                continue;
            }
            let message = format!("`{}` may enter itself here, and the rules of `{}` ask this table", facts.said(to), asked.by.item);
            sink.push(
                Diagnostic::new(codes::SELF_JOIN, in_rule(i, RulePart::Command(k)), message)
                    .note("the check asks only that the new row names the caller: whoever wants the rows of a group becomes a member of it")
                    .help("let another role, or a function with a definer, enter members; or ask in `with_check` for an invitation")
                    .help("where a foreign key holds the row to what is the caller's: `allow(H0936, reason = \"..\")`")
                    .of(&asked.table.item),
            );
        }
    }
}

/// Whether the new row need only name the caller, there or in another column.
fn enters(rule: &Rule, person: &str) -> bool {
    let asked = conditions(new_rows(rule));
    writes(rule, Command::Insert, person) && !asked.is_empty() && asked.into_iter().all(|one| own_is_caller(one).is_some())
}

fn is_restricted(table: &Table) -> bool {
    let on_insert = |rule: &Rule| rule.commands.iter().any(|on| on.command == Command::Insert);
    table.rules.iter().any(|rule| rule.kind == RuleKind::Restrict && on_insert(rule))
}
