//! H0306: `through(..)` a parent that belongs to no tenant.

use std::collections::BTreeMap;

use super::Facts;
use crate::diag::{Diagnostic, Part, Place, Sink, codes};
use crate::model::{Table, Tenancy};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let items: BTreeMap<&str, &Table> = facts.set.tables().map(|table| (table.item.as_str(), table)).collect();
    for table in facts.set.tables() {
        let Tenancy::Through { parent, .. } = &table.tenancy else { continue };
        let Some(found) = items.get(parent.as_str()).filter(|parent| !parent.has_tenant()) else { continue };
        let why = if found.is_external() { "it is `external`: what its rows belong to is not declared" } else { "it says `no_tenant`" };
        sink.push(
            Diagnostic::new(codes::PARENT_WITHOUT_TENANT, Place::Part(Part::Tenant), format!("the parent `{parent}` has no tenant"))
                .note(why)
                .help(format!("give `{parent}` a `tenant(..)`, or give `{}` a tenant column of its own", table.item))
                .of(&table.item),
        );
    }
}
