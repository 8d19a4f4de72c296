//! H0942: one caller by its key, as a constant.

use super::facts::Facts;
use super::shape::{all, equal_with, is_constant};
use crate::diag::{Diagnostic, Sink, codes};
use crate::model::Kind;

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for said in &facts.predicates {
        for one in all(said.expr) {
            let Some((caller, other)) = equal_with(one, |side| matches!(side.kind, Kind::Ctx(_))) else { continue };
            let Kind::Ctx(field) = &caller.kind else { continue };
            let key =
                facts.field(said.table, field).is_some_and(|field| ["uuid", "bigint", "integer"].iter().any(|kind| field.kind.is(kind)));
            if !key || !is_constant(other) {
                continue;
            }
            sink.push(
                Diagnostic::new(codes::LITERAL_CALLER, said.at(one), format!("one caller is named by its key: `ctx.{field}`"))
                    .note("who that is, the database cannot tell; the right outlives the person, and a migration is needed to end it")
                    .help("keep such people in a table, or give them a role of their own")
                    .of(&said.table.item),
            );
        }
    }
}
