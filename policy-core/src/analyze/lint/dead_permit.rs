//! H0957: a permit that permits no row.

use super::facts::Facts;
use crate::diag::{Diagnostic, Sink, codes};
use crate::model::{Kind, Literal, RuleKind};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for said in facts.predicates.iter().filter(|said| said.rule.is_some_and(|(_, rule)| rule.kind == RuleKind::Permit)) {
        if said.expr.kind != Kind::Literal(Literal::Bool(false)) {
            continue;
        }
        sink.push(
            Diagnostic::new(codes::DEAD_PERMIT, said.at(said.expr), "this permit opens no row")
                .note(
                    "the privilege is granted all the same: a statement gives no row instead of an error, and another permit may open some",
                )
                .help("leave the permit out; to say that nobody may: `never(.., to = ..)`")
                .of(&said.table.item),
        );
    }
}
