//! Views: a query over declared items, run as whoever asks or as a named definer.

use super::name::Relation;
use super::notate::record;
use super::query::Query;
use super::table::{Allow, Column, Grant};

/// A declared view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The Rust item.
    pub item: String,
    /// The relation.
    pub relation: Relation,
    /// The context that its query reads: the Rust item.
    pub context: Option<String>,
    /// Its columns, in the order of the fields.
    pub columns: Vec<Column>,
    /// Its query: one column for each of `columns`, in the same order. Absent if and only if it is external.
    pub query: Option<Query>,
    /// The role that owns it and whose rights it reads with: the Rust item as declared, the database name linked.
    /// Absent: `security_invoker`.
    pub definer: Option<String>,
    /// Who may read it.
    pub grants: Vec<Grant>,
    /// Whether it is not ours.
    pub external: bool,
    /// Accepted diagnostics.
    pub allows: Vec<Allow>,
}
record!(View "view" { item, relation, context, columns, query, definer, grants, external, allows });
