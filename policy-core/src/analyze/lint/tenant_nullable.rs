//! H0940: a tenant column that may be NULL, in a table that shares nothing.

use super::facts::Facts;
use super::shape::{conditions, own_is_caller};
use crate::diag::{Diagnostic, Part, Place, Sink, codes};
use crate::model::Tenancy;

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for table in facts.governed() {
        let Tenancy::Own { predicate, shared } = &table.tenancy else { continue };
        if !shared.is_empty() {
            continue;
        }
        for (column, _) in conditions(Some(predicate)).into_iter().filter_map(own_is_caller) {
            let Some(i) = table.columns.iter().position(|own| own.name.as_str() == column && own.nullable) else { continue };
            let field = table.columns.get(i).map_or(column, |own| own.field.as_str());
            sink.push(
                Diagnostic::new(
                    codes::TENANT_NULLABLE,
                    Place::Part(Part::Column(i)),
                    format!("`{field}` decides the tenant and may be NULL"),
                )
                .note("a row without a tenant is no tenant's: nobody finds it, and it stays")
                .help(format!("make `{field}` NOT NULL and leave the `Option` out; or say who sees such rows: `shared(select)`"))
                .of(&table.item),
            );
        }
    }
}
