//! The statements of functions.
//!
//! In: a linked set. Out: for each function of ours, in the order of `items`, what makes it run as declared, and who may
//! execute it. Must not know what a body says. Source: PostgreSQL documentation, CREATE FUNCTION, ALTER FUNCTION.

use super::script::Statement;
use crate::model::PolicySet;

pub(super) fn statements(_set: &PolicySet) -> Vec<Statement> {
    Vec::new()
}
