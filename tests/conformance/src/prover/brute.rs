//! Small questions against all values of a small domain. In: random questions. Out: whether what cannot hold never holds there, what
//! holds does, and every proof is accepted.

use std::collections::BTreeMap;

use policy_core::prove::certificate::Reason;
use policy_core::prove::{Answer, Atom, Constant, Node, Ref, Space, Term, TermId, UNIT, checker, smtlib, solve};

use super::part::{Count, Sample, spread};
use super::questions::{Question, SMALL, question};
use super::replay::replay;
use crate::Failure;
use crate::rng::Rng;

/// More steps than any small question takes.
pub const BUDGET: u64 = 200_000;

/// How many rows of values are tried.
const ROWS: usize = 60_000;

/// Runs a sample.
///
/// # Errors
/// Never; for the form's sake.
pub fn run(sample: Sample) -> Result<Count, Failure> {
    spread(sample.count, |number, count| {
        let mut rng = Rng::new(sample.seed, "brute", number);
        let asked = question(&mut rng, SMALL);
        case(number, &asked, count);
        Ok(())
    })
}

fn case(number: usize, asked: &Question, count: &mut Count) {
    let Question { space, root } = asked;
    count.cases += 1;
    if *root == Ref::TRUE || *root == Ref::FALSE {
        count.note("decided while written");
    }
    let found = model(space, *root);
    count.note(match found {
        Some(true) => "true of some values",
        Some(false) => "true of no values",
        None => "too large to try all values",
    });
    let wrong = match solve(space, *root, BUDGET) {
        Answer::Spent => {
            count.declined += 1;
            None
        }
        Answer::Never(_) if found == Some(true) => Some("never, but it holds of some values".to_owned()),
        Answer::Never(certificate) => {
            count.note("proved");
            if certificate.clauses.iter().any(|clause| clause.reason == Reason::Theory) {
                count.note("proved by what is known of values");
            }
            (!checker::accepts(space, *root, &certificate)).then(|| "the proof is refused".to_owned())
        }
        Answer::Model(model) => {
            if found == Some(false) {
                count.note("holds of values outside the domain");
            }
            replay(space, *root, &model).err()
        }
    };
    if let Some(wrong) = wrong {
        count.differ(format!("{number}: {wrong}\n{}", smtlib::write(space, *root)));
    }
}

/// A value: a place of an ordered sort, or one of so many of another.
type Place = i128;

/// Whether the formula holds of some values of the domain; absent if there are too many.
fn model(space: &Space, root: Ref) -> Option<bool> {
    let frees = space.terms().iter().filter(|(term, ..)| !matches!(term, Term::Constant(_))).count();
    let domains: Vec<Vec<Place>> =
        (0..).map(TermId).zip(space.terms()).map(|(term, (what, ..))| domain(space, term, what, frees)).collect();
    let rows = domains.iter().try_fold(1_usize, |rows, domain| rows.checked_mul(domain.len()).filter(|rows| *rows <= ROWS))?;
    let mut values = vec![0; domains.len()];
    for row in 0..rows {
        let mut rest = row;
        for (value, domain) in values.iter_mut().zip(&domains) {
            *value = domain[rest % domain.len()];
            rest /= domain.len();
        }
        if is_world(space, &values) && holds(space, root, &values) {
            return Some(true);
        }
    }
    Some(false)
}

fn domain(space: &Space, term: TermId, what: &Term, frees: usize) -> Vec<Place> {
    let ordered = space.sort_of(term).ordered;
    // Constants of a sort without an order are told apart from each other and from the free values by their number.
    match what {
        Term::Constant(Constant::Number(units)) if ordered => vec![*units],
        Term::Constant(_) if !ordered => vec![1000 + i128::from(term.0)],
        _ if ordered && space.is_integral(term) => (-2..=3).map(|whole| whole * UNIT).collect(),
        _ if ordered => (-3..=9).map(|quarter| quarter * UNIT / 4).collect(),
        _ => {
            let sort = space.sort_id(term);
            let constants = (0..)
                .map(TermId)
                .zip(space.terms())
                .filter(|(other, (what, ..))| matches!(what, Term::Constant(_)) && space.sort_id(*other) == sort);
            constants.map(|(other, _)| 1000 + i128::from(other.0)).chain((0..frees as i128).take(4)).collect()
        }
    }
}

/// What tells arguments apart.
fn keys(space: &Space, values: &[Place], args: &[TermId]) -> Vec<(bool, u32, Place)> {
    let key = |arg: &TermId| match (space.sort_of(*arg).image, space.sort_id(*arg)) {
        (true, Some(sort)) => (true, sort.0, values[arg.0 as usize]),
        _ => (false, arg.0, 0),
    };
    args.iter().map(key).collect()
}

/// Whether functions of the same are the same, and labels are no other constants.
fn is_world(space: &Space, values: &[Place]) -> bool {
    let mut functions = BTreeMap::new();
    let mut constants = BTreeMap::new();
    for ((what, sort, _), value) in space.terms().iter().zip(values) {
        let fits = match what {
            Term::Apply(symbol, args) => *functions.entry((*symbol, *sort, keys(space, values, args))).or_insert(*value) == *value,
            Term::Constant(constant) => *constants.entry((*sort, *value)).or_insert(constant) == constant,
            Term::Free(_) => true,
        };
        if !fits {
            return false;
        }
    }
    true
}

/// Whether the formula is true for some truths of its predicates.
fn holds(space: &Space, root: Ref, values: &[Place]) -> bool {
    let mut known = BTreeMap::new();
    let predicates: Vec<Option<usize>> = space
        .nodes()
        .iter()
        .map(|node| {
            let Node::Atom(Atom::Holds(symbol, args)) = node else { return None };
            let next = known.len();
            Some(*known.entry((*symbol, keys(space, values, args))).or_insert(next))
        })
        .collect();
    let mut truths = vec![false; space.nodes().len()];
    (0..1_usize << known.len()).any(|chosen| {
        for (number, node) in space.nodes().iter().enumerate() {
            let at = |term: TermId| values[term.0 as usize];
            truths[number] = match node {
                Node::True => true,
                Node::And(parts) => parts.iter().all(|part| truths[part.node()] != part.is_negated()),
                Node::Atom(Atom::Equal(a, b)) => at(*a) == at(*b),
                Node::Atom(Atom::Within { left, right, by, strict }) => {
                    let apart = at(*left) - right.map_or(0, at);
                    if *strict { apart < *by } else { apart <= *by }
                }
                Node::Atom(Atom::Holds(..)) => predicates[number].is_some_and(|bit| chosen >> bit & 1 == 1),
            };
        }
        truths[root.node()] != root.is_negated()
    })
}
