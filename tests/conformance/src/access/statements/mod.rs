//! Statements of every shape over a relation. In: a world, a relation, numbers. Out: each statement as SQL, as the shape that `analyze` is
//! asked about, and as what it does to rows. Must not know: what comes of it.

mod commands;
mod maker;
mod merge;

use policy_core::analyze::RelationKind;
use policy_core::analyze::statement::{Named, Shape};
use policy_core::model::{Ident, Query, Relation, Source};

use super::client::Value;
use super::world::World;
pub(super) use maker::of;

/// A statement.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    /// What it is an example of.
    pub(super) label: String,
    /// What it names.
    pub(super) relation: Relation,
    /// The table whose rows that comes to.
    pub(super) base: Relation,
    /// As SQL.
    pub(super) sql: String,
    /// What COPY FROM reads.
    pub(super) copy: Option<String>,
    /// As `analyze` sees it.
    pub(super) shape: Shape,
    /// What it does.
    pub(super) does: Does,
}

/// `column = value` in WHERE or ON; absent for all rows.
pub(super) type Only = Option<(&'static str, Value)>;

/// What a statement does.
#[derive(Clone, Debug)]
pub(super) enum Does {
    /// Shows rows.
    Read(Only, Shows),
    /// Adds a row.
    Insert(Vec<Value>, Then, Shows),
    /// Changes rows.
    Update(Only, Set, Joined, Shows),
    /// Removes rows.
    Delete(Only, Shows),
    /// Adds a row if none is found.
    InsertUnless(Option<String>, Vec<Value>, Shows),
    /// Removes all rows.
    Truncate,
    /// Nothing.
    Nothing,
}

/// What it shows of each row.
#[derive(Clone, Debug)]
pub(super) enum Shows {
    /// Nothing.
    Nothing,
    /// How many there are.
    Count,
    /// `1`.
    One,
    /// These columns.
    Columns(Vec<&'static str>),
}

/// What an INSERT does with a row whose key is there already.
#[derive(Clone, Debug)]
pub(super) enum Then {
    /// It fails.
    Fail,
    /// DO NOTHING.
    Nothing,
    /// DO UPDATE.
    Update(Set),
}

/// `SET column = ..`.
#[derive(Clone, Debug)]
pub(super) enum Set {
    /// A constant.
    To(&'static str, Value),
    /// Another column, or a constant where that is NULL.
    Copy(&'static str, &'static str),
}

/// What the table is joined to in FROM.
#[derive(Clone, Debug)]
pub(super) enum Joined {
    /// Nothing.
    Nothing,
    /// Itself: the row with that key, whatever the row of the target.
    Key(String),
    /// Itself: the same row.
    Same,
}

impl Statement {
    /// Whether the table may look otherwise after it.
    pub(super) fn writes(&self) -> bool {
        !matches!(self.does, Does::Read(..) | Does::Nothing)
    }
}

/// The table below a relation, through views.
pub(super) fn base(world: &World, relation: &Relation) -> Relation {
    match world.state.relations.get(relation).map(|found| &found.kind) {
        Some(RelationKind::View { query: Some(query), .. }) => below(query).map_or_else(|| relation.clone(), |below| base(world, below)),
        _ => relation.clone(),
    }
}

/// The relation that a query of a view reads.
pub(super) fn below(query: &Query) -> Option<&Relation> {
    query.sources().find_map(|(source, ..)| if let Source::Relation(relation) = source { Some(relation) } else { None })
}

/// Columns by name.
pub(super) fn named(columns: &[&'static str]) -> Named {
    columns.iter().map(|name| Ident::cut(name)).collect()
}
