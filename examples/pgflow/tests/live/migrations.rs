//! The migrations as a deployment meets them: applied twice, undone, applied again.

use hedgerow::testing::Database;
use pgflow::minimal::PGFLOW_MINIMAL;
use pgflow::model::PGFLOW;
use pgflow::tour::{MIGRATOR, MINIMAL_MIGRATOR};
use pgflow::{MIGRATIONS, MINIMAL_MIGRATIONS};
use sqlx::Connection;
use sqlx::migrate::Migrator;

use super::support::{block_on, catalog, lines, run, same, servers};
use super::{alone, migrated};

/// Who migrates, with what, up to which version by hand, and the whole SQL.
fn both() -> [(&'static str, &'static Migrator, i64, String); 2] {
    [(MIGRATOR, &MIGRATIONS, 3, PGFLOW.sql().unwrap()), (MINIMAL_MIGRATOR, &MINIMAL_MIGRATIONS, 1, PGFLOW_MINIMAL.sql().unwrap())]
}

/// Everything, functions and triggers with it.
async fn dump(database: &Database) -> String {
    let mut admin = database.connect(database.superuser()).await.unwrap();
    let functions = "SELECT concat_ws(' ', p.oid::regprocedure, proowner::regrole, prosecdef, provolatile, proconfig::text, (SELECT string_agg(a::text, ' ' ORDER BY a::text) FROM unnest(proacl) AS a), md5(prosrc))
        FROM pg_proc AS p WHERE pronamespace::regnamespace::text LIKE 'pgflow%' ORDER BY 1";
    let triggers = "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1";
    let more = [lines(&mut admin, functions).await, lines(&mut admin, triggers).await].concat().join("\n");
    admin.close().await.unwrap();
    format!("{}\n\n{more}", catalog(database, "^(pgflow|anon$|authenticat|service_role)").await)
}

#[test]
fn the_whole_sql_applied_again_changes_nothing() {
    let _alone = alone();
    for server in servers() {
        for (migrator, _, _, sql) in both() {
            block_on(async {
                let database = migrated(server, migrator).await;
                let before = dump(&database).await;
                let mut conn = database.connect(migrator).await.unwrap();
                for _ in 0..2 {
                    run(&mut conn, format!("BEGIN; {sql} COMMIT")).await;
                    same(&before, &dump(&database).await);
                }
                conn.close().await.unwrap();
                database.drop().await.unwrap();
            });
        }
    }
}

#[test]
fn up_down_up_ends_where_it_began() {
    let _alone = alone();
    for server in servers() {
        for (migrator, migrations, by_hand, _) in both() {
            block_on(async {
                let database = migrated(server, migrator).await;
                let before = dump(&database).await;
                let mut conn = database.connect(migrator).await.unwrap();
                for version in [by_hand, 0] {
                    migrations.undo(&mut conn, version).await.unwrap();
                    assert_eq!(ours(&database).await, Vec::<String>::new(), "PostgreSQL {}, {migrator}", server.version());
                    migrations.run(&mut conn).await.unwrap();
                    same(&before, &dump(&database).await);
                }
                conn.close().await.unwrap();
                database.drop().await.unwrap();
            });
        }
    }
}

/// Whatever the declarations leave behind: policies, privileges, row security, triggers.
async fn ours(database: &Database) -> Vec<String> {
    let ours = "::text ~ '(anon|authenticated|service_role|pgflow_(minimal_)?(definer|audit_writer|auditor|partner|gatekeeper))='";
    let sql = format!(
        "SELECT 'policy ' || policyname || ' on ' || tablename FROM pg_policies
        UNION ALL SELECT 'row security on ' || relname FROM pg_class WHERE relrowsecurity OR relforcerowsecurity
        UNION ALL SELECT 'privilege on ' || relname FROM pg_class WHERE relacl{ours}
        UNION ALL SELECT 'privilege on column ' || attname FROM pg_attribute WHERE attacl{ours}
        UNION ALL SELECT 'privilege on schema ' || nspname FROM pg_namespace WHERE nspacl{ours}
        UNION ALL SELECT 'trigger ' || tgname FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT 'default privilege' FROM pg_default_acl WHERE defaclacl{ours}
        UNION ALL SELECT 'privilege on database' FROM pg_database WHERE datname = current_database() AND datacl{ours}"
    );
    let mut admin = database.connect(database.superuser()).await.unwrap();
    let found = lines(&mut admin, sql).await;
    admin.close().await.unwrap();
    found
}
