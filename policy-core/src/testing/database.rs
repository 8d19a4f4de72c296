//! A database of one test. In: the address of a server. Out: a new, empty database, and connections to it as any role;
//! it is dropped again at the end. Must not know: whose the server is.

use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use super::address::Address;
use super::{Error, blocking};

/// A fresh database, dropped with this value: by [`Database::drop`], else as well as may be on the way out, which
/// blocks. Roles belong to the server and stay.
#[derive(Debug)]
pub struct Database {
    name: String,
    address: Address,
    version: u32,
    dropped: bool,
}

impl Database {
    pub(super) async fn create(address: Address, version: u32) -> Result<Self, Error> {
        let mut conn = admin(&address).await?;
        loop {
            let name = next_name();
            // INVARIANT: the name is of our making, and needs no quotes.
            let create = format!("CREATE DATABASE {name}");
            match sqlx::raw_sql(AssertSqlSafe(create)).execute(&mut conn).await {
                Err(error) if is_duplicate(&error) => {}
                Err(error) => return Err(Error::sql("creating a test database")(error)),
                Ok(_) => {
                    // The database is there, whatever becomes of this connection.
                    let _ = conn.close().await;
                    return Ok(Self { name, address, version, dropped: false });
                }
            }
        }
    }

    /// The name of this database.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name of the role that owns this database.
    #[must_use]
    pub fn superuser(&self) -> &str {
        self.address.admin().get_username()
    }

    /// Options to connect as `role`; on passwords see [`Server::options`](super::Server::options).
    #[must_use]
    pub fn options(&self, role: &str) -> PgConnectOptions {
        self.address.options(role, &self.name)
    }

    /// The URL for `role`.
    #[must_use]
    pub fn url(&self, role: &str) -> String {
        self.address.url(role, &self.name)
    }

    /// Connects as `role`.
    ///
    /// # Errors
    /// [`Error::Sql`] with the server's answer.
    pub async fn connect(&self, role: &str) -> Result<PgConnection, Error> {
        let doing = || format!("connecting to {} as `{role}`", self.name);
        PgConnection::connect_with(&self.options(role)).await.map_err(Error::sql(doing()))
    }

    /// Lets `role`, which exists, log in: on a server of `DATABASE_URL` that asks for passwords it gets the one of that
    /// URL, which is what [`Database::options`] and the like then send.
    ///
    /// # Errors
    /// [`Error::Sql`] with the server's answer.
    pub async fn let_in(&self, role: &str) -> Result<(), Error> {
        let failed = || Error::sql(format!("letting `{role}` log in"));
        let mut conn = admin(&self.address).await?;
        // INVARIANT: the server itself quotes the name and the password.
        let quote = "SELECT format('ALTER ROLE %I LOGIN', $1) || coalesce(' PASSWORD ' || quote_literal($2), '')";
        let quote = sqlx::query_scalar(quote).bind(role).bind(self.address.password());
        let alter: String = quote.fetch_one(&mut conn).await.map_err(failed())?;
        sqlx::raw_sql(AssertSqlSafe(alter)).execute(&mut conn).await.map_err(failed())?;
        conn.close().await.map_err(failed())
    }

    /// Drops the database, and ends the connections to it that are still open.
    ///
    /// # Errors
    /// [`Error::Sql`] with the server's answer.
    pub async fn drop(mut self) -> Result<(), Error> {
        self.dropped = true;
        drop_database(&self.address, self.version, &self.name).await
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if !self.dropped {
            // Best effort: the server may be gone already, and its databases with it.
            let _ = blocking::run(|| drop_database(&self.address, self.version, &self.name));
        }
    }
}

async fn drop_database(address: &Address, version: u32, name: &str) -> Result<(), Error> {
    let failed = || Error::sql("dropping a test database");
    let mut conn = admin(address).await?;
    let force = if version >= 13 { " WITH (FORCE)" } else { "" };
    if force.is_empty() {
        let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1";
        sqlx::query(end).bind(name).execute(&mut conn).await.map_err(failed())?;
    }
    let drop = format!("DROP DATABASE IF EXISTS {name}{force}");
    sqlx::raw_sql(AssertSqlSafe(drop)).execute(&mut conn).await.map_err(failed())?;
    conn.close().await.map_err(failed())
}

async fn admin(address: &Address) -> Result<PgConnection, Error> {
    PgConnection::connect_with(address.admin()).await.map_err(Error::sql("connecting to the test server"))
}

/// A name that no other test of this process has. One of an earlier process may be left on a server that already ran.
fn next_name() -> String {
    static COUNTER: AtomicU32 = AtomicU32::new(0);
    format!("hedgerow_{}_{}", process::id(), COUNTER.fetch_add(1, Ordering::Relaxed))
}

fn is_duplicate(error: &sqlx::Error) -> bool {
    // duplicate_database; or, in a race with another creation of the same name, unique_violation.
    error.as_database_error().and_then(|error| error.code()).is_some_and(|code| code == "42P04" || code == "23505")
}
