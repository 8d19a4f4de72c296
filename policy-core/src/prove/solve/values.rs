//! Values for the terms. In: what is known of them. Out: a model, or clauses that tell apart what came out equal by chance. Must not
//! know why anything is known.

use std::collections::{BTreeMap, HashMap};

use super::bounds::Bounds;
use super::circuit::{Circuit, Said};
use super::explain::Explain;
use super::theory::State;
use crate::prove::model::{Key, Model, Value, keys};
use crate::prove::space::{Constant, SortId, Space, SymbolId, Term, TermId, UNIT};

/// What came of it.
pub(super) enum Found {
    Model(Model),
    /// Clauses that have to be satisfied as well.
    Split(Vec<Vec<super::sat::Lit>>),
    /// There are values, but no whole number of units holds them.
    Nothing,
}

/// Values in the making, by term.
struct Values<'a> {
    space: &'a Space,
    values: Vec<Value>,
    set: Vec<bool>,
    made: HashMap<(SymbolId, SortId, Vec<Key>), (TermId, Value)>,
    fresh: u32,
    /// Pairs that are equal although nothing says so.
    chance: Vec<(TermId, TermId)>,
}

/// Gives every term a value.
pub(super) fn model(circuit: &mut Circuit<'_>, state: &State) -> Found {
    let space = circuit.space;
    let len = space.terms().len();
    let fresh = Value::Fresh(u32::MAX);
    let mut values = Values { space, values: vec![fresh; len], set: vec![false; len], made: HashMap::new(), fresh: 0, chance: Vec::new() };
    for bounds in state.bounds.values() {
        if values.place(bounds).is_none() {
            return Found::Nothing;
        }
    }
    values.known();
    values.classes(state);
    for term in state.terms.iter().copied().chain((0..).map(TermId).take(len)) {
        values.fill(term);
    }
    let (held, unlike) = held(space, state, &values.values);
    let splits = split(circuit, state, &values.chance, &unlike);
    if !values.chance.is_empty() || !unlike.is_empty() {
        return Found::Split(splits);
    }
    Found::Model(Model::new(space, &values.values, &held))
}

type Truths = HashMap<(SymbolId, Vec<Key>), bool>;

/// The truth of predicates by the values of their arguments, and pairs that differ in it.
fn held(space: &Space, state: &State, values: &[Value]) -> (Truths, Vec<(usize, usize)>) {
    let mut first: HashMap<(SymbolId, Vec<Key>), usize> = HashMap::new();
    let (mut truths, mut unlike) = (HashMap::new(), Vec::new());
    for (number, held) in state.held.iter().enumerate() {
        let key = (held.symbol, keys(space, values, &held.args));
        let other = *first.entry(key.clone()).or_insert(number);
        let truth = *truths.entry(key).or_insert(!held.lit.is_negated());
        if truth == held.lit.is_negated() {
            unlike.push((other, number));
        }
    }
    (truths, unlike)
}

