//! Reads a proof again. In: a space, a formula, a certificate. Out: whether the certificate proves that the formula cannot hold. Must
//! not know how certificates come about, and shares nothing with what makes them.
//!
//! Slow and plain: it is what has to be right. Nothing that it cannot follow is accepted.

use std::collections::{BTreeMap, BTreeSet};

use super::certificate::{Certificate, Claim, Clause, Reason};
use super::space::{Atom, Constant, Node, Ref, Space, Term, TermId, UNIT};

/// Whether a certificate proves that `root` cannot hold.
#[must_use]
pub fn accepts(space: &Space, root: Ref, certificate: &Certificate) -> bool {
    let known = |number: usize, clause: &Clause| match &clause.reason {
        Reason::Root => clause.claims == [said(root)],
        Reason::Circuit(node) => describes(space, *node, &clause.claims),
        Reason::Theory => excluded(space, certificate, &clause.claims),
        Reason::Learned(from) => from.iter().all(|from| *from < number) && follows(certificate, from, &clause.claims),
    };
    certificate.clauses.last().is_some_and(|last| last.claims.is_empty())
        && certificate.clauses.iter().enumerate().all(|(number, clause)| known(number, clause))
}

fn said(of: Ref) -> Claim {
    Claim { of: of.node(), holds: !of.is_negated() }
}

/// Whether a clause says no more than what a node is.
fn describes(space: &Space, node: usize, claims: &[Claim]) -> bool {
    let own = Claim { of: node, holds: true };
    match space.nodes().get(node) {
        Some(Node::True) => claims.contains(&own),
        Some(Node::And(parts)) => {
            let one = claims.contains(&!own) && parts.iter().any(|part| claims.contains(&said(*part)));
            let all = claims.contains(&own) && parts.iter().all(|part| claims.contains(&!said(*part)));
            one || all
        }
        Some(Node::Atom(_)) | None => false,
    }
}

/// Whether the clauses contradict each other by propagation where all claims are false.
fn follows(certificate: &Certificate, from: &[usize], claims: &[Claim]) -> bool {
    let mut truths: BTreeMap<usize, bool> = BTreeMap::new();
    for claim in claims {
        if truths.insert(claim.of, !claim.holds) == Some(claim.holds) {
            return true;
        }
    }
    loop {
        let mut new = false;
        for clause in from.iter().filter_map(|from| certificate.clauses.get(*from)) {
            let is = |claim: &Claim| truths.get(&claim.of).map(|truth| *truth == claim.holds);
            if clause.claims.iter().any(|claim| is(claim) == Some(true)) {
                continue;
            }
            let open: BTreeSet<Claim> = clause.claims.iter().filter(|claim| is(claim).is_none()).copied().collect();
            match open.first() {
                None => return true,
                Some(only) if open.len() == 1 => new |= truths.insert(only.of, only.holds).is_none(),
                Some(_) => {}
            }
        }
        if !new {
            return false;
        }
    }
}

/// A length: units, and less than that.
type Length = (i128, bool);

/// Whether no values make all claims false.
fn excluded(space: &Space, certificate: &Certificate, claims: &[Claim]) -> bool {
    let mut facts = Facts { space, terms: Vec::new(), lengths: BTreeMap::new(), equal: BTreeSet::new() };
    let mut statements = Vec::new();
    for claim in claims {
        let Some(atom) = certificate.atom(space, *claim) else { return false };
        statements.push((atom, !claim.holds));
    }
    for (atom, holds) in &statements {
        facts.enter(atom, *holds);
    }
    facts.saturate();
    facts.clash() || statements.iter().any(|(atom, holds)| !holds && matches!(atom, Atom::Equal(a, b) if facts.same(*a, *b))) || {
        let held = |wanted: bool| statements.iter().filter(move |(_, holds)| *holds == wanted);
        held(true).any(|(yes, _)| held(false).any(|(no, _)| facts.alike(yes, no)))
    }
}

/// What follows from some statements. An absent term is zero, of every sort.
struct Facts<'a> {
    space: &'a Space,
    terms: Vec<TermId>,
    /// `left - right` is at most that.
    lengths: BTreeMap<(Option<TermId>, Option<TermId>), Length>,
    equal: BTreeSet<(TermId, TermId)>,
}

