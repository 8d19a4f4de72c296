//! What an expression looks like: its conditions, its equalities, what it asks.
//!
//! In: linked expressions. Out: parts of them. Must not know where they stand.

use crate::model::{Expr, Kind, Literal};

/// The conditions that all must hold; none for the constant TRUE.
pub(super) fn conditions(expr: Option<&Expr>) -> Vec<&Expr> {
    match expr {
        None => Vec::new(),
        Some(expr) if expr.is_truth() => Vec::new(),
        Some(Expr { kind: Kind::And(all), .. }) => all.iter().collect(),
        Some(expr) => vec![expr],
    }
}

/// Every expression in it, outermost first.
pub(super) fn all(expr: &Expr) -> Vec<&Expr> {
    let mut found = Vec::new();
    expr.visit(&mut |one| found.push(one));
    found
}

/// Whether one of these stands in it.
pub(super) fn has(expr: &Expr, wanted: impl Fn(&Kind) -> bool) -> bool {
    all(expr).iter().any(|one| wanted(&one.kind))
}

/// Whether it names a column of the row, or this one.
pub(super) fn of_row(expr: &Expr) -> bool {
    has(expr, |kind| matches!(kind, Kind::Own(_)))
}

/// Whether it asks for something of the caller.
pub(super) fn of_caller(expr: &Expr) -> bool {
    has(expr, |kind| matches!(kind, Kind::Ctx(_)))
}

/// Whether it names this column of the row.
pub(super) fn names(expr: &Expr, column: &str) -> bool {
    has(expr, |kind| matches!(kind, Kind::Own(name) if name == column))
}

/// The sides of `a = b`.
pub(super) fn equal(expr: &Expr) -> Option<(&Expr, &Expr)> {
    match &expr.kind {
        Kind::Binary(op, a, b) if op == "=" => Some((a, b)),
        _ => None,
    }
}

/// The sides of `a = b`, the one that `first` wants before the other.
pub(super) fn equal_with(expr: &Expr, first: impl Fn(&Expr) -> bool) -> Option<(&Expr, &Expr)> {
    let (a, b) = equal(expr)?;
    if first(a) {
        Some((a, b))
    } else if first(b) {
        Some((b, a))
    } else {
        None
    }
}

/// `column = ctx.field`: both names.
pub(super) fn own_is_caller(expr: &Expr) -> Option<(&str, &str)> {
    let (a, b) = equal_with(expr, |side| matches!(side.kind, Kind::Own(_)))?;
    match (&a.kind, &b.kind) {
        (Kind::Own(column), Kind::Ctx(field)) => Some((column, field)),
        _ => None,
    }
}

/// Whether it is a constant, perhaps under a cast.
pub(super) fn is_constant(expr: &Expr) -> bool {
    match &expr.kind {
        Kind::Literal(literal) => *literal != Literal::Null,
        Kind::Typed(..) => true,
        Kind::Cast(inner, _) => is_constant(inner),
        _ => false,
    }
}

/// What stands below AND and OR.
pub(super) fn leaves(expr: &Expr) -> Vec<&Expr> {
    match &expr.kind {
        Kind::And(all) | Kind::Or(all) => all.iter().flat_map(leaves).collect(),
        _ => vec![expr],
    }
}
