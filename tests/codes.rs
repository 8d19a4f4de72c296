//! The catalogue of diagnostics, its pages, its index and its tests hold together.
//!
//! Each test lists every offender at once.

#![expect(clippy::panic, reason = "a test stops with its list of offenders")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use policy_core::build::{Source, assemble, scan_texts};
use policy_core::diag::Severity;
use policy_core::diag::codes::CATALOGUE;

/// What only rustc, a whole build or a very long text shows: the snippets of these pages are not run.
const NOT_RUN: &[&str] = &["H0203", "H0301", "H0309", "H0701", "H0702", "H0703", "H0704", "H0705"];

/// Items that snippets may use without declaring them: `docs/codes/index.md` shows them.
const PRELUDE: &[(&str, &str)] = &[
    (
        "Request",
        "#[derive(Context)] #[context(prefix = \"app\")] struct Request { tenant_id: Uuid, user_id: Uuid, team_ids: Vec<Uuid>, is_admin: bool }",
    ),
    ("Owner", "#[derive(Role)] #[role(name = \"owner\")] struct Owner;"),
    ("App", "#[derive(Role)] #[role(name = \"app\", login, noinherit)] struct App;"),
    ("Editor", "#[derive(Role)] #[role(name = \"editor\", login, noinherit)] struct Editor;"),
    ("Worker", "#[derive(Role)] #[role(name = \"worker\", login, noinherit)] struct Worker;"),
    (
        "Member",
        "#[derive(Policy)] #[policy(table = \"members\", context = Request, no_tenant, permit(select, to = PUBLIC, using(user_id = ctx.user_id)))] \
         struct Member { team_id: Uuid, user_id: Uuid, role: String }",
    ),
];

#[test]
fn codes_ascend_and_none_is_given_twice() {
    let codes: Vec<String> = CATALOGUE.iter().map(|entry| entry.code.to_string()).collect();
    let wrong = codes.windows(2).filter(|pair| pair.first() >= pair.last()).map(|pair| format!("out of order: {}", pair.join(", ")));
    let odd = codes.iter().filter(|code| !is_code(code)).map(|code| format!("{code} is not `H` and four digits"));
    none("the catalogue is out of order", wrong.chain(odd));
}

#[test]
fn every_code_has_a_page_of_one_shape() {
    let pages = pages();
    let mut wrong: Vec<String> = Vec::new();
    for entry in CATALOGUE {
        let code = entry.code.to_string();
        let Some(page) = pages.get(&code) else {
            wrong.push(format!("{code} has no page"));
            continue;
        };
        let title = format!("# {code}: {}", entry.title);
        if page.lines().next() != Some(title.as_str()) {
            wrong.push(format!("{code}: the first line is not `{title}`"));
        }
        let headings: Vec<&str> = page.lines().filter(|line| line.starts_with("## ")).collect();
        if headings != ["## What", "## Why", "## Instead"] {
            wrong.push(format!("{code}: the headings are {headings:?}, not What, Why, Instead"));
        }
        let snippets = snippets(page).len();
        if snippets != 2 {
            wrong.push(format!("{code}: {snippets} snippets, not one that fails and one that passes"));
        }
        if page.lines().count() > 60 {
            wrong.push(format!("{code}: {} lines", page.lines().count()));
        }
    }
    let known: BTreeSet<String> = CATALOGUE.iter().map(|entry| entry.code.to_string()).collect();
    let strange = pages.keys().filter(|code| !known.contains(*code)).map(|code| format!("{code}.md has no code in the catalogue"));
    none("the pages differ from the catalogue", wrong.into_iter().chain(strange));
}

