//! The migrations as a deployment meets them: applied twice, undone, applied again.

use super::support::{catalog, lines, run, same};
use super::{Database, MIGRATIONS, QUEUES, admin, on_each_server};

const MIGRATOR: &str = "queue_migrator";

/// Everything that a migration can change, functions and views too.
async fn dump(database: &Database) -> String {
    let all = catalog(database, "^(queue_|comms_|api_|anon|authenticat|worker_)").await;
    let functions = "SELECT concat_ws(' ', oid::regprocedure, prosecdef, proowner::regrole, proconfig, provolatile, md5(prosrc),
            (SELECT string_agg(a::text, ' ' ORDER BY a::text) FROM unnest(proacl) AS a))
        FROM pg_proc WHERE pronamespace > 16383 ORDER BY 1";
    let views = "SELECT concat_ws(' ', oid::regclass, reloptions, pg_get_viewdef(oid)) FROM pg_class
        WHERE relkind = 'v' AND oid > 16383 ORDER BY 1";
    let mut admin = admin(database).await;
    let more = [lines(&mut admin, functions).await, lines(&mut admin, views).await].concat();
    format!("{all}\n{}", more.join("\n"))
}

#[test]
fn the_whole_sql_applied_again_changes_nothing() {
    let sql = QUEUES.sql().unwrap();
    on_each_server(async |database| {
        let before = dump(&database).await;
        let mut migrator = database.connect(MIGRATOR).await.unwrap();
        for _ in 0..2 {
            run(&mut migrator, format!("BEGIN; {sql} COMMIT")).await;
            same(&before, &dump(&database).await);
        }
    });
}

#[test]
fn up_down_up_ends_where_it_began() {
    on_each_server(async |database| {
        let before = dump(&database).await;
        let mut migrator = database.connect(MIGRATOR).await.unwrap();
        MIGRATIONS.undo(&mut migrator, 2).await.unwrap();
        assert_eq!(ours(&database).await, Vec::<String>::new());
        MIGRATIONS.run(&mut migrator).await.unwrap();
        same(&before, &dump(&database).await);

        MIGRATIONS.undo(&mut migrator, 0).await.unwrap();
        assert_eq!(ours(&database).await, Vec::<String>::new());
        MIGRATIONS.run(&mut migrator).await.unwrap();
        same(&before, &dump(&database).await);
    });
}

/// Whatever the declarations leave behind in this database: policies, privileges, row security, views, defaults.
async fn ours(database: &Database) -> Vec<String> {
    let ours = "::text ~ '(anon|authenticated|authenticator|worker_service_user)='";
    let sql = format!(
        "SELECT 'policy ' || policyname || ' on ' || tablename FROM pg_policies
        UNION ALL SELECT 'row security on ' || relname FROM pg_class WHERE relrowsecurity OR relforcerowsecurity
        UNION ALL SELECT 'privilege on ' || relname FROM pg_class WHERE relacl{ours}
        UNION ALL SELECT 'privilege on column ' || attname FROM pg_attribute WHERE attacl{ours}
        UNION ALL SELECT 'privilege on schema ' || nspname FROM pg_namespace WHERE nspacl{ours}
        UNION ALL SELECT 'privilege on function ' || proname FROM pg_proc WHERE proacl{ours}
        UNION ALL SELECT 'default privilege' FROM pg_default_acl
        UNION ALL SELECT 'view ' || relname FROM pg_class WHERE relkind = 'v' AND oid > 16383
        UNION ALL SELECT 'privilege on database' FROM pg_database WHERE datname = current_database() AND datacl{ours}"
    );
    lines(&mut admin(database).await, sql).await
}
