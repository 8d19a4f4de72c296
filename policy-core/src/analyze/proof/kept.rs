//! Proofs that are kept for whoever wants to have them read again.
//!
//! In: what the proofs of a set claim, as they are made. Out: claims with their proofs. Must not know what is proved.

use std::cell::RefCell;

use crate::prove::Proof;

/// What is proved of a set, and why it is so.
#[derive(Clone, Debug)]
pub struct Proved {
    /// The item that it is said of.
    pub item: String,
    /// What is so.
    pub claim: String,
    /// That the opposite cannot hold.
    pub proof: Proof,
}

impl Proved {
    /// `Document: what is so (7 clauses)`: how many the certificate has.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}: {} ({} clauses)", self.item, self.claim, self.proof.certificate.clauses.len())
    }

    /// The opposite for another solver, in SMT-LIB 2: its answer is `unsat`.
    #[must_use]
    pub fn smtlib(&self) -> String {
        format!("; {}: {}\n; The opposite, which cannot hold: unsat.\n{}", self.item, self.claim, self.proof.smtlib())
    }
}

/// Where proofs are kept: nowhere, unless somebody asks for them.
#[derive(Debug, Default)]
pub(super) struct Kept(Option<RefCell<Vec<Proved>>>);

impl Kept {
    /// A place for them.
    pub(super) fn all() -> Kept {
        Kept(Some(RefCell::default()))
    }

    /// Keeps what is claimed of an item.
    pub(super) fn keep(&self, item: &str, claim: impl Fn() -> String, proofs: Vec<Proof>) {
        let Some(kept) = &self.0 else { return };
        let all = proofs.len();
        for (number, proof) in proofs.into_iter().enumerate() {
            let part = if all > 1 { format!(", part {} of {all}", number + 1) } else { String::new() };
            kept.borrow_mut().push(Proved { item: item.to_owned(), claim: format!("{}{part}", claim()), proof });
        }
    }

    /// Whether somebody asks for them.
    pub(super) fn wanted(&self) -> bool {
        self.0.is_some()
    }

    /// What was kept.
    pub(super) fn take(self) -> Vec<Proved> {
        self.0.map(RefCell::into_inner).unwrap_or_default()
    }
}
