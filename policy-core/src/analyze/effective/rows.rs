//! Which rows a command reaches: the policies that apply, and how they combine.
//!
//! In: a role, a relation, a command, which of the two predicates. Out: the applicable parts with their policies, and the one predicate
//! that they come to. Must not know privileges. Source: `get_policies_for_relation`, `add_security_quals` and `add_with_check_options`
//! in PostgreSQL's `rowsecurity.c`.

use super::{Effective, Security, Who};
use crate::check::access::who as grantee;
use crate::model::{Command, Expr, Kind, Literal, Relation};
use crate::plan::PlannedPolicy;

/// Which predicate of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gate {
    /// USING: about rows that are there.
    Using,
    /// WITH CHECK, or USING where a policy has none: about rows that are to be.
    Check,
}

/// A policy, and the one of its predicates that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// The policy.
    pub policy: &'a PlannedPolicy,
    /// Its predicate.
    pub predicate: &'a Expr,
}

/// The rows that a command reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rows<'a> {
    /// All: row security does not apply.
    All,
    /// None: no permissive policy has a predicate, so the restrictive ones do not matter.
    None,
    /// Those for which one of the permissive predicates and every restrictive one is TRUE.
    Some {
        /// In the order of the relation; not empty.
        permissive: Vec<Part<'a>>,
        /// By name, as PostgreSQL tests them.
        restrictive: Vec<Part<'a>>,
    },
    /// Nobody knows: the relation is not ours.
    Unknown,
}

impl Rows<'_> {
    /// The predicate: a row is reached where it is TRUE. Absent where it is not known.
    #[must_use]
    pub fn predicate(&self) -> Option<Expr> {
        match self {
            Rows::All => Some(Expr::truth()),
            Rows::None => Some(Expr::new(Kind::Literal(Literal::Bool(false)))),
            Rows::Some { permissive, restrictive } => {
                let any = Expr::any(permissive.iter().map(|part| part.predicate.clone()));
                Some(Expr::all(std::iter::once(any).chain(restrictive.iter().map(|part| part.predicate.clone()))))
            }
            Rows::Unknown => None,
        }
    }
}

impl<'a> Effective<'a> {
    /// The rows that a command reaches, privileges aside.
    #[must_use]
    pub fn rows(&self, who: Who<'_>, relation: &Relation, command: Command, gate: Gate) -> Rows<'a> {
        match self.security(who, relation) {
            Security::Off | Security::Bypassed(_) => return Rows::All,
            Security::Unknown => return Rows::Unknown,
            Security::On => {}
        }
        let (mut permissive, mut restrictive) = (Vec::new(), Vec::new());
        for policy in self.policies(who, relation, command) {
            if let Some(predicate) = predicate(policy, gate) {
                let side = if policy.permissive { &mut permissive } else { &mut restrictive };
                side.push(Part { policy, predicate });
            }
        }
        restrictive.sort_by(|a, b| a.policy.name.cmp(&b.policy.name));
        if permissive.is_empty() { Rows::None } else { Rows::Some { permissive, restrictive } }
    }

    /// The policies that apply to someone and a command, whether or not row security does, in the order of the relation.
    pub fn policies(&self, who: Who<'_>, relation: &Relation, command: Command) -> impl Iterator<Item = &'a PlannedPolicy> {
        let all = self.relation(relation).map_or(&[][..], |found| &found.policies);
        let applies = move |policy: &&PlannedPolicy| {
            policy.command.is_none_or(|own| own == command) && policy.to.iter().any(|to| self.has_rights_of(who, grantee(to)))
        };
        all.iter().filter(applies)
    }
}

/// The predicate that counts at a gate, if the policy has one.
fn predicate(policy: &PlannedPolicy, gate: Gate) -> Option<&Expr> {
    match gate {
        Gate::Using => policy.using.as_ref(),
        Gate::Check => policy.with_check.as_ref().or(policy.using.as_ref()),
    }
}
