//! H0944: a comparison with the caller that folds case.

use super::facts::Facts;
use super::shape::{all, equal_with, of_caller, of_row};
use crate::diag::{Diagnostic, Sink, codes};
use crate::model::{Expr, Kind};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for said in &facts.predicates {
        for one in all(said.expr) {
            let Some((column, caller)) = equal_with(one, is_folded) else { continue };
            if !of_row(column) || !of_caller(caller) {
                continue;
            }
            sink.push(
                Diagnostic::new(codes::FOLDED, said.at(one), "a comparison with the caller that folds case")
                    .note("values that differ in case are one here, and two for every unique constraint: their rows join")
                    .note("no index of the column serves it; one of the expression does")
                    .help("store the folded value, and compare with `=`")
                    .of(&said.table.item),
            );
        }
    }
}

/// `lower(column)`
pub(super) fn is_folded(expr: &Expr) -> bool {
    let inner = |args: &[Expr]| args.iter().any(|arg| matches!(arg.kind, Kind::Own(_)));
    matches!(&expr.kind, Kind::Call(name, args) if matches!(name.as_str(), "lower" | "upper") && inner(args))
}
