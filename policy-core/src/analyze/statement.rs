//! What a statement needs: privileges, and predicates of the rows that it finds and of those that it leaves.
//!
//! In: the shape of a statement, a role, a relation. Out: what is asked for before it runs, which rows it passes over in silence, which
//! make it fail. Must not know what a predicate means. Whoever asks chooses the shape, so SELECT policies protect nothing that another
//! policy lets through. Source: `get_row_security_policies` in PostgreSQL's `rowsecurity.c`, `parse_merge.c`, `copy.c`, `nodeModifyTable.c`.

use std::collections::BTreeSet;

use super::effective::{Effective, Extent, Gate, Rows, Security, Who};
use super::state::RelationKind;
use crate::model::{Command, Ident, Privilege, Relation};

/// Columns of the relation that a statement names.
pub type Named = BTreeSet<Ident>;

/// A statement, as far as its relation is concerned. `reads` are the columns whose old values any part of it reads, RETURNING included;
/// none makes it blind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// SELECT.
    Select {
        /// None of them: `count(*)`.
        reads: Named,
        /// FOR UPDATE, NO KEY UPDATE, SHARE or KEY SHARE: all need the same.
        locks: bool,
    },
    /// INSERT.
    Insert {
        /// The columns that it gives values to; with none, DEFAULT VALUES.
        sets: Named,
        /// The columns in RETURNING.
        reads: Named,
        /// ON CONFLICT.
        conflict: Conflict,
    },
    /// UPDATE.
    Update {
        /// The columns that it sets.
        sets: Named,
        /// The columns of the target that it reads.
        reads: Named,
        /// The columns of the relation joined to itself in FROM.
        joins: Option<Named>,
    },
    /// DELETE.
    Delete {
        /// The columns that it reads.
        reads: Named,
    },
    /// MERGE, from PostgreSQL 15 on.
    Merge {
        /// The columns of the target that it reads, ON included.
        reads: Named,
        /// What it does with a row.
        action: Action,
        /// Whether there is a RETURNING, whatever is in it, from 17 on; the columns that it reads are in `reads` too.
        returns: bool,
    },
    /// TRUNCATE.
    Truncate,
    /// COPY TO.
    CopyTo {
        /// The columns.
        reads: Named,
    },
    /// COPY FROM.
    CopyFrom {
        /// The columns.
        sets: Named,
    },
}

/// ON CONFLICT.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// Without it.
    Fail,
    /// DO NOTHING, with the columns of its target, if it has one.
    Nothing(Named),
    /// DO UPDATE.
    Update {
        /// The columns of its target.
        target: Named,
        /// The columns that it sets.
        sets: Named,
    },
}

/// What MERGE does with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// UPDATE, of these columns.
    Update(Named),
    /// DELETE.
    Delete,
    /// INSERT, of these columns.
    Insert(Named),
    /// DO NOTHING.
    Nothing,
}

/// What a statement needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs<'a> {
    /// Held before anything else is looked at, else 42501.
    pub privileges: Vec<(Privilege, Extent)>,
    /// Why it is refused all the same.
    pub refusal: Option<Refusal>,
    /// About each row that is there: the target's, or the one that an INSERT runs into.
    pub old: Vec<Clause<'a>>,
    /// About each row that it writes. Of an INSERT without DO UPDATE that is the proposed row, whether or not it conflicts.
    pub new: Vec<Clause<'a>>,
    /// About the row that ON CONFLICT DO UPDATE proposes, whether or not it conflicts.
    pub proposed: Vec<Clause<'a>>,
    /// About each row of the relation where it is joined to itself.
    pub joined: Vec<Clause<'a>>,
}

/// One thing asked of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause<'a> {
    /// Of which command the policies are.
    pub command: Command,
    /// Which of their predicates counts.
    pub gate: Gate,
    /// What they come to.
    pub rows: Rows<'a>,
    /// What becomes of a row for which they are not TRUE.
    pub on_violation: Violation,
}

/// What becomes of a row that a clause is not TRUE for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Violation {
    /// It is as if it were not there.
    Filter,
    /// The statement fails with 42501.
    Error,
}

/// Why a statement is refused whatever the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// COPY FROM a table whose policies apply: 0A000.
    Unsupported,
    /// COPY or TRUNCATE of a view: 42809.
    WrongKind,
}

impl Refusal {
    /// The SQLSTATE.
    #[must_use]
    pub fn sqlstate(self) -> &'static str {
        match self {
            Refusal::Unsupported => "0A000",
            Refusal::WrongKind => "42809",
        }
    }
}

