//! What our type checker says. In: a case. Out: its verdict, with the types by the numbers that the server gave them. The only file that
//! knows the checker.

use std::collections::BTreeMap;

use crate::case::Case;
use crate::universe::Universe;

/// Our word on one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The type, by its number on the server.
    Accepted(u32),
    /// The first fault.
    Refused {
        /// The SQLSTATE.
        code: String,
        /// The message.
        message: String,
    },
    /// No verdict.
    Declined(String),
}

/// The checker for one major.
#[derive(Debug)]
pub struct Ours;

impl Ours {
    /// `oids` are the numbers of the types of this database that are not built in, by the names that `format_type` gives them.
    #[must_use]
    pub fn new(_major: u32, _universe: &Universe, _oids: &BTreeMap<String, u32>) -> Ours {
        Ours
    }

    /// The verdict on one case.
    #[must_use]
    pub fn judge(&self, _case: &Case) -> Verdict {
        Verdict::Declined("no checker yet".to_owned())
    }
}
