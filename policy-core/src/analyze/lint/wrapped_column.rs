//! H0961: a function of the row's column, compared with a value that is known beforehand.

use super::facts::Facts;
use super::folded::is_folded;
use super::shape::{equal_with, leaves, of_caller, of_row};
use crate::diag::{Diagnostic, Sink, codes};
use crate::model::{Expr, Kind};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for said in facts.predicates.iter().filter(|said| said.searches()) {
        for one in leaves(said.expr) {
            let Some((column, other)) = equal_with(one, is_wrapped) else { continue };
            // What folds case has a code of its own.
            if of_row(other) || (is_folded(column) && of_caller(other)) {
                continue;
            }
            sink.push(
                Diagnostic::new(codes::WRAPPED_COLUMN, said.at(one), "a function of the column stands where the column could")
                    .note("no index of the column serves it: every row is read, and the function called for it")
                    .note("measured over a million rows, a thousand of them visible: about a hundred times the plain comparison")
                    .help("compare the column itself, and let the caller's side be computed: it is computed once")
                    .help("or keep an index of the expression, and say so: `allow(H0961, reason = \"..\")`")
                    .of(&said.table.item),
            );
        }
    }
}

/// A built-in function or a computation with a column of the row in it, no mere column.
fn is_wrapped(expr: &Expr) -> bool {
    let computes = matches!(&expr.kind, Kind::Call(..) | Kind::Extract(..) | Kind::AtTimeZone(..))
        || matches!(&expr.kind, Kind::Binary(op, ..) if matches!(op.as_str(), "+" | "-" | "*" | "/" | "%" | "||"));
    computes && of_row(expr)
}
