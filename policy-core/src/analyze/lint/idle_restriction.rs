//! H0922: a restriction of a command that no permit opens.

use super::facts::{Facts, in_rule};
use crate::diag::{Diagnostic, RulePart, Sink, codes};
use crate::model::{Grantee, Rule, RuleKind, Table};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for (table, i, rule) in facts.rules().filter(|(_, _, rule)| rule.kind == RuleKind::Restrict && !rule.all) {
        for (k, on) in rule.commands.iter().enumerate() {
            if opened(facts, table, rule, k) {
                continue;
            }
            let word = on.command.word();
            sink.push(
                Diagnostic::new(codes::IDLE_RESTRICTION, in_rule(i, RulePart::Command(k)), format!("no permit opens `{word}`"))
                    .note("a restriction takes rows away from what permits give; where none gives any, the command is refused altogether")
                    .help(format!("add `permit({word}, to = ..)`, or leave the restriction out"))
                    .of(&table.item),
            );
        }
    }
}

/// Whether someone that the restriction binds has a permit for its command of that index.
fn opened(facts: &Facts<'_>, table: &Table, rule: &Rule, command: usize) -> bool {
    let Some(command) = rule.commands.get(command).map(|on| on.command) else { return true };
    let permits = table.rules.iter().filter(|other| other.kind == RuleKind::Permit);
    let mut opening = permits.filter(|other| other.commands.iter().any(|on| on.command == command)).flat_map(|other| &other.to);
    let bound = |to: &Grantee| rule.to.is_empty() || rule.to.iter().any(|own| facts.meet(own, to));
    opening.any(bound)
}
