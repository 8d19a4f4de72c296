//! What the conditions over the rows of one table imply, as far as one item shows.
//!
//! In: a table as declared or linked, and what is known of the names in its conditions. Out: verdicts. A question that can be answered by
//! reading is not asked of the prover. Must not know roles: whoever asks about two conditions sees the same rows of other tables in both.

use std::collections::BTreeMap;

use super::types::{Known, with_names};
use crate::model::{Command, Expr, Kind, Routine, Source, Table, Tenancy, Volatility};
use crate::plan::ownerless;
use crate::prove::{self, BUDGET, Facts, Question, Verdict};
use crate::typing::{Given, Names, Signature, TypeId, World};

/// Calls `then` with the rows of a table, on the newest major that counts.
pub fn with_rows(table: &Table, known: &Known<'_>, then: &mut dyn FnMut(&Rows<'_>)) {
    with_names(table, known, &mut |world, names| then(&Rows { table, world, facts: Plain::of(table, names, world) }));
}

/// The conditions of one table, before a question about them needs the types of what they name.
#[derive(Clone, Copy)]
pub(super) struct Conditions<'a> {
    pub(super) table: &'a Table,
    pub(super) known: &'a Known<'a>,
}

impl Conditions<'_> {
    /// Whether one of `wide` is TRUE of each row of which all of `narrow` is.
    pub(super) fn imply(&self, narrow: &[&Expr], wide: &[&Expr]) -> bool {
        if wide.iter().any(|wide| is_plainly_within(narrow, wide)) {
            return true;
        }
        let mut proved = false;
        with_rows(self.table, self.known, &mut |rows| proved = rows.can_hold(narrow, wide).is_never());
        proved
    }
}

/// Whether the conditions of the wide one are among those of the narrow ones.
#[must_use]
pub fn is_plainly_within(narrow: &[&Expr], wide: &Expr) -> bool {
    let known: Vec<&Expr> = narrow.iter().flat_map(|expr| conditions(expr)).collect();
    conditions(wide).iter().all(|condition| known.contains(condition))
}

/// The conditions that AND joins; none where it is TRUE.
fn conditions(expr: &Expr) -> Vec<&Expr> {
    match &expr.kind {
        _ if expr.is_truth() => Vec::new(),
        Kind::And(all) => all.iter().collect(),
        _ => vec![expr],
    }
}

/// Conditions over the rows of one table.
pub struct Rows<'a> {
    /// The table.
    pub table: &'a Table,
    world: &'a World,
    facts: Plain<'a>,
}

impl std::fmt::Debug for Rows<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rows").field("table", &self.table.item).finish_non_exhaustive()
    }
}

/// Names, and the types of fields that only their comparisons show.
struct Plain<'a> {
    names: &'a dyn Names,
    fields: BTreeMap<&'a str, TypeId>,
}

impl<'a> Plain<'a> {
    /// A field of which nothing is known is taken to be of the type of the column that it is compared with: rustc sees to it that
    /// they compare.
    fn of(table: &'a Table, names: &'a dyn Names, world: &World) -> Plain<'a> {
        let mut fields = BTreeMap::new();
        let tenant = if let Tenancy::Own { predicate, .. } = &table.tenancy { Some(predicate) } else { None };
        let rules = table.rules.iter().flat_map(|rule| rule.using.iter().chain(&rule.with_check));
        for predicate in tenant.into_iter().chain(rules) {
            predicate.visit(&mut |part| {
                let sides = part.children();
                let column = sides.iter().find_map(|side| if let Kind::Own(column) = &side.kind { names.own(column)?.kind } else { None });
                let array = matches!(&part.kind, Kind::AnyArray(..));
                let kind = if array { column.and_then(|kind| world.array_of(kind)) } else { column };
                let (Some(kind), true) = (kind, array || compares(&part.kind)) else { return };
                for side in sides {
                    if let Kind::Ctx(field) = &side.kind {
                        fields.entry(field.as_str()).or_insert(kind);
                    }
                }
            });
        }
        Plain { names, fields }
    }
}

/// Whether the values directly below are of one type.
fn compares(kind: &Kind) -> bool {
    match kind {
        Kind::Binary(op, ..) => matches!(op.as_str(), "=" | "<>" | "!=" | "<" | "<=" | ">" | ">="),
        Kind::Call(name, _) => matches!(name.as_str(), "coalesce" | "nullif" | "greatest" | "least"),
        Kind::Distinct(..) | Kind::In(..) | Kind::Between(..) => true,
        _ => false,
    }
}

impl Names for Plain<'_> {
    fn own(&self, column: &str) -> Option<Given> {
        self.names.own(column)
    }
    fn column(&self, source: &Source, column: &str) -> Option<Given> {
        self.names.column(source, column)
    }
    /// A setting may be absent or empty, whatever the field's Rust type says.
    fn ctx(&self, field: &str) -> Option<Given> {
        let inferred = || self.fields.get(field).map(|kind| Given { kind: Some(*kind), nullable: true });
        self.names.ctx(field).filter(|given| given.kind.is_some()).map(|given| Given { nullable: true, ..given }).or_else(inferred)
    }
    fn routine(&self, routine: &Routine) -> Option<Vec<Signature>> {
        self.names.routine(routine)
    }
}

impl Facts for Plain<'_> {
    /// A volatile function in a predicate is a fault that was told before.
    fn volatility(&self, _: &Routine) -> Volatility {
        Volatility::Stable
    }
}

impl Rows<'_> {
    /// Whether all of these can be TRUE where none of those is.
    #[must_use]
    pub fn can_hold(&self, assume: &[&Expr], deny: &[&Expr]) -> Verdict {
        let question = Question { world: self.world, facts: &self.facts, assume, wish: &[], deny };
        prove::can_hold(&question, BUDGET)
    }

    /// When a row is of the caller's tenant, if the item shows it.
    #[must_use]
    pub fn tenant(&self, command: Command) -> Option<Expr> {
        tenant(self.table, command)
    }
}

/// When a row of a table is of the caller's tenant, if the item shows it.
pub(super) fn tenant(table: &Table, command: Command) -> Option<Expr> {
    let Tenancy::Own { predicate, .. } = &table.tenancy else { return None };
    Some(Expr::any(std::iter::once(predicate.clone()).chain(ownerless(table, command))))
}
