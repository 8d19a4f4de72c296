//! H0971: a table that policies ask, and that a request may write as it likes.

use std::collections::BTreeSet;

use super::facts::{Facts, command, in_rule, new_rows, writes};
use super::memberships::{Asked, asked};
use super::shape::conditions;
use crate::diag::{Diagnostic, RulePart, Sink, codes};
use crate::model::{Command, Rule, RuleKind};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let mut told = BTreeSet::new();
    for asked in asked(facts).iter().filter(|asked| asked.lends && !asked.table.has_tenant()) {
        for (i, rule) in asked.table.rules.iter().enumerate().filter(|(_, rule)| rule.kind == RuleKind::Permit) {
            let Some(k) = free(asked, rule) else { continue };
            let Some(to) = rule.to.iter().find(|to| facts.serves(to)) else { continue };
            if !told.insert((&asked.table.item, i)) {
                continue;
            }
            let message = format!("`{}` may write any row here, and the rules of `{}` ask this table", facts.said(to), asked.by.item);
            sink.push(
                Diagnostic::new(codes::ASKS_OPEN, in_rule(i, RulePart::Command(k)), message)
                    .note("the rows say what a caller may see: whoever writes them decides it")
                    .help("let another role, or a function with a definer, write them; or hold the new row in `with_check`")
                    .help("if the application decides who is a member: `allow(H0971, reason = \"..\")`")
                    .of(&asked.table.item),
            );
        }
    }
}

/// The command by which a row that names anyone may come to be.
fn free(asked: &Asked<'_>, rule: &Rule) -> Option<usize> {
    let restricted = |on: Command| asked.table.rules.iter().any(|other| other.kind == RuleKind::Restrict && command(other, on).is_some());
    let open = conditions(new_rows(rule)).is_empty();
    let written = [Command::Insert, Command::Update].into_iter().filter(|on| writes(rule, *on, asked.person) && !restricted(*on));
    written.filter(|_| open).find_map(|on| command(rule, on))
}
