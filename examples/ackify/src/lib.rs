//! Ackify: proof that people read documents, for many tenants in one database.
//!
//! `model` declares the tables, roles and context; the build script turns them into `migrations/0004_policies`; `tour`
//! plays the requests of two tenants against a real server, as the application's own role.

pub mod model;
pub mod tour;

/// The tables by hand, then the policies that Hedgerow wrote.
pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();
