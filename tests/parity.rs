//! The macro and the build edge say the same: every case of `tests/ui` through the scanner, beside what rustc printed for it.
//!
//! Each test lists every offender at once.

#![expect(clippy::panic, reason = "a test stops with its list of offenders")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use policy_core::build::{Fault, Source, Stops, assemble, scan_texts};
use policy_core::diag::Severity;
use policy_core::diag::codes::CATALOGUE;

/// What no macro can report: it takes the whole set, the files, or a condition of the crate.
const NOT_OF_A_MACRO: &[&str] = &[
    // The macro sees no conditions: rustc has decided them before.
    "H0119", // rustc says this in its own words: E0609, with the name that was probably meant.
    "H0302", //
    "H0307", "H0308", "H0411", "H0414", "H0415", "H0416", "H0418", "H0504", "H0505", "H0506", "H0508", "H0509", "H0515", "H0812", "H0813",
];

/// What is in scope is rustc's to say: the build edge knows an item by the last part of its path, wherever it stands.
const OF_SCOPE: &[&str] = &["cross_item/role_in_module.rs"];

/// Items that come out of a macro_rules: the scanner, which reads files, cannot see them.
const MADE_BY_MACROS: &[&str] = &["pass/macros.rs", "token/double_minus_in_macro.rs"];

/// An error of rustc: where, and its first line.
struct Printed {
    place: String,
    line: String,
}

struct Case {
    name: String,
    text: String,
    printed: Vec<Printed>,
}

impl Case {
    /// The errors of the front end: `error: message [H0101]`.
    fn of_the_macro(&self) -> Vec<String> {
        let ours = self.printed.iter().filter(|one| code(&one.line).is_some());
        let mut found: Vec<String> = ours.filter_map(|one| Some(format!("{} {}", one.place, one.line.strip_prefix("error: ")?))).collect();
        found.sort();
        found
    }

    /// Whether Rust's lexer refused the text: nothing that is said after that counts.
    fn is_not_rust(&self) -> bool {
        self.printed.iter().any(|one| one.line.starts_with("error: ") && code(&one.line).is_none())
    }

    /// Whether rustc itself found fault with what the macro emitted: `error[E0277]: ..`.
    fn is_of_rustc(&self) -> bool {
        self.printed.iter().any(|one| one.line.starts_with("error["))
    }
}

/// Both edges say the same of an item or a set: code, message, line and column, no more and no less.
#[test]
fn the_scanner_says_what_the_macro_says() {
    let mut wrong: Vec<String> = Vec::new();
    for case in failing().iter().filter(|case| !case.is_not_rust() && !MADE_BY_MACROS.contains(&case.name.as_str())) {
        let scan = scan_texts(vec![source(case, String::new())]);
        let mut said: Vec<String> = scan.faults.iter().filter(|f| f.is_error() && f.stops == Stops::Rustc).map(first_line).collect();
        said.sort();
        let printed = case.of_the_macro();
        if said != printed {
            wrong.push(format!("{}\n    macro:   {printed:?}\n    scanner: {said:?}", case.name));
        }
    }
    none("the edges differ", wrong);
}

/// What rustc finds in the assertions of a macro, the build edge finds when it puts the set together.
#[test]
fn the_set_check_finds_what_rustc_finds() {
    let mut wrong: Vec<String> = Vec::new();
    let of_rustc = |case: &&Case| case.is_of_rustc() && case.of_the_macro().is_empty() && !OF_SCOPE.contains(&case.name.as_str());
    for case in failing().iter().filter(of_rustc) {
        let scan = scan_texts(vec![source(case, set_of(&case.text))]);
        let found = errors(&assemble(scan).faults);
        if !found.iter().any(|line| code(line).is_some_and(|code| code.starts_with("H02") || code.starts_with("H03") || code == "H0604")) {
            wrong.push(format!("{}: the build edge finds {found:?}", case.name));
        }
    }
    none("only rustc finds fault", wrong);
}

