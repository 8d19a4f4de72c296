//! A diagnostic with its place in a file, and who stops the build for it.
//!
//! In: diagnostics and spans. Out: plain data that outlives the tokens. The only file of this floor that asks a
//! span for its line.

use proc_macro2::Span;

use super::sources::Source;
use crate::diag::{Diagnostic, Severity};

/// From where to where, in a file; lines and columns count from 1, columns in characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The file, as messages show it.
    pub file: String,
    /// First line.
    pub line: usize,
    /// First column.
    pub column: usize,
    /// Last line.
    pub last_line: usize,
    /// The column behind the last character.
    pub end_column: usize,
}

impl Position {
    /// From the first token to the last.
    pub(super) fn of(source: &Source, (first, last): (Span, Span)) -> Position {
        let (start, end) = (first.start(), last.end());
        Position {
            file: source.shown.clone(),
            line: start.line,
            column: start.column + 1,
            last_line: end.line.max(start.line),
            end_column: end.column + 1,
        }
    }
}

/// Who stops the build for a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stops {
    /// The macro reports it too, with better arrows: the build script must let rustc run.
    Rustc,
    /// Only the build edge sees it.
    Build,
}

/// A diagnostic with its place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub diagnostic: Diagnostic,
    /// Where; nowhere for what is wrong with files.
    pub position: Option<Position>,
    /// The first line of the place.
    pub source_line: Option<String>,
    /// Who stops for it.
    pub stops: Stops,
    /// Whether it only warns, here and now: a lock that is out of step while somebody is developing.
    pub lenient: bool,
    /// Whether its set says `deny` of it.
    pub denied: bool,
}

impl Fault {
    /// A fault of no place in the sources.
    pub(super) fn of_build(diagnostic: Diagnostic) -> Fault {
        Fault { diagnostic, position: None, source_line: None, stops: Stops::Build, lenient: false, denied: false }
    }

    /// Whether it stops the build.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.denied || self.diagnostic.is_error() && !self.lenient
    }

    /// Stops the build for a warning that a set denies.
    pub(super) fn deny(&mut self, set: &str, codes: &[String]) {
        let code = self.diagnostic.code;
        if self.diagnostic.is_error()
            || !codes.iter().any(|one| *one == code.to_string() || one == "warnings" && code.severity() == Severity::Warning)
        {
            return;
        }
        self.denied = true;
        self.diagnostic.notes.push(format!("the set `{set}` says `deny` of it"));
    }

    /// A fault that only the build edge sees.
    pub(super) fn at(diagnostic: Diagnostic, source: &Source, position: Position) -> Fault {
        let source_line = source.text.lines().nth(position.line.saturating_sub(1)).map(str::to_owned);
        Fault { diagnostic, position: Some(position), source_line, stops: Stops::Build, lenient: false, denied: false }
    }

    /// A fault that the macro reports as well; warnings are left to the build edge, because a macro cannot warn.
    pub(super) fn of_item(diagnostic: Diagnostic, source: &Source, tokens: (Span, Span)) -> Fault {
        let stops = if diagnostic.is_error() { Stops::Rustc } else { Stops::Build };
        Fault { stops, ..Fault::at(diagnostic, source, Position::of(source, tokens)) }
    }
}
