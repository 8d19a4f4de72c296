//! Why values cannot be as supposed, in small steps. In: a conflict of equalities and bounds. Out: clauses over atoms, each true of
//! all values, that together exclude it by propagation. Must not know how a conflict was found.
//!
//! A long chain is told link by link, through the statements between its start and each of its members. So what two chains have in
//! common is told once, and a question of many diamonds in a row takes as many steps as it has diamonds.

use std::collections::{BTreeMap, BTreeSet};

use super::bounds::{Length, Origin, plus};
use super::circuit::{Circuit, Said};
use super::classes::Link;
use super::sat::Lit;
use super::theory::State;
use crate::prove::space::{SortId, Space, Term, TermId};

/// Clauses in the making.
pub(super) struct Explain<'x, 'a> {
    circuit: &'x mut Circuit<'a>,
    state: &'x State,
    pub(super) lemmas: Vec<Vec<Lit>>,
    equal: BTreeMap<(TermId, TermId), Vec<Said>>,
    congruent: BTreeSet<(TermId, TermId)>,
}

impl<'x, 'a> Explain<'x, 'a> {
    pub(super) fn new(circuit: &'x mut Circuit<'a>, state: &'x State) -> Explain<'x, 'a> {
        Explain { circuit, state, lemmas: Vec::new(), equal: BTreeMap::new(), congruent: BTreeSet::new() }
    }

    /// Not all of the premises without the conclusion.
    pub(super) fn imply(&mut self, premises: &[Said], conclusion: Said) {
        let mut clause = Vec::new();
        for premise in premises {
            match premise {
                Said::Known(true) => {}
                Said::Known(false) | Said::Nothing => return,
                Said::Lit(lit) => clause.push(!*lit),
            }
        }
        match conclusion {
            Said::Known(false) => {}
            Said::Known(true) | Said::Nothing => return,
            Said::Lit(lit) => clause.push(lit),
        }
        clause.sort_unstable();
        clause.dedup();
        if !clause.windows(2).any(|pair| matches!(pair, [a, b] if *a == !*b)) {
            self.lemmas.push(clause);
        }
    }

    /// The bound that a path of bounds amounts to.
    pub(super) fn sum(&mut self, sort: SortId, path: &[usize]) -> Said {
        let mut so_far: Option<(Said, usize, Length)> = None;
        for number in path {
            let Some((said, from, to, length)) = self.edge(sort, *number) else { return Said::Nothing };
            so_far = Some(match so_far {
                None => (said, from, length),
                Some((before, start, known)) => {
                    let Some(length) = plus(known, length) else { return Said::Nothing };
                    let total = self.bound(sort, start, to, length);
                    self.imply(&[before, said], total);
                    (total, start, length)
                }
            });
        }
        so_far.map_or(Said::Known(true), |(said, ..)| said)
    }

    fn edge(&mut self, sort: SortId, number: usize) -> Option<(Said, usize, usize, Length)> {
        let state = self.state;
        let edge = *state.bounds.get(&sort)?.edges.get(number)?;
        let said = match edge.origin {
            Origin::Said(lit) => Said::Lit(lit),
            Origin::Congruent(a, b) => {
                self.congruent(a, b);
                self.bound(sort, edge.from, edge.to, edge.length)
            }
            Origin::Sum(first, second) => {
                let parts = [self.edge(sort, first)?.0, self.edge(sort, second)?.0];
                let total = self.bound(sort, edge.from, edge.to, edge.length);
                self.imply(&parts, total);
                total
            }
        };
        Some((said, edge.from, edge.to, edge.length))
    }

    fn bound(&mut self, sort: SortId, from: usize, to: usize, length: Length) -> Said {
        let node = |node: usize| self.state.bounds.get(&sort).and_then(|bounds| bounds.nodes.get(node)).copied().flatten();
        let (left, right) = (node(to), node(from));
        self.circuit.bound(left, right, length.0, length.1 < 0)
    }

    /// What says that two terms of one class are equal.
    pub(super) fn equal(&mut self, a: TermId, b: TermId) -> Vec<Said> {
        let (a, b) = (a.min(b), a.max(b));
        if let Some(known) = self.equal.get(&(a, b)) {
            return known.clone();
        }
        let mut said = Vec::new();
        let sort = self.circuit.space.sort_id(a);
        for (from, to, link) in self.state.classes.chain(a, b) {
            match link {
                Link::Bounded(down, up) => {
                    let sort = sort.unwrap_or(SortId(0));
                    said.extend([self.sum(sort, &down), self.sum(sort, &up)]);
                }
                Link::Said | Link::Congruent => {
                    if matches!(link, Link::Congruent) {
                        self.congruent(from, to);
                    }
                    let step = self.circuit.equal(from, to);
                    let total = self.circuit.equal(a, to);
                    said.push(step);
                    if total != step {
                        self.imply(&said, total);
                    }
                    said = vec![total];
                }
            }
        }
        self.equal.insert((a, b), said.clone());
        said
    }

    /// What says that the arguments of two terms or statements are the same.
    pub(super) fn arguments(&mut self, a: &[TermId], b: &[TermId]) -> Vec<Said> {
        a.iter().zip(b).flat_map(|(a, b)| self.equal(*a, *b)).collect()
    }

    /// The space of the terms.
    pub(super) fn space(&self) -> &'a Space {
        self.circuit.space
    }

    /// The statements that make two terms equal.
    pub(super) fn both(&mut self, a: TermId, b: TermId) -> Vec<Said> {
        if a == b {
            Vec::new()
        } else if self.circuit.space.sort_of(a).ordered {
            vec![self.circuit.at_most(a, b), self.circuit.at_most(b, a)]
        } else {
            vec![self.circuit.equal(a, b)]
        }
    }

    /// The statements that make the arguments of two terms or predicates the same.
    pub(super) fn same(&mut self, a: &[TermId], b: &[TermId]) -> Vec<Said> {
        a.iter().zip(b).flat_map(|(a, b)| self.both(*a, *b)).collect()
    }

    /// Says that two applications are equal because their arguments are.
    fn congruent(&mut self, a: TermId, b: TermId) {
        let space = self.circuit.space;
        if !self.congruent.insert((a.min(b), a.max(b))) {
            return;
        }
        let (Some(Term::Apply(_, left)), Some(Term::Apply(_, right))) = (space.term_at(a), space.term_at(b)) else { return };
        let premises = self.arguments(left, right);
        for conclusion in self.both(a, b) {
            self.imply(&premises, conclusion);
        }
    }
}
