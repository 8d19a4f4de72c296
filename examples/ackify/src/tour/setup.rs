//! From an empty database to one that the application can connect to.

use hedgerow::runtime::set_passwords_from;
use hedgerow::testing::Database;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use uuid::Uuid;

use super::{Error, Report};
use crate::MIGRATIONS;
use crate::model::ACKIFY;

/// Who owns the tables.
pub const OWNER: &str = "ackify_owner";
/// Who runs the migrations: a login that is a member of the owner and may create roles, but is no superuser.
pub const MIGRATOR: &str = "ackify_migrator";
/// What the application connects as.
pub(super) const APP: &str = "ackify_app";
/// What sends mail.
pub(super) const WORKER: &str = "ackify_email_worker";
/// What watches failed attempts to sign in.
pub(super) const MONITOR: &str = "ackify_monitor";
/// Where the password of each login comes from.
const PASSWORDS: [(&str, &str); 3] =
    [(APP, "ACKIFY_APP_PASSWORD"), (WORKER, "ACKIFY_WORKER_PASSWORD"), (MONITOR, "ACKIFY_MONITOR_PASSWORD")];

/// What an administrator does once: the owner, the migrator, the database.
///
/// # Errors
/// If the server refuses.
pub async fn prepare(database: &Database) -> Result<(), Error> {
    let mut admin = database.connect(database.superuser()).await?;
    let database_name = database.name();
    let sql = format!(
        "DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{OWNER}') THEN CREATE ROLE {OWNER}; END IF;
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{MIGRATOR}') THEN CREATE ROLE {MIGRATOR} LOGIN CREATEROLE; END IF;
        END $$;
        GRANT {OWNER} TO {MIGRATOR};
        ALTER DATABASE {database_name} OWNER TO {OWNER};
        ALTER SCHEMA public OWNER TO {OWNER};"
    );
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut admin).await?;
    admin.close().await?;
    database.let_in(MIGRATOR).await?;
    Ok(())
}

/// Applies every migration as the migrator: the tables by hand, then the policies that Hedgerow wrote.
///
/// # Errors
/// If one of them fails.
pub async fn migrate(database: &Database, report: &mut Report) -> Result<(), Error> {
    let mut migrator = database.connect(MIGRATOR).await?;
    report.part("Migrations, as ackify_migrator (no superuser)");
    MIGRATIONS.run(&mut migrator).await?;
    for migration in MIGRATIONS.iter().filter(|migration| migration.migration_type.is_up_migration()) {
        report.say(format!("applied {:04}_{}", migration.version, migration.description.replace(' ', "_")));
    }
    migrator.close().await?;
    Ok(())
}

/// Passwords of the roles, from the environment; a random one where a variable is unset, since the server is ours alone.
pub(super) async fn passwords<'a>(database: &'a Database, report: &mut Report) -> Result<Doors<'a>, Error> {
    let pool = PgPool::connect_with(database.options(MIGRATOR)).await?;
    let random = Uuid::new_v4().to_string();
    let password = |variable: &str| Some(std::env::var(variable).unwrap_or_else(|_| random.clone()));
    report.part("Passwords, sent as SCRAM verifiers");
    for done in set_passwords_from(&ACKIFY.load()?, &pool, password).await? {
        report.say(format!("{} from {}", done.role, done.variable));
    }
    pool.close().await;
    let mut admin = database.connect(database.superuser()).await?;
    let stored: String =
        sqlx::query_scalar("SELECT left(rolpassword, 13) FROM pg_authid WHERE rolname = 'ackify_app'").fetch_one(&mut admin).await?;
    report.expect("what the server stores", "SCRAM-SHA-256".to_owned(), stored);
    admin.close().await?;
    Ok(Doors { database, random })
}

/// How the application's own roles connect: with their passwords.
pub(super) struct Doors<'a> {
    database: &'a Database,
    random: String,
}

impl Doors<'_> {
    fn options(&self, role: &str) -> PgConnectOptions {
        let variable = PASSWORDS.iter().find(|(login, _)| *login == role).map_or("", |(_, variable)| variable);
        let password = std::env::var(variable).unwrap_or_else(|_| self.random.clone());
        self.database.options(role).password(&password)
    }

    /// One connection as a login of the set.
    pub(super) async fn connect(&self, role: &str) -> Result<PgConnection, Error> {
        Ok(PgConnection::connect_with(&self.options(role)).await?)
    }

    /// The application's pool.
    pub(super) async fn pool(&self) -> Result<PgPool, Error> {
        Ok(PgPoolOptions::new().max_connections(2).connect_with(self.options(APP)).await?)
    }
}
