//! Synchrotron: clients act offline, the server stores what they did and hands each user the patches of the rows that the
//! user may see.
//!
//! `model` declares tables, roles, context and functions; the build script turns them into a migration; `tour` plays two
//! tenants with three users, honest and dishonest, against a real server. What to keep to is in README.md.

pub mod model;
pub mod tour;

/// The tables by hand, then what Hedgerow wrote.
pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();
