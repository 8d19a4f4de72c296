//! Questions to the prover about the rows of a state, as one role sees them.
//!
//! In: a state, who asks, conditions over one relation. Out: verdicts. What that role sees of the relations in subqueries is put into
//! conditions before they are asked about: PostgreSQL filters those too.

use super::effective::{Effective, Who};
use super::inline::Inline;
use super::names::{Named, Shared};
use crate::model::{Expr, Relation, Routine, Source, Volatility};
use crate::prove::{self, Facts, Question, Verdict};
use crate::typing::{Given, Names, Signature};

/// Who asks, and over which relation.
#[derive(Debug)]
pub struct Asker<'n, 's> {
    effective: &'n Effective<'s>,
    who: Who<'n>,
    /// Whom the session is: views with the rights of whoever asks read as it, wherever they are met.
    session: Who<'n>,
    relation: &'n Relation,
    named: Named<'n, 's>,
    shared: &'n Shared<'s>,
}

impl<'n, 's> Asker<'n, 's> {
    /// Of conditions over a relation.
    #[must_use]
    pub fn new(effective: &'n Effective<'s>, shared: &'n Shared<'s>, who: Who<'n>, relation: &'n Relation) -> Self {
        Asker { effective, who, session: who, relation, named: shared.names(relation), shared }
    }

    /// The same in a session of someone else: a view reads with the rights of `who`.
    #[must_use]
    pub fn within(self, session: Who<'n>) -> Self {
        Asker { session, ..self }
    }

    /// A condition with what row security adds to its subqueries; none where that cannot be followed.
    #[must_use]
    pub fn inlined(&self, expr: &Expr) -> Option<Expr> {
        Inline::new(self.effective, self.shared, self.who, self.relation).predicate(expr)
    }

    /// The same role's questions over another relation.
    #[must_use]
    pub fn over<'m>(&'m self, relation: &'m Relation) -> Asker<'m, 's>
    where
        'n: 'm,
    {
        Asker::new(self.effective, self.shared, self.who, relation).within(self.session)
    }

    /// What follows from the state.
    #[must_use]
    pub fn effective(&self) -> &'n Effective<'s> {
        self.effective
    }

    /// Who asks.
    #[must_use]
    pub fn who(&self) -> Who<'n> {
        self.who
    }

    /// Whom the session is.
    #[must_use]
    pub fn session(&self) -> Who<'n> {
        self.session
    }

    /// The relation.
    #[must_use]
    pub fn relation(&self) -> &'n Relation {
        self.relation
    }

    /// Whether all of `assume` can be TRUE where none of `deny` is.
    #[must_use]
    pub fn can_hold(&self, assume: &[&Expr], deny: &[&Expr]) -> Verdict {
        let question = Question { world: &self.shared.world, facts: self, assume, wish: &[], deny };
        prove::can_hold(&question, prove::BUDGET)
    }
}

impl Names for Asker<'_, '_> {
    fn own(&self, column: &str) -> Option<Given> {
        self.named.own(column)
    }
    fn column(&self, source: &Source, column: &str) -> Option<Given> {
        self.named.column(source, column)
    }
    fn ctx(&self, field: &str) -> Option<Given> {
        self.named.ctx(field)
    }
    fn routine(&self, routine: &Routine) -> Option<Vec<Signature>> {
        self.named.routine(routine)
    }
}

impl Facts for Asker<'_, '_> {
    fn volatility(&self, routine: &Routine) -> Volatility {
        let Routine::Named(name) = routine else { return Volatility::Volatile };
        let mut all = self.effective.state().functions.iter().filter(|one| one.path == *name).map(|one| one.function.volatility);
        let first = all.next().unwrap_or(Volatility::Volatile);
        if all.all(|other| other == first) { first } else { Volatility::Volatile }
    }
}
