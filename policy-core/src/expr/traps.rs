//! What parses and still deceives (SURFACE 1.1 and section 3): comparisons without a column, Rust's `&&` and `||`, bypass flags.

use sqlparser::ast::{BinaryOperator as B, Expr as Ast};

use super::operators::is_comparison;
use super::{Converter, Form};
use crate::diag::{At, codes};
use crate::model::{Expr, Kind, Literal};

pub(super) fn check(converter: &mut Converter<'_>, ast: &Ast, expr: Option<&Expr>) {
    rust_operators(converter, ast, false);
    if let Some(expr) = expr {
        let mut found = Vec::new();
        expr.visit(&mut |one| {
            found.extend(without_column(converter, one));
            found.extend(bypass(converter, one));
        });
        found.into_iter().for_each(|fault| converter.push(fault));
    }
}

/// `a = b && c`, `active || owner = ctx.user`: `&&` and `||` where AND and OR are meant.
fn rust_operators(converter: &mut Converter<'_>, ast: &Ast, compared: bool) {
    // Only along the operators: what stands deeper is converted on its own and judged by its operands.
    let Ast::BinaryOp { left, op, right } = ast else {
        if let Ast::Nested(inner) | Ast::UnaryOp { expr: inner, .. } = ast {
            rust_operators(converter, inner, false);
        }
        return;
    };
    let word = match op {
        B::PGOverlap => Some(("&&", "AND")),
        B::StringConcat => Some(("||", "OR")),
        _ => None,
    };
    if let Some((written, word)) = word
        && (truth(converter, left) || truth(converter, right) || (compared && written == "&&"))
    {
        let at = operator_at(converter, left, right);
        let fault = converter
            .fault(codes::RUST_OPERATOR, at, format!("`{written}` is not {word} in SQL"))
            .note(if word == "AND" { "`&&` asks whether two arrays or ranges overlap" } else { "`||` joins two texts" })
            .help(format!("write `{word}`"));
        converter.push(fault);
        return;
    }
    let comparing = matches!(op, B::Eq | B::NotEq | B::Lt | B::Gt | B::LtEq | B::GtEq);
    let mut rest = (left.as_ref(), right.as_ref());
    // A long chain is walked, not descended.
    while let (Ast::BinaryOp { left, op: inner, right }, side) = rest {
        rust_operators(converter, side, comparing);
        if !matches!(inner, B::And | B::Or) {
            rust_operators(converter, rest.0, comparing);
            return;
        }
        rest = (left, right);
    }
    rust_operators(converter, rest.0, comparing);
    rust_operators(converter, rest.1, comparing);
}

/// Whether an operand is a truth value by its form, or a boolean column.
fn truth(converter: &Converter<'_>, ast: &Ast) -> bool {
    match ast {
        Ast::Nested(inner) => truth(converter, inner),
        Ast::BinaryOp { op, .. } => matches!(op, B::Eq | B::NotEq | B::Lt | B::Gt | B::LtEq | B::GtEq | B::And | B::Or),
        Ast::IsNull(_) | Ast::IsNotNull(_) | Ast::IsTrue(_) | Ast::IsFalse(_) | Ast::InList { .. } | Ast::InSubquery { .. } => true,
        Ast::Exists { .. } | Ast::Like { .. } | Ast::Between { .. } => true,
        Ast::UnaryOp { op: sqlparser::ast::UnaryOperator::Not, .. } => true,
        Ast::Identifier(ident) => converter.scope.columns.iter().any(|column| {
            let name = if converter.scope.form == Form::Tokens { column.field.as_str() } else { column.name.as_str() };
            name == ident.value && column.kind.is("boolean")
        }),
        _ => false,
    }
}

fn operator_at(converter: &Converter<'_>, left: &Ast, right: &Ast) -> At {
    use sqlparser::ast::Spanned;
    match (super::tokens::at(left.span()), super::tokens::at(right.span())) {
        (Some(left), Some(right)) => {
            let (mut first, last) = (left.last + 1, right.first.saturating_sub(1).max(left.last + 1));
            while first < last && !matches!(converter.tokens.get(first).map(ToString::to_string).as_deref(), Some("&&" | "||")) {
                first += 1;
            }
            At { first, last: first }
        }
        _ => At::default(),
    }
}

/// `"tenantCode" = "x"`, `now() > "2024-01-01"`, `ctx.role = "owner_id"`: no row is compared.
fn without_column(converter: &Converter<'_>, expr: &Expr) -> Option<crate::diag::Diagnostic> {
    let (left, right) = match &expr.kind {
        Kind::Binary(op, left, right) if is_comparison(op) => (left, right),
        Kind::Distinct(left, right, _) => (left, right),
        _ => return None,
    };
    let (literal, other) = match (text(left), text(right)) {
        (Some(literal), _) => (literal, right),
        (None, Some(literal)) => (literal, left),
        (None, None) => return None,
    };
    let column = converter.scope.columns.iter().find(|c| c.field == literal.0 || c.name.as_str() == literal.0);
    if any(other, &|kind| matches!(kind, Kind::Own(_) | Kind::Column(..) | Kind::Keyword(_)))
        || (column.is_none() && any(other, &|kind| matches!(kind, Kind::Ctx(_))))
    {
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
        Kind::Literal(Literal::Text(text) | Literal::Number(text)) => Some((text, expr.at)),
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

/// `tenant_id = ctx.tenant_id OR ctx.is_admin`: a whole operand of OR that says nothing about the row.
fn bypass(converter: &Converter<'_>, expr: &Expr) -> Option<crate::diag::Diagnostic> {
    let Kind::Or(operands) = &expr.kind else { return None };
    let flag = operands.iter().find(|operand| {
        any(operand, &|kind| matches!(kind, Kind::Ctx(_))) && !any(operand, &|kind| matches!(kind, Kind::Own(_) | Kind::Column(..)))
    })?;
    Some(
        converter
            .fault(codes::BYPASS_FLAG, flag.at, "a context flag opens every row")
            .note("whoever sets the flag passes the policy, and the OR keeps PostgreSQL from using an index")
            .help("give those callers a role of their own and a rule for it: `permit(.., to = Admin, across_tenants = \"reason\")`"),
    )
}
