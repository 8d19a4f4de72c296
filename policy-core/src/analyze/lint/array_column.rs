//! H0967: the caller searched in an array of the row.

use super::facts::{Facts, field_of};
use super::shape::{leaves, of_row};
use crate::diag::{Diagnostic, Sink, codes};
use crate::model::Kind;

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for said in facts.predicates.iter().filter(|said| said.searches()) {
        for one in leaves(said.expr) {
            let Kind::AnyArray(left, op, right, false) = &one.kind else { continue };
            let Kind::Own(column) = &right.kind else { continue };
            if op != "=" || of_row(left) {
                continue;
            }
            let column = field_of(said.table, column);
            sink.push(
                Diagnostic::new(codes::ARRAY_COLUMN, said.at(one), format!("the caller is searched in the array `{column}` of each row"))
                    .note("no index serves `= ANY (column)`: every row is read")
                    .help(format!("write `{column} @> ARRAY[..]`, which a GIN index of `{column}` serves; or keep the members in a table"))
                    .of(&said.table.item),
            );
        }
    }
}
