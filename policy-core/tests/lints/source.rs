//! The snippets of pages as whole sources: with the items that `docs/codes/index.md` shows, in one set.

use std::path::PathBuf;

use policy_core::build::{Assembly, Source, assemble, scan_texts};

pub(crate) fn docs() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/codes")
}

/// What the build edge makes of a snippet.
pub(crate) fn assembled(snippet: &str) -> Assembly {
    assemble(scan_texts(vec![source(whole(snippet))]))
}

fn source(text: String) -> Source {
    Source { shown: "snippet.rs".to_owned(), text, folder: None }
}

fn whole(snippet: &str) -> String {
    let prelude = prelude();
    let mut text = snippet.to_owned();
    let missing = |text: &str| {
        let absent = prelude.iter().find(|(name, _)| {
            let used = (*name == "Owner" && !text.contains("policy_set!")) || has_word(text, name);
            used && !has_word(text, &format!("struct {name}"))
        });
        absent.cloned()
    };
    while let Some((_, item)) = missing(&text) {
        text = format!("{text}\n{item}");
    }
    if text.contains("policy_set!") {
        return text;
    }
    let names: Vec<String> = scan_texts(vec![source(text.clone())]).items.into_iter().map(|item| item.name).collect();
    format!("{text}\npolicy_set! {{ pub SNIPPET {{ owner: Owner, items: [{}] }} }}", names.join(", "))
}

/// The items of the index, by name.
fn prelude() -> Vec<(String, String)> {
    let index = std::fs::read_to_string(docs().join("index.md")).unwrap();
    let block = index.split("```rust\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let mut items: Vec<String> = Vec::new();
    for line in block.lines() {
        if line.starts_with("#[derive(") {
            items.push(String::new());
        }
        if let Some(item) = items.last_mut() {
            item.push_str(line);
            item.push('\n');
        }
    }
    let named = |item: String| {
        let name: String = item.split("struct ").nth(1)?.chars().take_while(|c| c.is_alphanumeric()).collect();
        Some((name, item))
    };
    items.into_iter().filter_map(named).collect()
}

/// Whether a text holds a word, not merely as a part of a longer one.
#[allow(clippy::string_slice, reason = "found by match_indices")]
fn has_word(text: &str, word: &str) -> bool {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    text.match_indices(word).any(|(at, found)| !part(text[..at].chars().next_back()) && !part(text[at + found.len()..].chars().next()))
}
