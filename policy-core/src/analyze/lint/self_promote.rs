//! H0937: a right that its holder may change.

use super::facts::{Facts, command, field_of, in_rule, new_rows, writes};
use super::memberships::asked;
use super::shape::{conditions, names, own_is_caller};
use crate::diag::{Diagnostic, RulePart, Sink, codes};
use crate::model::{Command, Rule, RuleKind};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for asked in asked(facts) {
        for (i, rule) in asked.table.rules.iter().enumerate().filter(|(_, rule)| rule.kind == RuleKind::Permit) {
            let Some(k) = command(rule, Command::Update).filter(|_| is_own(rule, asked.person)) else { continue };
            let Some(to) = rule.to.iter().find(|to| facts.serves(to)) else { continue };
            let free = |column: &&&str| writes(rule, Command::Update, column) && !held(asked.table.rules.iter(), rule, column);
            let Some(column) = asked.powers.iter().find(free) else { continue };
            let column = field_of(asked.table, column);
            let message = format!("`{}` may set its own `{column}`, and the rules of `{}` ask it", facts.said(to), asked.by.item);
            sink.push(
                Diagnostic::new(codes::SELF_PROMOTE, in_rule(i, RulePart::Command(k)), message)
                    .note("a caller who may change the row that says what it may do, may do everything")
                    .help(format!("list the columns of `update` without `{column}`"))
                    .of(&asked.table.item),
            );
        }
    }
}

/// Whether the rule is for the caller's own row.
fn is_own(rule: &Rule, person: &str) -> bool {
    conditions(rule.using.as_ref()).into_iter().any(|one| own_is_caller(one).is_some_and(|(column, _)| column == person))
}

/// Whether a check says what the column may become.
fn held<'a>(mut rules: impl Iterator<Item = &'a Rule>, own: &Rule, column: &str) -> bool {
    let check = new_rows(own).is_some_and(|check| names(check, column));
    check || rules.any(|rule| rule.kind == RuleKind::Restrict && new_rows(rule).is_some_and(|check| names(check, column)))
}
