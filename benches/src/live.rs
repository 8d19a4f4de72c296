//! A private server with the rendered policies of a set, its rows, and connections as its roles.

use std::env;

use hedgerow::PolicySet;
use hedgerow::testing::{Database, Server, row_security_active};
use sqlx::{AssertSqlSafe, PgConnection};

/// What the command line says: `--rows 100000 --major 18`.
#[derive(Debug)]
pub struct Options {
    /// How many rows the large table gets.
    pub rows: i64,
    /// The server; the default one if absent.
    pub major: Option<u32>,
}

impl Options {
    /// Reads the command line.
    #[must_use]
    pub fn read(rows: i64) -> Options {
        let args: Vec<String> = env::args().skip(1).collect();
        let value = |key: &str| {
            let at = args.iter().position(|arg| arg == key)?;
            args.get(at + 1).and_then(|value| value.parse::<i64>().ok())
        };
        Options { rows: value("--rows").unwrap_or(rows), major: value("--major").and_then(|major| major.try_into().ok()) }
    }
}

/// A server with one database.
#[derive(Debug)]
pub struct Live {
    server: Server,
    database: Database,
}

impl Live {
    /// Tables, then the set as Hedgerow renders it, then rows.
    pub async fn new(options: &Options, set: &PolicySet, tables: &str, rows: &str) -> Live {
        let server = match options.major {
            Some(major) => Server::start_major(major),
            None => Server::start(),
        };
        let server = server.expect("a server");
        let database = server.database().await.expect("a database");
        let live = Live { server, database };
        let mut admin = live.admin().await;
        run(&mut admin, tables).await;
        run(&mut admin, &format!("BEGIN; {} COMMIT", set.sql().expect("a set that renders"))).await;
        run(&mut admin, rows).await;
        // Checkpoints and autovacuum belong to no contender.
        run(&mut admin, "VACUUM ANALYZE").await;
        run(&mut admin, "CHECKPOINT").await;
        println!("PostgreSQL {}, {} rows", live.full_version(&mut admin).await, options.rows);
        live
    }

    async fn full_version(&self, admin: &mut PgConnection) -> String {
        sqlx::query_scalar("SELECT current_setting('server_version')").fetch_one(admin).await.expect("a version")
    }

    /// The major version.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.server.version()
    }

    /// Past all policies: for what is not timed.
    pub async fn admin(&self) -> PgConnection {
        self.connect(self.database.superuser()).await
    }

    /// As a role without row security: the limit.
    pub async fn limit(&self, role: &str) -> PgConnection {
        self.connect(role).await
    }

    /// As a role under the policies of these tables, who says who it is.
    pub async fn role(&self, role: &str, setting: (&str, &str), tables: &[&str]) -> PgConnection {
        let mut conn = self.connect(role).await;
        run(&mut conn, &format!("SET {} = '{}'", setting.0, setting.1)).await;
        for table in tables {
            assert!(row_security_active(&mut conn, table).await.expect("a table"), "{role} passes the policies of {table}");
        }
        conn
    }

    async fn connect(&self, role: &str) -> PgConnection {
        self.database.connect(role).await.expect("a connection")
    }
}

/// Statements that must succeed.
pub async fn run(conn: &mut PgConnection, sql: &str) {
    // A vacuum takes no company.
    if let Err(error) = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(conn).await {
        panic!("{error}\n{}", sql.chars().take(800).collect::<String>());
    }
}
