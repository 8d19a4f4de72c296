//! The words of every fault: a code, where it is, what is wrong, and the way out.
//!
//! In: facts from the passes. Out: `Diagnostic`s in a `Sink`. Knows neither files, spans nor
//! terminals: a place is a number or a part of an item, which the edges turn into an arrow.

pub mod codes;
mod place;
mod suggest;

pub use codes::{Code, Severity};
pub use place::{At, FunctionPart, LogPart, Part, Place, RulePart, TriggerPart};
pub use suggest::{listed, nearest};

/// One fault of one item or of the set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its permanent code; the severity goes with it.
    pub code: Code,
    /// What is wrong: lower case, one line, no final stop.
    pub message: String,
    /// The item it is about, by Rust name; empty while one item is being read.
    pub item: String,
    /// Where in the item.
    pub place: Place,
    /// What to do, each a line of its own.
    pub help: Vec<String>,
    /// Why, or what follows from it.
    pub notes: Vec<String>,
}

impl Diagnostic {
    /// A fault without help yet.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Diagnostic { code, message: message.into(), item: String::new(), place, help: Vec::new(), notes: Vec::new() }
    }

    /// Adds a line that says what to do.
    #[must_use]
    pub fn help(mut self, line: impl Into<String>) -> Self {
        self.help.push(line.into());
        self
    }

    /// Adds the help if there is one to give.
    #[must_use]
    pub fn maybe_help(mut self, line: Option<String>) -> Self {
        self.help.extend(line);
        self
    }

    /// Adds a line that says why.
    #[must_use]
    pub fn note(mut self, line: impl Into<String>) -> Self {
        self.notes.push(line.into());
        self
    }

    /// Names the item that the fault is about.
    #[must_use]
    pub fn of(mut self, item: impl Into<String>) -> Self {
        self.item = item.into();
        self
    }

    /// Whether it stops the build.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.code.severity() == Severity::Error
    }

    /// The whole text as rustc and the build edge print it: the title with its code, then notes and help.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("{} [{}]", self.message, self.code);
        for note in &self.notes {
            text.push_str("\nnote: ");
            text.push_str(note);
        }
        for help in &self.help {
            text.push_str("\nhelp: ");
            text.push_str(help);
        }
        text
    }
}

/// Collects every fault; nothing stops at the first.
#[derive(Debug, Default)]
pub struct Sink {
    found: Vec<Diagnostic>,
}

impl Sink {
    /// An empty sink.
    #[must_use]
    pub fn new() -> Self {
        Sink::default()
    }

    /// Keeps a fault, once.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if !self.found.contains(&diagnostic) {
            self.found.push(diagnostic);
        }
    }

    /// Whether something was found that stops the build.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(Diagnostic::is_error)
    }

    /// Everything found, in the order of finding.
    #[must_use]
    pub fn finish(self) -> Vec<Diagnostic> {
        self.found
    }
}

impl Extend<Diagnostic> for Sink {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, all: I) {
        all.into_iter().for_each(|one| self.push(one));
    }
}
