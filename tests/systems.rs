//! `docs/systems.md` says of every demand of five systems what declares it and which test shows it: both must exist.
//!
//! A row is `| demand | declaration | tests |`; a test is `` `folder/file.rs::name` ``, an item stands in `` `..` ``.

#![expect(clippy::panic, reason = "a test stops with its list of offenders")]

use std::fs;
use std::path::{Path, PathBuf};

/// Fewer rows than this, and a demand was lost.
const LEAST: usize = 90;

struct Row {
    system: String,
    demand: String,
    declaration: String,
    tests: String,
}

#[test]
fn every_demand_has_a_test_that_exists() {
    let rows = rows();
    let mut wrong = Vec::new();
    for row in &rows {
        let named = quoted(&row.tests);
        let tests: Vec<&str> = named.iter().copied().filter(|name| name.contains(".rs::")).collect();
        if tests.is_empty() {
            wrong.push(format!("{}: `{}` names no test", row.system, row.demand));
        }
        for test in tests {
            if !exists(test) {
                wrong.push(format!("{}: `{}`: no test `{test}`", row.system, row.demand));
            }
        }
        let later = format!("{} {} {}", row.demand, row.declaration, row.tests).to_lowercase();
        if row.demand.trim().is_empty() || row.declaration.trim().is_empty() || later.contains("todo") || later.contains("not yet") {
            wrong.push(format!("{}: an empty or unfinished row `{}`", row.system, row.demand));
        }
    }
    if rows.len() < LEAST {
        wrong.push(format!("{} rows, at least {LEAST} are needed", rows.len()));
    }
    none("docs/systems.md", &wrong);
}

/// What a row declares stands in the files of its system: at least one name in `..` of each row is found there.
#[test]
fn every_declaration_is_found_in_the_sources() {
    let mut wrong = Vec::new();
    for row in rows() {
        let folder = root().join("examples").join(row.system.to_lowercase());
        let text = sources(&folder);
        let named = quoted(&row.declaration);
        if !named.iter().any(|name| said_in(&text, name)) {
            wrong.push(format!("{}: nothing of `{}` stands in the sources", row.system, row.declaration));
        }
    }
    none("docs/systems.md", &wrong);
}

fn rows() -> Vec<Row> {
    let text = read(&root().join("docs/systems.md"));
    let (mut system, mut rows) = (String::new(), Vec::new());
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            system = title.split_whitespace().next().unwrap_or_default().to_owned();
        }
        // `\|` does not end a cell.
        let cells: Vec<String> = line.replace("\\|", "\u{1}").split('|').map(|cell| cell.replace('\u{1}', "|").trim().to_owned()).collect();
        if let [before, demand, declaration, tests, after] = cells.as_slice()
            && before.is_empty()
            && after.is_empty()
            && !demand.starts_with("---")
            && demand != "demand"
        {
            rows.push(Row { system: system.clone(), demand: demand.clone(), declaration: declaration.clone(), tests: tests.clone() });
        }
    }
    rows
}

/// What stands in back quotes.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

fn exists(test: &str) -> bool {
    let Some((file, name)) = test.split_once("::") else { return false };
    let text = fs::read_to_string(root().join(file)).unwrap_or_default();
    let line = format!("fn {name}(");
    text.match_indices(&line)
        .any(|(at, _)| text.get(..at).is_some_and(|before| before.trim_end_matches("async ").trim_end().ends_with("#[test]")))
}

/// Blanks and line breaks do not count.
fn said_in(text: &str, name: &str) -> bool {
    let squeezed: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    !squeezed.is_empty() && text.contains(&squeezed)
}

/// Everything that a package holds, without blanks.
fn sources(folder: &Path) -> String {
    let (mut text, mut waiting) = (String::new(), vec![folder.to_owned()]);
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                // What a test says is not a declaration.
                waiting.extend((path != folder.join("tests")).then_some(path));
            } else if path.extension().is_some_and(|ext| ["rs", "sql", "toml", "md"].iter().any(|one| ext == *one)) {
                text.extend(read(&path).chars().filter(|c| !c.is_whitespace()));
            }
        }
    }
    text
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn none(what: &str, wrong: &[String]) {
    assert!(wrong.is_empty(), "{what}:\n  {}", wrong.join("\n  "));
}
