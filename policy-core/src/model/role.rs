//! A role, its options and memberships.

use super::notate::record;
use super::schema::DefaultPrivilege;
use super::table::Allow;

/// A declared role. SUPERUSER, CREATEROLE, CREATEDB and REPLICATION cannot be asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Role {
    /// The Rust item.
    pub item: String,
    /// The database name.
    pub name: super::Ident,
    /// Whether it is not ours: never created, altered or dropped.
    pub external: bool,
    /// LOGIN.
    pub login: bool,
    /// NOINHERIT.
    pub noinherit: bool,
    /// CONNECT on the database that the migration runs in.
    pub connect: bool,
    /// CONNECTION LIMIT; absent means none.
    pub connection_limit: Option<i32>,
    /// The environment variable with its password, for the command that sets it.
    pub password_env: Option<String>,
    /// What it is a member of.
    pub member_of: Vec<Membership>,
    /// Default privileges FOR this ROLE, in the whole database.
    pub defaults: Vec<DefaultPrivilege>,
    /// ALTER ROLE .. SET.
    pub settings: Vec<Setting>,
    /// Why it has BYPASSRLS.
    pub bypass_rls: Option<String>,
    /// The database name that it had.
    pub renamed_from: Option<super::Ident>,
    /// Accepted diagnostics.
    pub allows: Vec<Allow>,
}
record!(Role "role" {
    item, name, external, login, noinherit, connect, connection_limit, password_env, member_of, defaults, settings,
    bypass_rls, renamed_from, allows,
});

/// `member_of(..)`: one role, with the options of PostgreSQL 16 where they were said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The group: Rust item as declared, database name linked.
    pub role: String,
    /// WITH INHERIT.
    pub inherit: Option<bool>,
    /// WITH SET.
    pub set: Option<bool>,
    /// WITH ADMIN.
    pub admin: Option<bool>,
}
record!(Membership "member" { role, inherit, set, admin });

/// `ALTER ROLE .. SET name = value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The setting.
    pub name: String,
    /// Its value.
    pub value: String,
}
record!(Setting "setting" { name, value });
