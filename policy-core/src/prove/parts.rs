//! The words in which a question is put: sorts, terms, atoms, nodes. In and out: themselves. Must not know how they are kept.

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

    /// The node of that number.
    #[must_use]
    pub fn of(node: usize) -> Ref {
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

/// What a comparison comes down to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bound {
    /// Decided by itself.
    Known(bool),
    /// This statement.
    Is(Atom),
    /// The negation of this statement.
    IsNot(Atom),
    /// No number holds its bound.
    TooLarge,
}
