//! Predicates that say nothing about the row: comparisons without a column, flags that open every row.
//!
//! In: a converted expression. Out: faults. Must not know sqlparser's tree.

use super::operators::is_comparison;
use super::{Converter, Form};
use crate::diag::{At, Diagnostic, codes};
use crate::model::{Expr, Kind, Literal};

/// `"tenantCode" = "x"`, `now() > "2024-01-01"`, `ctx.role = "owner_id"`: no row is compared.
pub(super) fn without_column(converter: &Converter<'_>, expr: &Expr) -> Option<Diagnostic> {
    // `"owner_id" IS NOT NULL` compares a constant with nothing at all.
    if let Kind::Is(inner, ..) = &expr.kind {
        return of_no_row(converter, inner, inner);
    }
    compared(expr).into_iter().find_map(|(left, right)| of_no_row(converter, left, right))
}

/// The pairs that an expression compares.
fn compared(expr: &Expr) -> Vec<(&Expr, &Expr)> {
    match &expr.kind {
        Kind::Binary(op, left, right) if is_comparison(op) => vec![(left, right)],
        Kind::Distinct(left, right, _) | Kind::Like(_, left, right, ..) => vec![(left, right)],
        Kind::Between(left, low, high, _) => vec![(left, low), (left, high)],
        Kind::In(left, list, _) => against(left, list),
        Kind::AnyArray(left, _, right, _) => match &right.kind {
            Kind::Array(list) => against(left, list),
            _ => vec![(left, right)],
        },
        _ => Vec::new(),
    }
}

/// A value against a list; one column in the list is enough.
fn against<'a>(left: &'a Expr, list: &'a [Expr]) -> Vec<(&'a Expr, &'a Expr)> {
    if list.iter().any(of_a_row) { Vec::new() } else { list.iter().map(|right| (left, right)).collect() }
}

fn of_no_row(converter: &Converter<'_>, left: &Expr, right: &Expr) -> Option<Diagnostic> {
    let (literal, other) = match (text(left), text(right)) {
        (Some(literal), _) => (literal, right),
        (None, Some(literal)) => (literal, left),
        (None, None) => return None,
    };
    let column = converter.scope.columns.iter().find(|c| c.field == literal.0 || c.name.as_str() == literal.0);
    if of_a_row(other) || (column.is_none() && of_the_caller(other)) {
        return None;
    }
    let fault = converter
        .fault(codes::NO_COLUMN, literal.1, "this comparison is about no row: neither side has a column")
        .note("text in double quotes is a constant here, not a quoted name");
    Some(match column {
        Some(column) if converter.scope.form == Form::Tokens => fault.help(format!("for the column write `{}`", column.field)),
        Some(column) => fault.help(format!("for the column write `\"{}\"` in double quotes", column.name)),
        None => fault.help("compare a column of the row with the constant"),
    })
}

/// A constant and the tokens of it.
fn text(expr: &Expr) -> Option<(&str, At)> {
    match &expr.kind {
        Kind::Literal(Literal::Text(text) | Literal::Number(text)) | Kind::Typed(_, text) => Some((text, expr.at)),
        Kind::Literal(Literal::Bool(_)) => Some(("", expr.at)),
        Kind::Cast(inner, _) => text(inner),
        _ => None,
    }
}

fn any(expr: &Expr, wanted: &dyn Fn(&Kind) -> bool) -> bool {
    let mut found = false;
    expr.visit(&mut |one| found |= wanted(&one.kind));
    found
}

/// Whether a column of a row is in it; `current_user` may stand for one, where each tenant has a role.
fn of_a_row(expr: &Expr) -> bool {
    any(expr, &|kind| match kind {
        Kind::Own(_) | Kind::Column(..) => true,
        Kind::Keyword(name) => name == "current_user",
        _ => false,
    })
}

fn of_the_caller(expr: &Expr) -> bool {
    any(expr, &|kind| matches!(kind, Kind::Ctx(_) | Kind::Routine(..)))
}

/// Whether it asks for something of the caller and for nothing of the row.
fn is_flag(expr: &Expr) -> bool {
    of_the_caller(expr) && !any(expr, &|kind| matches!(kind, Kind::Own(_) | Kind::Column(..)))
}

/// `tenant_id = ctx.tenant_id OR ctx.is_admin`, and what comes to the same: a flag under NOT .. AND, in a CASE, in a COALESCE.
pub(super) fn bypass(converter: &Converter<'_>, expr: &Expr) -> Option<Diagnostic> {
    let flag = match &expr.kind {
        Kind::Or(operands) => operands.iter().find(|operand| is_flag(operand))?,
        Kind::Not(inner) => match &inner.kind {
            Kind::And(operands) => operands.iter().find(|operand| is_flag(operand))?,
            _ => return None,
        },
        Kind::Case(operand, arms, otherwise) => {
            let row = arms.iter().any(|(_, then)| of_a_row(then)) || otherwise.as_deref().is_some_and(of_a_row);
            let asked = operand.as_deref().into_iter().chain(arms.iter().map(|(when, _)| when));
            asked.filter(|_| row).find(|when| is_flag(when))?
        }
        Kind::Call(name, args) if name == "coalesce" => args.iter().filter(|_| args.iter().any(of_a_row)).find(|arg| is_flag(arg))?,
        _ => return None,
    };
    Some(
        converter
            .fault(codes::BYPASS_FLAG, flag.at, "a context flag opens every row")
            .note("whoever sets the flag, or leaves it unset, passes the policy; and PostgreSQL cannot use an index for the rest")
            .help("give those callers a role of their own and a rule for it: `permit(.., to = Admin, across_tenants = \"reason\")`"),
    )
}
