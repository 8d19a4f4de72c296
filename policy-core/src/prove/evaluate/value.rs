//! Values of one row.

use std::fmt;

use super::{Outcome, not_evaluated, read};

/// An exact number: `units / 10^scale`.
#[derive(Clone, Copy, Debug)]
pub struct Decimal {
    /// The digits.
    pub units: i128,
    /// How many of them stand after the point.
    pub scale: u32,
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// NULL.
    Null,
    /// boolean
    Bool(bool),
    /// smallint, integer, bigint
    Int(i64),
    /// numeric
    Decimal(Decimal),
    /// real, double precision
    Float(f64),
    /// text, varchar, name
    Text(String),
    /// character: blanks at its end do not count.
    Padded(String),
    /// A constant without a type.
    Raw(String),
    /// uuid, as PostgreSQL prints it.
    Uuid(String),
    /// date: days since 2000.
    Date(i64),
    /// timestamp: microseconds since 2000.
    Timestamp(i64),
    /// timestamptz: microseconds since 2000.
    Timestamptz(i64),
    /// interval without months: days, microseconds.
    Span(i64, i64),
    /// An enum: its labels, and which it is.
    Label(Vec<String>, usize),
    /// An array of one dimension.
    Array(Vec<Value>),
    /// A row.
    Row(Vec<Value>),
    /// A value of another type, of which nothing is known but which it is.
    Other(String, u32),
}

impl Decimal {
    /// Both with the same number of digits after the point.
    pub(super) fn aligned(self, other: Decimal) -> Option<(i128, i128, u32)> {
        let scale = self.scale.max(other.scale);
        let up = |one: Decimal| one.units.checked_mul(10_i128.checked_pow(scale - one.scale)?);
        Some((up(self)?, up(other)?, scale))
    }
}

/// Equal as numbers.
impl PartialEq for Decimal {
    fn eq(&self, other: &Decimal) -> bool {
        self.aligned(*other).is_some_and(|(a, b, _)| a == b)
    }
}

impl Value {
    /// Where a truth value is wanted; none is NULL.
    pub(super) fn as_truth(&self) -> Outcome<Option<bool>> {
        match self {
            Value::Null => Ok(None),
            Value::Bool(value) => Ok(Some(*value)),
            Value::Raw(text) => read::truth(text).map(Some),
            _ => not_evaluated("a condition that is no truth value"),
        }
    }

    /// Whether neither is distinct from the other.
    pub(super) fn same(&self, other: &Value) -> Outcome<bool> {
        match (self, other) {
            (Value::Null, Value::Null) => Ok(true),
            (Value::Null, _) | (_, Value::Null) => Ok(false),
            (Value::Row(a), Value::Row(b)) if a.len() == b.len() => {
                for (a, b) in a.iter().zip(b) {
                    if !a.same(b)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            _ => Ok(self.compares("=", other)? == Some(true)),
        }
    }
}

/// As it stands in a key and in a message; not SQL.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Null => f.write_str("NULL"),
            Value::Bool(value) => write!(f, "{value}"),
            Value::Int(value) => write!(f, "{value}"),
            Value::Decimal(value) => f.write_str(&decimal(*value)),
            Value::Float(value) => write!(f, "{value}"),
            Value::Text(text) | Value::Padded(text) | Value::Raw(text) | Value::Uuid(text) => write!(f, "'{text}'"),
            Value::Date(day) => f.write_str(&read::written(*day, None)),
            Value::Timestamp(micros) | Value::Timestamptz(micros) => {
                f.write_str(&read::written(micros.div_euclid(read::DAY), Some(micros.rem_euclid(read::DAY))))
            }
            Value::Span(days, micros) => write!(f, "{days} days {micros} microseconds"),
            Value::Label(labels, at) => write!(f, "'{}'", labels.get(*at).map_or("", String::as_str)),
            Value::Array(items) | Value::Row(items) => {
                let items: Vec<String> = items.iter().map(ToString::to_string).collect();
                write!(f, "[{}]", items.join(", "))
            }
            Value::Other(kind, number) => write!(f, "{kind} {number}"),
        }
    }
}

pub(super) fn decimal(value: Decimal) -> String {
    let sign = if value.units < 0 { "-" } else { "" };
    let digits = value.units.unsigned_abs().to_string();
    let scale = value.scale as usize;
    if scale == 0 {
        return format!("{sign}{digits}");
    }
    let digits = format!("{digits:0>width$}", width = scale + 1);
    let (whole, fraction) = digits.split_at_checked(digits.len() - scale).unwrap_or((&digits, ""));
    format!("{sign}{whole}.{fraction}")
}
