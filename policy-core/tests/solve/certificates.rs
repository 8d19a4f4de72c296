//! What is done to a proof so that it proves nothing any more. In: proofs. Out: that the checker refuses what does not follow.

use policy_core::prove::certificate::{Certificate, Claim, Reason};
use policy_core::prove::{Answer, Ref, Space, Term, TermId, UNIT, checker, solve};

use crate::{BUDGET, number, sort};

/// A question whose proof needs clauses of all kinds.
fn proof() -> (Space, Ref, Certificate) {
    let mut space = Space::new();
    let (uuid, int) = (sort(&mut space, "uuid", true, false), sort(&mut space, "int", true, true));
    let [a, b, c, d] = ["a", "b", "c", "d"].map(|name| space.free(name, uuid));
    let [x, y] = ["x", "y"].map(|name| space.term(Term::Free(name.to_owned()), int, true));
    let f = space.symbol("f");
    let [fx, fy] = [x, y].map(|arg| space.term(Term::Apply(f, vec![arg]), uuid, false));
    let (two, three) = (number(&mut space, int, 2), number(&mut space, int, 3));
    let ways = [(b, c), (c, d)].map(|(m, n)| {
        let links = [space.equal(a, m), space.equal(m, n), space.equal(n, fx)];
        space.and(links)
    });
    let either = space.or(ways);
    let parts = [either, space.within(two, x, 0, true), space.within(x, three, 0, false), space.equal(y, three), !space.equal(a, fy)];
    let root = space.and(parts);
    let Answer::Never(certificate) = solve(&space, root, BUDGET) else { panic!("it holds") };
    (space, root, certificate)
}

/// Whether some values make all claims of a theory clause false: tried one by one, from what the terms above may be.
fn is_theory(space: &Space, certificate: &Certificate, claims: &[Claim]) -> bool {
    use policy_core::prove::Atom;
    let terms: Vec<TermId> = (0..).map(TermId).take(space.terms().len()).collect();
    let free: Vec<TermId> = terms.iter().copied().filter(|term| space.constant_of(*term).is_none()).collect();
    let mut chosen = vec![0_i128; terms.len()];
    for term in &terms {
        if let Some(policy_core::prove::Constant::Number(units)) = space.constant_of(*term) {
            chosen[term.0 as usize] = units / UNIT;
        }
    }
    let choices = 5_usize;
    (0..choices.pow(u32::try_from(free.len()).unwrap())).all(|mut row| {
        for term in &free {
            chosen[term.0 as usize] = i128::try_from(row % choices).unwrap();
            row /= choices;
        }
        let at = |term: TermId| chosen[term.0 as usize];
        let world = terms.iter().all(|one| {
            terms.iter().all(|other| match (space.term_at(*one), space.term_at(*other)) {
                (Some(Term::Apply(_, left)), Some(Term::Apply(_, right))) => at(left[0]) != at(right[0]) || at(*one) == at(*other),
                _ => true,
            })
        });
        let truth = |claim: &Claim| match certificate.atom(space, *claim) {
            Some(Atom::Equal(a, b)) => (at(*a) == at(*b)) == claim.holds,
            Some(Atom::Within { left, right, by, strict }) => {
                let apart = (at(*left) - right.map_or(0, at)) * UNIT;
                (apart < *by || apart == *by && !strict) == claim.holds
            }
            _ => false,
        };
        !world || claims.iter().any(truth)
    })
}

#[test]
fn a_proof_has_clauses_of_all_kinds() {
    let (space, root, certificate) = proof();
    assert!(checker::accepts(&space, root, &certificate));
    let has = |wanted: fn(&Reason) -> bool| certificate.clauses.iter().any(|clause| wanted(&clause.reason));
    assert!(has(|reason| matches!(reason, Reason::Root)) && has(|reason| matches!(reason, Reason::Circuit(_))));
    assert!(has(|reason| matches!(reason, Reason::Theory)) && has(|reason| matches!(reason, Reason::Learned(_))));
}

#[test]
fn a_proof_without_its_end_is_refused() {
    let (space, root, mut certificate) = proof();
    certificate.clauses.pop();
    assert!(!checker::accepts(&space, root, &certificate));
    assert!(!checker::accepts(&space, root, &Certificate::default()));
}

#[test]
fn a_proof_of_another_question_is_refused() {
    let (space, root, certificate) = proof();
    assert!(!checker::accepts(&space, !root, &certificate));
    assert!(!checker::accepts(&space, Ref::TRUE, &certificate));
}

/// Every clause without one claim, with one claim turned, with another reason; every list of reasons without one of them.
#[test]
fn a_changed_clause_is_refused_unless_it_is_still_true() {
    let (space, root, certificate) = proof();
    let mut refused = 0;
    for number in 0..certificate.clauses.len() {
        let clause = &certificate.clauses[number];
        for at in 0..clause.claims.len() {
            for drop in [true, false] {
                let mut changed = certificate.clone();
                let claims = &mut changed.clauses[number].claims;
                if drop {
                    claims.remove(at);
                } else {
                    claims[at] = !claims[at];
                }
                let claims = claims.clone();
                let accepted = checker::accepts(&space, root, &changed);
                if matches!(clause.reason, Reason::Learned(_)) {
                    // What is learned may be stronger than it has to be, never the opposite of it.
                    assert!(!accepted || drop, "{number} {at}");
                } else {
                    let is_true = matches!(clause.reason, Reason::Theory) && is_theory(&space, &certificate, &claims);
                    assert!(!accepted || is_true, "{number} {at} {drop}");
                }
                refused += usize::from(!accepted);
            }
        }
        if let Reason::Learned(from) = &clause.reason {
            for at in 0..from.len() {
                let mut changed = certificate.clone();
                let Reason::Learned(from) = &mut changed.clauses[number].reason else { continue };
                from.remove(at);
                assert!(!checker::accepts(&space, root, &changed), "{number} without {at}");
                refused += 1;
            }
            let mut changed = certificate.clone();
            changed.clauses[number].reason = Reason::Theory;
            assert!(!checker::accepts(&space, root, &changed) || is_theory(&space, &certificate, &clause.claims));
            // A clause that needs itself, or one after it.
            changed.clauses[number].reason = Reason::Learned(vec![number]);
            assert!(!checker::accepts(&space, root, &changed));
        }
    }
    assert!(refused > 60, "{refused}");
}

#[test]
fn a_lemma_that_is_not_true_of_all_values_is_refused() {
    let (space, root, certificate) = proof();
    for number in 0..space.nodes().len() {
        for holds in [true, false] {
            let mut changed = certificate.clone();
            let claims = vec![Claim { of: number, holds }];
            if certificate.atom(&space, claims[0]).is_none() {
                continue;
            }
            // Before the last one, which nothing refers to: so nothing else becomes wrong.
            changed.clauses.insert(changed.clauses.len() - 1, policy_core::prove::certificate::Clause { claims, reason: Reason::Theory });
            assert!(!checker::accepts(&space, root, &changed));
        }
    }
}
