//! What NULL does to a comparison that PostgreSQL accepts.
//!
//! In: comparisons as the walk meets them. Out: `Trap`s. Must not know which of them are faults.

use super::value::Value;
use super::{Walker, is_null};
use crate::diag::At;
use crate::model::{Expr, Kind, Literal, Query, Test};

/// A comparison that NULL makes undecided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trap {
    /// Its tokens.
    pub at: At,
    /// Which.
    pub kind: TrapKind,
}

/// Which trap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TrapKind {
    /// `x = NULL`: NULL for every row. The operator.
    ComparedWithNull(String),
    /// `x NOT IN (.., NULL)`: never true.
    NotInNull,
    /// `x NOT IN (SELECT y ..)` where y can be NULL: one NULL, and it is true for no row. The column.
    NotInNullable(String),
    /// `x <> y` where the column x can be NULL: such a row is not matched. The column.
    UnequalNullable(String),
    /// `x <> ctx.field` where the field can be absent: NULL for everyone who does not say it. The field.
    UnequalUnset(String),
    /// `x > 0` where the column x can be NULL: a CHECK constraint lets such a row pass, a policy does not. The column.
    NullableAgainstConstant(String),
}

impl<'a> Walker<'a> {
    fn trap(&mut self, at: At, kind: TrapKind) {
        self.out.traps.push(Trap { at, kind });
    }

    /// `left op right`.
    pub(super) fn compared(&mut self, op: &str, exprs: [&'a Expr; 2], values: [&Value<'a>; 2], at: At) {
        if !matches!(op, "=" | "<>" | "!=" | "<" | ">" | "<=" | ">=") {
            return;
        }
        let [left, right] = exprs;
        if let Some(null) = exprs.into_iter().find(|expr| is_null(expr)) {
            self.trap(null.at, TrapKind::ComparedWithNull(op.to_owned()));
            return;
        }
        let unequal = matches!(op, "<>" | "!=");
        for (expr, value, other) in [(left, values[0], right), (right, values[1], left)] {
            if !value.nullable {
                continue;
            }
            match &expr.kind {
                Kind::Own(column) if unequal => self.trap(at, TrapKind::UnequalNullable(column.clone())),
                Kind::Own(column) if op != "=" && is_constant(other) => self.trap(at, TrapKind::NullableAgainstConstant(column.clone())),
                Kind::Ctx(field) if unequal => self.trap(at, TrapKind::UnequalUnset(field.clone())),
                _ => {}
            }
        }
    }

    /// `left [NOT] IN (list)`.
    pub(super) fn in_values(&mut self, left: &'a Expr, value: &Value<'a>, items: &[(&'a Expr, Value<'a>)], not: bool, at: At) {
        if is_null(left) {
            self.trap(left.at, TrapKind::ComparedWithNull(if not { "NOT IN" } else { "IN" }.to_owned()));
        }
        if not {
            if let Some((null, _)) = items.iter().find(|(item, _)| is_null(item)) {
                // No row is left of which more could be said.
                self.trap(null.at, TrapKind::NotInNull);
                return;
            }
            self.unequal(left, value, at);
            for (item, value) in items {
                if let (Kind::Ctx(field), true) = (&item.kind, value.nullable) {
                    self.trap(item.at, TrapKind::UnequalUnset(field.clone()));
                }
            }
        }
    }

    /// `left <> ALL (array)`.
    pub(super) fn any_values(&mut self, op: &str, left: &'a Expr, right: &'a Expr, value: &Value<'a>, all: bool, at: At) {
        if matches!(op, "<>" | "!=") && all {
            let null = if let Kind::Array(items) = &right.kind { items.iter().find(|item| is_null(item)) } else { None };
            match null {
                Some(null) => self.trap(null.at, TrapKind::NotInNull),
                None => self.unequal(left, value, at),
            }
        }
        if is_null(left) || is_null(right) {
            self.trap(at, TrapKind::ComparedWithNull(op.to_owned()));
        }
    }

    /// `left <> ALL (SELECT ..)`, NOT IN included.
    pub(super) fn unequal_to_query(&mut self, left: &'a Expr, values: &[Value<'a>], query: &'a Query, nullable: bool, at: At) {
        if nullable {
            let column = query
                .columns
                .iter()
                .find_map(|column| if let Kind::Column(alias, name) = &column.kind { Some(format!("{alias}.{name}")) } else { None });
            self.trap(at, TrapKind::NotInNullable(column.unwrap_or_default()));
        } else if let [value] = values {
            self.unequal(left, value, at);
        }
    }

    fn unequal(&mut self, left: &'a Expr, value: &Value<'a>, at: At) {
        match &left.kind {
            Kind::Own(column) if value.nullable => self.trap(at, TrapKind::UnequalNullable(column.clone())),
            Kind::Ctx(field) if value.nullable => self.trap(at, TrapKind::UnequalUnset(field.clone())),
            _ => {}
        }
    }

    /// A column of a query that its own condition keeps from being NULL.
    pub(super) fn proved(&self, value: Value<'a>, expr: &Expr, query: &Query) -> Value<'a> {
        let kept = query.filter.as_ref().is_some_and(|filter| excludes_null(filter, expr));
        Value { nullable: value.nullable && !kept, ..value }
    }
}

/// Whether a condition holds for no row where the expression is NULL.
fn excludes_null(filter: &Expr, expr: &Expr) -> bool {
    match &filter.kind {
        Kind::And(all) => all.iter().any(|one| excludes_null(one, expr)),
        Kind::Or(any) => !any.is_empty() && any.iter().all(|one| excludes_null(one, expr)),
        Kind::Is(inner, Test::Null, true) | Kind::Is(inner, Test::True | Test::False, false) => **inner == *expr,
        Kind::Binary(op, a, b) if matches!(op.as_str(), "=" | "<>" | "<" | ">" | "<=" | ">=") => **a == *expr || **b == *expr,
        Kind::Between(a, ..) | Kind::Like(_, a, ..) | Kind::In(a, ..) => **a == *expr,
        _ => filter == expr,
    }
}

/// Whether it is the same for every row and caller.
fn is_constant(expr: &Expr) -> bool {
    match &expr.kind {
        Kind::Literal(literal) => *literal != Literal::Null,
        Kind::Typed(..) => true,
        Kind::Cast(inner, _) | Kind::Unary(_, inner) => is_constant(inner),
        Kind::Array(items) => items.iter().all(is_constant),
        _ => false,
    }
}
