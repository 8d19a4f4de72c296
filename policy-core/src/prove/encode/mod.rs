//! Expressions as formulas: for each the conditions under which it is TRUE and under which it is FALSE; NULL is neither.
//!
//! In: expressions, the types of what they name. Out: a `Space` with their formulas, the lemmas that hold in every world, and a list
//! of what they name. Must not know what is asked of them, nor how formulas are decided.
//!
//! Sound means: every database, context and row is a model of the lemmas, in which a formula is true just if PostgreSQL says so.
//! What is not understood is a term or predicate that is free; what raises an error admits no row, and may have any value.

mod arith;
mod call;
mod canon;
mod cast;
mod compare;
mod constant;
mod expr;
mod list;
mod query;
mod rows;
mod scope;
mod sorts;
mod truth;
mod unfold;
mod value;

use std::collections::{BTreeMap, BTreeSet};

use super::facts::Facts;
use super::space::{Ref, Space, TermId};
use crate::model::Expr;
use crate::typing::{TypeId, World};

pub use canon::shown;
use scope::Scope;
pub use scope::{Field, Holder, Row};
use unfold::Asked;
pub use value::Opaque;

/// When an expression is TRUE and when it is FALSE.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// When it is TRUE.
    pub holds: Ref,
    /// When it is FALSE.
    pub fails: Ref,
}

impl Pair {
    pub(super) const TRUE: Pair = Pair { holds: Ref::TRUE, fails: Ref::FALSE };
    pub(super) const FALSE: Pair = Pair { holds: Ref::FALSE, fails: Ref::TRUE };
    pub(super) const NULL: Pair = Pair { holds: Ref::FALSE, fails: Ref::FALSE };

    /// Never NULL.
    pub(super) fn sure(holds: Ref) -> Pair {
        Pair { holds, fails: !holds }
    }

    pub(super) fn not(self) -> Pair {
        Pair { holds: self.fails, fails: self.holds }
    }

    pub(super) fn not_if(self, negated: bool) -> Pair {
        if negated { self.not() } else { self }
    }
}

/// What the sorts of a question need to be: known when it has been encoded once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Needs {
    /// The sorts whose order matters.
    ordered: BTreeSet<String>,
    /// Whether a numeric matters that is no constant: equal numbers may then differ in their digits.
    numeric: bool,
}

/// A question encoded.
#[derive(Debug)]
pub struct Encoded {
    /// Terms and formulas.
    pub space: Space,
    /// The expressions, in the order given.
    pub pairs: Vec<Pair>,
    /// What is asked: that those of the first ones hold, and those of the others do not.
    pub said: Vec<Ref>,
    /// What holds in every world.
    pub lemmas: Vec<Ref>,
    /// What a row that is easy to read has: values that are not infinite.
    pub usual: Vec<Ref>,
    /// Columns and fields of the context that matter.
    pub fields: Vec<Field>,
    /// The row under judgement, then the rows that subqueries find.
    pub rows: Vec<Row>,
    /// What is left open: predicates and values of which nothing is known but their arguments.
    pub opaque: Vec<Opaque>,
    /// A type of each sort, by its name.
    pub kinds: BTreeMap<String, TypeId>,
}

/// Encodes expressions about one row: that all of `wanted` hold and none of `denied` does. Rows of subqueries are not looked for where
/// that contradicts itself without them.
#[must_use]
pub fn encode(world: &World, facts: &dyn Facts, wanted: &[&Expr], denied: &[&Expr]) -> Encoded {
    let mut needs = Needs::default();
    loop {
        let mut encoder = Encoder::new(world, facts, needs.clone());
        let pairs: Vec<Pair> = wanted.iter().chain(denied).map(|expr| encoder.truth(expr, &Scope::outermost())).collect();
        let said: Vec<Ref> = pairs.iter().enumerate().map(|(at, pair)| if at < wanted.len() { pair.holds } else { !pair.holds }).collect();
        if encoder.space.and(said.iter().copied()) != Ref::FALSE {
            encoder.unfold();
        }
        if encoder.found == needs {
            let Encoder { space, lemmas, usual, fields, rows, opaque, kinds, .. } = encoder;
            return Encoded { space, pairs, said, lemmas, usual, fields: fields.into_values().collect(), rows, opaque, kinds };
        }
        // They only grow, and there are no more sorts than types.
        needs.ordered.extend(encoder.found.ordered);
        needs.numeric |= encoder.found.numeric;
    }
}

struct Encoder<'a> {
    world: &'a World,
    facts: &'a dyn Facts,
    space: Space,
    needs: Needs,
    /// What turned out to be needed.
    found: Needs,
    lemmas: Vec<Ref>,
    usual: Vec<Ref>,
    /// By the name of its term.
    fields: BTreeMap<String, Field>,
    rows: Vec<Row>,
    opaque: Vec<Opaque>,
    asked: Vec<Asked>,
    kinds: BTreeMap<String, TypeId>,
    /// How many terms stand for one call each.
    calls: usize,
    /// The numbers and texts that enum terms were bounded for.
    bounded: BTreeSet<TermId>,
}

impl<'a> Encoder<'a> {
    fn new(world: &'a World, facts: &'a dyn Facts, needs: Needs) -> Encoder<'a> {
        Encoder {
            world,
            facts,
            space: Space::new(),
            found: needs.clone(),
            needs,
            lemmas: Vec::new(),
            usual: Vec::new(),
            fields: BTreeMap::new(),
            rows: vec![Row::judged()],
            opaque: Vec::new(),
            asked: Vec::new(),
            kinds: BTreeMap::new(),
            calls: 0,
            bounded: BTreeSet::new(),
        }
    }

    /// The type that a domain is over, any other itself.
    fn base(&self, kind: TypeId) -> TypeId {
        self.world.base(kind)
    }
}
