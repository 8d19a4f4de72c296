//! From an empty database to one that PostgREST and the worker can connect to.

use hedgerow::runtime::set_passwords_from;
use hedgerow::testing::Database;
use sqlx::postgres::PgPool;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use uuid::Uuid;

use super::{Error, Report};
use crate::MIGRATIONS;
use crate::model::QUEUES;

/// Who owns schemas and tables.
pub const OWNER: &str = "queue_owner";
/// Who runs the migrations: a login that is a member of the owner and may create roles, but is no superuser.
const MIGRATOR: &str = "queue_migrator";
/// What PostgREST connects as.
pub(super) const POSTGREST: &str = "authenticator";
/// What takes tasks.
pub(super) const WORKER: &str = "worker_service_user";

/// What an administrator does once: the owner, the migrator, the database, which is closed to everyone else.
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
        ALTER SCHEMA public OWNER TO {OWNER};
        REVOKE ALL ON DATABASE {database_name} FROM PUBLIC;"
    );
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut admin).await?;
    admin.close().await?;
    database.let_in(MIGRATOR).await?;
    Ok(())
}

/// Applies every migration as the migrator.
///
/// # Errors
/// If one of them fails.
pub async fn migrate(database: &Database, report: &mut Report) -> Result<(), Error> {
    let mut migrator = database.connect(MIGRATOR).await?;
    report.part("Migrations, as queue_migrator (no superuser)");
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
    for done in set_passwords_from(&QUEUES.load()?, &pool, password).await? {
        report.say(format!("{} from {}", done.role, done.variable));
    }
    pool.close().await;
    Ok(Doors { database, random })
}

/// How the two login roles connect: with their passwords.
pub(super) struct Doors<'a> {
    database: &'a Database,
    random: String,
}

impl Doors<'_> {
    /// One connection as `authenticator` or `worker_service_user`.
    pub(super) async fn connect(&self, role: &str) -> Result<PgConnection, Error> {
        let variable = if role == WORKER { "WORKER_PASSWORD" } else { "AUTHENTICATOR_PASSWORD" };
        let password = std::env::var(variable).unwrap_or_else(|_| self.random.clone());
        Ok(PgConnection::connect_with(&self.database.options(role).password(&password)).await?)
    }
}
