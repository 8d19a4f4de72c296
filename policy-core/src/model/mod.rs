//! What is declared: tables, views, functions, roles, schemas, contexts and the sets they belong to.
//!
//! In: nothing. Out: owned, comparable data that can be written in the notation of `policy.lock`
//! and read back. No spans, no syn, no SQL text.
//!
//! The same types hold two states. *As declared*, a reference to another item is the Rust name
//! that the user wrote (`Member`), because one macro sees one item. *Linked* by `check::link`, it is
//! the database name; a `check::Checked` set is always linked.

pub mod context;
pub mod expr;
pub mod function;
pub mod known;
pub mod log;
pub mod name;
pub mod notation;
pub mod query;
pub mod resolve;
pub mod role;
pub mod schema;
pub mod set;
pub mod table;
pub mod trigger;
pub mod types;
pub mod user_type;
pub mod view;

mod notate;
mod walk;

pub use context::{Context, Field, Source as ContextSource};
pub use expr::{Expr, Kind, Literal, Test};
pub use function::{Argument, Body, Function, Functions, Returns, Routine, Volatility};
pub use known::KnownSet;
pub use log::{Log, RowOf};
pub use name::{BadName, Ident, Relation};
pub use notation::{Node, Notate, NotationError};
pub use query::{From, Join, JoinKind, Query, Source};
pub use resolve::{Types, read_types, write_types};
pub use role::{Membership, Role, Setting};
pub use schema::{DefaultPrivilege, ObjectKind, Schema, SchemaGrant, SchemaRevoke};
pub use set::{Item, PolicySet, Target, Versions};
pub use table::{Allow, Column, Command, CommandColumns, Grant, Grantee, Never, Privilege, Rule, RuleKind, Sequence, Table, Tenancy};
pub use trigger::{Event, EventKind, Timing, Trigger};
pub use types::{Base, SqlType};
pub use user_type::{Definition, UserType};
pub use view::View;
pub(crate) use walk::{for_each_child_mut, for_each_in_query_mut};
