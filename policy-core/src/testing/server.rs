//! The server of a test. In: a source. Out: fresh databases, and how to reach them. Must not know: how a private
//! cluster is kept alive and cleaned up.

use std::sync::{Mutex, OnceLock, PoisonError};

use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection};

use super::address::Address;
use super::cluster::Cluster;
use super::{Database, DatabaseUrl, Environment, Error, Source, blocking, find, find_major};

/// A running server: a private one, gone when this is dropped, or the existing one of `DATABASE_URL`.
#[derive(Debug)]
pub struct Server {
    address: Address,
    version: u32,
    /// Kept for its drop.
    _cluster: Option<Cluster>,
}

impl Server {
    /// Finds a source in this process's environment and gets its server: blocks until it accepts connections, which
    /// takes about a second for a private one.
    ///
    /// # Errors
    /// Any [`Error`]; where there is no server at all, its message says how to get one.
    pub fn start() -> Result<Self, Error> {
        Self::from_source(&find(&Environment::current())?)
    }

    /// Starts a private server of this major version.
    ///
    /// # Errors
    /// [`Error::NoMajor`] where it is not installed, and those of [`Server::start`].
    pub fn start_major(major: u32) -> Result<Self, Error> {
        Self::from_source(&find_major(&Environment::current(), major)?)
    }

    /// Gets the server of this source.
    ///
    /// # Errors
    /// Those of [`Server::start`].
    pub fn from_source(source: &Source) -> Result<Self, Error> {
        match source {
            Source::Existing(url) => Self::attach(url),
            Source::Installed(bin) => {
                let cluster = Cluster::start(bin)?;
                let address = Address::socket(cluster.folder());
                Ok(Self { address, version: cluster.major()?, _cluster: Some(cluster) })
            }
        }
    }

    /// The one server of this process, started at the first call. It ends with the process. A failed start is tried
    /// again by the next call.
    ///
    /// # Errors
    /// Those of [`Server::start`].
    pub fn shared() -> Result<&'static Self, Error> {
        static SHARED: OnceLock<Server> = OnceLock::new();
        static STARTING: Mutex<()> = Mutex::new(());
        let _starting = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
        match SHARED.get() {
            Some(server) => Ok(server),
            None => Self::start().map(|server| SHARED.get_or_init(|| server)),
        }
    }

    /// The majors that [`Server::start_major`] can start here, oldest first.
    #[must_use]
    pub fn installed() -> Vec<u32> {
        Environment::current().installed().into_keys().collect()
    }

    /// The major version: 17 for PostgreSQL 17.2.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.version
    }

    /// The name of the connecting role: `postgres` in a private server, the user of `DATABASE_URL` otherwise.
    #[must_use]
    pub fn superuser(&self) -> &str {
        self.address.admin().get_username()
    }

    /// Options to connect as `role` to `database`.
    ///
    /// A private server asks for no password. One of `DATABASE_URL` may: the password of that URL is tried:
    /// [`Database::let_in`] gives it to the role. Set another with [`PgConnectOptions::password`].
    #[must_use]
    pub fn options(&self, role: &str, database: &str) -> PgConnectOptions {
        self.address.options(role, database)
    }

    /// The URL of `database` for `role`; on passwords see [`Server::options`].
    #[must_use]
    pub fn url(&self, role: &str, database: &str) -> String {
        self.address.url(role, database)
    }

    /// Creates an empty database under a new name, owned by [`Server::superuser`].
    ///
    /// # Errors
    /// [`Error::Sql`] with the server's answer.
    pub async fn database(&self) -> Result<Database, Error> {
        Database::create(self.address.clone(), self.version).await
    }

    fn attach(url: &DatabaseUrl) -> Result<Self, Error> {
        let address = Address::parse(url)?;
        let version = blocking::run(|| version_of(address.admin()))
            .map_err(Error::io("connecting to the server of DATABASE_URL"))?
            .map_err(Error::sql("connecting to the server of DATABASE_URL"))?;
        Ok(Self { address, version, _cluster: None })
    }
}

async fn version_of(options: &PgConnectOptions) -> Result<u32, sqlx::Error> {
    let mut conn = PgConnection::connect_with(options).await?;
    let major = "SELECT current_setting('server_version_num')::int / 10000";
    let major: i32 = sqlx::query_scalar(major).fetch_one(&mut conn).await?;
    conn.close().await?;
    Ok(major.unsigned_abs())
}
