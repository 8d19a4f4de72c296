//! What of a search proves that nothing holds. In: all its clauses, the empty one last. Out: a certificate of those that the empty one
//! needs. Must not know how they were found.

use super::circuit::{Circuit, Gate};
use super::sat::{Id, Lit, Sat, Why};
use crate::prove::certificate::{Certificate, Claim, Clause, Reason};

/// Reads the proof of a clause off a search.
pub(super) fn proof(circuit: &Circuit<'_>, sat: &Sat, empty: Id) -> Certificate {
    let mut needed = vec![false; sat.clauses.len()];
    let mut open = vec![empty];
    while let Some(id) = open.pop() {
        match needed.get_mut(id) {
            Some(slot) if !*slot => *slot = true,
            _ => continue,
        }
        if let Some(Why::Learned(from)) = sat.clauses.get(id).map(|clause| &clause.why) {
            open.extend(from);
        }
    }
    let mut certificate = Certificate::default();
    let mut claims: Vec<Option<usize>> = vec![None; circuit.len()];
    let mut places = vec![0; sat.clauses.len()];
    for (id, clause) in sat.clauses.iter().enumerate().filter(|(id, _)| needed.get(*id) == Some(&true)) {
        if let Some(place) = places.get_mut(id) {
            *place = certificate.clauses.len();
        }
        let reason = match &clause.why {
            Why::Root => Reason::Root,
            Why::Circuit(variable) => Reason::Circuit(circuit.node(*variable).unwrap_or(0)),
            Why::Theory => Reason::Theory,
            Why::Learned(from) => Reason::Learned(from.iter().filter_map(|id| places.get(*id).copied()).collect()),
        };
        let claims = clause.lits.iter().map(|lit| claim(circuit, *lit, &mut claims, &mut certificate)).collect();
        certificate.clauses.push(Clause { claims, reason });
    }
    certificate
}

fn claim(circuit: &Circuit<'_>, lit: Lit, known: &mut [Option<usize>], certificate: &mut Certificate) -> Claim {
    let holds = !lit.is_negated();
    if let Some(node) = circuit.node(lit.variable()) {
        return Claim { of: node, holds };
    }
    let next = circuit.space.nodes().len() + certificate.further.len();
    let of = match known.get_mut(lit.variable()) {
        Some(slot) => *slot.get_or_insert(next),
        None => next,
    };
    if of == next
        && let Gate::Atom(atom) = circuit.gate(lit.variable())
    {
        certificate.further.push(atom.clone());
    }
    Claim { of, holds }
}
