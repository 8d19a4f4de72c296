//! Who holds which privilege on a table, merged over everything that gives one.
//!
//! In: a linked table and its set. Out: privileges by grantee. Must not know SQL, nor rows. Source: PostgreSQL
//! documentation, GRANT and 5.8 "Privileges".

use std::collections::{BTreeMap, BTreeSet};

use super::index::Index;
use crate::model::{Function, Functions, Grantee, Ident, ObjectKind, PolicySet, Privilege, RuleKind, SchemaGrant, Table, View};

/// Privileges, each on all columns or on these.
pub(crate) type Privileges = BTreeMap<Privilege, Option<Vec<Ident>>>;

const ROW_COMMANDS: [Privilege; 4] = [Privilege::Select, Privilege::Insert, Privilege::Update, Privilege::Delete];

/// What everybody holds on a table: from its permits, its grants and the grants of its schema, those on literally all
/// tables included.
pub(crate) fn on_table(table: &Table, index: &Index<'_>) -> BTreeMap<Grantee, Privileges> {
    let mut all: BTreeMap<Grantee, Privileges> = BTreeMap::new();
    let mut add = |to: &[Grantee], privileges: Vec<Privilege>, columns: Option<&Vec<Ident>>| {
        for role in to {
            let held = all.entry(role.clone()).or_default();
            privileges.iter().for_each(|one| merge(held, *one, columns));
        }
    };
    for rule in table.rules.iter().filter(|rule| rule.kind == RuleKind::Permit) {
        for on in &rule.commands {
            add(&rule.to, vec![on.command.privilege()], on.columns.as_ref());
        }
    }
    for grant in &table.grants {
        for (privilege, columns) in &grant.privileges {
            add(&grant.to, expand(*privilege), columns.as_ref());
        }
    }
    for schema in index.schemas(&table.relation.schema) {
        for grant in schema.grants.iter().filter(|grant| grant.on == ObjectKind::Tables) {
            grant.privileges.iter().for_each(|privilege| add(&grant.to, swept(grant, *privilege), None));
        }
    }
    all
}

/// What everybody holds on a view: from its grants, and from what its schema grants on literally all tables.
pub(crate) fn on_view(view: &View, index: &Index<'_>) -> BTreeMap<Grantee, Privileges> {
    let mut all: BTreeMap<Grantee, Privileges> = BTreeMap::new();
    let of_schema = index.schemas(&view.relation.schema).iter().flat_map(|schema| &schema.grants);
    for grant in of_schema.filter(|grant| grant.every && grant.on == ObjectKind::Tables) {
        for (to, privilege) in grant.to.iter().flat_map(|to| grant.privileges.iter().map(move |privilege| (to, *privilege))) {
            swept(grant, privilege).into_iter().for_each(|one| merge(all.entry(to.clone()).or_default(), one, None));
        }
    }
    for grant in &view.grants {
        for (to, (privilege, columns)) in grant.to.iter().flat_map(|to| grant.privileges.iter().map(move |one| (to, one))) {
            merge(all.entry(to.clone()).or_default(), *privilege, columns.as_ref());
        }
    }
    all
}

/// ALL stands for the four row commands: TRUNCATE, REFERENCES and TRIGGER pass row security by.
pub(crate) fn expand(privilege: Privilege) -> Vec<Privilege> {
    if privilege == Privilege::All { ROW_COMMANDS.to_vec() } else { vec![privilege] }
}

/// What a grant of a schema gives on one of its relations: `all` on literally all tables is ALL, and the row commands in it.
fn swept(grant: &SchemaGrant, privilege: Privilege) -> Vec<Privilege> {
    let whole = (grant.every && privilege == Privilege::All).then_some(Privilege::All);
    expand(privilege).into_iter().chain(whole).collect()
}

fn merge(held: &mut Privileges, privilege: Privilege, columns: Option<&Vec<Ident>>) {
    match (held.get_mut(&privilege), columns) {
        (None, columns) => {
            held.insert(privilege, columns.cloned());
        }
        (Some(all), None) => *all = None,
        (Some(None), Some(_)) => {}
        (Some(Some(own)), Some(more)) => {
            let new: Vec<Ident> = more.iter().filter(|column| !own.contains(column)).cloned().collect();
            own.extend(new);
        }
    }
}

/// Who may execute a function: by its own grants, and by those of its schema on functions.
pub(crate) fn executors<'a>(of: &Functions, function: &'a Function, set: &'a PolicySet) -> BTreeSet<&'a Grantee> {
    let mut held: BTreeSet<&Grantee> = function.grants.iter().collect();
    for schema in set.schemas().filter(|schema| schema.name == of.schema && !schema.external) {
        let on_functions = schema.grants.iter().filter(|grant| matches!(grant.on, ObjectKind::Functions | ObjectKind::Routines));
        held.extend(on_functions.flat_map(|grant| &grant.to));
    }
    held
}
