//! From an empty database to one that clients and workers can use.

use hedgerow::runtime::set_passwords_from;
use hedgerow::testing::Database;
use sqlx::postgres::PgPool;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use uuid::Uuid;

use super::{Error, Report};
use crate::model::PGFLOW;
use crate::{MIGRATIONS, MINIMAL_MIGRATIONS};

/// What PostgREST connects as; it may become `anon`, `authenticated` and `service_role`.
pub const DOOR: &str = "authenticator";
/// Who runs the roadmap's migrations: a login that is a member of the owner and may create roles, but is no superuser.
pub const MIGRATOR: &str = "pgflow_migrator";
/// The same for pgflow as it is.
pub const MINIMAL_MIGRATOR: &str = "pgflow_minimal_migrator";

/// What Supabase has, what an administrator does once, and who owns what.
///
/// # Errors
/// If the server refuses.
pub async fn prepare(database: &Database, migrator: &str) -> Result<(), Error> {
    let mut admin = database.connect(database.superuser()).await?;
    let owner = migrator.replace("migrator", "owner");
    let name = database.name();
    let roles = [
        ("anon", ""),
        ("authenticated", ""),
        ("service_role", "BYPASSRLS"),
        (DOOR, "LOGIN NOINHERIT"),
        (&owner, ""),
        (migrator, "LOGIN CREATEROLE"),
    ];
    for (role, options) in roles {
        let create = format!(
            "DO $$ BEGIN
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN CREATE ROLE {role} {options}; END IF;
            END $$"
        );
        sqlx::raw_sql(AssertSqlSafe(create)).execute(&mut admin).await?;
    }
    let sql = format!(
        "GRANT anon, authenticated, service_role TO {DOOR};
        GRANT {owner} TO {migrator};
        ALTER DATABASE {name} OWNER TO {owner};
        ALTER SCHEMA public OWNER TO {owner};"
    );
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut admin).await?;
    admin.close().await?;
    database.let_in(migrator).await?;
    database.let_in(DOOR).await?;
    Ok(())
}

/// Applies every migration as the migrator: the tables by hand, then what Hedgerow wrote.
///
/// # Errors
/// If one of them fails.
pub async fn migrate(database: &Database, migrator: &str, report: &mut Report) -> Result<(), Error> {
    let mut conn = database.connect(migrator).await?;
    report.part(&format!("Migrations, as {migrator} (no superuser)"));
    let migrations = if migrator == MIGRATOR { &MIGRATIONS } else { &MINIMAL_MIGRATIONS };
    migrations.run(&mut conn).await?;
    for migration in migrations.iter().filter(|migration| migration.migration_type.is_up_migration()) {
        report.say(format!("applied {:04}_{}", migration.version, migration.description.replace(' ', "_")));
    }
    conn.close().await?;
    Ok(())
}

/// Passwords of the roles that log in, from the environment; a random one where a variable is unset, since the server is
/// ours alone.
pub(super) async fn passwords<'a>(database: &'a Database, report: &mut Report) -> Result<Doors<'a>, Error> {
    let pool = PgPool::connect_with(database.options(MIGRATOR)).await?;
    let random = Uuid::new_v4().to_string();
    let password = |variable: &str| Some(std::env::var(variable).unwrap_or_else(|_| random.clone()));
    report.part("Passwords, sent as SCRAM verifiers");
    for done in set_passwords_from(&PGFLOW.load()?, &pool, password).await? {
        report.say(format!("{} from {}", done.role, done.variable));
    }
    pool.close().await;
    Ok(Doors { database, random })
}

/// How the roles of our own connect: with their passwords.
pub(super) struct Doors<'a> {
    database: &'a Database,
    random: String,
}

impl Doors<'_> {
    /// One connection as `pgflow_auditor` or `pgflow_partner`.
    pub(super) async fn connect(&self, role: &str) -> Result<PgConnection, Error> {
        let variable = format!("{}_PASSWORD", role.to_uppercase());
        let password = std::env::var(variable).unwrap_or_else(|_| self.random.clone());
        Ok(PgConnection::connect_with(&self.database.options(role).password(&password)).await?)
    }
}
