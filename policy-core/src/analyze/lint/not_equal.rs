//! H0968: a rule that says which rows are not the caller's.

use super::facts::Facts;
use super::shape::{conditions, of_caller, of_row};
use crate::diag::{Diagnostic, Part, RulePart, Sink, codes};
use crate::model::{Expr, Kind, RuleKind};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for said in facts.predicates.iter().filter(|said| said.searches() && matches!(said.part, Part::Rule(_, RulePart::Using) | Part::Tenant))
    {
        let permit = said.rule.is_none_or(|(_, rule)| rule.kind == RuleKind::Permit);
        let floored = said.rule.is_some_and(|(_, rule)| said.table.has_tenant() && rule.across_tenants.is_none());
        let asked = conditions(Some(said.expr));
        let Some(first) = asked.first().filter(|_| permit && !floored && asked.iter().all(|one| is_unequal(one))) else { continue };
        sink.push(
            Diagnostic::new(codes::NOT_EQUAL, said.at(first), "the rule says which rows are not the caller's")
                .note("what it opens grows by itself: a row of a new owner or state is open from the start; and no index serves `<>`")
                .help("say which rows are: `status = \"published\"`, `team_id = ctx.team_id`")
                .help("if all but these are meant: `allow(H0968, reason = \"..\")`")
                .of(&said.table.item),
        );
    }
}

/// `column <> ctx.field`, `column NOT IN (..)`
fn is_unequal(expr: &Expr) -> bool {
    match &expr.kind {
        Kind::Binary(op, a, b) => matches!(op.as_str(), "<>" | "!=") && (of_row(a) || of_row(b)) && (of_caller(a) || of_caller(b)),
        Kind::In(left, list, true) => of_row(left) && list.iter().any(of_caller),
        Kind::Not(inner) => matches!(&inner.kind, Kind::Binary(op, a, b) if op == "=" && of_row(a) && of_caller(b)),
        _ => false,
    }
}