/// What compiles has no fault at the build edge either.
#[test]
fn passing_cases_pass_at_both_edges() {
    let mut wrong: Vec<String> = Vec::new();
    for (path, text) in files(&root().join("pass")) {
        let name = name_of(&path);
        let case = Case { name: name.clone(), text, printed: Vec::new() };
        let scan = scan_texts(vec![source(&case, String::new())]);
        let found = if MADE_BY_MACROS.contains(&name.as_str()) { errors(&scan.faults) } else { errors(&assemble(scan).faults) };
        wrong.extend(found.into_iter().map(|line| format!("{name}: {line}")));
    }
    none("faults in passing cases", wrong);
}

/// Every error that a macro can report is shown by a case.
#[test]
fn every_code_of_the_macros_has_a_case() {
    let shown: BTreeSet<String> = failing().iter().flat_map(|case| &case.printed).filter_map(|one| code(&one.line)).collect();
    let of_a_macro = CATALOGUE.iter().filter(|entry| entry.severity == Severity::Error).map(|entry| entry.code.to_string());
    let of_a_macro = of_a_macro.filter(|code| code.as_str() < "H06" || code == "H0601" || code == "H0604" || code == "H0605");
    let missing = of_a_macro.filter(|code| !shown.contains(code) && !NOT_OF_A_MACRO.contains(&code.as_str()));
    let strange = NOT_OF_A_MACRO.iter().filter(|code| shown.contains(**code)).map(|code| format!("{code} is of a macro after all"));
    none("codes without a case in tests/ui", missing.chain(strange));
}

/// The cases of every folder but `pass`, with what rustc printed for each.
fn failing() -> Vec<Case> {
    let pass = root().join("pass");
    let sources =
        files(&root()).into_iter().filter(|(path, _)| path.extension().is_some_and(|end| end == "rs") && !path.starts_with(&pass));
    let cases: Vec<Case> = sources
        .map(|(path, text)| {
            let printed = read(&path.with_extension("stderr"));
            Case { name: name_of(&path), text, printed: printed_errors(&printed) }
        })
        .collect();
    assert!(cases.len() > 200, "tests/ui has lost its cases: {}", cases.len());
    cases
}

/// The errors in what rustc printed, each with its place.
fn printed_errors(text: &str) -> Vec<Printed> {
    let mut found: Vec<Printed> = Vec::new();
    for line in text.lines() {
        if line.starts_with("error") {
            found.push(Printed { place: String::new(), line: line.to_owned() });
        } else if let (Some((_, place)), Some(last)) = (line.split_once("--> "), found.last_mut())
            && last.place.is_empty()
        {
            place.rsplit_once(".rs:").map_or("", |(_, place)| place).clone_into(&mut last.place);
        }
    }
    found
}

fn first_line(fault: &Fault) -> String {
    let text = fault.diagnostic.text();
    let place = fault.position.as_ref().map(|at| format!("{}:{}", at.line, at.column)).unwrap_or_default();
    format!("{place} {}", text.lines().next().unwrap_or_default())
}

fn errors(faults: &[Fault]) -> Vec<String> {
    faults.iter().filter(|fault| fault.is_error()).map(first_line).collect()
}

/// `H0101` of `.. [H0101]`.
fn code(line: &str) -> Option<String> {
    let (_, rest) = line.rsplit_once('[')?;
    let code = rest.strip_suffix(']')?;
    (code.len() == 5 && code.starts_with('H')).then(|| code.to_owned())
}

/// A set of all items, for a case that has none.
fn set_of(text: &str) -> String {
    if text.contains("policy_set!") {
        return String::new();
    }
    let scan = scan_texts(vec![Source { shown: "case.rs".to_owned(), text: text.to_owned(), folder: None }]);
    let names: Vec<String> = scan.items.into_iter().map(|item| item.name).collect();
    format!("\npolicy_set! {{ pub CASE {{ items: [{}] }} }}\n", names.join(", "))
}

fn source(case: &Case, more: String) -> Source {
    Source { shown: case.name.clone(), text: format!("{}{more}", case.text), folder: Some(env!("CARGO_MANIFEST_DIR").into()) }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui")
}

fn name_of(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// Every file below a folder, in order.
fn files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() { waiting.push(path) } else { found.push((path.clone(), read(&path))) }
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn none(what: &str, offenders: impl IntoIterator<Item = String>) {
    let all: Vec<String> = offenders.into_iter().collect();
    assert!(all.is_empty(), "{what}:\n  {}", all.join("\n  "));
}
