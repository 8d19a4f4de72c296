//! The history of migrations: what each step did, that it can be undone, and that no file of it changes.

use lobbyleaks::tour::{self, Report};
use sqlx::migrate::{MigrateError, Migration, Migrator};
use sqlx::{Connection, SqlSafeStr};

use super::support::{block_on, catalog, lines, run, same, servers, text, tried};
use super::{Database, LOBBYLEAKS, MIGRATIONS, alone, on_each_server, session};

/// Every step: its version, its name, and the first bytes of the checksum that sqlx keeps of its up file.
const HISTORY: [(i64, &str, &str); 7] = [
    (20250728200458, "init_schema", "9f46bec"),
    (20250819231939, "leaks_public", "ebe97bc"),
    (20250901232731, "rls_anonymous_deny_all", "f3a406d"),
    (20250901233943, "rls_anonymous_schema_search_path", "fbe3f54"),
    (20250903003316, "leaks_public_view", "9ff29f9"),
    (20250904024645, "rls_anonymous_schema_usage", "a46711d"),
    (20250909224227, "fix_anonymous_rls_permissions", "d2aab19"),
];

const MIGRATOR: &str = "lobby_migrator";

fn history() -> impl Iterator<Item = &'static Migration> {
    MIGRATIONS.iter().filter(|migration| migration.migration_type.is_up_migration())
}

fn short(checksum: &[u8]) -> String {
    checksum.iter().take(4).map(|byte| format!("{byte:02x}")).collect::<String>().chars().take(7).collect()
}

#[test]
fn the_history_has_not_changed() {
    let found: Vec<(i64, String, String)> =
        history().map(|one| (one.version, one.description.replace(' ', "_"), short(&one.checksum))).collect();
    let meant: Vec<(i64, String, String)> = HISTORY.map(|(version, name, sum)| (version, name.to_owned(), sum.to_owned())).into();
    assert_eq!(found, meant, "a migration that was applied is never changed: write the next one");
    let undone: Vec<i64> =
        MIGRATIONS.iter().filter(|one| one.migration_type.is_down_migration()).map(|migration| migration.version).collect();
    assert_eq!(undone, HISTORY.map(|(version, ..)| version), "each has its down file");
}

/// The audit trail of the database: which steps, of which content, in which order.
#[test]
fn every_change_is_on_record() {
    on_each_server(async |database| {
        let mut admin = database.connect(database.superuser()).await.unwrap();
        let recorded = "SELECT concat_ws(' ', version, replace(description, ' ', '_'), left(encode(checksum, 'hex'), 7), success)
            FROM _sqlx_migrations ORDER BY installed_on, version";
        assert_eq!(lines(&mut admin, recorded).await, HISTORY.map(|(version, name, sum)| format!("{version} {name} {sum} t")));
        for role in ["anonymous", "lobby_app"] {
            let mut request = session(&database, role, "CL").await;
            for statement in ["SELECT FROM _sqlx_migrations", "DELETE FROM _sqlx_migrations", "UPDATE _sqlx_migrations SET success = false"]
            {
                assert_eq!(tried(&mut request, statement).await, "42501", "{role}");
            }
        }
    });
}

/// A file that was changed after it was applied stops the next deployment.
#[test]
fn a_changed_migration_is_refused() {
    on_each_server(async |database| {
        let mut migrator = database.connect(MIGRATOR).await.unwrap();
        let changed = history().map(|one| {
            let sql = format!("{}\n-- and one word more", one.sql.as_str());
            Migration::new(one.version, one.description.clone(), one.migration_type, sqlx::AssertSqlSafe(sql).into_sql_str(), one.no_tx)
        });
        let error = Migrator::with_migrations(changed.collect()).run(&mut migrator).await.unwrap_err();
        assert!(matches!(error, MigrateError::VersionMismatch(20250728200458)), "{error}");
    });
}

/// What the history reached is what the declarations say.
#[test]
fn the_history_ends_where_the_declarations_are() {
    let _alone = alone();
    let sql = LOBBYLEAKS.sql().unwrap();
    for server in servers() {
        block_on(async {
            let (old, new) = (database(server).await, server.database().await.unwrap());
            tour::prepare(&new).await.unwrap();
            let by_hand: Vec<Migration> = MIGRATIONS.iter().filter(|one| one.version <= HISTORY[1].0).cloned().collect();
            let mut migrator = new.connect(MIGRATOR).await.unwrap();
            Migrator::with_migrations(by_hand).run(&mut migrator).await.unwrap();
            for _ in 0..2 {
                run(&mut migrator, format!("BEGIN; {sql} COMMIT")).await;
                same(&dump(&old).await, &dump(&new).await);
            }
            migrator.close().await.unwrap();
            old.drop().await.unwrap();
            new.drop().await.unwrap();
        });
    }
}

