//! Who holds which privilege on which columns, and who may enter a schema or execute a function.
//!
//! In: grants by grantee, closures of roles. Out: columns. Must not know rows. Source: `pg_class_aclmask`, `pg_attribute_aclcheck_all`
//! and `pg_namespace_aclmask` in PostgreSQL's `aclchk.c`, `ExecCheckOneRelPerms` in `execMain.c`.

use std::collections::BTreeSet;

use super::{Effective, Who};
use crate::analyze::state::FunctionState;
use crate::check::access::who as grantee;
use crate::model::{Grantee, Ident, Privilege, Relation};

/// On which columns a privilege is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Columns {
    /// On none.
    None,
    /// On these; on the relation as a whole it is not held, even if these are all.
    Some(BTreeSet<Ident>),
    /// On the relation, so on every column.
    All,
}

/// On what a statement needs a privilege.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Extent {
    /// On the relation as a whole.
    Whole,
    /// On any column: `SELECT count(*)`, `INSERT .. DEFAULT VALUES`, the UPDATE of `FOR UPDATE`.
    Any,
    /// On each of these; not empty.
    Each(BTreeSet<Ident>),
}

impl Extent {
    /// On each of these columns; with none, on any.
    #[must_use]
    pub fn of(columns: &BTreeSet<Ident>) -> Extent {
        if columns.is_empty() { Extent::Any } else { Extent::Each(columns.clone()) }
    }
}

impl Columns {
    /// Whether that is enough.
    #[must_use]
    pub fn cover(&self, extent: &Extent) -> bool {
        match (self, extent) {
            (Columns::All, _) => true,
            (Columns::None, _) | (Columns::Some(_), Extent::Whole) => false,
            (Columns::Some(held), Extent::Any) => !held.is_empty(),
            (Columns::Some(held), Extent::Each(needed)) => needed.is_subset(held),
        }
    }
}

/// What `pg_write_all_data` gives.
const WRITES: [Privilege; 3] = [Privilege::Insert, Privilege::Update, Privilege::Delete];

/// PostgreSQL's own roles, and what they hold on every relation.
const PREDEFINED: [(&str, &[Privilege]); 3] =
    [("pg_read_all_data", &[Privilege::Select]), ("pg_write_all_data", &WRITES), ("pg_maintain", &[Privilege::Maintain])];

/// Those of them that enter every schema.
const VISITORS: [&str; 2] = ["pg_read_all_data", "pg_write_all_data"];

impl Effective<'_> {
    /// The columns on which someone holds a privilege without SET ROLE: its own, everybody's, inherited, as an owner, by a role of
    /// PostgreSQL's own. On a relation of others only what is declared.
    #[must_use]
    pub fn privileges(&self, who: Who<'_>, relation: &Relation, privilege: Privilege) -> Columns {
        let everywhere = self.relation(relation).is_some() && self.holds_everywhere(who, privilege);
        if everywhere { Columns::All } else { self.granted(who, relation, privilege) }
    }

    /// Whether someone holds all that a statement needs. INVARIANT: not always the same as holding each: `pg_write_all_data` gives nothing
    /// to a statement that needs several of its privileges where grants on the relation give one of them.
    #[must_use]
    pub fn holds(&self, who: Who<'_>, relation: &Relation, needed: &[(Privilege, Extent)]) -> bool {
        let written = |privilege: Privilege| WRITES.contains(&privilege);
        let partly = needed.iter().any(|(one, _)| written(*one) && self.granted(who, relation, *one) == Columns::All);
        needed.iter().all(|(one, extent)| {
            let by_grants = partly && written(*one);
            let held = if by_grants { self.granted(who, relation, *one) } else { self.privileges(who, relation, *one) };
            held.cover(extent)
        })
    }

    /// What grants and ownership give.
    fn granted(&self, who: Who<'_>, relation: &Relation, privilege: Privilege) -> Columns {
        let Some(found) = self.relation(relation) else { return Columns::None };
        if self.owns(who, relation) {
            return Columns::All;
        }
        let mut columns = BTreeSet::new();
        for (_, held) in found.grants.iter().filter(|(to, _)| self.has_rights_of(who, grantee(to))) {
            for key in [privilege, Privilege::All] {
                match held.get(&key) {
                    Some(None) => return Columns::All,
                    Some(Some(some)) => columns.extend(some.iter().cloned()),
                    None => {}
                }
            }
        }
        if columns.is_empty() { Columns::None } else { Columns::Some(columns) }
    }

    /// Whether someone may name what is in a schema. One of which nothing is known is open.
    #[must_use]
    pub fn enters(&self, who: Who<'_>, schema: &Ident) -> bool {
        let Some(found) = self.state.schemas.get(schema) else { return true };
        let visits = || VISITORS.iter().any(|role| self.has_rights_of(who, Who::Role(role)));
        self.is_superuser(who) || self.is_given(who, &found.usage) || visits()
    }

    /// Whether someone may create in a schema. In one of which nothing is known nobody is said to.
    #[must_use]
    pub fn creates(&self, who: Who<'_>, schema: &Ident) -> bool {
        self.state.schemas.get(schema).is_some_and(|found| self.is_superuser(who) || self.is_given(who, &found.create))
    }

    /// Whether someone may execute a function: also whose it is, if it runs as its owner. One of others may be open to anybody.
    #[must_use]
    pub fn executes(&self, who: Who<'_>, function: &FunctionState) -> bool {
        let definer = function.function.definer.as_deref().or(self.state.owner.as_deref());
        let owns = definer.is_some_and(|definer| self.has_rights_of(who, Who::Role(definer)));
        function.external || self.is_superuser(who) || owns || self.is_given(who, &function.executors)
    }

    /// Whether a role of PostgreSQL's own gives the privilege on every relation.
    pub(super) fn holds_everywhere(&self, who: Who<'_>, privilege: Privilege) -> bool {
        let gives = |(_, given): &&(&str, &[Privilege])| given.contains(&privilege);
        PREDEFINED.iter().filter(gives).any(|(role, _)| self.has_rights_of(who, Who::Role(role)))
    }

    fn is_given(&self, who: Who<'_>, to: &BTreeSet<Grantee>) -> bool {
        to.iter().any(|to| self.has_rights_of(who, grantee(to)))
    }
}
