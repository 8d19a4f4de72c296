//! Why a formula cannot hold, in steps small enough to be read again.
//!
//! In: what `solve` found. Out: clauses, each with its reason, the last one empty. Must not know how they were found.

use super::space::{Atom, Space};

/// That a statement holds, or that it does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Claim {
    /// The number of a node of the space; from `nodes().len()` on, of a further atom of the certificate.
    pub of: usize,
    /// Whether it holds.
    pub holds: bool,
}

impl std::ops::Not for Claim {
    type Output = Claim;
    fn not(self) -> Claim {
        Claim { holds: !self.holds, ..self }
    }
}

/// Why a clause is true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is the question.
    Root,
    /// It says what this node is.
    Circuit(usize),
    /// No values could make all of its claims false.
    Theory,
    /// Were it false, these clauses before it would contradict each other by propagation alone.
    Learned(Vec<usize>),
}

/// Claims of which one is true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// The claims.
    pub claims: Vec<Claim>,
    /// Why.
    pub reason: Reason,
}

/// A proof that a formula cannot hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Certificate {
    /// Atoms that the proof speaks of and the formula does not.
    pub further: Vec<Atom>,
    /// Clauses, each after those that it needs.
    pub clauses: Vec<Clause>,
}

impl Certificate {
    /// The atom that a claim speaks of, if it is one.
    #[must_use]
    pub fn atom<'a>(&'a self, space: &'a Space, claim: Claim) -> Option<&'a Atom> {
        match claim.of.checked_sub(space.nodes().len()) {
            Some(further) => self.further.get(further),
            None => match space.nodes().get(claim.of) {
                Some(super::space::Node::Atom(atom)) => Some(atom),
                _ => None,
            },
        }
    }
}
