//! What is allowed and seldom meant: rights wider than they read, conditions that open, predicates that no index serves.
//!
//! In: a checked set. Out: warnings and notes, each of one item and its exact part; none that the item accepts. One idea for
//! each file, and a line for it in `LINTS`. Judges declarations alone: must not know files, servers, or what a set is built by.

mod body;
mod facts;
mod memberships;
mod pairs;
mod shape;

mod audit_altered;
mod bypass_rule;
mod check_true;
mod definer_path;
mod definer_public;
mod given_away;
mod idle_restriction;
mod later_functions;
mod later_tables;
mod nobody;
mod public_open;
mod public_writes;
mod schema_create;
mod self_join;
mod self_promote;
mod sensitive;
mod shared_written;
mod tenant_nullable;
mod view_across;
mod view_public;

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
    (codes::SENSITIVE, sensitive::check),
    (codes::LATER_TABLES, later_tables::check),
    (codes::LATER_FUNCTIONS, later_functions::check),
    (codes::SCHEMA_CREATE, schema_create::check),
    (codes::DEFINER_PATH, definer_path::check),
    (codes::DEFINER_PUBLIC, definer_public::check),
    (codes::VIEW_ACROSS, view_across::check),
    (codes::VIEW_PUBLIC, view_public::check),
    (codes::GIVEN_AWAY, given_away::check),
    (codes::CHECK_TRUE, check_true::check),
    (codes::SELF_JOIN, self_join::check),
    (codes::SELF_PROMOTE, self_promote::check),
    (codes::AUDIT_ALTERED, audit_altered::check),
    (codes::SHARED_WRITTEN, shared_written::check),
    (codes::TENANT_NULLABLE, tenant_nullable::check),
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
