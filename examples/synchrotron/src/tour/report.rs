//! What happened, and whether it was expected.

use std::fmt;

/// Lines to read, and the expectations among them.
#[derive(Debug, Default)]
pub struct Report {
    lines: Vec<String>,
    checked: usize,
    broken: usize,
}

impl Report {
    /// A heading.
    pub fn part(&mut self, title: &str) {
        self.lines.push(format!("\n{title}"));
    }

    /// Something that happened.
    pub fn say(&mut self, line: impl Into<String>) {
        self.lines.push(format!("  {}", line.into()));
    }

    /// Something that was expected to be so.
    pub fn expect<T: fmt::Display + PartialEq>(&mut self, what: &str, expected: T, got: T) {
        self.checked += 1;
        if expected == got {
            self.say(format!("ok     {what}: {got}"));
        } else {
            self.broken += 1;
            self.say(format!("BROKEN {what}: {got}, expected {expected}"));
        }
    }

    /// The same for what was said already: only a broken one is said again.
    pub fn check<T: fmt::Display + PartialEq>(&mut self, what: &str, expected: T, got: T) {
        if expected == got {
            self.checked += 1;
        } else {
            self.expect(what, expected, got);
        }
    }

    /// Whether every expectation held, and there were some.
    #[must_use]
    pub fn held(&self) -> bool {
        self.broken == 0 && self.checked > 0
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.lines {
            writeln!(f, "{line}")?;
        }
        writeln!(f, "\n{} expectations, {} broken", self.checked, self.broken)
    }
}
