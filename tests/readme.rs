//! The SQL in the README is what its declarations become.
#![allow(clippy::unwrap_used, reason = "a failure here is a failed test")]

use policy_core::build::{Source, assemble, scan_texts};
use policy_core::render::render;

const README: &str = include_str!("../README.md");

/// The first block of a language.
fn block(language: &str) -> &'static str {
    let start = README.find(&format!("```{language}\n")).unwrap() + language.len() + 4;
    let rest = README.get(start..).unwrap();
    rest.get(..rest.find("```").unwrap()).unwrap()
}

#[test]
fn the_sql_is_what_the_declarations_become() {
    let source = Source { shown: "README.md".into(), text: block("rust").to_owned(), folder: None };
    let assembly = assemble(scan_texts(vec![source]));
    assert!(assembly.faults.is_empty(), "{:?}", assembly.faults);
    let sql = render(assembly.sets.first().unwrap()).sql();
    assert!(sql.contains(block("sql")), "the README should show:\n{sql}");
}

#[test]
fn every_example_is_listed() {
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/examples")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(README.contains(&format!("`cargo run -p {name}`")), "{name}");
    }
}
