//! Who holds which privilege on which table, and by which chain.
//!
//! In: a linked set and its roles. Out: what is held, by whom, and from which key of which item it comes.
//! Knows no policy: a privilege opens a table, a policy its rows.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Command, Grant, Grantee, Ident, Item, ObjectKind, PolicySet, Privilege, Relation, RuleKind, Schema, SchemaGrant, Table,
};

use super::roles::{Roles, Who};

/// A privilege on a table, as one key gives it.
#[derive(Clone, Debug)]
pub struct Hold<'a> {
    /// Who holds it.
    pub to: Who<'a>,
    /// Which; never `All`.
    pub privilege: Privilege,
    /// On which columns; absent means all.
    pub columns: Option<&'a [Ident]>,
    /// Where it comes from.
    pub by: By<'a>,
}

/// The key that gives a privilege.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By<'a> {
    /// A `permit(..)` of the table, by index.
    Permit(usize),
    /// A `grant(..)` of the table or view, by index.
    Grant(usize),
    /// A `grant(.. on tables)` of its schema, by index.
    Schema(&'a Schema, usize),
    /// Default privileges of an item, by index: held if the table was created after them.
    Default(&'a str, usize),
    /// One of PostgreSQL's own roles, such as `pg_read_all_data`.
    Predefined,
    /// It owns the view.
    Owner,
}

/// How a role comes to a privilege.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via<'a> {
    /// It is its own.
    Own,
    /// Everyone has it.
    Public,
    /// From a role whose rights it has.
    Inherited(&'a str),
    /// From a role that it may become.
    SetRole(&'a str),
}

/// What is held on the tables and views of a set.
#[derive(Debug)]
pub struct Access<'a> {
    holds: BTreeMap<&'a Relation, Vec<Hold<'a>>>,
}

const ROW: [Privilege; 4] = [Privilege::Select, Privilege::Insert, Privilege::Update, Privilege::Delete];
const BESIDE: [Privilege; 4] = [Privilege::Truncate, Privilege::References, Privilege::Trigger, Privilege::Maintain];

impl<'a> Access<'a> {
    /// What a linked set gives.
    #[must_use]
    pub fn of(set: &'a PolicySet, roles: &Roles<'a>) -> Access<'a> {
        let mut schemas: BTreeMap<&str, Vec<&'a Schema>> = BTreeMap::new();
        for schema in set.schemas() {
            schemas.entry(schema.name.as_str()).or_default().push(schema);
        }
        let everywhere = everywhere(set, roles);
        let holds = set.tables().map(|table| {
            let mut holds = own(table);
            for schema in schemas.get(table.relation.schema.as_str()).into_iter().flatten() {
                holds.extend(of_schema(!table.is_external(), schema));
            }
            holds.extend(everywhere.iter().cloned());
            (&table.relation, holds)
        });
        let views = set.views().map(|view| {
            let mut holds = granted(&view.grants);
            for schema in schemas.get(view.relation.schema.as_str()).into_iter().flatten() {
                holds.extend(of_schema(false, schema));
            }
            holds.extend(everywhere.iter().cloned());
            let definer = view.definer.as_deref().map(Who::Role);
            holds.extend(definer.map(|to| Hold { to, privilege: Privilege::Select, columns: None, by: By::Owner }));
            (&view.relation, holds)
        });
        Access { holds: holds.chain(views).collect() }
    }

    /// Everything held on a table.
    #[must_use]
    pub fn holds(&self, table: &Relation) -> &[Hold<'a>] {
        self.holds.get(table).map_or(&[], Vec::as_slice)
    }

    /// Whether someone may use a privilege without changing the role, on every one of these columns; with no
    /// column, on any. Default privileges do not count: they may have come after the table.
    #[must_use]
    pub fn may(&self, roles: &Roles<'a>, who: Who<'a>, table: &Relation, privilege: Privilege, columns: &BTreeSet<&str>) -> bool {
        let mut held = self
            .holds(table)
            .iter()
            .filter(|hold| hold.privilege == privilege && !matches!(hold.by, By::Default(..)) && reaches(roles, who, hold.to));
        if columns.is_empty() {
            return held.next().is_some();
        }
        let held: Vec<&Hold<'_>> = held.collect();
        let open = |column: &str| held.iter().any(|hold| hold.columns.is_none_or(|c| c.iter().any(|c| c.as_str() == column)));
        columns.iter().all(|column| open(column))
    }

    /// The first chain by which someone comes to a privilege, SET ROLE included. `within` are the roles that the
    /// asker may use: `roles.uses(role)` or fewer.
    #[must_use]
    pub fn chain(
        &self,
        roles: &Roles<'a>,
        asker: Who<'_>,
        within: &BTreeSet<&'a str>,
        table: &Relation,
        privilege: Privilege,
    ) -> Option<(&Hold<'a>, Via<'a>)> {
        self.holds(table).iter().filter(|hold| hold.privilege == privilege).find_map(|hold| {
            let via = match hold.to {
                Who::Public => Via::Public,
                Who::Role(name) if asker == Who::Role(name) => Via::Own,
                Who::Role(name) if !within.contains(name) => return None,
                Who::Role(name) if reaches(roles, asker, hold.to) => Via::Inherited(name),
                Who::Role(name) => Via::SetRole(name),
            };
            Some((hold, via))
        })
    }
}

