//! The rules of the tree itself: floors, sizes, where SQL is written, what a user's program links.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failure here is a failed test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below a folder, with its text.
fn files(below: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    walk(&root().join(below), &mut found);
    found.sort();
    assert!(!found.is_empty(), "{below} holds no source");
    found
}

fn walk(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            let shown = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
            found.push((shown, fs::read_to_string(&path).unwrap()));
        }
    }
}

/// The code of a file: without comments, and without its unit tests.
fn code(text: &str) -> String {
    let own = text.split("\n#[cfg(test)]\nmod tests").next().unwrap_or(text);
    own.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// What each floor may name of the others.
const FLOORS: &[(&str, &[&str])] = &[
    ("diag", &[]),
    ("presets", &[]),
    ("typing", &["diag", "model"]),
    ("model", &["diag"]),
    ("prove", &["diag", "model", "typing"]),
    ("expr", &["diag", "model", "typing"]),
    ("plan", &["diag", "model"]),
    ("check", &["diag", "model", "plan", "prove", "typing"]),
    ("analyze", &["diag", "model", "typing", "prove", "plan", "check", "render"]),
    ("render", &["diag", "model", "plan", "check"]),
    ("report", &["model", "plan", "check", "render"]),
    ("migrate", &["diag", "model", "plan", "check", "render", "analyze"]),
    ("meta", &["diag", "model", "typing", "check", "analyze", "render", "report", "migrate"]),
    ("syntax", &["diag", "model", "expr", "check", "analyze", "presets"]),
    ("runtime", &["model", "check", "render"]),
    ("testing", &[]),
    ("build", &["diag", "model", "typing", "check", "analyze", "render", "migrate", "syntax", "presets"]),
];

#[test]
fn floors_know_only_what_is_below_them() {
    let mut broken = Vec::new();
    for (floor, below) in FLOORS {
        for (path, text) in files(&format!("policy-core/src/{floor}")) {
            let code = code(&text);
            for (other, _) in FLOORS.iter().filter(|(other, _)| other != floor && !below.contains(other)) {
                if code.contains(&format!("crate::{other}::")) || code.contains(&format!("crate::{other};")) {
                    broken.push(format!("{path} names crate::{other}"));
                }
            }
            if !matches!(*floor, "syntax" | "build") && (code.contains("syn::") || code.contains("proc_macro2")) {
                broken.push(format!("{path} knows syn"));
            }
            if *floor != "expr" && code.contains("sqlparser::") {
                broken.push(format!("{path} knows sqlparser"));
            }
            let io = ["std::fs", "std::net", "std::process", "std::env::", "println!", "SystemTime", "Instant::now"];
            if !matches!(*floor, "build" | "testing" | "runtime") && io.iter().any(|word| code.contains(word)) {
                broken.push(format!("{path} does IO"));
            }
        }
    }
    let folders = fs::read_dir(root().join("policy-core/src")).unwrap().filter(|entry| entry.as_ref().unwrap().path().is_dir()).count();
    assert_eq!(folders, FLOORS.len(), "a floor is not in the table");
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn sql_is_written_by_the_renderer_alone() {
    // `testing` prepares databases, `migrate` bounds the time that a migration waits for a lock.
    let words = ["CREATE ", "ALTER ", "GRANT ", "REVOKE ", "DROP ", "SET LOCAL "];
    let mut broken = Vec::new();
    for (path, text) in files("policy-core/src").into_iter().chain(files("src")).chain(files("policy-macros/src")) {
        if path.contains("/render/") || path.contains("/testing/") {
            continue;
        }
        for (number, line) in code(&text).lines().enumerate() {
            let writes = ["format!(\"", "push_str(\"", "write!("].iter().any(|call| line.contains(call));
            if writes && words.iter().any(|word| line.contains(&format!("\"{word}"))) {
                broken.push(format!("{path}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn files_and_functions_stay_small() {
    let mut broken = Vec::new();
    for (path, text) in files("policy-core/src").into_iter().chain(files("src")).chain(files("policy-macros/src")).chain(files("examples"))
    {
        let lines = text.lines().count();
        if lines > 400 {
            broken.push(format!("{path} has {lines} lines"));
        }
        let mut start = None;
        for (number, line) in text.lines().enumerate() {
            let indent = line.len() - line.trim_start().len();
            let words = line.trim_start();
            let begins = ["fn ", "pub fn ", "pub(super) fn ", "pub(crate) fn ", "async fn ", "pub async fn ", "pub const fn ", "const fn "];
            if start.is_none() && line.ends_with('{') && begins.iter().any(|word| words.starts_with(word)) {
                start = Some((number, indent));
            }
            if let Some((from, depth)) = start
                && words.starts_with('}')
                && indent == depth
            {
                if number - from > 60 {
                    broken.push(format!("{path}:{}: a function of {} lines", from + 1, number - from));
                }
                start = None;
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn modules_open_with_what_they_are_for() {
    let missing: Vec<String> = files("policy-core/src")
        .into_iter()
        .chain(files("policy-macros/src"))
        .chain(files("examples"))
        .filter(|(_, text)| !text.starts_with("//!"))
        .map(|(path, _)| path)
        .collect();
    assert!(missing.is_empty(), "without a module comment: {}", missing.join(", "));
}

#[test]
fn nothing_is_left_undone() {
    let marks = ["todo!(", "unimplemented!(", "FIXME", "XXX", "#[ignore"];
    let mut broken = Vec::new();
    for (path, text) in ["policy-core", "policy-macros", "src", "examples"].iter().flat_map(|folder| files(folder)) {
        for mark in marks {
            if text.contains(mark) {
                broken.push(format!("{path}: {mark}"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn a_users_program_links_neither_syn_nor_sqlparser() {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "-p", "hedgerow", "-e", "normal,no-proc-macro", "--prefix", "none"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let tree = String::from_utf8(tree.stdout).unwrap();
    let crates: Vec<&str> = tree.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(crates, ["hedgerow", "policy-core"], "{tree}");
}

#[test]
fn the_macros_graph_is_four_crates() {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "-p", "policy-macros", "-e", "normal", "--prefix", "none", "--no-dedupe"])
        .current_dir(root())
        .output()
        .unwrap();
    let tree = String::from_utf8(tree.stdout).unwrap();
    let mut crates: Vec<&str> = tree.lines().filter_map(|line| line.split_whitespace().next()).collect();
    crates.sort_unstable();
    crates.dedup();
    // `unicode-ident` comes with proc-macro2, `log` with sqlparser.
    assert_eq!(crates, ["log", "policy-core", "policy-macros", "proc-macro2", "quote", "sqlparser", "syn", "unicode-ident"], "{tree}");
}
