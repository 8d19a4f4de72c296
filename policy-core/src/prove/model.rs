//! Values of which a formula is true. In: a value for every term, a truth for every predicate. Out: both, and the truth of every node,
//! worked out from the values. Must not know how the values were found.

use super::space::{Atom, Constant, Node, Ref, Space, SymbolId, TermId};
use std::collections::HashMap;

/// The value of a term.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// A number of units; in an ordered sort without numbers, a place in its order.
    Number(i128),
    /// The constant of that text.
    Label(String),
    /// Some value that is no constant: the same one where the number is the same.
    Fresh(u32),
}

/// What a function or predicate is told from others by: arguments by value where equal values are the same value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Term(TermId),
    Value(u32, Value),
}

/// Values of which a formula is true.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Model {
    values: Vec<Value>,
    places: Vec<Option<i128>>,
    truths: Vec<bool>,
}

impl Model {
    /// Works out the truth of every node. `values` are by term, places for all terms of ordered sorts.
    pub(super) fn new(space: &Space, values: &[Value], held: &HashMap<(SymbolId, Vec<Key>), bool>) -> Model {
        let mut truths: Vec<bool> = Vec::with_capacity(space.nodes().len());
        for node in space.nodes() {
            let truth = match node {
                Node::True => true,
                Node::And(parts) => parts.iter().all(|part| of(&truths, *part)),
                Node::Atom(Atom::Equal(a, b)) => at(values, *a).is_some() && at(values, *a) == at(values, *b),
                Node::Atom(Atom::Within { left, right, by, strict }) => {
                    let right = right.map_or(Some(&Value::Number(0)), |right| at(values, right));
                    match (at(values, *left), right) {
                        (Some(Value::Number(left)), Some(Value::Number(right))) => {
                            left.checked_sub(*right).is_some_and(|apart| apart < *by || apart == *by && !strict)
                        }
                        _ => false,
                    }
                }
                Node::Atom(Atom::Holds(symbol, args)) => held.get(&(*symbol, keys(space, values, args))).copied().unwrap_or(false),
            };
            truths.push(truth);
        }
        let place = |value: &Value| if let Value::Number(units) = value { Some(*units) } else { None };
        Model { values: named(space, values), places: values.iter().map(place).collect(), truths }
    }

    /// Whether a node, or its negation, is true.
    #[must_use]
    pub fn truth(&self, of_node: Ref) -> bool {
        of(&self.truths, of_node)
    }

    /// The value of a term.
    #[must_use]
    pub fn value(&self, term: TermId) -> Value {
        at(&self.values, term).cloned().unwrap_or(Value::Fresh(u32::MAX))
    }

    /// Where a term stands in the order of its sort, in units: a constant without a number has a place as well.
    #[must_use]
    pub fn place(&self, term: TermId) -> Option<i128> {
        self.places.get(term.0 as usize).copied().flatten()
    }
}

/// The values as they are shown: a place that a constant has is that constant.
fn named(space: &Space, values: &[Value]) -> Vec<Value> {
    let mut labels = HashMap::new();
    let terms = || (0..).map(TermId).zip(space.terms()).zip(values);
    for ((term, (.., sort, _)), value) in terms() {
        if let Some(Constant::Label(label)) = space.constant_of(term) {
            labels.insert((*sort, value), Value::Label(label.clone()));
        }
    }
    terms().map(|((_, (.., sort, _)), value)| labels.get(&(*sort, value)).unwrap_or(value).clone()).collect()
}

/// What arguments have in common with others of which a function is the same.
pub(super) fn keys(space: &Space, values: &[Value], args: &[TermId]) -> Vec<Key> {
    let key = |arg: &TermId| match (space.sort_of(*arg).image, space.sort_id(*arg), at(values, *arg)) {
        (true, Some(sort), Some(value)) => Key::Value(sort.0, value.clone()),
        _ => Key::Term(*arg),
    };
    args.iter().map(key).collect()
}

fn at(values: &[Value], term: TermId) -> Option<&Value> {
    values.get(term.0 as usize)
}

fn of(truths: &[bool], node: Ref) -> bool {
    truths.get(node.node()).copied().unwrap_or(false) != node.is_negated()
}
