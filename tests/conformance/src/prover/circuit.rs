//! What a formula says of a row. In: a question encoded, a row. Out: the truth of a node, if the row decides it. Must not know SQL; reads
//! the circuit node by node.

use std::collections::BTreeMap;

use policy_core::prove::encode::{Encoded, Holder};
use policy_core::prove::evaluate::{Row, Value};
use policy_core::prove::{Atom, Constant, Node, Ref, Term, TermId, UNIT};

#[derive(Clone, Debug, PartialEq)]
enum Known {
    Number(i128),
    Label(String),
}

fn known(value: &Value) -> Option<Known> {
    Some(match value {
        Value::Int(value) | Value::Date(value) => Known::Number(i128::from(*value) * UNIT),
        Value::Label(_, at) => Known::Number(i128::try_from(*at).ok()? * UNIT),
        Value::Text(text) | Value::Uuid(text) => Known::Label(text.clone()),
        _ => return None,
    })
}

/// The truth of every node, as far as the row decides it.
#[must_use]
pub fn truths(encoded: &Encoded, row: &Row) -> Vec<Option<bool>> {
    let mut said: BTreeMap<usize, bool> = BTreeMap::new();
    let mut values: BTreeMap<TermId, Known> = BTreeMap::new();
    for field in encoded.fields.iter().filter(|field| field.holder == Holder::Row(0)) {
        let Some(value) = row.own.get(&field.name) else { continue };
        said.insert(field.null.node(), (*value == Value::Null) != field.null.is_negated());
        if let Value::Bool(value) = value {
            said.insert(field.truth.node(), *value != field.truth.is_negated());
        }
        values.extend(known(value).map(|value| (field.term, value)));
    }
    for (number, (term, ..)) in (0..).map(TermId).zip(encoded.space.terms()) {
        match term {
            Term::Constant(Constant::Number(units)) => values.insert(number, Known::Number(*units)),
            Term::Constant(Constant::Label(label)) => values.insert(number, Known::Label(label.clone())),
            Term::Free(_) | Term::Apply(..) => None,
        };
    }
    let mut truths: Vec<Option<bool>> = Vec::new();
    for (number, node) in encoded.space.nodes().iter().enumerate() {
        let truth = match node {
            Node::True => Some(true),
            Node::And(parts) => {
                let parts: Vec<Option<bool>> = parts.iter().map(|part| of(&truths, *part)).collect();
                if parts.contains(&Some(false)) { Some(false) } else { parts.into_iter().try_fold(true, |all, part| Some(all && part?)) }
            }
            Node::Atom(Atom::Equal(a, b)) => values.get(a).zip(values.get(b)).map(|(a, b)| a == b),
            Node::Atom(Atom::Within { left, right, by, strict }) => {
                let units = |term: &TermId| if let Some(Known::Number(units)) = values.get(term) { Some(*units) } else { None };
                let right = right.as_ref().map_or(Some(0), units);
                units(left).zip(right).map(|(left, right)| left - right < *by || (left - right == *by && !strict))
            }
            Node::Atom(Atom::Holds(..)) => said.get(&number).copied(),
        };
        truths.push(truth);
    }
    truths
}

/// The truth of a node or its negation.
#[must_use]
pub fn of(truths: &[Option<bool>], node: Ref) -> Option<bool> {
    truths.get(node.node()).copied().flatten().map(|truth| truth != node.is_negated())
}
