//! The items that belong together: what is rendered, diffed, migrated and verified.

use super::context::Context;
use super::function::Functions;
use super::notate::{fail, record, words};
use super::notation::{Node, Notate, NotationError};
use super::role::Role;
use super::schema::Schema;
use super::table::Table;
use super::user_type::UserType;
use super::view::View;

/// A `policy_set!`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicySet {
    /// Its name.
    pub name: String,
    /// The role that owns the tables: the Rust item.
    pub owner: Option<String>,
    /// What it is applied to.
    pub target: Target,
    /// Oldest and newest PostgreSQL major it must run on.
    pub versions: Versions,
    /// Its items, in the order listed.
    pub items: Vec<Item>,
    /// The enums, domains and composite types of the database that its columns are of.
    pub types: Vec<UserType>,
    /// The warnings that stop a build of this set, by code.
    pub deny: Vec<String>,
}
record!(PolicySet "set" { name, owner, target, versions, items, types, deny });

/// Oldest and newest PostgreSQL major, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Versions {
    /// Oldest.
    pub oldest: u32,
    /// Newest.
    pub newest: u32,
}
record!(Versions "versions" { oldest, newest });

impl Default for Versions {
    fn default() -> Self {
        Versions { oldest: 14, newest: 18 }
    }
}

/// What a set is applied to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Target {
    /// PostgreSQL by itself.
    #[default]
    Postgres,
    /// Citus.
    Citus,
}
words!(Target { Postgres = "postgres", Citus = "citus" });

/// One item.
#[expect(clippy::large_enum_variant, reason = "a set has few items, and most are tables")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// `#[derive(Policy)]`
    Table(Table),
    /// `#[derive(Role)]`
    Role(Role),
    /// `#[derive(Schema)]`
    Schema(Schema),
    /// `#[derive(Context)]`
    Context(Context),
    /// `#[derive(View)]`
    View(View),
    /// `#[functions]`
    Functions(Functions),
}

impl Notate for Item {
    fn note(&self) -> Node {
        match self {
            Item::Table(item) => item.note(),
            Item::Role(item) => item.note(),
            Item::Schema(item) => item.note(),
            Item::Context(item) => item.note(),
            Item::View(item) => item.note(),
            Item::Functions(item) => item.note(),
        }
    }
    fn read(node: &Node) -> Result<Self, NotationError> {
        match node.head().map(|(head, _)| head) {
            Some("table") => Table::read(node).map(Item::Table),
            Some("role") => Role::read(node).map(Item::Role),
            Some("schema") => Schema::read(node).map(Item::Schema),
            Some("context") => Context::read(node).map(Item::Context),
            Some("view") => View::read(node).map(Item::View),
            Some("functions") => Functions::read(node).map(Item::Functions),
            _ => fail("an item", node),
        }
    }
}

impl Item {
    /// The Rust name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Item::Table(item) => &item.item,
            Item::Role(item) => &item.item,
            Item::Schema(item) => &item.item,
            Item::Context(item) => &item.item,
            Item::View(item) => &item.item,
            Item::Functions(item) => &item.item,
        }
    }

    /// What it is, in a word.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Item::Table(_) => "table",
            Item::Role(_) => "role",
            Item::Schema(_) => "schema",
            Item::Context(_) => "context",
            Item::View(_) => "view",
            Item::Functions(_) => "functions",
        }
    }
}

impl PolicySet {
    /// Its tables.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.items.iter().filter_map(|item| if let Item::Table(table) = item { Some(table) } else { None })
    }

    /// Its roles.
    pub fn roles(&self) -> impl Iterator<Item = &Role> {
        self.items.iter().filter_map(|item| if let Item::Role(role) = item { Some(role) } else { None })
    }

    /// Its schemas.
    pub fn schemas(&self) -> impl Iterator<Item = &Schema> {
        self.items.iter().filter_map(|item| if let Item::Schema(schema) = item { Some(schema) } else { None })
    }

    /// Its contexts.
    pub fn contexts(&self) -> impl Iterator<Item = &Context> {
        self.items.iter().filter_map(|item| if let Item::Context(context) = item { Some(context) } else { None })
    }

    /// Its views.
    pub fn views(&self) -> impl Iterator<Item = &View> {
        self.items.iter().filter_map(|item| if let Item::View(view) = item { Some(view) } else { None })
    }

    /// Its functions, by trait.
    pub fn functions(&self) -> impl Iterator<Item = &Functions> {
        self.items.iter().filter_map(|item| if let Item::Functions(functions) = item { Some(functions) } else { None })
    }
}
