//! H0934: an update that may hand its row to another caller.

use super::facts::{Facts, field_of, in_rule, new_rows, writes};
use super::shape::{conditions, names, own_is_caller};
use crate::diag::{Diagnostic, RulePart, Sink, codes};
use crate::model::{Command, Expr, Rule, RuleKind, Table};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for (table, i, rule) in facts.permits() {
        let Some(check) = rule.with_check.as_ref().filter(|check| !check.is_truth()) else { continue };
        let owned = conditions(rule.using.as_ref()).into_iter().filter_map(own_is_caller);
        for (column, field) in owned.filter(|(column, _)| writes(rule, Command::Update, column)) {
            if names(check, column) || bound(facts, table, rule, column) {
                continue;
            }
            let column = field_of(table, column);
            let message = format!("an update may give the row away: `with_check` does not hold `{column}`");
            sink.push(
                Diagnostic::new(codes::GIVEN_AWAY, in_rule(i, RulePart::WithCheck), message)
                    .note(format!("`using` asks for the caller's own row, and `with_check` takes its place for the new one: `{column}` may become anyone"))
                    .help(format!("repeat it: `with_check({column} = ctx.{field} AND ..)`, or leave `{column}` out of the columns of `update`"))
                    .of(&table.item),
            );
        }
    }
}

/// Whether a restriction holds the column for everyone that the rule is for, or the tenant does.
fn bound(facts: &Facts<'_>, table: &Table, rule: &Rule, column: &str) -> bool {
    let on_update = |other: &&Rule| other.kind == RuleKind::Restrict && other.commands.iter().any(|on| on.command == Command::Update);
    let all = |other: &&Rule| other.to.is_empty() || rule.to.iter().all(|to| other.to.iter().any(|given| facts.has(to, given)));
    let holds = |expr: &Expr| names(expr, column);
    let restricted = table.rules.iter().filter(on_update).filter(all).filter_map(new_rows).any(holds);
    let tenant = matches!(&table.tenancy, crate::model::Tenancy::Own { predicate, .. } if holds(predicate));
    restricted || (tenant && rule.across_tenants.is_none())
}
