//! Where in an item a fault lies, said without spans.
//!
//! The front end keeps the tokens of each `Place`; the passes only name it.

/// A run of tokens of one predicate, by index: first and last, both included.
///
/// All `At`s are equal, so that two expressions compare by meaning and not by where they stood.
#[derive(Clone, Copy, Debug, Default)]
pub struct At {
    /// First token.
    pub first: u32,
    /// Last token.
    pub last: u32,
}

impl PartialEq for At {
    fn eq(&self, _: &At) -> bool {
        true
    }
}

impl Eq for At {}

impl At {
    /// One token.
    #[must_use]
    pub fn token(index: u32) -> At {
        At { first: index, last: index }
    }

    /// From the first token of one to the last token of the other.
    #[must_use]
    pub fn to(self, other: At) -> At {
        At { first: self.first.min(other.first), last: self.last.max(other.last) }
    }
}

/// A part of an item that the front end knows the tokens of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The item's own name.
    Item,
    /// The relation's, role's, schema's or view's database name.
    Name,
    /// A key of the item, by its name.
    Key(&'static str),
    /// A code of `allow(..)`, by its index.
    Allow(usize),
    /// The `tenant(..)` key.
    Tenant,
    /// `shared(..)` in it.
    Shared,
    /// `context = ..`.
    Context,
    /// A column, by its index.
    Column(usize),
    /// The `default(..)` of a column, by the column's index.
    ColumnDefault(usize),
    /// A rule, by its index, and what of it.
    Rule(usize, RulePart),
    /// `grant(..)`, by its index.
    Grant(usize),
    /// `never(..)`, by its index.
    Never(usize),
    /// The `using` of a `never(..)`, by its index.
    NeverUsing(usize),
    /// `default(..)`, by its index.
    Default(usize),
    /// `member_of(..)`, by its index.
    Membership(usize),
    /// One of `settings(..)`, by its index.
    Setting(usize),
    /// An entry of `items: [..]`, by its index.
    Entry(usize),
    /// `owner: ..` of a set.
    Owner,
    /// `definer = ..` of a view.
    Definer,
    /// `query(..)` of a view.
    Query,
    /// A function of a trait, by its index, and what of it.
    Function(usize, FunctionPart),
    /// `trigger(..)`, by its index, and what of it.
    Trigger(usize, TriggerPart),
    /// `log(..)`, and what of it.
    Log(LogPart),
}

/// A part of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RulePart {
    /// The whole rule.
    Whole,
    /// One of its commands, by index.
    Command(usize),
    /// One of its grantees, by index.
    To(usize),
    /// `using`.
    Using,
    /// `with_check`.
    WithCheck,
    /// `across_tenants`.
    Across,
    /// `name`.
    Name,
}

/// A part of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FunctionPart {
    /// Its name.
    Whole,
    /// One of its arguments, by index.
    Argument(usize),
    /// `definer`, its own or that of the trait.
    Definer,
    /// `search_path`, its own or that of the trait.
    Path,
    /// `body` or `body_file`.
    Body,
    /// One of the grantees of `grant(execute, ..)`, by index.
    To(usize),
}

/// A part of a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TriggerPart {
    /// The whole trigger.
    Whole,
    /// `execute`.
    Execute,
    /// `when`.
    When,
}

/// A part of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LogPart {
    /// The whole of it.
    Whole,
    /// One of `rows(..)`, by index.
    Row(usize),
    /// One of `copy(..)`, by index.
    Copy(usize),
    /// `writer`.
    Writer,
    /// `table`, `row` or another column, by its key.
    Key(&'static str),
    /// One of `by(..)`, by index.
    By(usize),
}

/// Where a fault lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Tokens that the front end kept, by number.
    Origin(u32),
    /// A part of the item.
    Part(Part),
    /// Some tokens of the predicate that stands at a part.
    Predicate(Part, AtKey),
}

/// An `At` that compares by position: two faults at two tokens are two faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtKey(u32, u32);

impl From<At> for AtKey {
    fn from(at: At) -> Self {
        AtKey(at.first, at.last)
    }
}

impl From<AtKey> for At {
    fn from(AtKey(first, last): AtKey) -> Self {
        At { first, last }
    }
}
