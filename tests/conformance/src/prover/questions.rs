//! Random questions. In: random numbers, how large. Out: a space and a formula in it. Must not know: how a question is decided.

use policy_core::prove::{Constant, Ref, Sort, SortId, Space, SymbolId, Term, TermId, UNIT};

use crate::rng::Rng;

/// How large a question may be.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Free values.
    pub free: usize,
    /// Functions applied.
    pub applied: usize,
    /// Statements.
    pub atoms: usize,
    /// How deep the formula goes.
    pub depth: usize,
}

/// What small questions speak of: little enough to try everything.
pub const SMALL: Size = Size { free: 3, applied: 2, atoms: 18, depth: 2 };
/// What large questions speak of.
pub const LARGE: Size = Size { free: 9, applied: 6, atoms: 60, depth: 3 };

/// A question.
#[derive(Debug)]
pub struct Question {
    /// What it is about.
    pub space: Space,
    /// Whether this can hold.
    pub root: Ref,
}

/// A sort, whether its free values may be whole numbers, and which constants it has.
struct Kind {
    name: &'static str,
    image: bool,
    ordered: bool,
    whole: bool,
    numbers: bool,
    labels: bool,
}

const KINDS: [Kind; 6] = [
    Kind { name: "uuid", image: true, ordered: false, whole: false, numbers: false, labels: true },
    Kind { name: "bpchar", image: false, ordered: false, whole: false, numbers: true, labels: true },
    Kind { name: "time", image: true, ordered: true, whole: false, numbers: true, labels: false },
    Kind { name: "exact", image: false, ordered: true, whole: true, numbers: true, labels: false },
    Kind { name: "int", image: true, ordered: true, whole: true, numbers: true, labels: false },
    Kind { name: "text", image: true, ordered: true, whole: false, numbers: true, labels: true },
];

struct Maker<'r> {
    rng: &'r mut Rng,
    space: Space,
    terms: Vec<(usize, TermId)>,
    sorts: Vec<SortId>,
    symbols: Vec<SymbolId>,
}

/// A random question of at most that size.
pub fn question(rng: &mut Rng, size: Size) -> Question {
    let mut space = Space::new();
    let sorts =
        KINDS.iter().map(|kind| space.sort(Sort { name: kind.name.to_owned(), image: kind.image, ordered: kind.ordered })).collect();
    let symbols = ["f", "g", "p", "q"].map(|name| space.symbol(name)).to_vec();
    let mut maker = Maker { rng, space, terms: Vec::new(), sorts, symbols };
    let kinds: Vec<usize> = (0..1 + maker.rng.below(2)).map(|_| maker.rng.below(KINDS.len())).collect();
    for number in 0..2 + maker.rng.below(size.free - 1) {
        let kind = *maker.rng.pick(&kinds);
        let whole = KINDS[kind].whole && (KINDS[kind].image || maker.rng.chance(50));
        let term = maker.space.term(Term::Free(format!("x{number}")), maker.sorts[kind], whole);
        maker.terms.push((kind, term));
    }
    for _ in 0..maker.rng.below(4) {
        let kind = *maker.rng.pick(&kinds);
        maker.constant(kind);
    }
    for _ in 0..maker.rng.below(size.applied + 1) {
        let kind = *maker.rng.pick(&kinds);
        let (symbol, args) = (maker.symbols[maker.rng.below(2)], maker.arguments());
        let whole = KINDS[kind].whole && KINDS[kind].image;
        let term = maker.space.term(Term::Apply(symbol, args), maker.sorts[kind], whole);
        maker.terms.push((kind, term));
    }
    let parts: Vec<Ref> = (0..size.atoms / 2 + maker.rng.below(size.atoms / 2)).map(|_| maker.atom()).collect();
    let mut root = Ref::TRUE;
    // What is decided while it is written asks nothing: a few more tries, so that there is little of it.
    for _ in 0..8 {
        root = maker.formula(&parts, size.depth);
        if root != Ref::TRUE && root != Ref::FALSE {
            break;
        }
    }
    Question { space: maker.space, root }
}

impl Maker<'_> {
    fn constant(&mut self, kind: usize) {
        let Kind { numbers, labels, whole, image, .. } = KINDS[kind];
        let constant = if labels && (!numbers || self.rng.chance(60)) {
            Constant::Label(self.rng.word(&["a", "b", "c"]).to_owned())
        } else {
            let half = if whole && image { UNIT } else { UNIT / 2 };
            Constant::Number(half * [0, 1, 2, 3][self.rng.below(4)])
        };
        let term = self.space.constant(constant, self.sorts[kind]);
        self.terms.push((kind, term));
    }

    fn arguments(&mut self) -> Vec<TermId> {
        (0..1 + self.rng.below(2)).map(|_| self.rng.pick(&self.terms).1).collect()
    }

    fn atom(&mut self) -> Ref {
        if self.rng.chance(15) {
            let (symbol, args) = (self.symbols[2 + self.rng.below(2)], self.arguments());
            return self.space.holds(symbol, args);
        }
        let (kind, left) = *self.rng.pick(&self.terms);
        let alike: Vec<TermId> = self.terms.iter().filter(|(other, _)| *other == kind).map(|(_, term)| *term).collect();
        let right = *self.rng.pick(&alike);
        if !KINDS[kind].ordered || self.rng.chance(35) {
            return self.space.equal(left, right);
        }
        let by = if KINDS[kind].numbers && self.rng.chance(40) { UNIT / 2 * [-2, -1, 1, 2, 3][self.rng.below(5)] } else { 0 };
        let strict = self.rng.chance(50);
        self.space.within(left, right, by, strict)
    }

    /// Joins the parts to one formula; most must hold together, so that not everything can.
    fn formula(&mut self, parts: &[Ref], depth: usize) -> Ref {
        let clauses = 2 + self.rng.below(parts.len());
        let mut all = Vec::new();
        for _ in 0..clauses {
            all.push(self.part(parts, depth));
        }
        self.space.and(all)
    }

    fn part(&mut self, parts: &[Ref], depth: usize) -> Ref {
        let chosen = if depth <= 1 || self.rng.chance(30) {
            *self.rng.pick(parts)
        } else {
            let below: Vec<Ref> = (0..2 + self.rng.below(2)).map(|_| self.part(parts, depth - 1)).collect();
            if self.rng.chance(70) { self.space.or(below) } else { self.space.and(below) }
        };
        if self.rng.chance(30) { !chosen } else { chosen }
    }
}
