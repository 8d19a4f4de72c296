//! Proofs of what is not so, made of proofs of what is. In: random formulas. Out: that the checker accepts none of what has a model.
//!
//! A formula that cannot hold is weakened until it has a model; then no certificate may prove it, whatever is changed in the old one.

use policy_core::prove::certificate::{Certificate, Claim, Clause, Reason};
use policy_core::prove::{Answer, Atom, Constant, Node, Ref, SortId, Space, Term, TermId, UNIT, checker, solve};

use crate::{BUDGET, number, sort};

/// Numbers that look like chance and are the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % sides
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.roll(all.len())]
    }
}

/// The values of one sort that statements are made of.
struct Values {
    of: SortId,
    ordered: bool,
    terms: Vec<TermId>,
}

/// Values of sorts of every kind: free, known, functions of each other; every other one whole.
fn values(space: &mut Space) -> Vec<Values> {
    let kinds = [("int", true, true), ("exact", false, true), ("uuid", true, false), ("padded", false, false)];
    let mut all = Vec::new();
    for (name, image, ordered) in kinds {
        let of = sort(space, name, image, ordered);
        let mut terms: Vec<TermId> =
            (0..4).map(|at| space.term(Term::Free(format!("{name}{at}")), of, ordered && (image || at % 2 == 0))).collect();
        if ordered {
            terms.extend([0, 1, 2].map(|whole| number(space, of, whole)));
            terms.push(space.constant(Constant::Number(UNIT / 2), of));
        }
        terms.extend(["a", "b"].map(|text| space.constant(Constant::Label(text.to_owned()), of)));
        let f = space.symbol(&format!("f of {name}"));
        let made: Vec<TermId> = [0, 1, 4].map(|at| space.term(Term::Apply(f, vec![terms[at]]), of, ordered && image)).into_iter().collect();
        terms.extend(made);
        all.push(Values { of, ordered, terms });
    }
    all
}

/// A random statement about values of one sort.
fn statement(space: &mut Space, all: &[Values], dice: &mut Dice) -> Ref {
    let values = dice.pick(all);
    let (a, b) = (*dice.pick(&values.terms), *dice.pick(&values.terms));
    let truth = match dice.roll(if values.ordered { 6 } else { 3 }) {
        0 | 1 => space.equal(a, b),
        2 => {
            let symbol = space.symbol(&format!("p of {}", values.of.0));
            space.holds(symbol, vec![a])
        }
        _ => {
            let by = [-UNIT, -UNIT / 2, 0, UNIT / 2, UNIT, 3 * UNIT / 10][dice.roll(6)];
            space.within(a, b, by, dice.roll(2) == 0)
        }
    };
    if dice.roll(3) == 0 { !truth } else { truth }
}

fn formula(space: &mut Space, all: &[Values], dice: &mut Dice) -> Vec<Ref> {
    let count = 5 + dice.roll(8);
    (0..count)
        .map(|_| {
            let one = statement(space, all, dice);
            let other = statement(space, all, dice);
            if dice.roll(3) == 0 { space.or([one, other]) } else { one }
        })
        .collect()
}

/// What no values make all true, by one lemma about values: right only if there are none.
fn in_one_step(space: &Space, root: Ref) -> Option<Certificate> {
    let claim = |of: Ref| Claim { of: of.node(), holds: !of.is_negated() };
    let Some(Node::And(parts)) = space.nodes().get(root.node()).filter(|_| !root.is_negated()) else { return None };
    let clause = |claims: Vec<Claim>, reason| Clause { claims, reason };
    let mut clauses = vec![clause(vec![claim(root)], Reason::Root)];
    clauses.extend(parts.iter().map(|part| clause(vec![!claim(root), claim(*part)], Reason::Circuit(root.node()))));
    clauses.push(clause(parts.iter().map(|part| !claim(*part)).collect(), Reason::Theory));
    let all = (0..clauses.len()).collect();
    clauses.push(clause(Vec::new(), Reason::Learned(all)));
    Some(Certificate { further: Vec::new(), clauses })
}

