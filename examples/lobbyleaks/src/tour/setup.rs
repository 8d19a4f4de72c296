//! From an empty database to one that the application can connect to.

use hedgerow::runtime::set_passwords_from;
use hedgerow::testing::Database;
use sqlx::postgres::PgPool;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use uuid::Uuid;

use super::{Error, Report};
use crate::MIGRATIONS;
use crate::model::LOBBYLEAKS;

/// Who owns the tables.
pub const OWNER: &str = "lobby_owner";
/// Who runs the migrations: a login that is a member of the owner and may create roles, but is no superuser.
const MIGRATOR: &str = "lobby_migrator";
/// What the application connects as.
const LOGIN: &str = "lobby_login";

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

/// Applies the whole history as the migrator.
///
/// # Errors
/// If a migration fails.
pub async fn migrate(database: &Database, report: &mut Report) -> Result<(), Error> {
    let mut migrator = database.connect(MIGRATOR).await?;
    report.part("Migrations, as lobby_migrator (no superuser)");
    MIGRATIONS.run(&mut migrator).await?;
    for migration in MIGRATIONS.iter().filter(|migration| migration.migration_type.is_up_migration()) {
        report.say(format!("applied {}_{}", migration.version, migration.description.replace(' ', "_")));
    }
    migrator.close().await?;
    Ok(())
}

/// The password of the login role, from the environment; a random one where the variable is unset, since the server is
/// ours alone.
pub(super) async fn password<'a>(database: &'a Database, report: &mut Report) -> Result<Door<'a>, Error> {
    let pool = PgPool::connect_with(database.options(MIGRATOR)).await?;
    let password = std::env::var("LOBBY_PASSWORD").unwrap_or_else(|_| Uuid::new_v4().to_string());
    report.part("Passwords, sent as SCRAM verifiers");
    for done in set_passwords_from(&LOBBYLEAKS.load()?, &pool, |_: &str| Some(password.clone())).await? {
        report.say(format!("{} from {}", done.role, done.variable));
    }
    pool.close().await;
    Ok(Door { database, password })
}

/// How the application connects.
pub(super) struct Door<'a> {
    database: &'a Database,
    password: String,
}

impl Door<'_> {
    /// One connection as `lobby_login`.
    pub(super) async fn connect(&self) -> Result<PgConnection, Error> {
        Ok(PgConnection::connect_with(&self.database.options(LOGIN).password(&self.password)).await?)
    }
}
