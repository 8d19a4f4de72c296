//! The predicates of a world, evaluated. In: a predicate of the few forms that worlds use, a row. Out: TRUE, FALSE or NULL. Must not know:
//! whose predicate it is.

use policy_core::model::{Expr, Kind, Literal, Test};

use super::client::Value;
use crate::Failure;

/// What a predicate can see.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen<'a> {
    /// The names of the columns.
    pub(super) columns: &'a [&'static str],
    /// Their values.
    pub(super) row: &'a [Value],
    /// The one field of the context.
    pub(super) field: Option<&'a str>,
    /// The role that the session is.
    pub(super) user: &'a str,
}

/// Whether a predicate is TRUE.
pub(super) fn holds(expr: &Expr, seen: Seen<'_>) -> Result<bool, Failure> {
    Ok(truth(expr, seen)? == Some(true))
}

fn truth(expr: &Expr, seen: Seen<'_>) -> Result<Option<bool>, Failure> {
    Ok(match &expr.kind {
        Kind::Literal(Literal::Bool(value)) => Some(*value),
        Kind::Literal(Literal::Null) => None,
        Kind::Binary(op, left, right) if op == "=" => {
            let (left, right) = (value(left, seen)?, value(right, seen)?);
            left.zip(right).map(|(left, right)| left == right)
        }
        Kind::Is(inner, Test::Null, negated) => Some(value(inner, seen)?.is_none() != *negated),
        Kind::Not(inner) => truth(inner, seen)?.map(|inner| !inner),
        Kind::And(all) => joined(all, seen, false)?,
        Kind::Or(any) => joined(any, seen, true)?,
        other => return Err(format!("a predicate that worlds do not have: {other:?}").into()),
    })
}

/// AND, which FALSE decides, or OR, which TRUE decides.
fn joined(parts: &[Expr], seen: Seen<'_>, decides: bool) -> Result<Option<bool>, Failure> {
    let truths = parts.iter().map(|part| truth(part, seen)).collect::<Result<Vec<_>, _>>()?;
    if truths.contains(&Some(decides)) {
        return Ok(Some(decides));
    }
    Ok(if truths.contains(&None) { None } else { Some(!decides) })
}

fn value(expr: &Expr, seen: Seen<'_>) -> Result<Value, Failure> {
    Ok(match &expr.kind {
        Kind::Own(name) | Kind::Column(_, name) => {
            let at = seen.columns.iter().position(|column| column == name).ok_or("a column that is not there")?;
            seen.row[at].clone()
        }
        Kind::Literal(Literal::Text(text) | Literal::Number(text)) => Some(text.clone()),
        Kind::Ctx(_) => seen.field.map(str::to_owned),
        Kind::Keyword(_) => Some(seen.user.to_owned()),
        other => return Err(format!("a value that worlds do not have: {other:?}").into()),
    })
}
