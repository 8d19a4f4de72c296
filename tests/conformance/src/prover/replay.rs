//! Whether a model is one. In: a space, a formula, a model. Out: what is wrong with it. Must not know: how the model came about; reads
//! the values of terms and the truths of predicates, and works out everything else once more.

use std::collections::BTreeMap;

use policy_core::prove::{Atom, Constant, Model, Node, Ref, Space, Term, TermId, UNIT, Value};

/// What tells arguments apart: themselves, or their values where equal values are the same.
fn keys(space: &Space, model: &Model, args: &[TermId]) -> Vec<(Option<TermId>, String, Option<Value>)> {
    let key = |arg: &TermId| {
        let sort = space.sort_of(*arg);
        if sort.image { (None, sort.name.clone(), Some(model.value(*arg))) } else { (Some(*arg), sort.name.clone(), None) }
    };
    args.iter().map(key).collect()
}

/// Whether the values are those of one world, and the formula true of them.
///
/// # Errors
/// What is wrong.
pub fn replay(space: &Space, root: Ref, model: &Model) -> Result<(), String> {
    let mut functions = BTreeMap::new();
    for (term, (what, sort, whole)) in (0..).map(TermId).zip(space.terms()) {
        let value = model.value(term);
        let own = match what {
            Term::Constant(Constant::Number(units)) => value == Value::Number(*units),
            Term::Constant(Constant::Label(label)) => value == Value::Label(label.clone()),
            Term::Free(_) => true,
            Term::Apply(symbol, args) => {
                let key = (*symbol, *sort, keys(space, model, args));
                *functions.entry(key).or_insert_with(|| value.clone()) == value
            }
        };
        if !own {
            return Err(format!("t{} is {value:?}", term.0));
        }
        let place = model.place(term);
        if space.sort_of(term).ordered {
            let Some(place) = place else { return Err(format!("t{} has no place", term.0)) };
            if *whole && place % UNIT != 0 {
                return Err(format!("t{} is no whole number", term.0));
            }
            for other in (0..term.0).map(TermId).filter(|other| space.sort_id(*other) == Some(*sort)) {
                if (model.place(other) == Some(place)) != (model.value(other) == value) {
                    return Err(format!("t{} and t{} are equal by place or by value alone", other.0, term.0));
                }
            }
        }
    }
    let mut truths: Vec<bool> = Vec::new();
    let mut predicates = BTreeMap::new();
    for (number, node) in space.nodes().iter().enumerate() {
        let place = |term: TermId| model.place(term).unwrap_or(i128::MAX / 2);
        let truth = match node {
            Node::True => true,
            Node::And(parts) => parts.iter().all(|part| truths[part.node()] != part.is_negated()),
            Node::Atom(Atom::Equal(a, b)) => model.value(*a) == model.value(*b),
            Node::Atom(Atom::Within { left, right, by, strict }) => {
                let apart = place(*left) - right.map_or(0, place);
                if *strict { apart < *by } else { apart <= *by }
            }
            Node::Atom(Atom::Holds(symbol, args)) => {
                let said = model.truth(Ref::of(number));
                if *predicates.entry((*symbol, keys(space, model, args))).or_insert(said) != said {
                    return Err(format!("n{number} differs from the same predicate of the same values"));
                }
                said
            }
        };
        if truth != model.truth(Ref::of(number)) {
            return Err(format!("n{number} is {truth}"));
        }
        truths.push(truth);
    }
    if truths[root.node()] == root.is_negated() { Err("the root is false".to_owned()) } else { Ok(()) }
}
