//! One case. In: an expression and where it stands. Out: the statement that a server is asked about. Must not know: who judges it.

use policy_core::model::{Expr, Table};
use policy_core::plan::Index;
use policy_core::render::expr::predicate;

use crate::judge::Answer;

/// The type of every predicate.
pub const BOOLEAN: u32 = 16;

/// Where an expression stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// As a value of any type.
    Value,
    /// Where a boolean is wanted.
    Predicate,
}

/// An expression over the row of a table.
#[derive(Clone, Debug)]
pub struct Case {
    /// The database name of the table.
    pub own: &'static str,
    /// Where it stands.
    pub wanted: Wanted,
    /// What is judged.
    pub expr: Expr,
    /// What it is an example of, so that many mismatches of one kind are shown once.
    pub label: String,
}

impl Case {
    /// Over the table with a column of each type.
    #[must_use]
    pub fn value(label: impl Into<String>, expr: Expr) -> Case {
        Case { own: "k", wanted: Wanted::Value, expr, label: label.into() }
    }

    /// The expression as SQL.
    #[must_use]
    pub fn text(&self, index: &Index<'_>, table: &Table) -> String {
        predicate(index, table, &self.expr)
    }

    /// The statement. RETURNING refuses aggregates, window functions and sets as a policy does, and tells the type of what it takes.
    #[must_use]
    pub fn statement(&self, text: &str) -> String {
        match self.wanted {
            Wanted::Value => format!("DELETE FROM public.{} RETURNING ({text})", self.own),
            Wanted::Predicate => format!("SELECT 1 FROM public.{} WHERE {text}", self.own),
        }
    }

    /// The server's word on the expression, from its word on the statement.
    #[must_use]
    pub fn answer(&self, answer: Answer) -> Answer {
        match (answer, self.wanted) {
            (Answer::Accepted(_), Wanted::Predicate) => Answer::Accepted(BOOLEAN),
            (answer, _) => answer,
        }
    }
}
