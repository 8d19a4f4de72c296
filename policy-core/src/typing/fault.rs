//! What PostgreSQL would refuse, and in what words.

use crate::diag::At;

/// A refusal, without a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The SQLSTATE (PostgreSQL documentation, appendix A).
    pub sqlstate: &'static str,
    /// PostgreSQL's message.
    pub message: String,
    /// What to do, each a line of its own.
    pub help: Vec<String>,
}

impl Refusal {
    pub(crate) fn new(sqlstate: &'static str, message: impl Into<String>) -> Refusal {
        Refusal { sqlstate, message: message.into(), help: Vec::new() }
    }

    pub(crate) fn help(mut self, line: impl Into<String>) -> Refusal {
        self.help.push(line.into());
        self
    }

    pub(crate) fn at(self, at: At) -> Fault {
        Fault { at, refusal: self }
    }
}

/// A refusal and the tokens it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub at: At,
    /// What.
    pub refusal: Refusal,
}
