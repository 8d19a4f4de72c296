//! The words of a function's body.
//!
//! In: the user's text. Out: its words. A reading of words, not of SQL: what is quoted or commented is left out.

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