/// Whether what is given to one is had by the other without SET ROLE.
#[must_use]
pub fn reaches<'a>(roles: &Roles<'a>, who: Who<'a>, given: Who<'a>) -> bool {
    match (who, given) {
        (_, Who::Public) => true,
        (Who::Public, Who::Role(_)) => false,
        (Who::Role(who), Who::Role(given)) => who == given || roles.inherits(who).contains(given),
    }
}

/// A grantee of a linked set.
#[must_use]
pub fn who(grantee: &Grantee) -> Who<'_> {
    match grantee {
        Grantee::Public => Who::Public,
        Grantee::Role(name) => Who::Role(name),
    }
}

/// What the table itself gives.
fn own(table: &Table) -> Vec<Hold<'_>> {
    let mut holds = Vec::new();
    for (i, rule) in table.rules.iter().enumerate().filter(|(_, rule)| rule.kind == RuleKind::Permit) {
        for on in &rule.commands {
            for to in &rule.to {
                let columns = on.columns.as_deref();
                holds.push(Hold { to: who(to), privilege: on.command.privilege(), columns, by: By::Permit(i) });
            }
        }
    }
    holds.extend(granted(&table.grants));
    holds
}

/// What the grants of a table or view give.
fn granted(grants: &[Grant]) -> Vec<Hold<'_>> {
    let mut holds = Vec::new();
    for (i, grant) in grants.iter().enumerate() {
        for (privilege, columns) in &grant.privileges {
            for to in &grant.to {
                for privilege in expand(*privilege, true) {
                    holds.push(Hold { to: who(to), privilege, columns: columns.as_deref(), by: By::Grant(i) });
                }
            }
        }
    }
    holds
}

/// What its schema gives: `all` is the four row commands over declared tables, and everything in `ALL TABLES`, which
/// alone holds views and the tables of others.
fn of_schema(table_of_ours: bool, schema: &Schema) -> Vec<Hold<'_>> {
    let mut holds = Vec::new();
    let on_tables = |grant: &SchemaGrant| grant.on == ObjectKind::Tables && (grant.every || table_of_ours);
    for (i, grant) in schema.grants.iter().enumerate().filter(|(_, grant)| on_tables(grant)) {
        for privilege in grant.privileges.iter().flat_map(|p| expand(*p, grant.every)) {
            let given = grant.to.iter().map(|to| Hold { to: who(to), privilege, columns: None, by: By::Schema(schema, i) });
            holds.extend(given);
        }
    }
    for (i, default) in schema.defaults.iter().enumerate() {
        if default.on == ObjectKind::Tables && !default.revoke {
            let by = By::Default(&schema.item, i);
            holds.extend(given_later(&default.privileges, &default.grantees, by));
        }
    }
    holds
}

/// What every table gives: the owner's default privileges, and PostgreSQL's own roles if the set declares them.
fn everywhere<'a>(set: &'a PolicySet, roles: &Roles<'a>) -> Vec<Hold<'a>> {
    let mut holds = Vec::new();
    for item in &set.items {
        let Item::Role(role) = item else { continue };
        if roles.owner() == Some(role.name.as_str()) {
            for (i, default) in role.defaults.iter().enumerate().filter(|(_, d)| d.on == ObjectKind::Tables && !d.revoke) {
                holds.extend(given_later(&default.privileges, &default.grantees, By::Default(&role.item, i)));
            }
        }
        let privileges: &[Privilege] = match role.name.as_str() {
            "pg_read_all_data" => &[Privilege::Select],
            "pg_write_all_data" => &[Privilege::Insert, Privilege::Update, Privilege::Delete],
            "pg_maintain" => &[Privilege::Maintain],
            _ => &[],
        };
        let to = Who::Role(role.name.as_str());
        holds.extend(privileges.iter().map(|p| Hold { to, privilege: *p, columns: None, by: By::Predefined }));
    }
    holds
}

fn given_later<'a>(privileges: &[Privilege], to: &'a [Grantee], by: By<'a>) -> Vec<Hold<'a>> {
    let privileges = privileges.iter().flat_map(|p| expand(*p, true));
    privileges.flat_map(|privilege| to.iter().map(move |to| Hold { to: who(to), privilege, columns: None, by })).collect()
}

/// `all` in full; every other privilege is itself.
fn expand(privilege: Privilege, wholly: bool) -> Vec<Privilege> {
    match privilege {
        Privilege::All if wholly => ROW.into_iter().chain(BESIDE).collect(),
        Privilege::All => ROW.to_vec(),
        one => vec![one],
    }
}

/// The privileges that a `never` names: `all` is the four commands and TRUNCATE.
#[must_use]
pub fn denied(privileges: &[Privilege]) -> Vec<Privilege> {
    let all = || Command::ALL.iter().map(|c| c.privilege()).chain([Privilege::Truncate]);
    let mut found = Vec::new();
    for privilege in privileges {
        let named: Vec<Privilege> = if *privilege == Privilege::All { all().collect() } else { vec![*privilege] };
        found.extend(named.into_iter().filter(|p| !found.contains(p)).collect::<Vec<_>>());
    }
    found
}
