//! H0958: a restriction that refuses no row.

use super::facts::Facts;
use crate::diag::{Diagnostic, Sink, codes};
use crate::model::RuleKind;

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for said in facts.predicates.iter().filter(|said| said.rule.is_some_and(|(_, rule)| rule.kind == RuleKind::Restrict)) {
        if !said.expr.is_truth() {
            continue;
        }
        sink.push(
            Diagnostic::new(codes::IDLE_TRUE, said.at(said.expr), "this restriction refuses no row")
                .note("it is joined to the permits by AND, and `true` takes nothing away from them")
                .help("write the condition that was meant, or leave the restriction out")
                .of(&said.table.item),
        );
    }
}
