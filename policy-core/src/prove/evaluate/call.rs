//! Functions.

use super::text::as_text;
use super::value::Value;
use super::{Evaluator, Outcome, not_evaluated};
use crate::model::Expr;

impl<'a> Evaluator<'a> {
    pub(super) fn call(&mut self, name: &str, args: &'a [Expr]) -> Outcome {
        match (name, args) {
            ("coalesce", _) => {
                for arg in args {
                    let value = self.value(arg)?;
                    if value != Value::Null {
                        return Ok(value);
                    }
                }
                Ok(Value::Null)
            }
            ("nullif", [left, right]) => {
                let value = self.value(left)?;
                let equal = value.compares("=", &self.value(right)?)?;
                Ok(if equal == Some(true) { Value::Null } else { value })
            }
            ("greatest" | "least", _) => {
                let values = self.values(args)?;
                extreme(values, if name == "greatest" { ">" } else { "<" })
            }
            ("now" | "transaction_timestamp", []) => self.now(),
            _ => {
                let values = self.values(args)?;
                self.answered(name, &values, |_| function(name, &values))
            }
        }
    }

    fn now(&self) -> Outcome {
        self.row.now.map_or_else(|| not_evaluated("now()"), |now| Ok(Value::Timestamptz(now)))
    }

    pub(super) fn keyword(&mut self, name: &str) -> Outcome {
        if name == "current_timestamp" {
            return self.now();
        }
        self.answered(name, &[], |_| not_evaluated(name))
    }
}

fn extreme(values: Vec<Value>, op: &str) -> Outcome {
    let mut best = Value::Null;
    for value in values.into_iter().filter(|value| *value != Value::Null) {
        if best == Value::Null || value.compares(op, &best)? == Some(true) {
            best = value;
        }
    }
    Ok(best)
}

fn function(name: &str, args: &[Value]) -> Outcome {
    let wrong = || not_evaluated(format!("{name}()"));
    let known = [
        "lower",
        "upper",
        "length",
        "char_length",
        "character_length",
        "btrim",
        "ltrim",
        "rtrim",
        "reverse",
        "starts_with",
        "substr",
        "substring",
        "replace",
        "strpos",
        "left",
        "abs",
        "cardinality",
        "array_length",
    ];
    if !known.contains(&name) {
        return wrong();
    }
    if args.contains(&Value::Null) {
        return Ok(Value::Null);
    }
    match (name, args) {
        ("abs", [Value::Int(value)]) => value.checked_abs().map_or_else(wrong, |value| Ok(Value::Int(value))),
        ("cardinality", [Value::Array(items)]) => count(items.len()),
        ("array_length", [Value::Array(items), Value::Int(1)]) => {
            if items.is_empty() {
                Ok(Value::Null)
            } else {
                count(items.len())
            }
        }
        (_, [first, rest @ ..]) => match as_text(first) {
            Some(text) => of_text(name, text, rest),
            None => wrong(),
        },
        _ => wrong(),
    }
}

fn of_text(name: &str, text: &str, rest: &[Value]) -> Outcome {
    let texts: Vec<&str> = rest.iter().filter_map(as_text).collect();
    let numbers: Vec<i64> = rest.iter().filter_map(|value| if let Value::Int(value) = value { Some(*value) } else { None }).collect();
    match (name, texts.as_slice(), numbers.as_slice(), rest.len()) {
        // What is no ASCII is a matter of the locale.
        ("lower", [], [], 0) if text.is_ascii() => Ok(Value::Text(text.to_ascii_lowercase())),
        ("upper", [], [], 0) if text.is_ascii() => Ok(Value::Text(text.to_ascii_uppercase())),
        ("length" | "char_length" | "character_length", [], [], 0) => count(text.chars().count()),
        ("btrim", [], [], 0) => Ok(Value::Text(text.trim_matches(' ').to_owned())),
        ("ltrim", [], [], 0) => Ok(Value::Text(text.trim_start_matches(' ').to_owned())),
        ("rtrim", [], [], 0) => Ok(Value::Text(text.trim_end_matches(' ').to_owned())),
        ("reverse", [], [], 0) => Ok(Value::Text(text.chars().rev().collect())),
        ("starts_with", [prefix], [], 1) => Ok(Value::Bool(text.starts_with(prefix))),
        ("strpos", [part], [], 1) => count(text.find(part).map_or(0, |at| text.chars().count() - text.split_at(at).1.chars().count() + 1)),
        ("replace", [from, to], [], 2) if !from.is_empty() => Ok(Value::Text(text.replace(from, to))),
        ("left", [], [length], 1) if *length >= 0 => Ok(Value::Text(piece(text, 1, *length))),
        ("substr" | "substring", [], [from], 1) if *from >= 1 => Ok(Value::Text(piece(text, *from, i64::MAX))),
        ("substr" | "substring", [], [from, length], 2) if *from >= 1 && *length >= 0 => Ok(Value::Text(piece(text, *from, *length))),
        _ => not_evaluated(format!("{name}()")),
    }
}

fn piece(text: &str, from: i64, length: i64) -> String {
    let from = usize::try_from(from - 1).unwrap_or(usize::MAX);
    text.chars().skip(from).take(usize::try_from(length).unwrap_or(usize::MAX)).collect()
}

fn count(number: usize) -> Outcome {
    i64::try_from(number).map_or_else(|_| not_evaluated("a number that is too large"), |number| Ok(Value::Int(number)))
}
