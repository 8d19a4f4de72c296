//! Whether statements about values can hold together. In: literals of atoms. Out: classes and positions, or clauses that exclude the
//! literals. Must not know where the literals come from.
//!
//! Equalities and bounds feed each other until nothing is new: two terms that are bounded by each other are equal, two functions of
//! equal values are bounded by each other.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::bounds::{Bounds, Origin};
use super::circuit::{Circuit, Gate, Said};
use super::classes::{Classes, Link};
use super::explain::Explain;
use super::sat::Lit;
use super::slots::Slots;
use crate::prove::space::{Atom, Constant, SortId, Space, SymbolId, Term, TermId};

/// That a predicate holds of these, or not.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) symbol: SymbolId,
    pub(super) args: Vec<TermId>,
    pub(super) lit: Lit,
}

/// All that is known of values.
#[derive(Debug, Default)]
pub(super) struct State {
    /// The terms that the literals speak of, each after its arguments.
    pub(super) terms: Vec<TermId>,
    pub(super) classes: Classes,
    pub(super) bounds: BTreeMap<SortId, Bounds>,
    pub(super) held: Vec<Held>,
    apart: Vec<(TermId, TermId)>,
    /// Sorts of which a bound is new.
    stale: BTreeSet<SortId>,
    /// Arguments and known values of ordered sorts.
    watched: BTreeMap<SortId, BTreeSet<TermId>>,
    linked: BTreeSet<(TermId, TermId)>,
}

/// What is impossible.
enum Clash {
    Cycle(SortId, Vec<usize>),
    Known(TermId, TermId),
    Apart(TermId, TermId),
    /// Two different values that bound each other.
    Bounded(SortId, Vec<usize>, Vec<usize>),
    Held(Held, Held),
}

/// The literals together: what is known of values, or why they cannot be.
pub(super) fn check(circuit: &mut Circuit<'_>, lits: &[Lit], steps: &mut u64) -> Result<State, Vec<Vec<Lit>>> {
    let mut state = State::default();
    let outcome = state.enter(circuit, lits).and_then(|()| state.saturate(circuit.space, steps));
    match outcome {
        Ok(()) => Ok(state),
        Err(clash) => Err(explained(circuit, &state, clash)),
    }
}

fn explained(circuit: &mut Circuit<'_>, state: &State, clash: Clash) -> Vec<Vec<Lit>> {
    let mut explain = Explain::new(circuit, state);
    match clash {
        Clash::Cycle(sort, cycle) => {
            explain.sum(sort, &cycle);
        }
        Clash::Known(a, b) => {
            let premises = explain.equal(a, b);
            explain.imply(&premises, Said::Known(false));
        }
        Clash::Apart(a, b) => {
            explain.equal(a, b);
        }
        Clash::Bounded(sort, down, up) => {
            let premises = [explain.sum(sort, &down), explain.sum(sort, &up)];
            explain.imply(&premises, Said::Known(false));
        }
        Clash::Held(holds, fails) => {
            let mut premises = explain.arguments(&holds.args, &fails.args);
            premises.push(Said::Lit(holds.lit));
            explain.imply(&premises, Said::Lit(!fails.lit));
        }
    }
    explain.lemmas
}

impl State {
    fn enter(&mut self, circuit: &Circuit<'_>, lits: &[Lit]) -> Result<(), Clash> {
        let space = circuit.space;
        let mut seen = Slots::new(space.terms().len());
        for lit in lits {
            let Gate::Atom(atom) = circuit.gate(lit.variable()) else { continue };
            match atom {
                Atom::Equal(a, b) => {
                    self.gather(space, &[*a, *b], &mut seen);
                    if lit.is_negated() {
                        self.apart.push((*a, *b));
                    } else if let Some((a, b)) = self.classes.merge(space, *a, *b, Link::Said) {
                        return Err(Clash::Known(a, b));
                    }
                }
                Atom::Within { left, right, by, strict } => {
                    self.gather(space, &[*left], &mut seen);
                    self.gather(space, right.as_slice(), &mut seen);
                    self.bound(space, *lit, (*left, *right), (*by, *strict));
                }
                Atom::Holds(symbol, args) => {
                    self.gather(space, args, &mut seen);
                    self.watch(space, args);
                    self.held.push(Held { symbol: *symbol, args: args.clone(), lit: *lit });
                }
            }
        }
        self.terms.sort_unstable();
        Ok(())
    }

    /// Takes in terms and what they are made of.
    fn gather(&mut self, space: &Space, terms: &[TermId], seen: &mut Slots<bool>) {
        let mut open = terms.to_vec();
        while let Some(term) = open.pop() {
            if seen.at(term.0 as usize) {
                continue;
            }
            seen.set(term.0 as usize, true);
            self.terms.push(term);
            match space.term_at(term) {
                Some(Term::Apply(_, args)) => {
                    self.watch(space, args);
                    open.extend(args);
                }
                Some(Term::Constant(_)) => self.watch(space, &[term]),
                _ => {}
            }
        }
    }

    fn watch(&mut self, space: &Space, terms: &[TermId]) {
        for term in terms {
            let sort = space.sort_of(*term);
            if sort.ordered
                && (sort.image || space.constant_of(*term).is_some())
                && let Some(id) = space.sort_id(*term)
            {
                self.watched.entry(id).or_default().insert(*term);
            }
        }
    }

