//! Compile-fail and compile-pass cases: what rustc prints for each mistake, to the letter.

#![expect(clippy::panic, reason = "a test stops with what is wrong")]

use std::process::Command;

/// The compiler whose words the `.stderr` files hold.
const PINNED: &str = "1.95.0";

/// `tests/ui/<kind of mistake>/<case>.rs` fails to compile with the text beside it.
///
/// Apart from the cases that pass: those must be linked and run, and a run that holds one of them builds every case by
/// itself. Without them all cases are one `cargo check`, in half the time and a quarter of the disk.
#[test]
fn ui_fail() {
    assert_pinned();
    let cases = trybuild::TestCases::new();
    for folder in folders() {
        cases.compile_fail(format!("tests/ui/{folder}/*.rs"));
    }
}

/// `tests/ui/pass/*.rs` compiles and runs.
#[test]
fn ui_pass() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/pass/*.rs");
}

/// Another compiler says the same things in other words: it must not look like a failure of a case, nor pass unseen.
fn assert_pinned() {
    let toolchain = include_str!("../rust-toolchain.toml");
    assert!(
        toolchain.contains(&format!("channel = \"{PINNED}\"")),
        "rust-toolchain.toml pins another compiler than tests/ui.rs: {toolchain}"
    );
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(&rustc).arg("--version").output();
    let output = output.unwrap_or_else(|error| panic!("`{} --version` does not run: {error}", rustc.display()));
    let version = String::from_utf8_lossy(&output.stdout);
    assert_eq!(
        version.split_whitespace().nth(1),
        Some(PINNED),
        "the texts in tests/ui are those of rustc {PINNED}; run `rustup toolchain install {PINNED}` and test with that"
    );
}

/// Every folder but `pass`: a new kind of mistake needs no entry here.
fn folders() -> Vec<String> {
    let entries = std::fs::read_dir("tests/ui").unwrap_or_else(|error| panic!("tests/ui: {error}"));
    let folders = entries.flatten().filter(|entry| entry.path().is_dir());
    let mut names: Vec<String> =
        folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).filter(|name| name != "pass").collect();
    names.sort();
    assert!(names.len() > 10, "tests/ui has lost its folders: {names:?}");
    names
}
