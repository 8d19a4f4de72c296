//! What parses and still deceives: Rust's `&&` and `||`, then what `meaning` finds in the converted tree.

use sqlparser::ast::{BinaryOperator as B, Expr as Ast};

use super::{Converter, Form, meaning};
use crate::diag::{At, codes};
use crate::model::{Expr, Kind, Query};

/// `&&` and `||` in a condition of a query, and in the query what `meaning` finds; what a view shows may depend on a flag.
pub(super) fn check_query(converter: &mut Converter<'_>, conditions: &[&Ast], query: Option<&Query>) {
    conditions.iter().for_each(|ast| rust_operators(converter, ast, false));
    let Some(query) = query else { return };
    let mut found = Vec::new();
    let joins = query.from.iter().flat_map(|from| from.joins.iter().filter_map(|join| join.on.as_ref()));
    for expr in joins.chain(query.filter.as_ref()) {
        expr.visit(&mut |one| found.extend(meaning::bypass(converter, one)));
    }
    let whole = Expr::new(Kind::Scalar(Box::new(query.clone())));
    whole.visit(&mut |one| found.extend(meaning::without_column(converter, one)));
    found.into_iter().for_each(|fault| converter.push(fault));
}

pub(super) fn check(converter: &mut Converter<'_>, ast: &Ast, expr: Option<&Expr>) {
    rust_operators(converter, ast, false);
    if let Some(expr) = expr {
        let mut found = Vec::new();
        expr.visit(&mut |one| {
            found.extend(meaning::without_column(converter, one));
            found.extend(meaning::bypass(converter, one));
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
