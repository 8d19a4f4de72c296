//! H0945: a comparison with the caller for which NULL is equal to NULL.

use super::facts::Facts;
use super::shape::all;
use crate::diag::{Diagnostic, Sink, codes};
use crate::model::{Expr, Kind, Table};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for said in &facts.predicates {
        for one in all(said.expr) {
            let Kind::Distinct(a, b, true) = &one.kind else { continue };
            let Some(column) = nullable(said.table, a, b).or_else(|| nullable(said.table, b, a)) else { continue };
            sink.push(
                Diagnostic::new(
                    codes::DISTINCT_NULL,
                    said.at(one),
                    format!("rows whose `{column}` is NULL are those of whoever has no context"),
                )
                .note("`IS NOT DISTINCT FROM` takes NULL for equal to NULL, and a session that sets nothing has NULL for every field")
                .help(format!("compare with `=`; say who sees the rows without `{column}` in a permit of its own"))
                .of(&said.table.item),
            );
        }
    }
}

/// The nullable column on one side, if the caller is on the other.
fn nullable<'a>(table: &'a Table, column: &Expr, caller: &Expr) -> Option<&'a str> {
    match (&column.kind, &caller.kind) {
        (Kind::Own(name), Kind::Ctx(_)) => table.column(name).filter(|column| column.nullable).map(|column| column.field.as_str()),
        _ => None,
    }
}
