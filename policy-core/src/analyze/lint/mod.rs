//! What is allowed and seldom meant: rights wider than they read, conditions that open, predicates that no index serves.
//!
//! In: a checked set. Out: warnings and notes, each of one item and its exact part; none that the item accepts. One idea for
//! each file, and a line for it in `LINTS`. Judges declarations alone: must not know files, servers, or what a set is built by.

mod facts;
mod shape;

mod bypass_rule;
mod idle_restriction;
mod nobody;
mod public_open;
mod public_writes;

use std::collections::BTreeMap;

use crate::check::{self, Checked};
use crate::diag::{Code, Diagnostic, Sink, codes};
use crate::model::Item;
use facts::Facts;

/// A code and what finds it.
type Lint = (Code, fn(&Facts<'_>, &mut Sink));

/// Every lint, in the order of the codes.
const LINTS: &[Lint] = &[
    (codes::BYPASS_RULE, bypass_rule::check),
    (codes::IDLE_RESTRICTION, idle_restriction::check),
    (codes::NOBODY, nobody::check),
    (codes::PUBLIC_OPEN, public_open::check),
    (codes::PUBLIC_WRITES, public_writes::check),
];

/// Every finding that no item accepts, in the order of the codes.
#[must_use]
pub fn lints(checked: &Checked) -> Vec<Diagnostic> {
    let facts = Facts::of(checked.set());
    let mut sink = Sink::new();
    LINTS.iter().for_each(|(_, find)| find(&facts, &mut sink));
    let items: BTreeMap<&str, &Item> = checked.set().items.iter().map(|item| (item.name(), item)).collect();
    let accepted = |found: &Diagnostic| items.get(found.item.as_str()).is_some_and(|item| check::accepts(item, found.code));
    sink.finish().into_iter().filter(|found| !accepted(found)).collect()
}

/// The codes of all lints.
pub fn lint_codes() -> impl Iterator<Item = Code> {
    LINTS.iter().map(|(code, _)| *code)
}
