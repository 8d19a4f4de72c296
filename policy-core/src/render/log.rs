//! What fills a log: functions and triggers.
//!
//! In: a linked set. Out: the functions, and for each table the triggers that it needs. Must not know who reads the log.
//! Source: PostgreSQL documentation, CREATE TRIGGER, 39 "Triggers".

use super::script::Statement;
use crate::model::{Argument, PolicySet, RowOf};
use crate::plan::Index;

/// The body of a function that says whether the caller sees a row of one of these tables.
pub(super) fn visible_body(_rows: &[RowOf], _args: &[Argument], _set: &PolicySet) -> String {
    "SELECT false".to_owned()
}

/// The functions of every log of the set.
pub(super) fn functions(_set: &PolicySet, _index: &Index<'_>) -> Vec<Statement> {
    Vec::new()
}
