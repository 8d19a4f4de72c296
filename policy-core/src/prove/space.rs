//! What a question is made of: sorts, terms, atoms, and a circuit of AND and NOT over them.
//!
//! In: terms and formulas, one call each. Out: a `Space`, in which the same thing is the same number. Knows nothing of SQL:
//! NULL is an atom like others, and whoever builds the formula says where it matters.
//!
//! Every value of the world must have a place here for "cannot hold" to be sound: a value that is NULL is a value that no
//! other term has. So equality and order are asserted only of what is not NULL, and congruence never touches NULL.

use std::collections::HashMap;

pub use super::parts::{Atom, Bound, Constant, Node, Ref, Sort, SortId, SymbolId, Term, TermId, UNIT};

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
        let bound = r.checked_sub(l).and_then(|shift| by.checked_add(shift)).map(|by| self.bound(left_term, right_term, by, strict));
        match bound.unwrap_or(Bound::TooLarge) {
            Bound::Known(true) => Ref::TRUE,
            Bound::Known(false) => Ref::FALSE,
            Bound::Is(atom) => self.atom(atom),
            Bound::IsNot(atom) => !self.atom(atom),
            Bound::TooLarge => self.unknown(left, right, by, strict),
        }
    }

    /// `left - right <= by`, or `<` if strict, in its one form; neither is a number, an absent term is zero.
    #[must_use]
    pub fn bound(&self, left: Option<TermId>, right: Option<TermId>, by: i128, strict: bool) -> Bound {
        if left == right {
            return Bound::Known(by > 0 || by == 0 && !strict);
        }
        // -(right - left) <= by is right - left >= -by, which is not right - left < -by.
        let turned = left.is_none() || right.is_some() && left > right;
        let given =
            if turned { by.checked_neg().and_then(|by| self.tight(left, right, by, !strict)) } else { self.tight(left, right, by, strict) };
        match (left, right, given) {
            (None, Some(left), Some((by, strict))) => Bound::IsNot(Atom::Within { left, right: None, by, strict }),
            (Some(right), Some(left), Some((by, strict))) if turned => Bound::IsNot(Atom::Within { left, right: Some(right), by, strict }),
            (Some(left), right, Some((by, strict))) => Bound::Is(Atom::Within { left, right, by, strict }),
            _ => Bound::TooLarge,
        }
    }

    /// The same bound, as tight as it can be: between whole numbers it is whole.
    #[must_use]
    pub fn tight(&self, left: Option<TermId>, right: Option<TermId>, by: i128, strict: bool) -> Option<(i128, bool)> {
        let whole = [left, right].into_iter().flatten().all(|term| self.is_integral(term));
        if whole { tighten(by, strict) } else { Some((by, strict)) }
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
        if flat.windows(2).any(|pair| matches!(pair, [a, b] if *a == !*b)) || self.denies_its_parts(&flat) {
            return Ref::FALSE;
        }
        self.joined(flat)
    }

    /// Whether one of these sorted parts is the opposite of others taken together.
    fn denies_its_parts(&self, sorted: &[Ref]) -> bool {
        sorted.iter().filter(|part| part.is_negated()).any(|part| match self.nodes.get(part.node()) {
            Some(Node::And(inner)) => inner.iter().all(|one| sorted.binary_search(one).is_ok()),
            _ => false,
        })
    }

    /// All of them, and nothing is found in it yet: what contradicts what is left to the proof, where it can be read again.
    pub fn question(&mut self, parts: impl IntoIterator<Item = Ref>) -> Ref {
        let mut all = Vec::new();
        for part in parts.into_iter().filter(|part| *part != Ref::TRUE) {
            match self.nodes.get(part.node()) {
                Some(Node::And(inner)) if !part.is_negated() => all.extend(inner.iter().copied()),
                _ => all.push(part),
            }
        }
        self.joined(all)
    }

    fn joined(&mut self, mut parts: Vec<Ref>) -> Ref {
        parts.sort_unstable();
        parts.dedup();
        match parts.as_slice() {
            [] => Ref::TRUE,
            [only] => *only,
            _ => self.node(Node::And(parts)),
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

    /// What is known of a sort.
    #[must_use]
    pub fn sort_at(&self, sort: SortId) -> Option<&Sort> {
        self.sorts.get(sort.0 as usize)
    }

    /// Whether that number is spoken of as a constant of a sort.
    #[must_use]
    pub fn has_number(&self, units: i128, sort: SortId) -> bool {
        self.term_of.contains_key(&(Term::Constant(Constant::Number(units)), sort))
    }

    /// The number of a term's sort.
    #[must_use]
    pub fn sort_id(&self, term: TermId) -> Option<SortId> {
        self.terms.get(term.0 as usize).map(|(_, sort, _)| *sort)
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
    #[must_use]
    pub fn apart(&self, term: TermId) -> (Option<TermId>, i128) {
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
fn tighten(by: i128, strict: bool) -> Option<(i128, bool)> {
    let whole = by.div_euclid(UNIT).checked_mul(UNIT)?;
    let by = if strict && whole == by { whole.checked_sub(UNIT)? } else { whole };
    Some((by, false))
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
