//! A schema: usage, grants on what is in it, default privileges.

use super::name::Ident;
use super::notate::{record, words};
use super::table::{Allow, Grantee, Privilege};

/// A declared schema. It is not created: the application's migrations do that.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    /// The Rust item.
    pub item: String,
    /// The database name.
    pub name: Ident,
    /// Whether it is not ours.
    pub external: bool,
    /// GRANT, in the order written.
    pub grants: Vec<SchemaGrant>,
    /// REVOKE, in the order written.
    pub revokes: Vec<SchemaRevoke>,
    /// Default privileges FOR ROLE owner IN this SCHEMA.
    pub defaults: Vec<DefaultPrivilege>,
    /// Accepted diagnostics.
    pub allows: Vec<Allow>,
}
record!(Schema "schema" { item, name, external, grants, revokes, defaults, allows });

/// What a schema-wide grant is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ObjectKind {
    /// The schema itself: USAGE, CREATE.
    Schema,
    /// Its tables.
    Tables,
    /// Its sequences.
    Sequences,
    /// Its functions.
    Functions,
    /// Its functions and procedures.
    Routines,
}
words!(ObjectKind {
    Schema = "schema",
    Tables = "tables",
    Sequences = "sequences",
    Functions = "functions",
    Routines = "routines",
});

/// `grant(..)` of a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaGrant {
    /// What.
    pub privileges: Vec<Privilege>,
    /// On what.
    pub on: ObjectKind,
    /// Whether it is the literal `ALL .. IN SCHEMA`; otherwise it stands for the declared ones.
    pub every: bool,
    /// To whom.
    pub to: Vec<Grantee>,
}
record!(SchemaGrant "grant" { privileges, on, every, to });

/// `revoke(..)` of a schema; on tables and the like it is the literal `ALL .. IN SCHEMA`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaRevoke {
    /// What.
    pub privileges: Vec<Privilege>,
    /// On what.
    pub on: ObjectKind,
    /// From whom.
    pub from: Vec<Grantee>,
}
record!(SchemaRevoke "revoke" { privileges, on, from });

/// `default(grant(..))` or `default(revoke(..))`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefaultPrivilege {
    /// Whether it takes away.
    pub revoke: bool,
    /// What.
    pub privileges: Vec<Privilege>,
    /// On what kind of later object.
    pub on: ObjectKind,
    /// To or from whom.
    pub grantees: Vec<Grantee>,
}
record!(DefaultPrivilege "default" { revoke, privileges, on, grantees });
