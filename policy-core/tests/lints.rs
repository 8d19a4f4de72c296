//! Every lint against servers: what it warns of is real, and the way out that its page shows takes it away.
//!
//! `lints/<code>/` holds the two snippets of the page as `fails.rs` and `passes.rs`, and `demo.sql`. A demo is read by lines:
//!
//! | line | what follows it |
//! |---|---|
//! | `-- before` | SQL for the superuser, before anything else: roles of others |
//! | `-- setup` | SQL for the owner: tables and rows, before the policies |
//! | `-- refused` | SQL for the superuser in the place of the policies, where the first source is refused: what they would have been |
//! | `-- as app app.user_id=1 \| fails: 2 \| passes: error 42501` | SQL for that role with those settings, after the policies |
//! | `-- login app ..` | the same in a session of its own, which has the role's settings |
//!
//! A step is expected to give a value (the first of its last row), a number of rows (`1 rows`), an SQLSTATE (`error 42501`) or a
//! plan with some words (`has Seq Scan`). Where only one of the two is said, it is run for that source alone.
#![cfg(all(feature = "build", feature = "testing"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failure here is a failed test")]

#[path = "lints/demo.rs"]
mod demo;
#[path = "lints/quiet.rs"]
mod quiet;
#[path = "lints/source.rs"]
mod source;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use demo::{Demo, Which};
use policy_core::analyze::lint_codes;
use policy_core::build::{assemble, scan};
use policy_core::diag::Severity;
use policy_core::diag::codes::{CATALOGUE, Entry};
use policy_core::testing::Server;

/// A code and its folder.
fn folders() -> Vec<(String, PathBuf)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/lints");
    let all = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let mut all: Vec<_> = all.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), path)).collect();
    all.sort();
    // For whoever writes one: `LINT=H0931 cargo test ..`
    let only = std::env::var("LINT").unwrap_or_default();
    all.into_iter().filter(|(code, _)| code.starts_with(&only)).collect()
}

fn read(folder: &std::path::Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).unwrap_or_else(|error| panic!("{}/{file}: {error}", folder.display()))
}

fn none(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_lint_has_a_folder() {
    let folders: BTreeSet<String> = folders().into_iter().map(|(code, _)| code).collect();
    let missing: Vec<String> = lint_codes().map(|code| code.to_string()).filter(|code| !folders.contains(code)).collect();
    if std::env::var("LINT").is_err() {
        none(&missing);
    }
}

#[test]
fn the_first_source_raises_its_lint_and_the_second_does_not() {
    let mut wrong = Vec::new();
    for (code, folder) in folders() {
        for (file, raised) in [("fails.rs", true), ("passes.rs", false)] {
            let text = read(&folder, file);
            let found = source::assembled(&text);
            // A code that is an error refuses its own source, and says nothing else about it.
            let errors = found.faults.iter().filter(|f| f.is_error() && !(raised && f.diagnostic.code.to_string() == code));
            let errors: Vec<String> = errors.map(|f| f.diagnostic.text()).collect();
            if !errors.is_empty() {
                wrong.push(format!("{code}/{file}: {}", errors.join("\n")));
            }
            let of_code: Vec<_> = found.faults.iter().filter(|fault| fault.diagnostic.code.to_string() == code).collect();
            if of_code.is_empty() == raised {
                let codes: Vec<String> = found.faults.iter().map(|fault| fault.diagnostic.code.to_string()).collect();
                wrong.push(format!("{code}/{file}: raised: {codes:?}"));
            }
            for fault in of_code {
                if fault.position.is_none() || fault.diagnostic.help.is_empty() {
                    wrong.push(format!("{code}/{file}: no place or no help: {}", fault.diagnostic.text()));
                }
            }
        }
    }
    none(&wrong);
}

#[test]
fn what_only_looks_like_a_lint_is_none() {
    let mut wrong = Vec::new();
    for (code, text) in quiet::QUIET {
        let found = source::assembled(text);
        let said = found.faults.iter().filter(|fault| fault.is_error() || fault.diagnostic.code.to_string() == *code);
        wrong.extend(said.map(|fault| format!("{}\n  in {text}", fault.diagnostic.text())));
    }
    none(&wrong);
}

#[test]
fn the_page_shows_the_two_sources() {
    let mut wrong = Vec::new();
    for (code, folder) in folders() {
        let page = fs::read_to_string(source::docs().join(format!("{code}.md"))).unwrap_or_default();
        for file in ["fails.rs", "passes.rs"] {
            if !page.contains(&format!("```rust,ignore\n{}```", read(&folder, file))) {
                wrong.push(format!("{code}.md does not show {file}"));
            }
        }
    }
    none(&wrong);
}

#[test]
fn the_oldest_server_shows_each() {
    on(*Server::installed().first().unwrap());
}

#[test]
fn the_newest_server_shows_each() {
    on(*Server::installed().last().unwrap());
}

fn on(major: u32) {
    let server = Server::start_major(major).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut wrong = Vec::new();
    for (code, folder) in folders() {
        let demo = Demo::read(&read(&folder, "demo.sql"));
        for (file, which) in [("fails.rs", Which::Fails), ("passes.rs", Which::Passes)] {
            let set = source::assembled(&read(&folder, file)).sets.pop();
            let versions = set.as_ref().map(|set| set.set().versions);
            if versions.is_none_or(|versions| (versions.oldest..=versions.newest).contains(&major)) {
                let found = runtime.block_on(demo.run(&server, set.as_ref(), which));
                wrong.extend(found.into_iter().map(|line| format!("{code}/{file} on {major}: {line}")));
            }
        }
    }
    none(&wrong);
}

/// The examples are what we would write: a lint that speaks of one is wrong, or the example is.
#[test]
fn the_examples_are_silent() {
    let examples = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let mut wrong = Vec::new();
    for (name, sources) in [
        ("ackify", &["src"][..]),
        ("lobbyleaks", &["src"]),
        ("pgflow", &["src/model"]),
        ("pgflow", &["src/minimal"]),
        ("queues", &["src"]),
        ("synchrotron", &["src"]),
    ] {
        let sources: Vec<PathBuf> = sources.iter().map(PathBuf::from).collect();
        let found = assemble(scan(&examples.join(name), &sources));
        assert!(!found.sets.is_empty(), "{name} holds no set");
        let lints: BTreeSet<String> = lint_codes().map(|code| code.to_string()).collect();
        let said = found.faults.iter().filter(|fault| lints.contains(&fault.diagnostic.code.to_string()));
        wrong.extend(said.map(|fault| {
            let line = fault.position.as_ref().map_or(0, |at| at.line);
            format!("{name}: {} {}:{line}", fault.diagnostic.text(), fault.diagnostic.item)
        }));
    }
    none(&wrong);
}

#[test]
fn the_list_holds_every_lint() {
    let list = fs::read_to_string(source::docs().join("../lints.md")).unwrap();
    let lenient = CATALOGUE.iter().filter(|entry| entry.severity != Severity::Error);
    let line = |entry: &Entry| {
        let severity = if entry.severity == Severity::Note { "note" } else { "warning" };
        format!("| [{0}](codes/{0}.md) | {severity} | {1} |", entry.code, entry.title)
    };
    none(&lenient.map(line).filter(|line| !list.contains(line)).collect::<Vec<_>>());
}

#[test]
fn the_list_links_every_folder() {
    let list = fs::read_to_string(source::docs().join("../lints.md")).unwrap();
    none(&folders().into_iter().map(|(code, _)| code).filter(|code| !list.contains(&format!("(codes/{code}.md)"))).collect::<Vec<_>>());
}
