//! What a question is made of: sorts, terms, atoms, and a circuit of AND and NOT over them.
//!
//! In: terms and formulas, one call each. Out: a `Space`, in which the same thing is the same number. Knows nothing of SQL:
//! NULL is an atom like others, and whoever builds the formula says where it matters.
//!
//! Every value of the world must have a place here for "cannot hold" to be sound: a value that is NULL is a value that no
//! other term has. So equality and order are asserted only of what is not NULL, and congruence never touches NULL.

use std::collections::HashMap;

/// A kind of value within which terms are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SortId(pub u32);

/// A value, known or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(pub u32);

/// The name of a function or predicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SymbolId(pub u32);

/// What is known of all values of a sort. Equality is an equivalence in each.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sort {
    /// Its name: two sorts of one name are one.
    pub name: String,
    /// Whether equal values are the same value, so that functions of them are equal. Not so for `1.0 = 1.00`.
    pub image: bool,
    /// Whether it is totally ordered: then equality is made of two comparisons.
    pub ordered: bool,
}

/// How many units a whole number has.
pub const UNIT: i128 = 1_000_000_000;

/// A known value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Constant {
    /// A number of `UNIT`s: two different ones are different values, in this order.
    Number(i128),
    /// Anything else: two different texts are different values, and nothing is known of their order.
    Label(String),
}

/// A value: known, free, or what a function makes of others.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Term {
    /// Known.
    Constant(Constant),
    /// Of that name, and free.
    Free(String),
    /// What a function makes of others.
    Apply(SymbolId, Vec<TermId>),
}

/// A statement that is true or false.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Atom {
    /// Both are equal; never in an ordered sort. The smaller number is first.
    Equal(TermId, TermId),
    /// `left - right <= by`, or `<` if strict. An absent term is zero. The two are of one ordered sort, and no number. The smaller one is
    /// left, an absent one is right.
    Within {
        /// What is bounded.
        left: TermId,
        /// What it is compared with; absent: zero.
        right: Option<TermId>,
        /// By how many units.
        by: i128,
        /// Whether `by` itself is excluded.
        strict: bool,
    },
    /// A predicate holds of these.
    Holds(SymbolId, Vec<TermId>),
}

/// A node of the circuit.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Node {
    /// Always.
    True,
    /// A statement.
    Atom(Atom),
    /// All of them: at least two, sorted, none twice, none beside its negation.
    And(Vec<Ref>),
}

/// A node or its negation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ref(u32);

impl Ref {
    /// Always.
    pub const TRUE: Ref = Ref(0);
    /// Never.
    pub const FALSE: Ref = Ref(1);

    /// The number of its node.
    #[must_use]
    pub fn node(self) -> usize {
        (self.0 >> 1) as usize
    }

    /// Whether it is the negation.
    #[must_use]
    pub fn is_negated(self) -> bool {
        self.0 & 1 == 1
    }

    fn of(node: usize) -> Ref {
        Ref(u32::try_from(node).unwrap_or(u32::MAX >> 1) << 1)
    }
}

/// The opposite.
impl std::ops::Not for Ref {
    type Output = Ref;
    fn not(self) -> Ref {
        Ref(self.0 ^ 1)
    }
}

/// Terms and formulas of one question, each once.
#[derive(Clone, Debug)]
pub struct Space {
    sorts: Vec<Sort>,
    symbols: Vec<String>,
    terms: Vec<(Term, SortId, bool)>,
    nodes: Vec<Node>,
    sort_of: HashMap<String, SortId>,
    symbol_of: HashMap<String, SymbolId>,
    term_of: HashMap<(Term, SortId), TermId>,
    node_of: HashMap<Node, usize>,
}

impl Default for Space {
    fn default() -> Self {
        Space::new()
    }
}

impl Space {
    /// An empty one.
    #[must_use]
    pub fn new() -> Space {
        Space {
            sorts: Vec::new(),
            symbols: Vec::new(),
            terms: Vec::new(),
            nodes: vec![Node::True],
            sort_of: HashMap::new(),
            symbol_of: HashMap::new(),
            term_of: HashMap::new(),
            node_of: HashMap::from([(Node::True, 0)]),
        }
    }

    /// The sort of that name; what is known of it counts the first time.
    pub fn sort(&mut self, sort: Sort) -> SortId {
        if let Some(found) = self.sort_of.get(&sort.name) {
            return *found;
        }
        let id = SortId(number(self.sorts.len()));
        self.sort_of.insert(sort.name.clone(), id);
        self.sorts.push(sort);
        id
    }

