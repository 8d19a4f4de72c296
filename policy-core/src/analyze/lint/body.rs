//! The words of a function's body.
//!
//! In: the user's text. Out: its words, and the relations it reads without a schema. A reading of words, not of SQL: what is
//! quoted or commented is left out, and what is not plain is not found.

use crate::model::{Body, Function};

/// The text of a body, if the user wrote it.
pub(super) fn text(function: &Function) -> Option<&str> {
    match &function.body {
        Some(Body::Text(text)) => Some(text),
        _ => None,
    }
}

/// Its words in small letters: names with their dots, and brackets and commas by themselves.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for line in text.lines() {
        let code = line.split("--").next().unwrap_or_default();
        for c in code.chars().chain([' ']) {
            quoted ^= c == '\'';
            let part = !quoted && (c.is_alphanumeric() || matches!(c, '_' | '.' | '"' | '$'));
            match words.last_mut().filter(|_| part) {
                Some(word) => word.extend(c.to_lowercase()),
                None => words.extend([if quoted || c.is_whitespace() { String::new() } else { c.to_string() }, String::new()]),
            }
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The first relation after FROM or JOIN that has no schema.
pub(super) fn bare_relation(text: &str) -> Option<String> {
    let words = words(text);
    let after = words.windows(2).filter_map(|pair| if let [a, b] = pair { Some((a, b)) } else { None });
    let named = after.filter(|(a, _)| matches!(a.as_str(), "from" | "join")).map(|(_, b)| b);
    // `WITH x AS (..)` names what is no relation, and `extract(year from at)` none at all.
    let own =
        |name: &str| words.windows(2).any(|pair| matches!(pair, [a, b] if a == name && b == "as")) || words.iter().any(|w| w == "extract");
    named
        .filter(|name| name.starts_with(|c: char| c.is_alphabetic() || c == '"' || c == '_'))
        .find(|name| !name.contains('.') && !own(name))
        .cloned()
}
