//! Comparisons of two values.

use std::cmp::Ordering;

use super::read::{self, DAY};
use super::value::{Decimal, Value};
use super::{Outcome, not_evaluated};

impl Value {
    /// `self op other`; none is NULL.
    pub(super) fn compares(&self, op: &str, other: &Value) -> Outcome<Option<bool>> {
        if let (Value::Row(a), Value::Row(b)) = (self, other) {
            return rows(op, a, b);
        }
        let (a, b) = typed(self, other)?;
        if a == Value::Null || b == Value::Null {
            return Ok(None);
        }
        let holds = match op {
            "=" => equal(&a, &b)?,
            "<>" | "!=" => !equal(&a, &b)?,
            "<" => order(&a, &b)? == Ordering::Less,
            "<=" => order(&a, &b)? != Ordering::Greater,
            ">" => order(&a, &b)? == Ordering::Greater,
            ">=" => order(&a, &b)? != Ordering::Less,
            _ => return not_evaluated(format!("the operator {op}")),
        };
        Ok(Some(holds))
    }
}

fn rows(op: &str, a: &[Value], b: &[Value]) -> Outcome<Option<bool>> {
    if a.len() != b.len() || !matches!(op, "=" | "<>" | "!=") {
        return not_evaluated(format!("rows by {op}"));
    }
    let mut null = false;
    let mut differ = false;
    for (a, b) in a.iter().zip(b) {
        match a.compares("=", b)? {
            Some(true) => {}
            Some(false) => differ = true,
            None => null = true,
        }
    }
    let same = if differ { Some(false) } else { Some(true).filter(|_| !null) };
    Ok(same.map(|same| same == (op == "=")))
}

/// Both as values of one type: a constant without a type takes the other's.
pub(super) fn typed(a: &Value, b: &Value) -> Outcome<(Value, Value)> {
    match (a, b) {
        (Value::Null, _) | (_, Value::Null) => Ok((a.clone(), b.clone())),
        (Value::Raw(x), Value::Raw(y)) => Ok((Value::Text(x.clone()), Value::Text(y.clone()))),
        (Value::Raw(text), other) => Ok((like(text, other)?, other.clone())),
        (one, Value::Raw(text)) => Ok((one.clone(), like(text, one)?)),
        _ => Ok((a.clone(), b.clone())),
    }
}

/// A text as a value of the type of another.
pub(super) fn like(text: &str, other: &Value) -> Outcome {
    Ok(match other {
        Value::Bool(_) => Value::Bool(read::truth(text)?),
        Value::Int(_) => Value::Int(read::int(text)?),
        Value::Decimal(_) => Value::Decimal(read::decimal(text)?),
        Value::Float(_) => Value::Float(read::float(text)?),
        Value::Text(_) => Value::Text(text.to_owned()),
        Value::Padded(_) => Value::Padded(text.to_owned()),
        Value::Uuid(_) => Value::Uuid(read::uuid(text)?),
        Value::Date(_) => Value::Date(read::date(text)?),
        Value::Timestamp(_) => Value::Timestamp(read::moment(text)?.0),
        Value::Timestamptz(_) => match read::moment(text)? {
            (micros, Some(zone)) => Value::Timestamptz(micros - zone * 60_000_000),
            (_, None) => return not_evaluated("a moment without a zone"),
        },
        Value::Label(labels, _) => match labels.iter().position(|label| label == text) {
            Some(at) => Value::Label(labels.clone(), at),
            None => return not_evaluated(format!("the label {text}")),
        },
        Value::Array(items) => {
            let elements = read::plain_array(text)?;
            match items.iter().find(|item| **item != Value::Null) {
                Some(item) => {
                    let own = |one: Value| if let Value::Raw(text) = &one { like(text, item) } else { Ok(one) };
                    Value::Array(elements.into_iter().map(own).collect::<Outcome<_>>()?)
                }
                None => Value::Array(elements),
            }
        }
        _ => return not_evaluated(format!("the constant {text}")),
    })
}

fn equal(a: &Value, b: &Value) -> Outcome<bool> {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => Ok(a == b),
        (Value::Padded(a), Value::Padded(b)) => Ok(a.trim_end_matches(' ') == b.trim_end_matches(' ')),
        (Value::Padded(a), Value::Text(b)) | (Value::Text(b), Value::Padded(a)) => Ok(a.trim_end_matches(' ') == b),
        (Value::Bool(a), Value::Bool(b)) => Ok(a == b),
        (Value::Other(kind, a), Value::Other(other, b)) if kind == other => Ok(a == b),
        (Value::Array(a), Value::Array(b)) => {
            if a.len() != b.len() {
                return Ok(false);
            }
            for (a, b) in a.iter().zip(b) {
                if !a.same(b)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        _ => Ok(order(a, b)? == Ordering::Equal),
    }
}

/// Which is smaller. Texts are ordered by a collation, which is not known here.
pub(super) fn order(a: &Value, b: &Value) -> Outcome<Ordering> {
    let moment = |value: &Value| match value {
        Value::Date(day) => Some(day * DAY),
        Value::Timestamp(micros) => Some(*micros),
        _ => None,
    };
    if let (Some(a), Some(b)) = (moment(a), moment(b)) {
        return Ok(a.cmp(&b));
    }
    match (a, b) {
        (Value::Bool(a), Value::Bool(b)) => Ok(a.cmp(b)),
        (Value::Uuid(a), Value::Uuid(b)) => Ok(a.cmp(b)),
        (Value::Timestamptz(a), Value::Timestamptz(b)) => Ok(a.cmp(b)),
        (Value::Label(all, a), Value::Label(others, b)) if all == others => Ok(a.cmp(b)),
        (Value::Text(a), Value::Text(b)) if a == b => Ok(Ordering::Equal),
        (Value::Float(_), _) | (_, Value::Float(_)) => match (as_float(a), as_float(b)) {
            (Some(a), Some(b)) => a.partial_cmp(&b).map_or_else(|| not_evaluated("a comparison of floats"), Ok),
            _ => not_evaluated("a comparison of values of two types"),
        },
        _ => match (as_decimal(a), as_decimal(b)) {
            (Some(a), Some(b)) => match a.aligned(b) {
                Some((a, b, _)) => Ok(a.cmp(&b)),
                None => not_evaluated("a number that is too large"),
            },
            _ => unordered(a, b),
        },
    }
}

/// Values that are not equal, of which it is not known which is smaller.
fn unordered(a: &Value, b: &Value) -> Outcome<Ordering> {
    not_evaluated(format!("the order of {a} and {b}"))
}

pub(super) fn as_decimal(value: &Value) -> Option<Decimal> {
    match value {
        Value::Int(value) => Some(Decimal { units: i128::from(*value), scale: 0 }),
        Value::Decimal(value) => Some(*value),
        _ => None,
    }
}

pub(super) fn as_float(value: &Value) -> Option<f64> {
    match value {
        Value::Float(value) => Some(*value),
        other => super::value::decimal(as_decimal(other)?).parse().ok(),
    }
}
