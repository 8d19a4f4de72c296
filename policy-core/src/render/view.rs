//! The statements of views.
//!
//! In: a linked set. Out: for each view of ours, those first that others read, its query, its owner and who may read it.
//! Must not know policies. Source: PostgreSQL documentation, CREATE VIEW.

use super::script::Statement;
use crate::model::PolicySet;
use crate::plan::Index;

pub(super) fn statements(_set: &PolicySet, _index: &Index<'_>) -> Vec<Statement> {
    Vec::new()
}
