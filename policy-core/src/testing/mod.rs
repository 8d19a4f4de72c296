//! A real PostgreSQL for tests.
//!
//! In: what this machine offers (an existing server, installed programs). Out: a running [`Server`], fresh
//! [`Database`]s in it, and connections as any role. Must not know: policies, or how SQL for them is rendered.
//!
//! A superuser bypasses row-level security, and so does a table's owner without FORCE: a test that connects as one of
//! these proves nothing. Connect as the role under test, and assert [`row_security_active`] first.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use policy_core::testing::{Server, row_security_active};
//!
//! let server = Server::shared()?;
//! let database = server.database().await?;
//! let mut owner = database.connect(database.superuser()).await?;
//! sqlx::raw_sql("CREATE ROLE app").execute(&mut owner).await?;
//! database.let_in("app").await?;
//! // ... migrate as the owner ...
//! let mut app = database.connect("app").await?;
//! assert!(row_security_active(&mut app, "documents").await?);
//! database.drop().await?;
//! # Ok(())
//! # }
//! ```
//!
//! Where the server comes from, first match wins:
//!
//! 1. `DATABASE_URL`: a server that already runs; never stopped. Its user must be a superuser, or may create databases
//!    and roles.
//! 2. `PG_BIN`: a folder with `initdb` and `postgres`.
//! 3. `/usr/lib/postgresql/<major>/bin`, newest major.
//! 4. `PATH`.
//! 5. `<cache>/<major>/bin`, newest major, where the cache is `$HEDGEROW_PG_CACHE`, else
//!    `$XDG_CACHE_HOME/hedgerow/postgresql`, else `~/.cache/hedgerow/postgresql`.
//!
//! For 2 to 5 a private cluster is made, reachable through a Unix socket only, and gone when the [`Server`] is dropped or
//! its process ends in any way, SIGKILL included. It lies where `TMPDIR` says, else in `/dev/shm` if a gigabyte is free
//! there, else in `/tmp`. Roles belong to the whole cluster: tests that share a server need role names of their own.

#[cfg(not(unix))]
compile_error!("the feature `testing` needs Unix sockets, and so a Unix system");

mod account;
mod address;
mod blocking;
mod cluster;
mod database;
mod each;
mod error;
mod find;
mod folder;
mod server;

pub use address::DatabaseUrl;
pub use database::Database;
pub use error::Error;
pub use find::{Environment, Source, find, find_major};
pub use server::Server;

use sqlx::PgConnection;

/// Whether row-level security applies to this connection's role on `table`, as the server sees it.
///
/// `table` is SQL text: a name that needs quotes brings them, and may carry its schema.
///
/// # Errors
/// The server's own error, for a table that does not exist for example.
pub async fn row_security_active(conn: &mut PgConnection, table: &str) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("SELECT pg_catalog.row_security_active($1::text)").bind(table).fetch_one(conn).await
}