    /// The symbol of that name.
    pub fn symbol(&mut self, name: &str) -> SymbolId {
        if let Some(found) = self.symbol_of.get(name) {
            return *found;
        }
        let id = SymbolId(number(self.symbols.len()));
        self.symbol_of.insert(name.to_owned(), id);
        self.symbols.push(name.to_owned());
        id
    }

    /// A term; `integral` says that its value is a whole number, and counts the first time.
    pub fn term(&mut self, term: Term, sort: SortId, integral: bool) -> TermId {
        let key = (term, sort);
        if let Some(found) = self.term_of.get(&key) {
            return *found;
        }
        let id = TermId(number(self.terms.len()));
        self.terms.push((key.0.clone(), sort, integral));
        self.term_of.insert(key, id);
        id
    }

    /// A known value.
    pub fn constant(&mut self, constant: Constant, sort: SortId) -> TermId {
        let integral = matches!(constant, Constant::Number(units) if units % UNIT == 0);
        self.term(Term::Constant(constant), sort, integral)
    }

    /// A free value.
    pub fn free(&mut self, name: &str, sort: SortId) -> TermId {
        self.term(Term::Free(name.to_owned()), sort, false)
    }

    /// `left = right`, of one sort.
    pub fn equal(&mut self, left: TermId, right: TermId) -> Ref {
        if left == right {
            return Ref::TRUE;
        }
        if self.constant_of(left).is_some() && self.constant_of(right).is_some() {
            return Ref::FALSE;
        }
        if self.sort_of(left).ordered {
            let (down, up) = (self.within(left, right, 0, false), self.within(right, left, 0, false));
            return self.and([down, up]);
        }
        let (low, high) = if left < right { (left, right) } else { (right, left) };
        self.atom(Atom::Equal(low, high))
    }

    /// `left - right <= by`, or `<` if strict, of one ordered sort.
    pub fn within(&mut self, left: TermId, right: TermId, by: i128, strict: bool) -> Ref {
        let ((left_term, l), (right_term, r)) = (self.apart(left), self.apart(right));
        let Some(by) = r.checked_sub(l).and_then(|shift| by.checked_add(shift)) else { return self.unknown(left, right, by, strict) };
        let whole = |term: Option<TermId>| term.is_none_or(|term| self.is_integral(term));
        let (by, strict) = if whole(left_term) && whole(right_term) { tighten(by, strict) } else { (by, strict) };
        match (left_term, right_term) {
            (a, b) if a == b => {
                if by > 0 || by == 0 && !strict {
                    Ref::TRUE
                } else {
                    Ref::FALSE
                }
            }
            (Some(left), None) => self.atom(Atom::Within { left, right: None, by, strict }),
            (Some(left), Some(right)) if left < right => self.atom(Atom::Within { left, right: Some(right), by, strict }),
            // -(right - left) <= by is right - left >= -by, which is not right - left < -by.
            (other, Some(left)) => {
                let (by, strict) = (-by, !strict);
                let (by, strict) = if whole(Some(left)) && whole(other) { tighten(by, strict) } else { (by, strict) };
                !self.atom(Atom::Within { left, right: other, by, strict })
            }
            (None, None) => Ref::FALSE,
        }
    }

    /// A predicate of terms.
    pub fn holds(&mut self, symbol: SymbolId, args: Vec<TermId>) -> Ref {
        self.atom(Atom::Holds(symbol, args))
    }

    /// All of them.
    pub fn and(&mut self, parts: impl IntoIterator<Item = Ref>) -> Ref {
        let parts: Vec<Ref> = parts.into_iter().collect();
        let mut flat = Vec::new();
        for part in &parts {
            match self.nodes.get(part.node()) {
                Some(Node::True) if part.is_negated() => return Ref::FALSE,
                Some(Node::True) => {}
                Some(Node::And(_)) if !part.is_negated() && parts.contains(&!*part) => return Ref::FALSE,
                Some(Node::And(inner)) if !part.is_negated() => flat.extend(inner.iter().copied()),
                _ => flat.push(*part),
            }
        }
        flat.sort_unstable();
        flat.dedup();
        if flat.windows(2).any(|pair| matches!(pair, [a, b] if *a == !*b)) {
            return Ref::FALSE;
        }
        match flat.as_slice() {
            [] => Ref::TRUE,
            [only] => *only,
            _ => self.node(Node::And(flat)),
        }
    }

