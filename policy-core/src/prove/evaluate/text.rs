//! LIKE and ILIKE.

use super::value::Value;
use super::{Outcome, not_evaluated};

/// `value LIKE pattern`.
pub(super) fn like(op: &str, value: &Value, pattern: &Value, escape: Option<&str>) -> Outcome {
    if *value == Value::Null || *pattern == Value::Null {
        return Ok(Value::Null);
    }
    let (Some(text), Some(pattern)) = (as_text(value), as_text(pattern)) else { return not_evaluated("LIKE of what is no text") };
    let mut escape = escape.map_or("\\", |text| text).chars();
    let mark = escape.next();
    if escape.next().is_some() {
        return not_evaluated("an escape of several characters");
    }
    let (text, pattern) = match op {
        "LIKE" => (text.to_owned(), pattern.to_owned()),
        "ILIKE" if text.is_ascii() && pattern.is_ascii() => (text.to_ascii_lowercase(), pattern.to_ascii_lowercase()),
        _ => return not_evaluated(format!("{op} of these texts")),
    };
    let (text, pattern): (Vec<char>, Vec<char>) = (text.chars().collect(), pattern.chars().collect());
    matches(&text, &pattern, mark).map(Value::Bool)
}

/// A value that is a text.
pub(super) fn as_text(value: &Value) -> Option<&str> {
    if let Value::Text(text) | Value::Raw(text) = value { Some(text) } else { None }
}

fn matches(text: &[char], pattern: &[char], escape: Option<char>) -> Outcome<bool> {
    match pattern.split_first() {
        None => Ok(text.is_empty()),
        Some((first, rest)) if Some(*first) == escape => match (rest.split_first(), text.split_first()) {
            (None, _) => not_evaluated("a pattern that ends with its escape"),
            (Some((wanted, rest)), Some((own, more))) if wanted == own => matches(more, rest, escape),
            _ => Ok(false),
        },
        Some(('%', rest)) => {
            for from in 0..=text.len() {
                if matches(text.get(from..).unwrap_or_default(), rest, escape)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        Some((first, rest)) => match text.split_first() {
            Some((own, more)) if *first == '_' || own == first => matches(more, rest, escape),
            _ => Ok(false),
        },
    }
}
