//! H0951: a function that says it never changes its answer, and reads what changes.

use super::body::{text, words};
use super::facts::{Facts, functions};
use crate::diag::{Diagnostic, FunctionPart, Part, Place, Sink, codes};
use crate::model::Volatility;

/// What a body may not read if its answer never changes.
const CHANGES: &[&str] = &["current_setting", "current_user", "session_user", "current_role", "now", "current_timestamp", "current_date"];

/// Functions whose arguments are written with FROM.
const WITH_FROM: &[&str] = &["extract", "substring", "trim", "overlay", "position"];

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for (of, i, function) in functions(facts.set).filter(|(_, _, function)| function.volatility == Volatility::Immutable) {
        let read = text(function).map(words).unwrap_or_default();
        let Some(found) = changing(&read) else { continue };
        let message = format!("`{}` is immutable and reads `{found}`", function.method);
        sink.push(
            Diagnostic::new(codes::IMMUTABLE_READS, Place::Part(Part::Function(i, FunctionPart::Body)), message)
                .note("PostgreSQL calls it once, when a statement is planned, and keeps the answer: a prepared statement goes on with the first caller's")
                .help("say `volatility = stable`")
                .of(&of.item),
        );
    }
}

/// What changes, of what a body reads: a setting, the time, or a table.
fn changing(words: &[String]) -> Option<&str> {
    let bare = |word: &&String| CHANGES.contains(&word.strip_prefix("pg_catalog.").unwrap_or(word));
    let with_from = words.iter().any(|word| WITH_FROM.contains(&word.as_str()));
    let table = words.windows(2).find_map(|pair| match pair {
        [before, from] if from == "from" && before != "distinct" && !with_from => Some(from),
        _ => None,
    });
    words.iter().find(bare).or(table).map(String::as_str)
}
