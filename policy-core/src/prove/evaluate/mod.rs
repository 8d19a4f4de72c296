//! What an expression is for one row, one context and the rows of other relations, by SQL's three-valued logic.
//!
//! In: an expression and values. Out: its value, or that it is not evaluated here. Must not know formulas: it reads witnesses again, so
//! it shares nothing with what found them. What is not certain is not evaluated.

mod arith;
mod call;
mod compare;
mod query;
mod read;
mod text;
mod value;

use std::collections::BTreeMap;

use crate::model::{Expr, Kind, Literal, Source, Test};

pub use value::{Decimal, Value};

/// That an expression has no certain value here, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotEvaluated(pub String);

/// A value, or that there is none.
pub(super) type Outcome<T = Value> = Result<T, NotEvaluated>;

pub(super) fn not_evaluated<T>(what: impl Into<String>) -> Outcome<T> {
    Err(NotEvaluated(what.into()))
}

/// Values by column.
pub type Columns = BTreeMap<String, Value>;

/// What an expression is evaluated in.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// The row under judgement.
    pub own: Columns,
    /// The context.
    pub ctx: Columns,
    /// The rows of other relations, by name.
    pub others: BTreeMap<String, Vec<Columns>>,
    /// The labels of enums, by the name of the type.
    pub enums: BTreeMap<String, Vec<String>>,
    /// When the statement began, in microseconds since 2000.
    pub now: Option<i64>,
    /// Answers of functions and operators that are not evaluated here, by what `Row::key` makes of them.
    pub opaque: BTreeMap<String, Value>,
    /// Whether those answers stand for what could be evaluated as well.
    pub opaque_first: bool,
}

impl Row {
    /// What an answer is found by: a function or operator and its arguments.
    #[must_use]
    pub fn key(head: &str, args: &[Value]) -> String {
        let args: Vec<String> = args.iter().map(ToString::to_string).collect();
        format!("{head}({})", args.join(", "))
    }

    /// The name of a relation.
    #[must_use]
    pub fn relation(source: &Source) -> String {
        match source {
            Source::Item(item) => item.clone(),
            Source::Relation(relation) => relation.to_string(),
        }
    }
}

/// The value of an expression.
///
/// # Errors
/// What is not evaluated here.
pub fn evaluate(expr: &Expr, row: &Row) -> Result<Value, NotEvaluated> {
    Evaluator { row, frames: Vec::new() }.value(expr)
}

/// The truth of an expression; none is NULL.
///
/// # Errors
/// What is not evaluated here.
pub fn truth(expr: &Expr, row: &Row) -> Result<Option<bool>, NotEvaluated> {
    Evaluator { row, frames: Vec::new() }.truth(expr)
}

/// A row of a query under way; none where an outer join has none.
type Frame<'a> = (&'a str, Option<&'a Columns>);

struct Evaluator<'a> {
    row: &'a Row,
    frames: Vec<Frame<'a>>,
}

