//! Triggers of a table.

use super::expr::Expr;
use super::function::Routine;
use super::name::Ident;
use super::notate::{record, words};

/// `trigger(..)` of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trigger {
    /// Its name; `<timing>_<event>_.._<function>` if none was written.
    pub name: Option<Ident>,
    /// BEFORE or AFTER.
    pub timing: Timing,
    /// For which events.
    pub events: Vec<Event>,
    /// FOR EACH ROW, or else FOR EACH STATEMENT.
    pub each_row: bool,
    /// WHEN; `new` and `old` are the aliases of its columns.
    pub when: Option<Expr>,
    /// The function that is executed.
    pub execute: Routine,
}
record!(Trigger "trigger" { name, timing, events, each_row, when, execute });

/// When a trigger fires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    /// BEFORE
    Before,
    /// AFTER
    After,
}
words!(Timing { Before = "before", After = "after" });

/// What a trigger fires on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventKind {
    /// INSERT
    Insert,
    /// UPDATE
    Update,
    /// DELETE
    Delete,
    /// TRUNCATE
    Truncate,
}
words!(EventKind { Insert = "insert", Update = "update", Delete = "delete", Truncate = "truncate" });

/// An event, an update perhaps of some columns only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Which.
    pub kind: EventKind,
    /// UPDATE OF: the columns by database name.
    pub columns: Option<Vec<Ident>>,
}
record!(Event "event" { kind, columns });
