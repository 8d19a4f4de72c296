//! Texts of predicates, read by our own reader. In: text. Out: a case over the table of the policies, or nothing where the reader
//! refuses. Must not know: where the text comes from.

use policy_core::diag::Part;
use policy_core::expr::{self, Form, Scope};

use crate::case::{Case, Wanted};
use crate::universe::Universe;

/// The case of a text.
#[must_use]
pub fn read(universe: &Universe, label: &str, text: &str) -> Option<Case> {
    let table = universe.table("t")?;
    let outcome = expr::parse(text, Scope { columns: &table.columns, context: true, form: Form::Sql, part: Part::Item });
    let expr = outcome.expr.filter(|_| outcome.faults.is_empty())?;
    Some(Case { own: "t", wanted: Wanted::Predicate, expr, label: label.to_owned() })
}
