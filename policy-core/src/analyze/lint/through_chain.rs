//! H0966: a tenant found through a parent that finds its own through another.

use super::facts::Facts;
use crate::diag::{Diagnostic, Part, Place, Sink, codes};
use crate::model::{Table, Tenancy};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for table in facts.governed() {
        let mut way = vec![table.item.as_str()];
        let mut at = table;
        while let Some(parent) = parent(facts, at).filter(|parent| !way.contains(&parent.item.as_str())) {
            way.push(&parent.item);
            at = parent;
        }
        if way.len() < 3 {
            continue;
        }
        sink.push(
            Diagnostic::new(codes::THROUGH_CHAIN, Place::Part(Part::Tenant), format!("the tenant is {} tables away: {}", way.len() - 1, way.join(", ")))
                .note("no index finds the tenant's rows: each row is asked for its parent, under the policies of every table on the way")
                .note("measured over a million rows, a thousand of them visible: listing them costs more than a hundred times a copied tenant column, and finding one by its key more with every table")
                .help("copy the tenant column, with a foreign key of both columns to the parent: `tenant(tenant_id = ctx.tenant_id)`")
                .of(&table.item),
        );
    }
}

fn parent<'a>(facts: &Facts<'a>, table: &Table) -> Option<&'a Table> {
    let Tenancy::Through { parent, .. } = &table.tenancy else { return None };
    facts.set.tables().find(|other| other.item == *parent)
}