impl Facts<'_> {
    fn enter(&mut self, atom: &Atom, holds: bool) {
        match atom {
            Atom::Equal(a, b) => {
                self.meet(&[*a, *b]);
                if holds {
                    self.equal.extend([(*a, *b), (*b, *a)]);
                }
            }
            Atom::Within { left, right, by, strict } => {
                self.meet(&[*left]);
                self.meet(right.as_slice());
                match (holds, by.checked_neg()) {
                    (true, _) => self.bound(Some(*left), *right, (*by, *strict)),
                    (false, Some(by)) => self.bound(*right, Some(*left), (by, !*strict)),
                    (false, None) => false,
                };
            }
            Atom::Holds(_, args) => self.meet(args),
        }
    }

    /// Takes in terms and what they are made of.
    fn meet(&mut self, terms: &[TermId]) {
        for term in terms {
            if self.terms.contains(term) {
                continue;
            }
            self.terms.push(*term);
            match self.space.term_at(*term) {
                Some(Term::Apply(_, args)) => self.meet(args),
                Some(Term::Constant(Constant::Number(units))) if self.space.sort_of(*term).ordered => {
                    self.bound(Some(*term), None, (*units, false));
                    if let Some(units) = units.checked_neg() {
                        self.bound(None, Some(*term), (units, false));
                    }
                }
                _ => {}
            }
        }
    }

    /// Takes in a bound, as whole as its ends; answers whether it was new.
    fn bound(&mut self, left: Option<TermId>, right: Option<TermId>, (by, strict): Length) -> bool {
        let whole = [left, right].into_iter().flatten().all(|term| self.space.is_integral(term));
        let down = by.div_euclid(UNIT).checked_mul(UNIT);
        let tight = match (whole, down) {
            (true, Some(down)) if down == by && strict => down.checked_sub(UNIT).map(|by| (by, false)),
            (true, Some(down)) => Some((down, false)),
            _ => Some((by, strict)),
        };
        let Some((by, strict)) = tight else { return false };
        let known = self.lengths.get(&(left, right));
        let better = known.is_none_or(|(before, excluded)| by < *before || by == *before && strict && !excluded);
        if better {
            self.lengths.insert((left, right), (by, strict));
        }
        better
    }

    /// Draws every consequence. Stops where a bound contradicts itself, for it would shrink for ever.
    fn saturate(&mut self) {
        loop {
            let mut new = false;
            let lengths: Vec<_> = self.lengths.iter().map(|(ends, length)| (*ends, *length)).collect();
            for ((left, middle), (first, strict)) in &lengths {
                for ((_, right), (second, also)) in lengths.iter().filter(|((from, _), _)| from == middle) {
                    if let Some(sum) = first.checked_add(*second).filter(|_| self.of_one_sort(*left, *right)) {
                        new |= self.bound(*left, *right, (sum, *strict || *also));
                    }
                }
            }
            for a in self.terms.clone() {
                for b in self.terms.clone() {
                    new |= a != b && self.same(a, b) && self.equal.insert((a, b));
                    new |= self.equal(a, b) && self.space.sort_of(a).ordered && self.bound(Some(a), Some(b), (0, false));
                }
            }
            if !new || self.clash() {
                return;
            }
        }
    }

    fn of_one_sort(&self, left: Option<TermId>, right: Option<TermId>) -> bool {
        left.zip(right).is_none_or(|(left, right)| self.space.sort_id(left) == self.space.sort_id(right))
    }

    fn equal(&self, a: TermId, b: TermId) -> bool {
        a == b || self.equal.contains(&(a, b))
    }

    /// Whether two terms are equal by what is known so far.
    fn same(&self, a: TermId, b: TermId) -> bool {
        let most = |a, b| self.lengths.get(&(Some(a), Some(b))).is_some_and(|(by, strict)| *by < 0 || *by == 0 && !strict);
        let functions = match (self.space.term_at(a), self.space.term_at(b)) {
            (Some(Term::Apply(f, left)), Some(Term::Apply(g, right))) => f == g && self.all_equal(left, right),
            _ => false,
        };
        self.space.sort_id(a) == self.space.sort_id(b)
            && (self.equal(a, b)
                || functions
                || self.terms.iter().any(|middle| self.equal(a, *middle) && self.equal(*middle, b))
                || self.space.sort_of(a).ordered && most(a, b) && most(b, a))
    }

    /// Whether arguments are the same values: equal ones are only where equality is being the same.
    fn all_equal(&self, left: &[TermId], right: &[TermId]) -> bool {
        let same = |(a, b): (&TermId, &TermId)| a == b || self.space.sort_of(*a).image && self.equal(*a, *b);
        left.len() == right.len() && left.iter().zip(right).all(same)
    }

    fn alike(&self, yes: &Atom, no: &Atom) -> bool {
        matches!((yes, no), (Atom::Holds(p, left), Atom::Holds(q, right)) if p == q && self.all_equal(left, right))
    }

    /// Whether something is smaller than itself, or a known value another one.
    fn clash(&self) -> bool {
        let constant = |term: TermId| self.space.constant_of(term);
        let is_number = |term: TermId| {
            let (up, down) = (self.lengths.get(&(Some(term), None)), self.lengths.get(&(None, Some(term))));
            let Some(((up, false), (down, false))) = up.copied().zip(down.copied()) else { return false };
            up.checked_add(down) == Some(0) && self.space.sort_id(term).is_some_and(|sort| self.space.has_number(up, sort))
        };
        let shrinks =
            |((left, right), (by, strict)): (&(Option<TermId>, Option<TermId>), &Length)| left == right && (*by < 0 || *by == 0 && *strict);
        self.lengths.iter().any(shrinks)
            || self.equal.iter().any(|(a, b)| matches!((constant(*a), constant(*b)), (Some(a), Some(b)) if a != b))
            || self.terms.iter().any(|term| matches!(constant(*term), Some(Constant::Label(_))) && is_number(*term))
    }
}