impl Shape {
    /// The first major that reads such a statement.
    #[must_use]
    pub fn since(&self) -> u32 {
        match self {
            Shape::Merge { returns: true, .. } => 17,
            Shape::Merge { .. } => 15,
            _ => 14,
        }
    }

    /// The privileges that it needs on its relation.
    #[must_use]
    pub fn privileges(&self) -> Vec<(Privilege, Extent)> {
        match self {
            Shape::Select { reads, locks } => {
                let lock = locks.then_some((Privilege::Update, Extent::Any));
                std::iter::once((Privilege::Select, Extent::of(reads))).chain(lock).collect()
            }
            Shape::Insert { sets, conflict, .. } => {
                let update = if let Conflict::Update { sets, .. } = conflict { Some((Privilege::Update, Extent::of(sets))) } else { None };
                std::iter::once((Privilege::Insert, Extent::of(sets))).chain(update).chain(read(&self.reads())).collect()
            }
            Shape::Update { sets, joins, .. } => {
                let joined = joins.as_ref().map(|joins| (Privilege::Select, Extent::of(joins)));
                std::iter::once((Privilege::Update, Extent::of(sets))).chain(read(&self.reads())).chain(joined).collect()
            }
            Shape::Delete { reads } => std::iter::once((Privilege::Delete, Extent::Whole)).chain(read(reads)).collect(),
            Shape::Merge { reads, action, .. } => {
                let own = match action {
                    Action::Update(sets) => (Privilege::Update, Extent::of(sets)),
                    Action::Delete => (Privilege::Delete, Extent::Whole),
                    Action::Insert(sets) => (Privilege::Insert, Extent::of(sets)),
                    Action::Nothing => (Privilege::Select, Extent::of(reads)),
                };
                std::iter::once(own).chain(read(reads)).collect()
            }
            Shape::Truncate => vec![(Privilege::Truncate, Extent::Whole)],
            Shape::CopyTo { reads } => vec![(Privilege::Select, Extent::of(reads))],
            Shape::CopyFrom { sets } => vec![(Privilege::Insert, Extent::of(sets))],
        }
    }

    /// The same statement, if it names a view, as one about the relation that the view's query reads: `named` are the columns in that query,
    /// under the same names. Whoever reads any of them reads all. Absent where that is not known.
    #[must_use]
    pub fn beneath(&self, named: &Named) -> Option<Shape> {
        let all = |reads: &Named| if reads.is_empty() { Named::new() } else { named.clone() };
        Some(match self {
            Shape::Select { locks, .. } => Shape::Select { reads: named.clone(), locks: *locks },
            Shape::Insert { sets, reads, conflict: Conflict::Fail } => {
                Shape::Insert { sets: sets.clone(), reads: all(reads), conflict: Conflict::Fail }
            }
            Shape::Update { sets, reads, joins: None } => Shape::Update { sets: sets.clone(), reads: all(reads), joins: None },
            Shape::Delete { reads } => Shape::Delete { reads: all(reads) },
            _ => return None,
        })
    }

    /// The columns of the target that it reads.
    fn reads(&self) -> Named {
        match self {
            Shape::Select { reads, .. } | Shape::Update { reads, .. } | Shape::Delete { reads } | Shape::Merge { reads, .. } => {
                reads.clone()
            }
            Shape::CopyTo { reads } => reads.clone(),
            Shape::Insert { reads, conflict: Conflict::Nothing(target) | Conflict::Update { target, .. }, .. } => reads | target,
            Shape::Insert { reads, .. } => reads.clone(),
            Shape::Truncate | Shape::CopyFrom { .. } => Named::new(),
        }
    }

    /// Whether PostgreSQL asks for SELECT on the target, and with it for its SELECT policies.
    fn selects(&self) -> bool {
        matches!(self, Shape::Select { .. } | Shape::CopyTo { .. } | Shape::Merge { action: Action::Nothing, .. })
            || !self.reads().is_empty()
    }
}

/// SELECT on what is read.
fn read(reads: &Named) -> Option<(Privilege, Extent)> {
    (!reads.is_empty()).then(|| (Privilege::Select, Extent::of(reads)))
}

