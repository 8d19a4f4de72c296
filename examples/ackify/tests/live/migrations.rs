//! The migrations as a deployment meets them: applied twice, undone, applied again.

use sqlx::Connection;

use super::support::{block_on, catalog, lines, run, same, servers};
use super::{ACKIFY, Database, MIGRATIONS, alone, migrated};

const MIGRATOR: &str = "ackify_migrator";

async fn dump(database: &Database) -> String {
    catalog(database, "^ackify").await
}

#[test]
fn the_whole_sql_applied_again_changes_nothing() {
    let _alone = alone();
    let sql = ACKIFY.sql().unwrap();
    for server in servers() {
        block_on(async {
            let database = migrated(server).await;
            let before = dump(&database).await;
            let mut migrator = database.connect(MIGRATOR).await.unwrap();
            for _ in 0..2 {
                run(&mut migrator, format!("BEGIN; {sql} COMMIT")).await;
                same(&before, &dump(&database).await);
            }
            migrator.close().await.unwrap();
            database.drop().await.unwrap();
        });
    }
}

#[test]
fn up_down_up_ends_where_it_began() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = migrated(server).await;
            let before = dump(&database).await;
            let mut migrator = database.connect(MIGRATOR).await.unwrap();
            MIGRATIONS.undo(&mut migrator, 3).await.unwrap();
            assert_eq!(ours(&database).await, Vec::<String>::new(), "PostgreSQL {}", server.version());
            MIGRATIONS.run(&mut migrator).await.unwrap();
            same(&before, &dump(&database).await);

            MIGRATIONS.undo(&mut migrator, 0).await.unwrap();
            assert_eq!(ours(&database).await, Vec::<String>::new());
            MIGRATIONS.run(&mut migrator).await.unwrap();
            same(&before, &dump(&database).await);
            migrator.close().await.unwrap();
            database.drop().await.unwrap();
        });
    }
}

/// Whatever the policies of this database leave behind: policies, privileges, row security.
async fn ours(database: &Database) -> Vec<String> {
    let ours = "::text ~ 'ackify_(app|email_worker|monitor|audit_writer|attempts_reader)='";
    let sql = format!(
        "SELECT 'policy ' || policyname || ' on ' || tablename FROM pg_policies
        UNION ALL SELECT 'row security on ' || relname FROM pg_class WHERE relrowsecurity OR relforcerowsecurity
        UNION ALL SELECT 'view ' || relname FROM pg_class WHERE relkind = 'v' AND relnamespace::regnamespace::text = 'public'
        UNION ALL SELECT 'function ' || proname FROM pg_proc WHERE pronamespace::regnamespace::text = 'public'
        UNION ALL SELECT 'trigger ' || tgname FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT 'privilege on ' || relname FROM pg_class WHERE relacl{ours}
        UNION ALL SELECT 'privilege on column ' || attname FROM pg_attribute WHERE attacl{ours}
        UNION ALL SELECT 'privilege on schema ' || nspname FROM pg_namespace WHERE nspacl{ours}
        UNION ALL SELECT 'default privilege' FROM pg_default_acl WHERE defaclacl{ours}
        UNION ALL SELECT 'privilege on database' FROM pg_database WHERE datname = current_database() AND datacl{ours}"
    );
    let mut admin = database.connect(database.superuser()).await.unwrap();
    let found = lines(&mut admin, sql).await;
    admin.close().await.unwrap();
    found
}
