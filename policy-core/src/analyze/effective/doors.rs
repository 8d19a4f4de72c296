//! Every way in which someone comes to the rows of a relation.
//!
//! In: a role, a relation. Out: doors: as which role the session stands before it, what it is, with whose rights it opens. Must not know
//! what is seen behind one: `rows` of the acting role says it, where there is one. Foreign keys and unique indexes, which tell of hidden
//! rows, are no doors.

use std::collections::BTreeSet;

use super::{Columns, Effective, Who};
use crate::analyze::state::{FunctionState, RelationKind};
use crate::model::{Command, Privilege, Query, Relation, Source};

/// A way to the rows of a relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Door<'a> {
    /// Whom the session is: the asker, or a role that it becomes with SET ROLE.
    pub identity: Who<'a>,
    /// What it is.
    pub way: Way<'a>,
    /// With whose rights, and under whose policies; absent if nobody knows.
    pub acting: Option<Who<'a>>,
}

/// What a door is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way<'a> {
    /// A statement that names the relation.
    Direct,
    /// A view that reads it, perhaps through others: the path, outermost first.
    View(Vec<&'a Relation>),
    /// A view of others, of which nobody knows what it reads; the last of the path.
    Opaque(Vec<&'a Relation>),
    /// A SECURITY DEFINER function, whose owner has a way. What it does is not known.
    Function(&'a FunctionState),
    /// A privilege that policies do not govern.
    Beside(Privilege),
    /// A partition named itself, with the rights of an owner or of a role of PostgreSQL's own: the policies of the parent do not count there.
    Partitions,
}

const BESIDE: [Privilege; 4] = [Privilege::Truncate, Privilege::References, Privilege::Trigger, Privilege::Maintain];

impl<'a> Effective<'a> {
    /// Every way in which someone comes to the rows of a relation, for itself and for every role that it becomes.
    #[must_use]
    pub fn doors(&self, who: Who<'a>, relation: &Relation) -> Vec<Door<'a>> {
        let others = self.identities(who).into_iter().map(Who::Role).filter(|other| *other != who);
        std::iter::once(who).chain(others).flat_map(|identity| self.doors_of(identity, relation)).collect()
    }

    /// Those of one role as it stands.
    fn doors_of(&self, identity: Who<'a>, relation: &Relation) -> Vec<Door<'a>> {
        let mut doors = self.without_functions(identity, relation);
        let opened = self.state.functions.iter().filter(|function| self.opens(identity, function, relation, &mut BTreeSet::new()));
        doors.extend(opened.map(|function| {
            let acting = function.function.definer.as_deref().map(Who::Role);
            Door { identity, way: Way::Function(function), acting }
        }));
        doors
    }

    /// The same, functions aside.
    fn without_functions(&self, identity: Who<'a>, relation: &Relation) -> Vec<Door<'a>> {
        let own = |way| Door { identity, way, acting: Some(identity) };
        let mut doors = Vec::new();
        if self.enters(identity, &relation.schema) {
            doors.extend(self.touches(identity, relation).then(|| own(Way::Direct)));
            let beside = BESIDE.into_iter().filter(|privilege| self.privileges(identity, relation, *privilege) != Columns::None);
            doors.extend(beside.map(|privilege| own(Way::Beside(privilege))));
        }
        doors.extend(self.reaches_partitions(identity, relation).then(|| own(Way::Partitions)));
        for (name, found) in &self.state.relations {
            let reads = matches!(found.kind, RelationKind::View { .. }) && name != relation;
            if reads && self.enters(identity, &name.schema) && self.touches(identity, name) {
                self.through(identity, &mut vec![name], relation, &mut doors);
            }
        }
        doors
    }

    /// Follows the last view of a path to the relation.
    fn through(&self, identity: Who<'a>, path: &mut Vec<&'a Relation>, relation: &Relation, doors: &mut Vec<Door<'a>>) {
        let Some((last, view)) = path.last().and_then(|last| Some((*last, self.relation(last)?))) else { return };
        let acting = match view.kind {
            RelationKind::View { query: None, .. } => None,
            RelationKind::View { .. } => self.reader(last, identity),
            RelationKind::Table | RelationKind::Partitioned | RelationKind::External => return,
        };
        let RelationKind::View { query: Some(query), .. } = &view.kind else {
            doors.push(Door { identity, way: Way::Opaque(path.clone()), acting });
            return;
        };
        let touched = sources(query).into_iter().filter(|source| acting.is_none_or(|acting| self.touches(acting, source)));
        for source in touched {
            if source == relation {
                doors.push(Door { identity, way: Way::View(path.clone()), acting });
            } else if !path.contains(&source) {
                path.push(source);
                self.through(identity, path, relation, doors);
                path.pop();
            }
        }
    }

    /// Whether a function that someone may execute runs as a role with a way to the relation; `seen` are the roles asked already.
    fn opens(&self, who: Who<'a>, function: &'a FunctionState, relation: &Relation, seen: &mut BTreeSet<&'a str>) -> bool {
        let Some(definer) = function.function.definer.as_deref() else { return false };
        if !self.enters(who, &function.path.schema) || !self.executes(who, function) || !seen.insert(definer) {
            return false;
        }
        let acting = Who::Role(definer);
        let mut next = || self.state.functions.iter().any(|next| self.opens(acting, next, relation, seen));
        !self.without_functions(acting, relation).is_empty() || next()
    }

    /// Whether someone holds a privilege on rows of a relation, on any column.
    fn touches(&self, who: Who<'_>, relation: &Relation) -> bool {
        Command::ALL.iter().any(|command| self.privileges(who, relation, command.privilege()) != Columns::None)
    }

    /// Whether someone has rights on the partitions of a relation, on which nothing is granted.
    fn reaches_partitions(&self, who: Who<'_>, relation: &Relation) -> bool {
        let partitioned = self.relation(relation).is_some_and(|found| found.kind == RelationKind::Partitioned);
        let everywhere = || Command::ALL.iter().any(|command| self.holds_everywhere(who, command.privilege()));
        partitioned && (self.owns(who, relation) || everywhere())
    }
}

/// The relations that a query reads, its subqueries included.
fn sources(query: &Query) -> BTreeSet<&Relation> {
    let relations = query.all_sources().into_iter().filter_map(|(source, ..)| match source {
        Source::Relation(relation) => Some(relation),
        Source::Item(_) => None,
    });
    relations.collect()
}
