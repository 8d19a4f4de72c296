//! Faults of one item, from its attributes taken together.
//!
//! In: an item as declared (Rust names). Out: faults without the item's name. Of other items it knows what their names are, as far as it is told.

mod across;
mod columns;
mod context;
mod default;
mod each_row;
mod functions;
mod log;
mod names;
mod no_rls;
mod predicates;
mod role;
mod schema;
mod shared;
mod triggers;
mod vanishing;
mod view;
mod writes;

use crate::diag::{Part, Place, RulePart, Sink};
use crate::model::{Grantee, Item, Rule, RuleKind, Table};

use super::allow;
use super::rows::Conditions;
use super::types::Known;
pub(super) use functions::same as functions_clash;

pub(super) fn check(item: &Item, known: &Known<'_>, sink: &mut Sink) {
    match item {
        Item::Table(table) => check_table(Conditions { table, known }, sink),
        Item::Role(role) => role::check(role, sink),
        Item::Schema(schema) => schema::check(schema, sink),
        Item::Context(context) => context::check(context, sink),
        Item::View(view) => view::check(view, sink),
        Item::Functions(functions) => functions::check(functions, sink),
    }
    allow::check_allows(item, sink);
}

fn check_table(conditions: Conditions<'_>, sink: &mut Sink) {
    let table = conditions.table;
    // The front end refuses every rule on a table of others; nothing more is to be said of them.
    if table.is_external() {
        return;
    }
    no_rls::check(table, sink);
    shared::check(table, sink);
    predicates::check(table, sink);
    across::check(table, sink);
    columns::check(conditions, sink);
    writes::check(table, sink);
    vanishing::check(conditions, sink);
    each_row::check(table, sink);
    names::check(table, sink);
    default::check(conditions, sink);
    triggers::check(table, sink);
    log::check(table, sink);
}

/// The permits of a table, with their indexes.
fn permits(table: &Table) -> impl Iterator<Item = (usize, &Rule)> {
    table.rules.iter().enumerate().filter(|(_, rule)| rule.kind == RuleKind::Permit)
}

/// Whether two grantees meet in one role, as far as one item shows: PUBLIC meets everyone.
fn meet(a: &Grantee, b: &Grantee) -> bool {
    a == b || *a == Grantee::Public || *b == Grantee::Public
}

/// The grantee in whom two lists meet; a role rather than PUBLIC.
fn common<'a>(a: &'a [Grantee], b: &'a [Grantee]) -> Option<&'a Grantee> {
    let both = a.iter().flat_map(|x| b.iter().filter(|y| meet(x, y)).map(move |y| if *x == Grantee::Public { y } else { x }));
    both.max()
}

fn rule_place(rule: usize, part: RulePart) -> Place {
    Place::Part(Part::Rule(rule, part))
}
