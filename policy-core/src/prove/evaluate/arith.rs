//! Operators that give values, and casts.

use super::compare::{as_decimal, as_float, like, typed};
use super::read::{self, DAY};
use super::text::{self, as_text};
use super::value::{Decimal, Value};
use super::{Evaluator, Outcome, is_plain, not_evaluated};
use crate::model::{Base, Expr, Kind, SqlType};

impl<'a> Evaluator<'a> {
    pub(super) fn unary(&mut self, op: &str, inner: &'a Expr) -> Outcome {
        let value = self.value(inner)?;
        let args = [value.clone()];
        self.answered(op, &args, |_| match (op, &value) {
            (_, Value::Null) => Ok(Value::Null),
            ("-", Value::Int(value)) => value.checked_neg().map_or_else(|| not_evaluated("a negation"), |value| Ok(Value::Int(value))),
            ("-", Value::Decimal(value)) => Ok(Value::Decimal(Decimal { units: -value.units, ..*value })),
            ("-", Value::Float(value)) => Ok(Value::Float(-value)),
            ("+", Value::Int(_) | Value::Decimal(_) | Value::Float(_)) => Ok(value.clone()),
            _ => not_evaluated(format!("the operator {op}")),
        })
    }

    pub(super) fn binary(&mut self, op: &str, left: &'a Expr, right: &'a Expr) -> Outcome {
        let (a, b) = (self.value(left), self.value(right));
        // Beside NULL the other side makes no difference.
        let compares = matches!(op, "=" | "<>" | "!=" | "<" | "<=" | ">" | ">=");
        if compares && [&a, &b].into_iter().any(|side| *side == Ok(Value::Null)) {
            return Ok(Value::Null);
        }
        let (a, b) = (a?, b?);
        let plain = is_plain(left) && is_plain(right);
        // What a branch left without a type has one for the server.
        let raw = |value: &Value, expr: &Expr| matches!(value, Value::Raw(_)) && !is_plain(expr);
        if (raw(&a, left) || raw(&b, right)) && matches!((&a, &b), (Value::Raw(_), Value::Raw(_))) {
            return not_evaluated("constants without a type");
        }
        // In which order a query yields its rows is not known.
        if matches!((&left.kind, &right.kind), (Kind::ArrayQuery(_), _) | (_, Kind::ArrayQuery(_))) && !matches!(op, "@>" | "<@" | "&&") {
            return not_evaluated("the order of an array");
        }
        let args = [a.clone(), b.clone()];
        self.answered(op, &args, |_| operate(op, &a, &b, plain))
    }