impl<'a> Evaluator<'a> {
    fn value(&mut self, expr: &'a Expr) -> Outcome {
        match &expr.kind {
            Kind::Own(column) => found(&self.row.own, column),
            Kind::Column(alias, column) => match self.frames.iter().rev().find(|(name, _)| name == alias) {
                Some((_, Some(columns))) => found(columns, column),
                Some((_, None)) => Ok(Value::Null),
                None => not_evaluated(format!("{alias}.{column}")),
            },
            Kind::Ctx(field) => found(&self.row.ctx, field),
            Kind::Literal(literal) => literal_value(literal),
            Kind::Typed(kind, text) => self.cast(Value::Raw(text.clone()), kind, true),
            Kind::Array(items) => Ok(Value::Array(self.values(items)?)),
            Kind::Row(items) => Ok(Value::Row(self.values(items)?)),
            Kind::Case(operand, arms, otherwise) => self.case(operand.as_deref(), arms, otherwise.as_deref()),
            Kind::Cast(inner, kind) => {
                let value = self.value(inner)?;
                self.answered("cast", std::slice::from_ref(&value), |own| own.cast(value.clone(), kind, is_plain(inner)))
            }
            Kind::Collate(inner, _) => self.value(inner),
            Kind::Scalar(query) => self.scalar(query),
            Kind::ArrayQuery(query) => self.array_query(query),
            Kind::Call(name, args) => self.call(name, args),
            Kind::Keyword(name) => self.keyword(name),
            Kind::Routine(routine, args) => {
                let args = self.values(args)?;
                let name = match routine {
                    crate::model::Routine::Method(item, method) => format!("{item}.{method}"),
                    crate::model::Routine::Named(name) => name.to_string(),
                };
                self.answered(&name, &args, |_| not_evaluated(name.clone()))
            }
            Kind::Unary(op, inner) => self.unary(op, inner),
            Kind::Binary(op, left, right) => self.binary(op, left, right),
            Kind::Subscript(base, index) => self.subscript(base, index),
            Kind::Slice(..) | Kind::AtTimeZone(..) | Kind::Extract(..) | Kind::Named(..) => not_evaluated("an expression of that kind"),
            _ => Ok(self.truth(expr)?.map_or(Value::Null, Value::Bool)),
        }
    }

    fn values(&mut self, exprs: &'a [Expr]) -> Outcome<Vec<Value>> {
        exprs.iter().map(|expr| self.value(expr)).collect()
    }

    fn truth(&mut self, expr: &'a Expr) -> Outcome<Option<bool>> {
        match &expr.kind {
            Kind::And(all) => self.connective(all, false),
            Kind::Or(any) => self.connective(any, true),
            Kind::Not(inner) => Ok(self.truth(inner)?.map(|value| !value)),
            Kind::Is(inner, test, not) => Ok(Some(self.is(inner, *test, *not)?)),
            Kind::Distinct(left, right, not) => {
                let same = self.value(left)?.same(&self.value(right)?)?;
                Ok(Some(same == *not))
            }
            Kind::In(left, list, not) => {
                let value = self.value(left)?;
                let items = self.values(list)?;
                Ok(any_equal(&value, &items)?.map(|found| found != *not))
            }
            Kind::Between(inner, low, high, not) => {
                let value = self.value(inner)?;
                let (low, high) = (self.value(low)?, self.value(high)?);
                let both = and(value.compares(">=", &low)?, value.compares("<=", &high)?);
                Ok(both.map(|inside| inside != *not))
            }
            Kind::Like(op, left, pattern, escape, not) => {
                let (value, pattern) = (self.value(left)?, self.value(pattern)?);
                let head = if op == "ILIKE" { "~~*" } else { "~~" };
                let args = [value.clone(), pattern.clone()];
                let found = self.answered(head, &args, |_| text::like(op, &value, &pattern, escape.as_deref()))?;
                Ok(found.as_truth()?.map(|found| found != *not))
            }
            Kind::AnyArray(left, op, right, all) => self.any_array(left, op, right, *all),
            Kind::InQuery(left, query, not) => Ok(self.any_query(left, "=", query, false)?.map(|found| found != *not)),
            Kind::AnyQuery(left, op, query, all) => self.any_query(left, op, query, *all),
            Kind::Exists(query, not) => Ok(Some(self.exists(query)? != *not)),
            _ => self.value(expr)?.as_truth(),
        }
    }

    /// AND, or OR: one operand decides it alone, even beside one that is not evaluated.
    fn connective(&mut self, operands: &'a [Expr], decides: bool) -> Outcome<Option<bool>> {
        let mut open = None;
        let mut null = false;
        for operand in operands {
            match self.truth(operand) {
                Ok(Some(value)) if value == decides => return Ok(Some(decides)),
                Ok(Some(_)) => {}
                Ok(None) => null = true,
                Err(reason) => open = open.or(Some(reason)),
            }
        }
        match (open, null) {
            (Some(reason), _) => Err(reason),
            (None, true) => Ok(None),
            (None, false) => Ok(Some(!decides)),
        }
    }