impl<'a> Effective<'a> {
    /// What a statement of that shape needs of someone. About a view: only what is asked before its query is put in its place; the rest,
    /// [`Shape::beneath`], is asked of whoever it reads as.
    #[must_use]
    pub fn needs(&self, who: Who<'_>, relation: &Relation, shape: &Shape) -> Needs<'a> {
        let asked = Asked { effective: self, who, relation };
        let refusal = asked.refusal(shape);
        // The kind is looked at first, so a view tells nobody whether it could be truncated.
        let early = *shape == Shape::Truncate && refusal == Some(Refusal::WrongKind);
        let mut needs = Needs { privileges: if early { Vec::new() } else { shape.privileges() }, refusal, ..Needs::default() };
        let select = |violation| shape.selects().then(|| asked.clause(Command::Select, Gate::Using, violation));
        match shape {
            Shape::Select { locks, .. } => {
                needs.old.extend(locks.then(|| asked.filter(Command::Update)));
                needs.old.extend(select(Violation::Filter));
            }
            Shape::CopyTo { .. } => {
                needs.old.extend(select(Violation::Filter));
                needs.old.extend(asked.is_partitioned().then(|| Clause { rows: Rows::None, ..asked.filter(Command::Select) }));
            }
            Shape::Insert { conflict: Conflict::Update { .. }, .. } => {
                needs.proposed.push(asked.check(Command::Insert));
                needs.proposed.extend(select(Violation::Error));
                needs.old.push(asked.clause(Command::Update, Gate::Using, Violation::Error));
                needs.old.extend(select(Violation::Error));
                needs.new.push(asked.check(Command::Update));
                needs.new.extend(select(Violation::Error));
            }
            Shape::Insert { .. } => {
                needs.new.push(asked.check(Command::Insert));
                needs.new.extend(select(Violation::Error));
            }
            Shape::Update { joins, .. } => {
                needs.old.push(asked.filter(Command::Update));
                needs.old.extend(select(Violation::Filter));
                needs.new.push(asked.check(Command::Update));
                needs.new.extend(select(Violation::Error));
                needs.joined.extend(joins.as_ref().map(|_| asked.filter(Command::Select)));
            }
            Shape::Delete { .. } => {
                needs.old.push(asked.filter(Command::Delete));
                needs.old.extend(select(Violation::Filter));
            }
            Shape::Merge { action, returns, .. } => asked.merge(action, *returns, shape.selects(), &mut needs),
            Shape::Truncate | Shape::CopyFrom { .. } => {}
        }
        needs
    }
}

/// Someone before a relation.
struct Asked<'e, 'a, 'w> {
    effective: &'e Effective<'a>,
    who: Who<'w>,
    relation: &'w Relation,
}

impl<'a> Asked<'_, 'a, '_> {
    fn clause(&self, command: Command, gate: Gate, on_violation: Violation) -> Clause<'a> {
        Clause { command, gate, rows: self.effective.rows(self.who, self.relation, command, gate), on_violation }
    }

    fn filter(&self, command: Command) -> Clause<'a> {
        self.clause(command, Gate::Using, Violation::Filter)
    }

    fn check(&self, command: Command) -> Clause<'a> {
        self.clause(command, Gate::Check, Violation::Error)
    }

    /// There are no policies FOR MERGE: those of the action count, those for old rows as errors.
    fn merge(&self, action: &Action, returns: bool, selects: bool, needs: &mut Needs<'a>) {
        needs.old.extend(selects.then(|| self.filter(Command::Select)));
        let visible = || self.clause(Command::Select, Gate::Using, Violation::Error);
        match action {
            Action::Update(_) => {
                needs.old.push(self.clause(Command::Update, Gate::Using, Violation::Error));
                needs.new.push(self.check(Command::Update));
                needs.new.extend(selects.then(visible));
            }
            Action::Delete => needs.old.push(self.clause(Command::Delete, Gate::Using, Violation::Error)),
            Action::Insert(_) => {
                needs.new.push(self.check(Command::Insert));
                needs.new.extend((selects && returns).then(visible));
            }
            Action::Nothing => {}
        }
    }

    fn is_partitioned(&self) -> bool {
        self.effective.relation(self.relation).is_some_and(|found| found.kind == RelationKind::Partitioned)
    }

    fn refusal(&self, shape: &Shape) -> Option<Refusal> {
        let kind = self.effective.relation(self.relation).map(|found| &found.kind);
        let governed = || self.effective.security(self.who, self.relation) == Security::On;
        match (shape, kind) {
            (Shape::CopyTo { .. } | Shape::CopyFrom { .. } | Shape::Truncate, Some(RelationKind::View { .. })) => Some(Refusal::WrongKind),
            // Under policies it is a query of ONLY the table, which finds nothing there.
            (Shape::CopyTo { .. }, Some(RelationKind::Partitioned)) if !governed() => Some(Refusal::WrongKind),
            (Shape::CopyFrom { .. }, _) if governed() => Some(Refusal::Unsupported),
            _ => None,
        }
    }
}
