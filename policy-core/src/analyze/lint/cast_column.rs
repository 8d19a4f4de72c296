//! H0962: a cast of the row's column, compared with a value that is known beforehand.

use super::facts::{Facts, field_of};
use super::shape::{equal_with, leaves, of_row};
use crate::diag::{Diagnostic, Sink, codes};
use crate::model::{Expr, Kind};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for said in facts.predicates.iter().filter(|said| said.searches()) {
        for one in leaves(said.expr) {
            let Some((column, other)) = equal_with(one, |side| cast(side).is_some()) else { continue };
            let Some(name) = cast(column).filter(|_| !of_row(other)) else { continue };
            let name = field_of(said.table, name);
            sink.push(
                Diagnostic::new(codes::CAST_COLUMN, said.at(one), format!("the column `{name}` is cast for the comparison"))
                    .note("no index of the column serves it: every row is read and cast")
                    .note("measured over a million rows, a thousand of them visible: more than a hundred times the cost of the comparison in the column's own type")
                    .help("compare in the column's type: cast the other side, or give the context field that type")
                    .of(&said.table.item),
            );
        }
    }
}

/// `column::type`
fn cast(expr: &Expr) -> Option<&str> {
    let Kind::Cast(inner, _) = &expr.kind else { return None };
    if let Kind::Own(name) = &inner.kind { Some(name) } else { None }
}