/// Back to each step of the history: what held then, and no more.
#[test]
fn each_step_does_what_its_name_says() {
    on_each_server(async |database| {
        let mut migrator = database.connect(MIGRATOR).await.unwrap();
        let mut admin = database.connect(database.superuser()).await.unwrap();
        let all = dump(&database).await;
        let back = async |migrator: &mut sqlx::PgConnection, step: usize| MIGRATIONS.undo(migrator, HISTORY[step].0).await.unwrap();

        let see = "SELECT FROM public.leaks_public_v";
        assert_eq!(tried(&mut session(&database, "anonymous", "CL").await, see).await, "1");
        back(&mut migrator, 5).await;
        assert_eq!(tried(&mut session(&database, "anonymous", "CL").await, see).await, "42501", "the view is not granted");
        assert_eq!(text(&mut admin, usage()).await, "true");
        back(&mut migrator, 4).await;
        assert_eq!(text(&mut admin, usage()).await, "false", "the schema is not granted");
        assert_eq!(text(&mut admin, "SELECT to_regclass('leaks_public_v')::text").await, "leaks_public_v");
        back(&mut migrator, 3).await;
        assert_eq!(text(&mut admin, "SELECT to_regclass('leaks_public_v')::text").await, "NULL", "there is no view");
        assert_eq!(text(&mut admin, path()).await, "{search_path=public}");
        back(&mut migrator, 2).await;
        assert_eq!(text(&mut admin, path()).await, "NULL", "the login has no path");
        assert_eq!(tried(&mut session(&database, "lobby_app", "CL").await, "SELECT FROM \"Leak\"").await, "3");
        let policies = "SELECT count(*)::text FROM pg_policies";
        assert_eq!(text(&mut admin, policies).await, "10");
        back(&mut migrator, 1).await;
        assert_eq!(text(&mut admin, policies).await, "0", "there are no policies");
        assert_eq!(text(&mut admin, "SELECT count(*)::text FROM pg_class WHERE relrowsecurity OR relforcerowsecurity").await, "0");
        back(&mut migrator, 0).await;
        assert_eq!(text(&mut admin, "SELECT to_regclass('\"Leak\"')::text").await, "NULL", "there are no leaks");

        MIGRATIONS.run(&mut migrator).await.unwrap();
        same(&all, &dump(&database).await);
    });
}

/// Undone to nothing and applied again: the same catalog.
#[test]
fn up_down_up_ends_where_it_began() {
    on_each_server(async |database| {
        let mut migrator = database.connect(MIGRATOR).await.unwrap();
        let before = dump(&database).await;
        MIGRATIONS.undo(&mut migrator, 0).await.unwrap();
        let mut admin = database.connect(database.superuser()).await.unwrap();
        let left = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v')";
        assert_eq!(text(&mut admin, left).await, "_sqlx_migrations");
        MIGRATIONS.run(&mut migrator).await.unwrap();
        same(&before, &dump(&database).await);
    });
}

fn usage() -> String {
    "SELECT EXISTS (SELECT FROM pg_namespace, aclexplode(nspacl) WHERE nspname = 'public' AND grantee = 'anonymous'::regrole)::text"
        .to_owned()
}

fn path() -> String {
    "SELECT rolconfig::text FROM pg_roles WHERE rolname = 'lobby_login'".to_owned()
}

/// A database with the history applied and no row but the tenants.
async fn database(server: &hedgerow::testing::Server) -> Database {
    let database = server.database().await.unwrap();
    tour::prepare(&database).await.unwrap();
    tour::migrate(&database, &mut Report::default()).await.unwrap();
    database
}

/// All that migrations can change, but for sqlx's own table.
async fn dump(database: &Database) -> String {
    let all = catalog(database, "^(lobby_|anonymous|leaks_)").await;
    all.lines().filter(|line| !line.contains("_sqlx_migrations")).collect::<Vec<_>>().join("\n")
}
