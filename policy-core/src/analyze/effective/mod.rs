//! Which predicate governs, for a role, a relation and a command: nothing else here decides it.
//!
//! In: a `State`. Out: whether row security applies, which rows a command reaches, which privileges are held, every way to the rows of a
//! relation. Must not know what a predicate means, nor what a statement asks for. Source: PostgreSQL, `rewrite/rowsecurity.c`,
//! `utils/misc/rls.c`, `catalog/aclchk.c`, `utils/adt/acl.c`.

mod doors;
mod privileges;
mod rows;

use std::collections::BTreeSet;

pub use doors::{Door, Way};
pub use privileges::{Columns, Extent};
pub use rows::{Gate, Part, Rows};

use super::state::{RelationKind, RelationState, State};
use crate::check::access::reaches;
use crate::check::roles::Roles;
pub use crate::check::roles::Who;
use crate::model::Relation;

/// Whether row security applies to someone on a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// It is off, or there is no such thing on a relation of this kind.
    Off,
    /// It is on, and not for this role.
    Bypassed(By),
    /// Policies decide.
    On,
    /// The relation is not ours, or not known.
    Unknown,
}

/// Why row security is not for a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// It is a superuser.
    Superuser,
    /// It has BYPASSRLS itself: members do not inherit that.
    BypassRls,
    /// It has the rights of the owner, and the relation does not FORCE.
    Owner,
}

/// What follows from a state. INVARIANT: the one place that says which predicate governs.
#[derive(Debug)]
pub struct Effective<'a> {
    state: &'a State,
    roles: Roles<'a>,
}

impl<'a> Effective<'a> {
    /// Of a state; the closures of its roles are made once.
    #[must_use]
    pub fn of(state: &'a State) -> Effective<'a> {
        Effective { state, roles: Roles::among(&state.roles, state.owner.as_deref()) }
    }

    /// The state.
    #[must_use]
    pub fn state(&self) -> &'a State {
        self.state
    }

    /// Its roles.
    #[must_use]
    pub fn roles(&self) -> &Roles<'a> {
        &self.roles
    }

    /// A relation of the state.
    #[must_use]
    pub fn relation(&self, relation: &Relation) -> Option<&'a RelationState> {
        self.state.relations.get(relation)
    }

    /// The owner of a relation; absent if nobody knows.
    #[must_use]
    pub fn owner(&self, relation: &Relation) -> Option<&'a str> {
        self.relation(relation).and_then(|found| found.owner.as_deref()).or(self.state.owner.as_deref())
    }

    /// Whether someone is a superuser.
    #[must_use]
    pub fn is_superuser(&self, who: Who<'_>) -> bool {
        matches!(who, Who::Role(name) if self.state.superusers.contains(name))
    }

    /// Whether what is given to one is had by the other without SET ROLE. A superuser has everything.
    #[must_use]
    pub fn has_rights_of(&self, who: Who<'_>, given: Who<'_>) -> bool {
        reaches(&self.roles, who, given) || self.is_superuser(who)
    }

    /// Whether someone counts as the owner of a relation: its members do, where they inherit.
    #[must_use]
    pub fn owns(&self, who: Who<'_>, relation: &Relation) -> bool {
        self.is_superuser(who) || self.owner(relation).is_some_and(|owner| self.has_rights_of(who, Who::Role(owner)))
    }

    /// Whether row security applies.
    #[must_use]
    pub fn security(&self, who: Who<'_>, relation: &Relation) -> Security {
        let Some(found) = self.relation(relation) else { return Security::Unknown };
        match found.kind {
            RelationKind::External => return Security::Unknown,
            RelationKind::View { .. } => return Security::Off,
            RelationKind::Table | RelationKind::Partitioned => {}
        }
        if !found.enabled {
            Security::Off
        } else if self.is_superuser(who) {
            Security::Bypassed(By::Superuser)
        } else if self.bypasses(who) {
            Security::Bypassed(By::BypassRls)
        } else if !found.forced && self.owns(who, relation) {
            Security::Bypassed(By::Owner)
        } else {
            Security::On
        }
    }

    /// Every role that a session of someone can be: itself, and whatever SET ROLE leads to. Of a superuser, every role.
    #[must_use]
    pub fn identities(&self, who: Who<'a>) -> BTreeSet<&'a str> {
        match who {
            Who::Public => BTreeSet::new(),
            Who::Role(_) if self.is_superuser(who) => self.everyone(),
            Who::Role(name) => {
                let becomes = self.roles.becomes(name);
                let rules_all = becomes.iter().any(|one| self.state.superusers.contains(*one));
                if rules_all { self.everyone() } else { becomes.iter().copied().chain([name]).collect() }
            }
        }
    }

    /// Whom a view reads as when someone asks it: its owner, or whoever asks. Nested in another view it is the same: an invoker view reads
    /// as the role of the session, not as the owner of the view around it. Absent if the owner is not known.
    #[must_use]
    pub fn reader<'w>(&self, view: &Relation, asker: Who<'w>) -> Option<Who<'w>>
    where
        'a: 'w,
    {
        match self.relation(view).map(|found| &found.kind) {
            Some(RelationKind::View { invoker: true, .. }) => Some(asker),
            _ => self.owner(view).map(Who::Role),
        }
    }

    fn bypasses(&self, who: Who<'_>) -> bool {
        matches!(who, Who::Role(name) if self.roles.get(name).is_some_and(|role| role.bypass_rls.is_some()))
    }

    fn everyone(&self) -> BTreeSet<&'a str> {
        let declared = self.state.roles.iter().map(|role| role.name.as_str());
        declared.chain(self.state.superusers.iter().map(String::as_str)).chain(self.state.owner.as_deref()).collect()
    }
}
