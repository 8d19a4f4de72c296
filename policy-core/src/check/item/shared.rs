//! H0410: `shared(..)` lets rows without a tenant count, so the tenant predicate needs one column that can be NULL.

use std::collections::BTreeSet;

use crate::diag::{Diagnostic, Part, Place, Sink, codes};
use crate::model::{Column, Expr, Kind, Table, Tenancy};

use super::super::words;

pub(super) fn check(table: &Table, sink: &mut Sink) {
    let Tenancy::Own { predicate, shared } = &table.tenancy else { return };
    if shared.is_empty() {
        return;
    }
    let columns = columns_of(table, predicate);
    let nullable: Vec<&str> = columns.iter().filter(|c| c.nullable).map(|c| c.field.as_str()).collect();
    let message = match nullable.len() {
        1 => return,
        0 if columns.is_empty() => "`shared` needs a nullable column in the tenant predicate, which has no column".to_owned(),
        0 => {
            let all = columns.iter().map(|c| c.field.as_str());
            format!("`shared` needs one nullable column in the tenant predicate; not nullable: {}", words::and(all))
        }
        _ => format!("`shared` needs one nullable column in the tenant predicate; nullable: {}", words::and(nullable)),
    };
    sink.push(
        Diagnostic::new(codes::SHARED_KEY, Place::Part(Part::Shared), message)
            .note("a shared row is one whose tenant column is NULL")
            .help("make exactly one column of the predicate an `Option<..>`, or leave `shared(..)` out"),
    );
}

/// The columns of the row that a predicate names, each once, in their order in the table.
fn columns_of<'a>(table: &'a Table, predicate: &Expr) -> Vec<&'a Column> {
    let mut named = BTreeSet::new();
    predicate.visit(&mut |expr| {
        if let Kind::Own(column) = &expr.kind {
            named.insert(column.as_str());
        }
    });
    table.columns.iter().filter(|column| named.contains(column.name.as_str())).collect()
}
