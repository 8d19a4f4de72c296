//! Faults as text: for a terminal, and as the lines that cargo prints for a build script.
//!
//! In: faults. Out: text, sorted by place. Must not know how a fault was found.

use super::fault::{Fault, Position, Stops};
use crate::diag::Severity;

/// Faults, sorted by file, line and column.
#[derive(Clone, Debug, Default)]
pub struct Report {
    faults: Vec<Fault>,
}

/// A source line is shown this wide at most.
const WIDTH: usize = 160;

impl Report {
    /// Sorts faults; one that was found twice is kept once.
    #[must_use]
    pub fn new(mut faults: Vec<Fault>) -> Report {
        faults.sort_by(|a, b| key(a).cmp(&key(b)));
        faults.dedup();
        Report { faults }
    }

    /// The faults.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// Whether one of them stops the build, here or in rustc.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.faults.iter().any(Fault::is_error)
    }

    /// Whether rustc stops the build: then it must run, and its arrows say more.
    fn is_left_to_rustc(&self) -> bool {
        self.faults.iter().any(|fault| fault.is_error() && fault.stops == Stops::Rustc)
    }

    /// For a terminal: each fault in full, with a line between two.
    #[must_use]
    pub fn plain(&self) -> String {
        let texts = self.faults.iter().map(|fault| {
            let word = match fault.diagnostic.code.severity() {
                _ if fault.is_error() => "error",
                Severity::Note => "note",
                _ => "warning",
            };
            format!("{word}: {}\n", lines(fault).join("\n"))
        });
        texts.collect::<Vec<_>>().join("\n")
    }

    /// For cargo: one instruction for each line. Notes are for who asks: `hedgerow check` prints them.
    #[must_use]
    pub fn instructions(&self) -> Vec<String> {
        let rustc = self.is_left_to_rustc();
        let mut all = Vec::new();
        for fault in self.faults.iter().filter(|fault| fault.is_error() || fault.diagnostic.code.severity() != Severity::Note) {
            let error = fault.is_error();
            let word = if error && !rustc { "error" } else { "warning" };
            if error && fault.stops == Stops::Rustc {
                all.push(format!("cargo::{word}={}", short(fault)));
            } else {
                all.extend(lines(fault).iter().map(|line| format!("cargo::{word}={line}")));
            }
        }
        all
    }
}

fn key(fault: &Fault) -> (&Option<Position>, crate::diag::Code, &str) {
    (&fault.position, fault.diagnostic.code, &fault.diagnostic.message)
}

/// `file:line:column: message [code]; rustc shows it`
fn short(fault: &Fault) -> String {
    let place = fault.position.as_ref().map(|at| format!("{}:{}:{}: ", at.file, at.line, at.column)).unwrap_or_default();
    clean(&format!("{place}{} [{}]; rustc shows it", fault.diagnostic.message, fault.diagnostic.code))
}

/// Title, place, source line with an underline, notes and help.
fn lines(fault: &Fault) -> Vec<String> {
    let diagnostic = &fault.diagnostic;
    let mut lines = vec![clean(&format!("{} [{}]", diagnostic.message, diagnostic.code))];
    let margin = fault.position.as_ref().map_or(1, |at| at.line.to_string().len());
    let blank = " ".repeat(margin);
    if let Some(at) = &fault.position {
        lines.push(format!("{blank}--> {}:{}:{}", clean(&at.file), at.line, at.column));
        if let Some(text) = &fault.source_line {
            let (text, underline) = underlined(text, at);
            lines.push(format!("{blank} |"));
            lines.push(format!("{} | {text}", at.line));
            lines.push(format!("{blank} | {underline}"));
        }
    }
    let words = diagnostic.notes.iter().map(|note| ("note", note)).chain(diagnostic.help.iter().map(|help| ("help", help)));
    for (word, text) in words {
        // A hanging indent: text on several lines stays below its first.
        let mut rest = text.lines();
        lines.push(format!("{blank} = {word}: {}", clean(rest.next().unwrap_or_default())));
        lines.extend(rest.map(|line| format!("{blank}         {}", clean(line))));
    }
    lines
}

/// The source line, cut to a window if it is long, and the marks below it.
fn underlined(line: &str, at: &Position) -> (String, String) {
    let all: Vec<char> = line.trim_end().chars().collect();
    let first = at.column.saturating_sub(1).min(all.len());
    let end = if at.last_line == at.line { at.end_column.saturating_sub(1).min(all.len()) } else { all.len() };
    let skipped = if all.len() > WIDTH { first.saturating_sub(WIDTH / 3) } else { 0 };
    let shown: Vec<char> = all.iter().copied().skip(skipped).take(WIDTH).collect();
    let pad: String = shown.iter().take(first - skipped).map(|c| if *c == '\t' { '\t' } else { ' ' }).collect();
    let marks = end.saturating_sub(first).clamp(1, WIDTH);
    (clean(&shown.iter().collect::<String>()), format!("{pad}{}", "^".repeat(marks)))
}

/// On one line, without what moves a terminal's cursor.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\t' { ' ' } else { c }).collect()
}