    fn is(&mut self, inner: &'a Expr, test: Test, not: bool) -> Outcome<bool> {
        if test == Test::Null {
            return Ok(match self.value(inner)? {
                // A row is NULL if all of it is, and NOT NULL if none of it is.
                Value::Row(items) => items.iter().all(|item| (*item == Value::Null) != not),
                value => (value == Value::Null) != not,
            });
        }
        let value = self.truth(inner)?;
        let holds = match test {
            Test::True => value == Some(true),
            Test::False => value == Some(false),
            Test::Unknown | Test::Null => value.is_none(),
        };
        Ok(holds != not)
    }

    fn case(&mut self, operand: Option<&'a Expr>, arms: &'a [(Expr, Expr)], otherwise: Option<&'a Expr>) -> Outcome {
        let operand = operand.map(|operand| self.value(operand)).transpose()?;
        for (when, then) in arms {
            let holds = match &operand {
                Some(operand) => operand.compares("=", &self.value(when)?)?,
                None => self.truth(when)?,
            };
            if holds == Some(true) {
                return self.value(then);
            }
        }
        otherwise.map_or(Ok(Value::Null), |otherwise| self.value(otherwise))
    }

    fn any_array(&mut self, left: &'a Expr, op: &str, right: &'a Expr, all: bool) -> Outcome<Option<bool>> {
        let (value, array) = (self.value(left)?, self.value(right)?);
        let head = format!("{op} {}", if all { "ALL" } else { "ANY" });
        let args = [value.clone(), array.clone()];
        self.answered(&head, &args, |_| {
            let items = match &array {
                Value::Null => return Ok(Value::Null),
                Value::Array(items) => items.clone(),
                Value::Raw(text) => read::plain_array(text)?,
                _ => return not_evaluated("ANY of what is no array"),
            };
            let mut null = false;
            for item in &items {
                match value.compares(op, item)? {
                    Some(holds) if holds != all => return Ok(Value::Bool(!all)),
                    Some(_) => {}
                    None => null = true,
                }
            }
            Ok(if null { Value::Null } else { Value::Bool(all) })
        })?
        .as_truth()
    }

    /// An answer that was given, where the value is not evaluated here.
    fn answered(&mut self, head: &str, args: &[Value], compute: impl FnOnce(&mut Self) -> Outcome) -> Outcome {
        let given = if self.row.opaque.is_empty() { None } else { self.row.opaque.get(&Row::key(head, args)).cloned() };
        match given {
            Some(value) if self.row.opaque_first => Ok(value),
            Some(value) => Ok(compute(self).unwrap_or(value)),
            None => compute(self),
        }
    }
}

fn found(columns: &Columns, name: &str) -> Outcome {
    columns.get(name).cloned().map_or_else(|| not_evaluated(name), Ok)
}

fn literal_value(literal: &Literal) -> Outcome {
    Ok(match literal {
        Literal::Null => Value::Null,
        Literal::Bool(value) => Value::Bool(*value),
        Literal::Text(text) => Value::Raw(text.clone()),
        Literal::Number(text) => read::number(text)?,
    })
}

fn and(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

fn any_equal(value: &Value, items: &[Value]) -> Outcome<Option<bool>> {
    let mut null = false;
    for item in items {
        match value.compares("=", item)? {
            Some(true) => return Ok(Some(true)),
            Some(false) => {}
            None => null = true,
        }
    }
    Ok(if null { None } else { Some(false) })
}

/// Whether the type of an expression shows in its value: no branch could have given it another.
fn is_plain(expr: &Expr) -> bool {
    match &expr.kind {
        Kind::Case(..) => false,
        Kind::Call(name, _) => !matches!(name.as_str(), "coalesce" | "nullif" | "greatest" | "least"),
        Kind::Unary(..) | Kind::Binary(..) => expr.children().into_iter().all(is_plain),
        _ => true,
    }
}
