//! What compares with what: the operands of an expression, and whether PostgreSQL takes two types together.
//!
//! In: expressions and types. Out: pairs and verdicts. Must not know names or places. `meta::sql` says the same to rustc.

use crate::model::{Base, Expr, Kind, SqlType};
use crate::typing::{Context, NEWEST, TypeId, World, can_coerce};

/// The pairs of operands that an expression compares; the flag says that the right one is an array of such.
#[must_use]
pub fn pairs(expr: &Expr) -> Vec<(&Expr, &Expr, bool)> {
    match &expr.kind {
        Kind::Binary(op, a, b) if matches!(op.as_str(), "=" | "<>" | "<" | ">" | "<=" | ">=") => vec![(a, b, false)],
        Kind::Distinct(a, b, _) => vec![(a, b, false)],
        Kind::Between(a, low, high, _) => vec![(a, low, false), (a, high, false)],
        Kind::In(a, list, _) => list.iter().map(|b| (a.as_ref(), b, false)).collect(),
        Kind::AnyArray(a, op, b, _) if op == "=" || op == "<>" => match &b.kind {
            Kind::Array(list) => list.iter().map(|b| (a.as_ref(), b, false)).collect(),
            _ => vec![(a, b, true)],
        },
        Kind::InQuery(a, query, _) | Kind::AnyQuery(a, _, query, _) => {
            let left = if let Kind::Row(values) = &a.kind { values.as_slice() } else { std::slice::from_ref(a.as_ref()) };
            left.iter().zip(&query.columns).map(|(a, b)| (a, b, false)).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether PostgreSQL has an `=` between the two without a cast. A type that is not resolved compares with all: it is H0308.
#[must_use]
pub fn comparable(a: &SqlType, b: &SqlType) -> bool {
    fits(a, b, World::compares)
}

/// Whether a value of the second type can be passed where the first is wanted.
#[must_use]
pub(super) fn takes(wanted: &SqlType, given: &SqlType) -> bool {
    fits(wanted, given, |world, wanted, given| can_coerce(world, &[given], &[wanted], Context::Implicit))
}

/// A type that is not declared fits itself.
fn fits(a: &SqlType, b: &SqlType, test: impl Fn(&World, TypeId, TypeId) -> bool) -> bool {
    let unknown = |kind: &SqlType| matches!(kind.base, Base::Opaque(_));
    let world = World::new(NEWEST);
    match (world.find(a), world.find(b)) {
        _ if unknown(a) || unknown(b) => true,
        (Some(a), Some(b)) => test(&world, a, b),
        _ => a.array == b.array && named(&a.base) == named(&b.base),
    }
}

/// The schema and name of a type; `public` where none is said.
fn named(base: &Base) -> (&str, &str) {
    match base {
        Base::User(schema, name) => (schema.as_deref().unwrap_or("public"), name),
        Base::Builtin(name) | Base::Opaque(name) => ("pg_catalog", name),
    }
}