/// A code is permanent. A retired one keeps its line, with `retired` in the place of its severity, and has no page.
#[test]
fn the_index_holds_every_code_that_was_ever_given_out() {
    let mut listed: BTreeMap<String, (String, String)> = BTreeMap::new();
    let mut wrong: Vec<String> = Vec::new();
    let mut before = String::new();
    for line in read(&folder().join("index.md")).lines().filter(|line| line.starts_with("| [H") || line.starts_with("| H")) {
        let cells: Vec<&str> = line.split('|').map(str::trim).filter(|cell| !cell.is_empty()).collect();
        let [code, severity, title] = cells.as_slice() else {
            wrong.push(format!("not a line of the index: {line}"));
            continue;
        };
        let bare: String = code.chars().skip_while(|c| *c == '[').take(5).collect();
        let wanted = if *severity == "retired" { bare.clone() } else { format!("[{bare}]({bare}.md)") };
        if *code != wanted {
            wrong.push(format!("{bare}: the cell is `{code}`, not `{wanted}`"));
        }
        if bare <= before {
            wrong.push(format!("{bare} stands after {before}"));
        }
        before.clone_from(&bare);
        listed.insert(bare, ((*severity).to_owned(), (*title).to_owned()));
    }
    for entry in CATALOGUE {
        let severity = match entry.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        match listed.remove(&entry.code.to_string()) {
            None => wrong.push(format!("{} is not in the index", entry.code)),
            Some((_, title)) if title != entry.title => wrong.push(format!("{} is `{}`, in the index `{title}`", entry.code, entry.title)),
            Some((other, _)) if other == "retired" => {
                wrong.push(format!("{} is retired in the index: a code is never used again", entry.code))
            }
            Some((other, _)) if other != severity => wrong.push(format!("{} is a {severity}, in the index `{other}`", entry.code)),
            Some(_) => {}
        }
    }
    let gone = listed.iter().filter(|(_, (severity, _))| severity != "retired");
    wrong.extend(gone.map(|(code, _)| format!("{code} left the catalogue: mark it `retired`, its number is never used again")));
    wrong.extend(gaps(listed.into_keys()));
    none("the index differs from the catalogue", wrong);
}

/// Numbers are given out one after the other, so a line that was taken out of the index shows.
fn gaps(retired: impl Iterator<Item = String>) -> Vec<String> {
    let all: BTreeSet<u32> =
        CATALOGUE.iter().map(|entry| entry.code.to_string()).chain(retired).filter_map(|code| code.get(1..)?.parse().ok()).collect();
    // The last hundred is given out by tens: one for each kind of item.
    let first = |number: u32| number % 100 == 1 || (number > 800 && number % 10 == 1);
    let missing = |number: &&u32| !first(**number) && !all.contains(&(*number - 1));
    all.iter().filter(missing).map(|number| format!("H{:04} is missing from the index", number - 1)).collect()
}

#[test]
fn every_code_is_raised() {
    let catalogue = read(&root().join("policy-core/src/diag/codes.rs"));
    let names = constants(&catalogue);
    let folders = ["policy-core/src", "policy-macros/src", "src"];
    let sources: Vec<String> = folders
        .iter()
        .flat_map(|folder| files(&root().join(folder)))
        .filter(|(path, _)| !path.ends_with("diag/codes.rs"))
        .map(|(_, text)| text)
        .collect();
    let raised = |code: &str| {
        let by_name = names.get(code).is_some_and(|name| sources.iter().any(|text| has_word(text, &format!("codes::{name}"))));
        by_name || sources.iter().any(|text| text.contains(&format!("[{code}]")))
    };
    let silent = CATALOGUE.iter().filter(|entry| !raised(&entry.code.to_string()));
    none("in the catalogue, and raised nowhere", silent.map(|entry| format!("{} {}", entry.code, entry.title)));
}

#[test]
fn every_code_is_expected_by_a_test() {
    let names = constants(&read(&root().join("policy-core/src/diag/codes.rs")));
    let own = root().join("tests/codes.rs");
    let folders = ["policy-core/tests", "tests"];
    let tests: Vec<String> =
        folders.iter().flat_map(|folder| files(&root().join(folder))).filter(|(path, _)| *path != own).map(|(_, text)| text).collect();
    let expected = |code: &str| {
        if root().join("policy-core/tests/lints").join(code).is_dir() {
            return true;
        }
        let by_name = names.get(code).is_some_and(|name| tests.iter().any(|text| has_word(text, &format!("codes::{name}"))));
        by_name || tests.iter().any(|text| has_word(text, code))
    };
    let untested = CATALOGUE.iter().filter(|entry| !expected(&entry.code.to_string()));
    none("in the catalogue, and in no test", untested.map(|entry| format!("{} {}", entry.code, entry.title)));
}