#[test]
fn no_lemma_excludes_values_that_there_are() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let (mut models, mut proofs) = (0, 0);
    for _ in 0..6_000 {
        let mut space = Space::new();
        let mut all = values(&mut space);
        // Few values meet each other more often.
        let only = all.swap_remove(dice.roll(all.len()));
        let terms = (0..5).map(|_| *dice.pick(&only.terms)).collect();
        let all = [Values { terms, ..only }];
        let count = 2 + dice.roll(7);
        let parts: Vec<Ref> = (0..count).map(|_| statement(&mut space, &all, &mut dice)).collect();
        // That two numbers differ is a choice of two statements.
        let single = |part: &Ref| matches!(space.nodes().get(part.node()), Some(Node::Atom(_))) || !part.is_negated();
        let parts: Vec<Ref> = parts.into_iter().filter(single).collect();
        let root = space.and(parts);
        let Some(certificate) = in_one_step(&space, root) else { continue };
        let accepted = checker::accepts(&space, root, &certificate);
        match solve(&space, root, BUDGET) {
            Answer::Model(model) => {
                assert!(model.truth(root) && !accepted, "{certificate:?}");
                models += 1;
            }
            Answer::Never(_) => proofs += usize::from(accepted),
            Answer::Spent => {}
        }
    }
    assert!(models > 1_000 && proofs > 300, "{models} {proofs}");
}

/// One change, of whatever a certificate is made of.
fn mutate(certificate: &mut Certificate, space: &Space, dice: &mut Dice) {
    let (count, further) = (certificate.clauses.len(), certificate.further.len());
    let atoms = space.nodes().len() + further;
    let at = dice.roll(count);
    match dice.roll(9) {
        0 => drop(certificate.clauses.remove(at)),
        1 => certificate.clauses.swap(at, dice.roll(count)),
        2 => {
            if let Some(Atom::Within { by, strict, .. }) = certificate.further.get_mut(dice.roll(further.max(1))) {
                (*by, *strict) = (*by + [-UNIT, -1, 0, 1, UNIT][dice.roll(5)], dice.roll(2) == 0);
            }
        }
        3 => {
            if let Some(Atom::Within { left, right: Some(right), .. } | Atom::Equal(left, right)) =
                certificate.further.get_mut(dice.roll(further.max(1)))
            {
                std::mem::swap(left, right);
            }
        }
        4 => certificate.clauses[at].reason = certificate.clauses[dice.roll(count)].reason.clone(),
        5 => {
            let all = (0..at).collect();
            certificate.clauses[at].reason = [Reason::Theory, Reason::Learned(all)][dice.roll(2)].clone();
        }
        kind => {
            let claims = &mut certificate.clauses[at].claims;
            match (kind, claims.len()) {
                (6, 1..) => drop(claims.remove(dice.roll(claims.len()))),
                (7, 1..) => {
                    let claim = dice.roll(claims.len());
                    claims[claim] = !claims[claim];
                }
                _ => claims.push(Claim { of: dice.roll(atoms), holds: dice.roll(2) == 0 }),
            }
        }
    }
}

#[test]
fn no_changed_proof_proves_what_has_a_model() {
    let mut dice = Dice(0x0123_4567_89ab_cdef);
    let (mut mutants, mut changed) = (0, 0);
    while mutants < 20_000 {
        let mut space = Space::new();
        let all = values(&mut space);
        let parts = formula(&mut space, &all, &mut dice);
        let root = space.and(parts.iter().copied());
        let weaker: Vec<Ref> = (0..parts.len())
            .map(|without| space.and(parts.iter().enumerate().filter(|(at, _)| *at != without).map(|(_, part)| *part)))
            .collect();
        let Answer::Never(certificate) = solve(&space, root, BUDGET) else { continue };
        assert!(checker::accepts(&space, root, &certificate));
        let open: Vec<Ref> = weaker.into_iter().filter(|weaker| matches!(solve(&space, *weaker, BUDGET), Answer::Model(_))).collect();
        for (number, weak) in open.iter().flat_map(|weak| (0..40).map(move |number| (number, *weak))) {
            let mut mutant = certificate.clone();
            for clause in mutant.clauses.iter_mut().filter(|clause| clause.reason == Reason::Root) {
                clause.claims = vec![Claim { of: weak.node(), holds: !weak.is_negated() }];
            }
            for _ in 0..number % 4 {
                mutate(&mut mutant, &space, &mut dice);
            }
            assert!(!checker::accepts(&space, weak, &mutant), "{mutant:?}");
            // Of the old question it proves what is true anyhow, where it still proves something.
            changed += usize::from(checker::accepts(&space, root, &mutant));
            mutants += 1;
        }
    }
    assert!(changed < mutants);
}
