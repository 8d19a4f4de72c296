//! H0965: a CASE where conditions could stand.

use super::facts::Facts;
use super::shape::{leaves, of_row};
use crate::diag::{Diagnostic, Sink, codes};
use crate::model::Kind;

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for said in facts.predicates.iter().filter(|said| said.searches()) {
        for one in leaves(said.expr).into_iter().filter(|one| matches!(one.kind, Kind::Case(..)) && of_row(one)) {
            sink.push(
                Diagnostic::new(codes::CASE_RULE, said.at(one), "a CASE decides whether the row is seen")
                    .note("PostgreSQL uses no index for a condition inside a CASE: every row is read")
                    .note("measured over a million rows, 1500 of them visible: tens of times the cost of plain conditions")
                    .help("write a permit for each arm, or join the arms by OR: `(kind = \"a\" AND ..) OR (kind = \"b\" AND ..)`")
                    .of(&said.table.item),
            );
        }
    }
}
