//! Faults of the whole set: what needs several items.
//!
//! In: a set, linked but for `check_names`. Out: faults with the name of the item each is about. One idea for each file.

mod citus;
mod columns;
mod combine;
mod cycle;
mod default;
mod definer;
mod execute;
mod exempt;
mod functions;
mod log;
mod membership;
mod names;
mod never;
mod owner;
mod parent;
mod policies;
mod setting;
mod source;
mod tenant;
mod text_tenant;
mod triggers;
mod types;
mod undeclared;
mod usage;
mod version;
mod view;
mod wide;

pub(super) use names::check_names;

use std::collections::{BTreeMap, BTreeSet};

use super::access::Access;
use super::reads::Reads;
use super::roles::{Roles, Who};
use crate::diag::{Diagnostic, Sink};
use crate::model::{Grantee, PolicySet, Relation, Table, View};

/// What several rules need to know of a linked set.
struct Facts<'a> {
    set: &'a PolicySet,
    tables: BTreeMap<&'a Relation, &'a Table>,
    views: BTreeMap<&'a Relation, &'a View>,
    roles: Roles<'a>,
    access: Access<'a>,
    reads: Reads<'a>,
    /// PUBLIC, and one role for each combination of rights, the one with the fewest memberships; no bypass role.
    askers: Vec<Who<'a>>,
}

impl<'a> Facts<'a> {
    /// The item of a table or view.
    fn item(&self, relation: &Relation) -> Option<&'a str> {
        let view = || self.views.get(relation).map(|view| view.item.as_str());
        self.tables.get(relation).map(|table| table.item.as_str()).or_else(view)
    }

    /// Whether a table or view is of others: nothing is known of who may read it.
    fn is_external(&self, relation: &Relation) -> bool {
        let view = || self.views.get(relation).is_none_or(|view| view.external);
        self.tables.get(relation).map_or_else(view, |table| table.is_external())
    }

    /// The field of a column.
    fn field<'n>(&self, relation: &Relation, column: &'n str) -> &'n str
    where
        'a: 'n,
    {
        let table = self.tables.get(relation).map(|table| &table.columns);
        let columns = table.or_else(|| self.views.get(relation).map(|view| &view.columns));
        let found = columns.and_then(|columns| columns.iter().find(|c| c.name.as_str() == column));
        found.map_or(column, |column| column.field.as_str())
    }

    /// `PUBLIC`, or the item of a role.
    fn said<'n>(&self, who: &Who<'n>) -> &'n str
    where
        'a: 'n,
    {
        match who {
            Who::Public => "PUBLIC",
            Who::Role(name) => self.roles.item(name),
        }
    }
}

/// Every rule, in the order in which faults are shown.
const RULES: &[fn(&Facts<'_>, &mut Sink)] = &[
    types::check,
    membership::check,
    owner::check,
    default::check,
    setting::check,
    version::check,
    wide::check,
    usage::check,
    parent::check,
    tenant::check,
    columns::check,
    combine::check,
    exempt::check,
    policies::check,
    functions::check,
    view::check,
    triggers::check,
    log::check,
    source::check,
    execute::check,
    |facts, sink| super::types::set(facts.set, sink),
    cycle::check,
    never::check,
    citus::check,
    text_tenant::check,
    undeclared::check,
];

pub(super) fn check(set: &PolicySet) -> Vec<Diagnostic> {
    let roles = Roles::of(set);
    let facts = Facts {
        set,
        tables: set.tables().map(|table| (&table.relation, table)).collect(),
        views: set.views().map(|view| (&view.relation, view)).collect(),
        access: Access::of(set, &roles),
        reads: Reads::of(set),
        askers: askers(set, &roles),
        roles,
    };
    let mut sink = Sink::new();
    for rule in RULES {
        rule(&facts, &mut sink);
    }
    sink.finish()
}

/// Roles that have the rights of the same grantees are asked for once: every rule says the same of them.
fn askers<'a>(set: &'a PolicySet, roles: &Roles<'a>) -> Vec<Who<'a>> {
    let named = named(set);
    let mut all: Vec<&str> = roles.all().filter(|role| role.bypass_rls.is_none()).map(|role| role.name.as_str()).collect();
    all.sort_by_key(|name| roles.inherits(name).len());
    let mut known: BTreeSet<Vec<&str>> = BTreeSet::from([Vec::new()]);
    let mut askers = vec![Who::Public];
    for name in all {
        let rights: Vec<&str> = roles.inherits(name).intersection(&named).copied().collect();
        if known.insert(rights) {
            askers.push(Who::Role(name));
        }
    }
    askers
}

/// Every role that a rule or grant names.
fn named<'a>(set: &'a PolicySet) -> BTreeSet<&'a str> {
    let tables = set.tables().flat_map(|table| {
        let rules = table.rules.iter().flat_map(|rule| &rule.to);
        rules.chain(table.grants.iter().flat_map(|grant| &grant.to))
    });
    let schemas = set.schemas().flat_map(|schema| schema.grants.iter().flat_map(|grant| &grant.to));
    let role = |to: &'a Grantee| if let Grantee::Role(name) = to { Some(name.as_str()) } else { None };
    let predefined = set.roles().map(|role| role.name.as_str()).filter(|name| name.starts_with("pg_"));
    let views = set.views().flat_map(|view| view.grants.iter().flat_map(|grant| &grant.to));
    let functions = set.functions().flat_map(|of| of.functions.iter().flat_map(|function| &function.grants));
    tables.chain(schemas).chain(views).chain(functions).filter_map(role).chain(predefined).collect()
}
