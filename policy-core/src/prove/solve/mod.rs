//! Whether a formula can hold. In: a space, a formula, how many steps may be taken. Out: a proof that it cannot, values of which it
//! holds, or neither. Knows nothing of SQL, and does not judge its own proofs.
//!
//! Clauses are learned from conflicts (`sat`, `learn`); `walk` supposes no more than what makes the formula true, and only that is
//! held against what is known of values (`theory`, with `classes` and `bounds`). What cannot be is told in small steps (`explain`).

mod bounds;
mod circuit;
mod classes;
mod explain;
mod learn;
mod proof;
mod sat;
mod slots;
mod theory;
mod values;
mod walk;

use std::collections::HashMap;

use super::certificate::Certificate;
use super::model::Model;
use super::space::{Ref, Space};
use circuit::Circuit;
use sat::{Id, Lit, Sat, Why};
use values::Found;
use walk::Walk;

/// What became of a question.
#[derive(Clone, Debug)]
pub enum Answer {
    /// It cannot hold.
    Never(Certificate),
    /// It holds of these values.
    Model(Model),
    /// The steps were spent, or a number grew too large: nothing is known.
    Spent,
}

/// Whether `root` can hold, decided within `budget` steps.
#[must_use]
pub fn solve(space: &Space, root: Ref, budget: u64) -> Answer {
    let mut search = Search::new(space, root);
    search.run(root, budget).unwrap_or(Answer::Spent)
}

struct Search<'a> {
    circuit: Circuit<'a>,
    sat: Sat,
    /// Clauses that have to be satisfied beside the root.
    splits: Vec<Vec<Lit>>,
    /// Clauses of the theory that are there already.
    known: HashMap<Vec<Lit>, Id>,
}

impl<'a> Search<'a> {
    fn new(space: &'a Space, root: Ref) -> Search<'a> {
        let circuit = Circuit::new(space, root);
        let sat = Sat::new(circuit.len());
        Search { circuit, sat, splits: Vec::new(), known: HashMap::new() }
    }

    /// Nothing where neither is found.
    fn run(&mut self, root: Ref, budget: u64) -> Option<Answer> {
        let mut conflict = self.begin();
        loop {
            if let Some(id) = conflict.or_else(|| self.sat.propagate()) {
                conflict = None;
                if let Some(empty) = self.sat.learn(id) {
                    return Some(Answer::Never(proof::proof(&self.circuit, &self.sat, empty)));
                }
                continue;
            }
            if self.sat.steps > budget {
                return None;
            }
            let lits = match walk::walk(&self.circuit, &mut self.sat, &self.splits) {
                Walk::Decide(lit) => {
                    self.sat.decide(lit);
                    continue;
                }
                Walk::Enough(lits) => lits,
            };
            let splits = self.splits.len();
            let lemmas = match theory::check(&mut self.circuit, &lits, &mut self.sat.steps) {
                Err(lemmas) => lemmas,
                Ok(state) => match values::model(&mut self.circuit, &state) {
                    Found::Model(model) => return model.truth(root).then_some(Answer::Model(model)),
                    Found::Nothing => return None,
                    Found::Split(clauses) => {
                        let further = clauses.iter().filter(|clause| !self.splits.contains(clause)).cloned().collect::<Vec<_>>();
                        self.splits.extend(further);
                        clauses
                    }
                },
            };
            let (new, false_one) = self.add(lemmas);
            // What is found again and again is not understood.
            if !new && splits == self.splits.len() {
                return None;
            }
            conflict = false_one;
        }
    }

    /// The clauses of the question; one that is false at once, if there is one.
    fn begin(&mut self) -> Option<Id> {
        let mut conflict = None;
        let root = (vec![self.circuit.root], Why::Root);
        let circuit = self.circuit.clauses().into_iter().map(|(variable, lits)| (lits, Why::Circuit(variable)));
        for (lits, why) in std::iter::once(root).chain(circuit) {
            let (id, is_false) = self.sat.add(lits, why);
            if is_false && conflict.is_none() {
                conflict = Some(id);
            }
        }
        conflict
    }

    /// Adds clauses of the theory: whether anything came of it, and one that is false.
    fn add(&mut self, lemmas: Vec<Vec<Lit>>) -> (bool, Option<Id>) {
        let (mut new, mut conflict) = (false, None);
        for lemma in lemmas {
            let id = match self.known.get(&lemma) {
                Some(id) => {
                    new |= self.sat.again(*id);
                    *id
                }
                None => {
                    new = true;
                    let id = self.sat.add(lemma.clone(), Why::Theory).0;
                    self.known.insert(lemma, id);
                    id
                }
            };
            if conflict.is_none() && self.sat.is_false(id) {
                conflict = Some(id);
            }
        }
        // A clause of one literal undoes everything: then nothing is false any more.
        (new, conflict.filter(|id| self.sat.is_false(*id)))
    }
}
