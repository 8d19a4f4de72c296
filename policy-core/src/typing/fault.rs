//! What PostgreSQL would refuse, and in what words.

use crate::diag::At;

/// What a refusal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// An operator.
    Operator,
    /// One of PostgreSQL's functions.
    Function,
    /// A declared function.
    Routine,
    /// What is no truth value where one is wanted.
    Condition,
    /// A cast.
    Cast,
    /// The text of a constant.
    Constant,
    /// Values that have no type in common.
    Common,
    /// Anything else.
    Other,
}

/// A refusal, without a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The SQLSTATE (PostgreSQL documentation, appendix A).
    pub sqlstate: &'static str,
    /// What is wrong.
    pub subject: Subject,
    /// PostgreSQL's message.
    pub message: String,
    /// Why, each a line of its own.
    pub notes: Vec<String>,
    /// What to do, each a line of its own.
    pub help: Vec<String>,
}

impl Refusal {
    pub(crate) fn new(sqlstate: &'static str, message: impl Into<String>) -> Refusal {
        let subject = match sqlstate {
            "42883" | "42725" => Subject::Operator,
            "42846" => Subject::Cast,
            "22023" => Subject::Other,
            _ if sqlstate.starts_with("22") => Subject::Constant,
            _ => Subject::Other,
        };
        Refusal { sqlstate, subject, message: message.into(), notes: Vec::new(), help: Vec::new() }
    }

    pub(crate) fn about(self, subject: Subject) -> Refusal {
        Refusal { subject, ..self }
    }

    pub(crate) fn note(mut self, line: impl Into<String>) -> Refusal {
        self.notes.push(line.into());
        self
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
