//! A context field as SQL.
//!
//! In: a field. Out: a sub-select of its own, which PostgreSQL evaluates once for a statement (an InitPlan) and which is
//! NULL when the request did not say. Must not know in which predicate it stands.
//!
//! `current_setting(.., true)` is NULL in a fresh session but `''` after a local setting has ended, hence `nullif`.

use super::quote::{literal, sql_type};
use crate::model::{Base, ContextSource, Field, SqlType};

/// `(SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)`.
///
/// Bare, without the sub-select, where the target refuses sub-selects in a policy.
pub(super) fn field(field: &Field, bare: bool) -> String {
    let setting = format!("nullif(current_setting({}, true), '')", literal(field.source.setting()));
    match &field.source {
        ContextSource::Claim(_, path) if field.kind.array => array_claim(&setting, path, &field.kind),
        ContextSource::Claim(_, path) => wrapped(&claim(&setting, path, &field.kind), bare),
        ContextSource::Routine(routine, _) => wrapped(&format!("{}()", super::function::called(routine)), bare),
        ContextSource::Setting(_) => wrapped(&(setting + &cast(&field.kind)), bare),
    }
}

fn wrapped(value: &str, bare: bool) -> String {
    if bare { format!("({value})") } else { format!("(SELECT {value})") }
}

/// `nullif(nullif(..)::json ->> 'sub', '')::uuid`.
fn claim(setting: &str, path: &[String], kind: &SqlType) -> String {
    if path.is_empty() {
        return format!("{setting}{}", cast(kind));
    }
    match json(kind) {
        Some(own) => format!("{setting}::{own} {}", step(path, "")),
        None => format!("nullif({setting}::json {}, ''){}", step(path, ">"), cast(kind)),
    }
}

/// The elements of a claim that is a JSON array; NULL for everything else, as a string or an absent claim.
fn array_claim(setting: &str, path: &[String], kind: &SqlType) -> String {
    let claim = if path.is_empty() { format!("{setting}::json") } else { format!("{setting}::json {}", step(path, "")) };
    let elements = if json(&kind.clone().element()).is_some() { "json_array_elements" } else { "json_array_elements_text" };
    format!(
        "(SELECT ARRAY(SELECT {elements}(c.claim))::{} FROM (SELECT {claim}) AS c (claim) WHERE json_typeof(c.claim) = 'array')",
        sql_type(kind)
    )
}

/// `-> 'sub'`, or `#> '{app_metadata,team}'` for a path; with a further `>` the result is text.
fn step(path: &[String], text: &str) -> String {
    match path {
        [only] => format!("->{text} {}", literal(only)),
        _ => {
            let words: Vec<String> = path.iter().map(|word| array_word(word)).collect();
            format!("#>{text} {}", literal(&format!("{{{}}}", words.join(","))))
        }
    }
}

/// One element of an array constant (PostgreSQL documentation 8.15.6).
fn array_word(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ':' | '/' | '.');
    if !word.is_empty() && word.chars().all(plain) && !word.eq_ignore_ascii_case("null") {
        return word.to_owned();
    }
    format!("\"{}\"", word.replace('\\', "\\\\").replace('"', "\\\""))
}

fn cast(kind: &SqlType) -> String {
    if kind.is("text") { String::new() } else { format!("::{}", sql_type(kind)) }
}

fn json(kind: &SqlType) -> Option<&str> {
    match &kind.base {
        Base::Builtin(name) if !kind.array && (name == "json" || name == "jsonb") => Some(name),
        _ => None,
    }
}