impl Values<'_> {
    fn put(&mut self, term: TermId, value: Value) {
        if let (Some(slot), Some(set)) = (self.values.get_mut(term.0 as usize), self.set.get_mut(term.0 as usize)) {
            (*slot, *set) = (value, true);
        }
    }

    fn get(&self, term: TermId) -> Option<&Value> {
        self.values.get(term.0 as usize).filter(|_| self.set.get(term.0 as usize) == Some(&true))
    }

    /// Places terms that are bounded.
    fn place(&mut self, bounds: &Bounds) -> Option<()> {
        let step = step(bounds)?;
        for (node, (units, less)) in bounds.nodes.iter().zip(&bounds.positions) {
            if let Some(term) = node {
                self.put(*term, Value::Number(units.checked_add(less.checked_mul(step)?)?));
            }
        }
        Some(())
    }

    /// Gives constants their values. Of those without a place each has one of its own, above all others.
    fn known(&mut self) {
        let mut top: BTreeMap<SortId, i128> = BTreeMap::new();
        let mut labels = Vec::new();
        let mut met: HashMap<(SortId, i128), TermId> = HashMap::new();
        for (term, (what, sort, _)) in (0..).map(TermId).zip(self.space.terms()) {
            let place = match (what, self.get(term)) {
                (Term::Constant(Constant::Number(units)), _) => Some(*units),
                (_, Some(Value::Number(units))) => Some(*units),
                _ => None,
            };
            if let Some(units) = place {
                let highest = top.entry(*sort).or_insert(units);
                *highest = units.max(*highest);
            }
            match (what, place) {
                (Term::Constant(_), Some(units)) => {
                    self.put(term, Value::Number(units));
                    if let Some(other) = met.insert((*sort, units), term) {
                        self.chance.push((other, term));
                    }
                }
                (Term::Constant(Constant::Label(label)), None) => labels.push((term, *sort, label)),
                _ => {}
            }
        }
        for (term, sort, label) in labels {
            if self.space.sort_of(term).ordered {
                let highest = top.entry(sort).or_insert(0);
                *highest = highest.saturating_add(UNIT);
                self.put(term, Value::Number(*highest));
            } else {
                self.put(term, Value::Label(label.clone()));
            }
        }
    }

    /// Gives the terms of each class the same value.
    fn classes(&mut self, state: &State) {
        for term in state.terms.iter().copied().filter(|term| !self.space.sort_of(*term).ordered) {
            let root = state.classes.root(term);
            let known = state.classes.constant(self.space, root).and_then(|known| self.get(known).cloned());
            let value = known.or_else(|| self.get(root).cloned()).unwrap_or_else(|| self.new_value());
            self.put(root, value.clone());
            self.put(term, value);
        }
    }

    fn new_value(&mut self) -> Value {
        let value = Value::Fresh(self.fresh);
        self.fresh = self.fresh.saturating_add(1);
        value
    }

    /// Gives a term a value if it has none, or sees whether the one it has is that of its function.
    fn fill(&mut self, term: TermId) {
        let known = self.get(term).cloned();
        let ordered = self.space.sort_of(term).ordered;
        let (Some(Term::Apply(symbol, args)), Some(sort)) = (self.space.term_at(term), self.space.sort_id(term)) else {
            if known.is_none() {
                let value = if ordered { Value::Number(0) } else { self.new_value() };
                self.put(term, value);
            }
            return;
        };
        let key = (*symbol, sort, keys(self.space, &self.values, args));
        match (self.made.get(&key).cloned(), known) {
            (None, known) => {
                let value = known.unwrap_or_else(|| if ordered { Value::Number(0) } else { self.new_value() });
                self.put(term, value.clone());
                self.made.insert(key, (term, value));
            }
            (Some((_, value)), None) => self.put(term, value),
            (Some((other, value)), Some(known)) if other != term && value != known => self.chance.push((other, term)),
            _ => {}
        }
    }
}

/// How many units to go for "less than any unit": one, or as few as there is room for.
fn step(bounds: &Bounds) -> Option<i128> {
    let mut step = UNIT;
    let at = |node: usize| bounds.positions.get(node).copied().unwrap_or_default();
    for edge in &bounds.edges {
        let ((from, from_less), (to, to_less)) = (at(edge.from), at(edge.to));
        let room = from.checked_add(edge.length.0)?.checked_sub(to)?;
        let over = to_less.checked_sub(from_less)?;
        if room > 0 && over > 0 {
            let room = if edge.length.1 < 0 { room - 1 } else { room };
            step = step.min(room / over);
        }
    }
    (step > 0).then_some(step)
}

/// For each pair, what decides whether it is equal.
fn split(circuit: &mut Circuit<'_>, state: &State, terms: &[(TermId, TermId)], held: &[(usize, usize)]) -> Vec<Vec<super::sat::Lit>> {
    let mut clauses = Explain::new(circuit, state);
    for (a, b) in terms {
        let space = clauses.space();
        match (space.term_at(*a), space.term_at(*b)) {
            (Some(Term::Apply(_, left)), Some(Term::Apply(_, right))) => {
                let premises = clauses.same(left, right);
                for conclusion in clauses.both(*a, *b) {
                    clauses.imply(&premises, conclusion);
                }
            }
            _ => {
                let premises = clauses.both(*a, *b);
                clauses.imply(&premises, Said::Known(false));
            }
        }
    }
    for (a, b) in held {
        let (Some(a), Some(b)) = (state.held.get(*a), state.held.get(*b)) else { continue };
        let mut premises = clauses.same(&a.args, &b.args);
        premises.push(Said::Lit(a.lit));
        clauses.imply(&premises, Said::Lit(!b.lit));
    }
    clauses.lemmas
}
