//! H0921: a rule for a role that no policy binds.

use super::facts::{Facts, in_rule};
use crate::diag::{Diagnostic, RulePart, Sink, codes};
use crate::model::{Grantee, Rule, RuleKind, Table};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for (table, i, rule) in facts.rules().filter(|(table, _, rule)| promises(table, rule)) {
        for (k, to) in rule.to.iter().enumerate() {
            let Grantee::Role(name) = to else { continue };
            let Some(role) = facts.roles.get(name).filter(|role| role.bypass_rls.is_some()) else { continue };
            let message = format!("no policy holds for `{}`, which has `bypass_rls`", role.item);
            sink.push(
                Diagnostic::new(codes::BYPASS_RULE, in_rule(i, RulePart::To(k)), message)
                    .note("PostgreSQL never asks a policy for a role with BYPASSRLS: it meets every row")
                    .help(format!("say what is true: `grant(select, to = {})`", role.item))
                    .help("or leave `bypass_rls` out, and give the role a permit with `across_tenants`")
                    .of(&table.item),
            );
        }
    }
}

/// Whether the rule says that some row is out of reach.
fn promises(table: &Table, rule: &Rule) -> bool {
    let narrows = |expr: &Option<crate::model::Expr>| expr.as_ref().is_some_and(|expr| !expr.is_truth());
    let floored = table.has_tenant() && rule.across_tenants.is_none();
    rule.kind == RuleKind::Restrict || floored || narrows(&rule.using) || narrows(&rule.with_check)
}