/// The first snippet of a page has the fault of the page, the second one has no error.
#[test]
fn the_snippets_do_what_their_pages_say() {
    let mut wrong: Vec<String> = Vec::new();
    for (code, page) in pages().iter().filter(|(code, _)| !NOT_RUN.contains(&code.as_str())) {
        let (Some(failing), Some(passing)) = (snippets(page).first().cloned(), snippets(page).get(1).cloned()) else { continue };
        let faults = faults(&failing);
        if !faults.iter().any(|(found, _)| found == code) {
            wrong.push(format!("{code}: the first snippet has {faults:?}"));
        }
        let faults: Vec<_> = self::faults(&passing).into_iter().filter(|(found, error)| *error || found == code).collect();
        if !faults.is_empty() {
            wrong.push(format!("{code}: the second snippet has {faults:?}"));
        }
    }
    none("snippets that do not do what they say", wrong);
}

/// The codes of what the build edge finds in a snippet, and whether each is an error.
fn faults(snippet: &str) -> Vec<(String, bool)> {
    let mut text = snippet.to_owned();
    let mut added = true;
    while added {
        let missing = PRELUDE.iter().find(|(name, _)| has_word(&text, name) && !has_word(&text, &format!("struct {name}")));
        added = missing.is_some();
        text.extend(missing.map(|(_, item)| format!("\n{item}")));
    }
    if !text.contains("policy_set!") {
        let names: Vec<String> = scan_texts(vec![source(&text)]).items.into_iter().map(|item| item.name).collect();
        let (_, owner) = PRELUDE.iter().find(|(name, _)| *name == "Owner").copied().unwrap_or_default();
        let names = names.iter().map(String::as_str).filter(|name| *name != "Owner");
        let names = std::iter::once("Owner").chain(names).collect::<Vec<_>>().join(", ");
        let owner = if has_word(&text, "struct Owner") { "" } else { owner };
        text = format!("{text}\n{owner}\npolicy_set! {{ pub SNIPPET {{ owner: Owner, items: [{names}] }} }}");
    }
    let found = assemble(scan_texts(vec![source(&text)])).faults;
    found.iter().map(|fault| (fault.diagnostic.code.to_string(), fault.is_error())).collect()
}

fn source(text: &str) -> Source {
    Source { shown: "snippet.rs".to_owned(), text: text.to_owned(), folder: None }
}

/// The texts between the fences.
fn snippets(page: &str) -> Vec<String> {
    page.split("```rust,ignore\n").skip(1).filter_map(|rest| rest.split("```").next()).map(str::to_owned).collect()
}

/// `UNKNOWN_KEY "H0101" Error "unknown key";`: the constant of each code.
fn constants(catalogue: &str) -> BTreeMap<String, String> {
    let lines = catalogue.lines().filter_map(|line| line.trim().split_once(" \"H"));
    let pairs = lines.filter_map(|(name, rest)| Some((format!("H{}", rest.get(..4)?), name.to_owned())));
    pairs.filter(|(code, _)| is_code(code)).collect()
}

fn is_code(text: &str) -> bool {
    text.len() == 5 && text.strip_prefix('H').is_some_and(|digits| digits.chars().all(|c| c.is_ascii_digit()))
}

/// Whether a text holds a word, not merely as a part of a longer one.
fn has_word(text: &str, word: &str) -> bool {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    text.match_indices(word).any(|(at, found)| {
        let (before, after) =
            (text.get(..at).and_then(|s| s.chars().next_back()), text.get(at + found.len()..).and_then(|s| s.chars().next()));
        !part(before) && !part(after)
    })
}

fn pages() -> BTreeMap<String, String> {
    let all = files(&folder()).into_iter().filter_map(|(path, text)| Some((path.file_stem()?.to_str()?.to_owned(), text)));
    all.filter(|(name, _)| name != "index").collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn folder() -> PathBuf {
    root().join("docs/codes")
}

/// Every text file below a folder; a folder that is not there holds none.
fn files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                found.push((path, text));
            }
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
