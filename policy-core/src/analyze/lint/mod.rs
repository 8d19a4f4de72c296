//! What is allowed and seldom meant: rights wider than they read, conditions that open, predicates that no index serves.
//!
//! In: a checked set. Out: warnings and notes, each of one item and its exact part; none that the item accepts. One idea for
//! each file, and a line for it in `LINTS`. Judges declarations alone: must not know files, servers, or what a set is built by.

mod body;
mod facts;
mod memberships;
mod pairs;
mod shape;

mod admin_option;
mod array_column;
mod asks_open;
mod audit_altered;
mod bypass_rule;
mod caller_alone;
mod case_rule;
mod cast_column;
mod check_true;
mod dead_permit;
mod default_caller;
mod definer_path;
mod definer_public;
mod definer_user;
mod distinct_null;
mod duplicate;
mod either_side;
mod folded;
mod given_away;
mod grant_without_permit;
mod idle_restriction;
mod idle_true;
mod immutable_reads;
mod inheriting_login;
mod json_key;
mod later_functions;
mod later_tables;
mod literal_caller;
mod log_across;
mod log_secret;
mod moves_tenant;
mod nobody;
mod not_equal;
mod opaque_door;
mod or_scan;
mod owner_login;
mod pattern_caller;
mod predicate_path;
mod public_open;
mod public_writes;
mod row_function;
mod schema_create;
mod self_elevation;
mod self_join;
mod self_promote;
mod sensitive;
mod shared_written;
mod swallowed;
mod tenant_forgotten;
mod tenant_nullable;
mod through_chain;
mod unused_field;
mod user_metadata;
mod view_across;
mod view_public;
mod wrapped_column;
mod write_all;

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
    (codes::CALLER_ALONE, caller_alone::check),
    (codes::LITERAL_CALLER, literal_caller::check),
    (codes::PATTERN_CALLER, pattern_caller::check),
    (codes::FOLDED, folded::check),
    (codes::DISTINCT_NULL, distinct_null::check),
    (codes::DEFAULT_CALLER, default_caller::check),
    (codes::SWALLOWED, swallowed::check),
    (codes::DUPLICATE, duplicate::check),
    (codes::INHERITING_LOGIN, inheriting_login::check),
    (codes::ADMIN_OPTION, admin_option::check),
    (codes::IMMUTABLE_READS, immutable_reads::check),
    (codes::PREDICATE_PATH, predicate_path::check),
    (codes::MOVES_TENANT, moves_tenant::check),
    (codes::GRANT_WITHOUT_PERMIT, grant_without_permit::check),
    (codes::USER_METADATA, user_metadata::check),
    (codes::WRITE_ALL, write_all::check),
    (codes::DEAD_PERMIT, dead_permit::check),
    (codes::IDLE_TRUE, idle_true::check),
    (codes::SELF_ELEVATION, self_elevation::check),
    (codes::DEFINER_USER, definer_user::check),
    (codes::WRAPPED_COLUMN, wrapped_column::check),
    (codes::CAST_COLUMN, cast_column::check),
    (codes::JSON_KEY, json_key::check),
    (codes::ROW_FUNCTION, row_function::check),
    (codes::CASE_RULE, case_rule::check),
    (codes::THROUGH_CHAIN, through_chain::check),
    (codes::ARRAY_COLUMN, array_column::check),
    (codes::NOT_EQUAL, not_equal::check),
    (codes::OR_SCAN, or_scan::check),
    (codes::UNUSED_FIELD, unused_field::check),
    (codes::ASKS_OPEN, asks_open::check),
    (codes::OWNER_LOGIN, owner_login::check),
    (codes::LOG_ACROSS, log_across::check),
    (codes::EITHER_SIDE, either_side::check),
    (codes::OPAQUE_DOOR, opaque_door::check),
    (codes::LOG_SECRET, log_secret::check),
    (codes::TENANT_FORGOTTEN, tenant_forgotten::check),
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