    fn bound(&mut self, space: &Space, lit: Lit, (left, right): (TermId, Option<TermId>), (by, strict): (i128, bool)) {
        let Some(sort) = space.sort_id(left) else { return };
        let bounds = self.bounds.entry(sort).or_insert_with(Bounds::new);
        let (low, high) = (bounds.node(space, Some(left)), bounds.node(space, right));
        let length = |by: i128, strict: bool| (by, -i128::from(strict));
        if !lit.is_negated() {
            bounds.add(high, low, length(by, strict), Origin::Said(lit));
        } else if let Some((by, strict)) = by.checked_neg().and_then(|by| space.tight(right, Some(left), by, !strict)) {
            bounds.add(low, high, length(by, strict), Origin::Said(lit));
        }
        self.stale.insert(sort);
    }

    /// Draws every consequence.
    fn saturate(&mut self, space: &Space, steps: &mut u64) -> Result<(), Clash> {
        loop {
            while let Some(sort) = self.stale.pop_first() {
                self.settle(space, sort, steps)?;
            }
            *steps += self.terms.len() as u64 / 8 + 1;
            if !self.congruences(space)? {
                break;
            }
        }
        match self.apart.iter().find(|(a, b)| self.classes.root(*a) == self.classes.root(*b)) {
            Some((a, b)) => Err(Clash::Apart(*a, *b)),
            None => self.held_apart(space),
        }
    }

    /// Positions for the terms of a sort, and which of them are equal.
    fn settle(&mut self, space: &Space, sort: SortId, steps: &mut u64) -> Result<(), Clash> {
        let Some(bounds) = self.bounds.get_mut(&sort) else { return Ok(()) };
        bounds.settle(steps).map_err(|cycle| Clash::Cycle(sort, cycle))?;
        let bounds = &*bounds;
        let mut met: BTreeMap<(i128, i128), Vec<(TermId, usize)>> = BTreeMap::new();
        for term in self.watched.get(&sort).into_iter().flatten() {
            let Some((node, above)) = bounds.find(space, *term) else { continue };
            let (units, less) = bounds.positions.get(node).copied().unwrap_or_default();
            let Some(units) = units.checked_add(above) else { continue };
            let is_label = matches!(space.constant_of(*term), Some(Constant::Label(_)));
            if is_label
                && space.has_number(units, sort)
                && let Some((down, up)) = both(bounds, 0, node, steps)
            {
                return Err(Clash::Bounded(sort, down, up));
            }
            let others = met.entry((units, less)).or_default();
            let equal = others.iter().find_map(|(other, at)| both(bounds, *at, node, steps).map(|(down, up)| (*other, down, up)));
            match equal {
                None => others.push((*term, node)),
                Some((other, down, up)) => {
                    if let Some((a, b)) = self.classes.merge(space, other, *term, Link::Bounded(down, up)) {
                        return Err(Clash::Known(a, b));
                    }
                }
            }
        }
        Ok(())
    }

    /// Makes functions of equal values equal; answers whether that was new.
    fn congruences(&mut self, space: &Space) -> Result<bool, Clash> {
        let mut first: HashMap<(SymbolId, Option<SortId>, Vec<TermId>), TermId> = HashMap::new();
        let mut new = false;
        for term in &self.terms {
            let Some(Term::Apply(symbol, args)) = space.term_at(*term) else { continue };
            let key = (*symbol, space.sort_id(*term), key(space, &self.classes, args));
            let other = *first.entry(key).or_insert(*term);
            if other == *term {
                continue;
            }
            if !space.sort_of(*term).ordered {
                new |= self.classes.root(other) != self.classes.root(*term);
                if let Some((a, b)) = self.classes.merge(space, other, *term, Link::Congruent) {
                    return Err(Clash::Known(a, b));
                }
            } else if let Some(sort) = space.sort_id(*term)
                && self.linked.insert((other, *term))
            {
                let bounds = self.bounds.entry(sort).or_insert_with(Bounds::new);
                let (a, b) = (bounds.node(space, Some(other)), bounds.node(space, Some(*term)));
                bounds.add(a, b, (0, 0), Origin::Congruent(other, *term));
                bounds.add(b, a, (0, 0), Origin::Congruent(other, *term));
                self.stale.insert(sort);
                new = true;
            }
        }
        Ok(new)
    }

    fn held_apart(&self, space: &Space) -> Result<(), Clash> {
        let mut first: HashMap<(SymbolId, Vec<TermId>), &Held> = HashMap::new();
        for held in &self.held {
            let other = *first.entry((held.symbol, key(space, &self.classes, &held.args))).or_insert(held);
            if other.lit.is_negated() != held.lit.is_negated() {
                return Err(Clash::Held(other.clone(), held.clone()));
            }
        }
        Ok(())
    }
}

/// Paths without room there and back.
fn both(bounds: &Bounds, a: usize, b: usize, steps: &mut u64) -> Option<(Vec<usize>, Vec<usize>)> {
    Some((bounds.tight(a, b, steps)?, bounds.tight(b, a, steps)?))
}

/// What arguments have in common with others of which a function is the same.
fn key(space: &Space, classes: &Classes, args: &[TermId]) -> Vec<TermId> {
    args.iter().map(|arg| if space.sort_of(*arg).image { classes.root(*arg) } else { *arg }).collect()
}
