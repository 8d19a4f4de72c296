//! H0941: a permit that asks the caller alone: every row, or none.

use super::facts::Facts;
use super::shape::{has, of_caller};
use crate::diag::{Diagnostic, Part, RulePart, Sink, codes};
use crate::model::{Kind, RuleKind};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for said in &facts.predicates {
        let permit =
            said.rule.is_some_and(|(_, rule)| rule.kind == RuleKind::Permit) && matches!(said.part, Part::Rule(_, RulePart::Using));
        // Within a tenant it opens that tenant's rows, and the caller is trusted with its tenant already.
        let floored = said.table.has_tenant() && said.rule.is_some_and(|(_, rule)| rule.across_tenants.is_none());
        let row = has(said.expr, |kind| matches!(kind, Kind::Own(_) | Kind::Column(..)));
        if !permit || floored || row || !of_caller(said.expr) {
            continue;
        }
        sink.push(
            Diagnostic::new(codes::CALLER_ALONE, said.at(said.expr), "this permit asks the caller alone: it opens every row, or none")
                .note("a context field is what the session says; whoever can run SQL as the role says it too")
                .help("give those callers a role of their own: `permit(.., to = Admin)`, and let the login become it")
                .help("if the field is enough: `allow(H0941, reason = \"..\")`")
                .of(&said.table.item),
        );
    }
}
