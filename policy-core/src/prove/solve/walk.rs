//! What has to hold so that the question holds. In: what is true so far. Out: the next decision, or atoms that suffice. Must not know
//! what an atom says.

use super::circuit::{Circuit, Gate};
use super::sat::{Lit, Sat};
use super::slots::Slots;

/// Where a walk ends.
pub(super) enum Walk {
    /// Nothing makes this part true yet: suppose this.
    Decide(Lit),
    /// These literals of atoms make all of it true.
    Enough(Vec<Lit>),
}

/// Walks from the root, and from clauses that have to be satisfied.
pub(super) fn walk(circuit: &Circuit<'_>, sat: &mut Sat, further: &[Vec<Lit>]) -> Walk {
    let mut seen: Slots<bool> = Slots::new(circuit.len());
    let mut open = vec![circuit.root];
    let mut enough = Vec::new();
    let mut clauses = further.iter();
    loop {
        let Some(lit) = open.pop() else {
            let Some(clause) = clauses.next() else { return Walk::Enough(enough) };
            match pick(clause.iter().copied(), sat, &seen) {
                Some((lit, true)) => open.push(lit),
                Some((lit, false)) => return Walk::Decide(lit),
                None => {}
            }
            continue;
        };
        if seen.at(lit.variable()) {
            continue;
        }
        seen.set(lit.variable(), true);
        match circuit.gate(lit.variable()) {
            Gate::True => {}
            Gate::Atom(_) => enough.push(lit),
            Gate::And(parts) if !lit.is_negated() => open.extend(parts.iter().rev().copied()),
            Gate::And(parts) => match pick(parts.iter().map(|part| !*part), sat, &seen) {
                Some((lit, true)) => open.push(lit),
                Some((lit, false)) => return Walk::Decide(lit),
                None => {}
            },
        }
    }
}

/// One that is true, best one that is needed anyway; else the one to suppose.
fn pick(of: impl Iterator<Item = Lit>, sat: &mut Sat, seen: &Slots<bool>) -> Option<(Lit, bool)> {
    let (mut holds, mut best): (Option<Lit>, Option<(u64, Lit)>) = (None, None);
    let mut looked = 0;
    for lit in of {
        looked += 1;
        match sat.trail.value(lit) {
            Some(true) if seen.at(lit.variable()) => {
                holds = Some(lit);
                break;
            }
            Some(true) => holds = holds.or(Some(lit)),
            Some(false) => {}
            None => {
                let activity = sat.activity(lit);
                if best.is_none_or(|(most, _)| activity > most) {
                    best = Some((activity, lit));
                }
            }
        }
    }
    sat.steps += looked / 16;
    holds.map(|lit| (lit, true)).or(best.map(|(_, lit)| (lit, false)))
}