    pub(super) fn subscript(&mut self, base: &'a Expr, index: &'a Expr) -> Outcome {
        if matches!(base.kind, Kind::ArrayQuery(_)) {
            return not_evaluated("the order of an array");
        }
        let (base, index) = (self.value(base)?, self.value(index)?);
        let args = [base.clone(), index.clone()];
        self.answered("subscript", &args, |_| match (&base, &index) {
            (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
            (Value::Array(items), Value::Int(at)) => {
                let at = usize::try_from(*at).ok().and_then(|at| at.checked_sub(1));
                Ok(at.and_then(|at| items.get(at)).cloned().unwrap_or(Value::Null))
            }
            _ => not_evaluated("a subscript"),
        })
    }

    /// `value::type`; `plain` says that the type of the value shows in it.
    pub(super) fn cast(&self, value: Value, kind: &SqlType, plain: bool) -> Outcome {
        let name = match &kind.base {
            Base::Builtin(name) => name.as_str(),
            Base::User(..) => return self.cast_to_enum(&value, kind),
            Base::Opaque(_) => return not_evaluated(format!("a cast to {kind}")),
        };
        if kind.array {
            let element = kind.clone().element();
            let items = match value {
                Value::Null => return Ok(Value::Null),
                Value::Array(items) => items,
                Value::Raw(text) => read::plain_array(&text)?,
                _ => return not_evaluated(format!("a cast to {kind}")),
            };
            return Ok(Value::Array(items.into_iter().map(|item| self.cast(item, &element, plain)).collect::<Outcome<_>>()?));
        }
        if !kind.modifier.is_empty() {
            return not_evaluated(format!("a cast to {kind}"));
        }
        cast_to(value, name, plain)
    }

    fn cast_to_enum(&self, value: &Value, kind: &SqlType) -> Outcome {
        let name = kind.to_string();
        let short = name.strip_prefix("public.").unwrap_or(&name);
        let labels = self.row.enums.get(&name).or_else(|| self.row.enums.get(short));
        match (value, labels) {
            (Value::Null, _) => Ok(Value::Null),
            (Value::Label(own, _), Some(labels)) if own == labels => Ok(value.clone()),
            (Value::Raw(text) | Value::Text(text), Some(labels)) => like(text, &Value::Label(labels.clone(), 0)),
            _ => not_evaluated(format!("a cast to {kind}")),
        }
    }
}

fn cast_to(value: Value, name: &str, plain: bool) -> Outcome {
    let as_number = |value: &Value| as_decimal(value).filter(|_| plain);
    match (name, &value) {
        (_, Value::Null) => Ok(Value::Null),
        ("text" | "character varying", Value::Text(text) | Value::Raw(text) | Value::Uuid(text)) => Ok(Value::Text(text.clone())),
        ("text" | "character varying", Value::Bool(value)) => Ok(Value::Text(value.to_string())),
        ("text" | "character varying", Value::Label(labels, at)) => Ok(Value::Text(labels.get(*at).cloned().unwrap_or_default())),
        ("text" | "character varying", Value::Int(_) | Value::Decimal(_)) if plain => Ok(Value::Text(value.to_string())),
        ("integer" | "bigint" | "smallint", Value::Text(text) | Value::Raw(text)) => read::int(text).map(Value::Int),
        ("integer" | "bigint" | "smallint", Value::Int(_)) => Ok(value),
        ("integer", Value::Bool(value)) => Ok(Value::Int(i64::from(*value))),
        ("numeric", Value::Text(text) | Value::Raw(text)) => read::decimal(text).map(Value::Decimal),
        ("numeric", number) if as_number(number).is_some() => Ok(as_number(number).map_or(Value::Null, Value::Decimal)),
        ("double precision", Value::Text(text) | Value::Raw(text)) => read::float(text).map(Value::Float),
        ("double precision", number) if as_float(number).is_some() => Ok(as_float(number).map_or(Value::Null, Value::Float)),
        ("uuid", Value::Text(text) | Value::Raw(text)) => read::uuid(text).map(Value::Uuid),
        ("uuid", Value::Uuid(_)) | ("boolean", Value::Bool(_)) | ("date", Value::Date(_)) => Ok(value),
        ("boolean", Value::Text(text) | Value::Raw(text)) => read::truth(text).map(Value::Bool),
        ("boolean", Value::Int(value)) => Ok(Value::Bool(*value != 0)),
        ("character" | "bpchar", Value::Raw(text)) if name == "bpchar" => Ok(Value::Padded(text.clone())),
        ("date", Value::Text(text) | Value::Raw(text)) => read::date(text).map(Value::Date),
        ("date", Value::Timestamp(micros)) => Ok(Value::Date(micros.div_euclid(DAY))),
        ("timestamp", Value::Date(day)) => Ok(Value::Timestamp(day * DAY)),
        ("timestamp", Value::Text(text) | Value::Raw(text)) => like(text, &Value::Timestamp(0)),
        ("timestamptz", Value::Text(text) | Value::Raw(text)) => like(text, &Value::Timestamptz(0)),
        ("timestamp", Value::Timestamp(_)) | ("timestamptz", Value::Timestamptz(_)) => Ok(value),
        ("interval", Value::Text(text) | Value::Raw(text)) => read::interval(text).map(|(days, micros)| Value::Span(days, micros)),
        _ => not_evaluated(format!("a cast to {name}")),
    }
}

fn operate(op: &str, a: &Value, b: &Value, plain: bool) -> Outcome {
    match op {
        "=" | "<>" | "!=" | "<" | "<=" | ">" | ">=" => Ok(a.compares(op, b)?.map_or(Value::Null, Value::Bool)),
        "~~" | "!~~" | "~~*" | "!~~*" => {
            let found = text::like(if op.ends_with('*') { "ILIKE" } else { "LIKE" }, a, b, None)?;
            Ok(match found {
                Value::Bool(found) => Value::Bool(found != op.starts_with('!')),
                other => other,
            })
        }
        "+" | "-" | "*" | "/" | "%" => {
            let (a, b) = match (a, b) {
                (Value::Raw(text), Value::Timestamptz(_) | Value::Timestamp(_))
                | (Value::Timestamptz(_) | Value::Timestamp(_), Value::Raw(text)) => {
                    let (days, micros) = read::interval(text)?;
                    let span = Value::Span(days, micros);
                    if matches!(a, Value::Raw(_)) { (span, b.clone()) } else { (a.clone(), span) }
                }
                _ => typed(a, b)?,
            };
            calculate(op, &a, &b, plain)
        }
        "||" => match (a, b) {
            (Value::Null, Value::Text(_) | Value::Raw(_)) | (Value::Text(_) | Value::Raw(_), Value::Null) => Ok(Value::Null),
            _ => match (as_text(a), as_text(b)) {
                (Some(x), Some(y)) if !matches!((a, b), (Value::Raw(_), Value::Raw(_))) || plain => Ok(Value::Text(format!("{x}{y}"))),
                _ => not_evaluated("the operator ||"),
            },
        },
        "@>" | "<@" | "&&" => arrays(op, a, b),
        "^@" => match (a, b) {
            (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
            _ => match (as_text(a), as_text(b)) {
                (Some(a), Some(b)) => Ok(Value::Bool(a.starts_with(b))),
                _ => not_evaluated("the operator ^@"),
            },
        },
        _ => not_evaluated(format!("the operator {op}")),
    }
}

fn calculate(op: &str, a: &Value, b: &Value, plain: bool) -> Outcome {
    let wrong = || not_evaluated(format!("the operator {op}"));
    match (op, a, b) {
        (_, Value::Null, _) | (_, _, Value::Null) => Ok(Value::Null),
        (_, Value::Int(x), Value::Int(y)) => {
            let done = match op {
                "+" => x.checked_add(*y),
                "-" => x.checked_sub(*y),
                "*" => x.checked_mul(*y),
                "/" if plain => x.checked_div(*y),
                "%" if plain => x.checked_rem(*y),
                _ => None,
            };
            // Whether a larger one is an error depends on the types.
            match done.filter(|done| i32::try_from(*done).is_ok()) {
                Some(done) => Ok(Value::Int(done)),
                None => wrong(),
            }
        }
        ("+" | "-", Value::Date(day), Value::Int(by)) => Ok(Value::Date(if op == "+" { day + by } else { day - by })),
        ("+", Value::Int(by), Value::Date(day)) => Ok(Value::Date(day + by)),
        ("-", Value::Date(x), Value::Date(y)) => Ok(Value::Int(x - y)),
        ("+" | "-", Value::Date(day), Value::Span(..)) => calculate(op, &Value::Timestamp(day * DAY), b, plain),
        ("+" | "-", Value::Timestamp(at), Value::Span(days, micros)) => Ok(Value::Timestamp(moved(*at, days * DAY + micros, op))),
        ("+" | "-", Value::Timestamptz(at), Value::Span(0, micros)) => Ok(Value::Timestamptz(moved(*at, *micros, op))),
        ("+", Value::Span(..), Value::Timestamp(_) | Value::Timestamptz(_) | Value::Date(_)) => calculate(op, b, a, plain),
        ("+" | "-" | "*", Value::Decimal(_) | Value::Int(_), Value::Decimal(_) | Value::Int(_)) => match (as_decimal(a), as_decimal(b)) {
            (Some(x), Some(y)) => decimals(op, x, y).map_or_else(wrong, |done| Ok(Value::Decimal(done))),
            _ => wrong(),
        },
        _ => wrong(),
    }
}

fn moved(at: i64, by: i64, op: &str) -> i64 {
    if op == "+" { at.saturating_add(by) } else { at.saturating_sub(by) }
}

fn decimals(op: &str, x: Decimal, y: Decimal) -> Option<Decimal> {
    if op == "*" {
        return Some(Decimal { units: x.units.checked_mul(y.units)?, scale: x.scale + y.scale });
    }
    let (a, b, scale) = x.aligned(y)?;
    Some(Decimal { units: if op == "+" { a.checked_add(b)? } else { a.checked_sub(b)? }, scale })
}

/// `@>`, `<@`, `&&`: NULL in an array is equal to nothing.
fn arrays(op: &str, a: &Value, b: &Value) -> Outcome {
    let items = |value: &Value| match value {
        Value::Array(items) => Ok(items.clone()),
        Value::Raw(text) => read::plain_array(text),
        _ => not_evaluated(format!("the operator {op}")),
    };
    if *a == Value::Null || *b == Value::Null {
        return Ok(Value::Null);
    }
    if matches!((a, b), (Value::Raw(_), Value::Raw(_))) {
        return not_evaluated(format!("the operator {op}"));
    }
    let (a, b) = (items(a)?, items(b)?);
    let has = |all: &[Value], item: &Value| -> Outcome<bool> {
        for one in all {
            if one.compares("=", item)? == Some(true) {
                return Ok(true);
            }
        }
        Ok(false)
    };
    let (all, parts) = if op == "<@" { (&b, &a) } else { (&a, &b) };
    let mut found = Vec::new();
    for part in parts {
        found.push(has(all, part)?);
    }
    Ok(Value::Bool(if op == "&&" { found.contains(&true) } else { !found.contains(&false) }))
}
