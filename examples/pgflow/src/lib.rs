//! pgflow: workflows in PostgreSQL, started by browsers through two functions, worked on by Edge Workers.
//!
//! `minimal` declares the permissions that pgflow asks for today, without row security. `model` declares its roadmap: runs
//! that belong to users, flows that are granted, an audit. The build script turns each into migrations of its own; `tour`
//! plays both against a real server, as Supabase's roles.

pub mod minimal;
pub mod model;
pub mod tour;

/// The tables by hand, then the roadmap's policies and functions.
pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();

/// pgflow as it is: tables and functions by hand, then the minimal permissions. For a database of its own.
pub static MINIMAL_MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("minimal/migrations");
