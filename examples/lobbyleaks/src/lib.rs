//! LobbyLeaks: leaks about lobbying in two countries, which everybody may read once they are public.
//!
//! `model` declares the tables, the roles and the one view; the build script turned them into the migrations that the
//! project's history names; `tour` plays editors and visitors of both countries against a real server.

pub mod model;
pub mod tour;

/// The tables by hand, then every step of their protection, which Hedgerow wrote.
pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();
