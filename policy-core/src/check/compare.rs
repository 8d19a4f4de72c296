//! What compares with what: the operands of an expression, and whether PostgreSQL takes their types together.
//!
//! In: expressions and types. Out: pairs and verdicts. Must not know names or places. Source: PostgreSQL documentation
//! 10.2 "Operators"; `meta::sql` says the same to rustc.

use crate::model::{Base, Expr, Kind, SqlType};

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

/// The family within which types compare without a cast; `meta::sql` says the same to rustc.
fn family(kind: &SqlType) -> (&str, &str) {
    match &kind.base {
        Base::User(schema, name) => (schema.as_deref().unwrap_or("public"), name),
        Base::Opaque(name) => ("", name),
        Base::Builtin(name) if kind.array => ("pg_catalog", name),
        Base::Builtin(name) => match name.as_str() {
            "smallint" | "integer" | "bigint" | "numeric" | "real" | "double precision" => ("pg_catalog", "number"),
            "text" | "character varying" | "character" | "bpchar" | "name" => ("pg_catalog", "text"),
            "timestamp" | "timestamptz" => ("pg_catalog", "date"),
            "cidr" => ("pg_catalog", "inet"),
            "bit varying" => ("pg_catalog", "bit"),
            other => ("pg_catalog", other),
        },
    }
}

/// Whether PostgreSQL compares the two without a cast. A type that is not resolved compares with all: it is H0308.
#[must_use]
pub fn comparable(a: &SqlType, b: &SqlType) -> bool {
    let unknown = |kind: &SqlType| matches!(kind.base, Base::Opaque(_));
    unknown(a) || unknown(b) || (a.array == b.array && family(a) == family(b))
}