    /// Any of them.
    pub fn or(&mut self, parts: impl IntoIterator<Item = Ref>) -> Ref {
        let negated: Vec<Ref> = parts.into_iter().map(|part| !part).collect();
        !self.and(negated)
    }

    /// Every node; the operands of one have smaller numbers.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Every term, by number; the arguments of one have smaller numbers.
    #[must_use]
    pub fn terms(&self) -> &[(Term, SortId, bool)] {
        &self.terms
    }

    /// What a term is.
    #[must_use]
    pub fn term_at(&self, term: TermId) -> Option<&Term> {
        self.terms.get(term.0 as usize).map(|(term, ..)| term)
    }

    /// What is known of the sort of a term.
    #[must_use]
    pub fn sort_of(&self, term: TermId) -> &Sort {
        static NONE: Sort = Sort { name: String::new(), image: false, ordered: false };
        let sort = self.terms.get(term.0 as usize).map(|(_, sort, _)| *sort);
        sort.and_then(|sort| self.sorts.get(sort.0 as usize)).unwrap_or(&NONE)
    }

    /// Whether a term is a whole number.
    #[must_use]
    pub fn is_integral(&self, term: TermId) -> bool {
        self.terms.get(term.0 as usize).is_some_and(|(.., integral)| *integral)
    }

    /// The name of a symbol.
    #[must_use]
    pub fn name_of(&self, symbol: SymbolId) -> &str {
        self.symbols.get(symbol.0 as usize).map_or("", String::as_str)
    }

    /// The value of a term that is known.
    #[must_use]
    pub fn constant_of(&self, term: TermId) -> Option<&Constant> {
        if let Some(Term::Constant(constant)) = self.term_at(term) { Some(constant) } else { None }
    }

    /// A term without its number: what is left, and the units.
    fn apart(&self, term: TermId) -> (Option<TermId>, i128) {
        if let Some(Constant::Number(units)) = self.constant_of(term) { (None, *units) } else { (Some(term), 0) }
    }

    /// A comparison that no number fits into: a predicate of its own, about which nothing is known.
    fn unknown(&mut self, left: TermId, right: TermId, by: i128, strict: bool) -> Ref {
        let symbol = self.symbol(&format!("within {by} {strict}"));
        self.atom(Atom::Holds(symbol, vec![left, right]))
    }

    fn atom(&mut self, atom: Atom) -> Ref {
        self.node(Node::Atom(atom))
    }

    fn node(&mut self, node: Node) -> Ref {
        if let Some(found) = self.node_of.get(&node) {
            return Ref::of(*found);
        }
        let id = self.nodes.len();
        self.nodes.push(node.clone());
        self.node_of.insert(node, id);
        Ref::of(id)
    }
}

/// The same bound on a whole number: not strict, and itself whole.
fn tighten(by: i128, strict: bool) -> (i128, bool) {
    let whole = by.div_euclid(UNIT) * UNIT;
    if strict && whole == by { (whole - UNIT, false) } else { (whole, false) }
}

fn number(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_is_the_same_number() {
        let mut space = Space::new();
        let int = space.sort(Sort { name: "int".to_owned(), image: true, ordered: true });
        let x = space.term(Term::Free("x".to_owned()), int, true);
        let y = space.term(Term::Free("y".to_owned()), int, true);
        let three = space.constant(Constant::Number(3 * UNIT), int);
        assert_eq!(space.within(x, y, 0, true), !space.within(y, x, 0, false));
        assert_eq!(space.within(x, three, 0, true), !space.within(three, x, 0, false));
        let two = space.constant(Constant::Number(2 * UNIT), int);
        assert_eq!(space.within(x, three, 0, true), space.within(x, two, 0, false));
        assert_eq!(space.within(two, three, 0, true), Ref::TRUE);
        let (a, b) = (space.equal(x, y), space.equal(y, x));
        assert_eq!(a, b);
        let not = !a;
        assert_eq!(space.and([a, not]), Ref::FALSE);
        assert_eq!(space.or([a, not]), Ref::TRUE);
    }

    #[test]
    fn what_is_known_is_decided_at_once() {
        let mut space = Space::new();
        let text = space.sort(Sort { name: "text".to_owned(), image: true, ordered: false });
        let (a, b) = (space.constant(Constant::Label("a".to_owned()), text), space.constant(Constant::Label("b".to_owned()), text));
        assert_eq!(space.equal(a, b), Ref::FALSE);
        assert_eq!(space.equal(a, a), Ref::TRUE);
    }
}
