//! Tasks that a worker takes from a queue, and an API by PostgREST, each with no more than a few functions.
//!
//! `model` declares roles, schemas, functions, tables and views; the build script turns them into `migrations/0003_policies`;
//! `tour` plays a mail's way through the queue against a real server, as the roles that do it in production.

pub mod model;
pub mod tour;

/// Schemas, tables and functions by hand, then their rights, which Hedgerow wrote.
pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();
