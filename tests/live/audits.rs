//! Logs that triggers write: who did what and when, read by their own rules, altered by nobody.

use super::logs::{ROW_A, app, world};
use super::support::{run, text, tried};
use super::world::{A, B, World, everywhere, say};

/// What the auditor reads of a tenant, without the time.
async fn audited(world: &World, columns: &str) -> String {
    let mut auditor = world.as_role("lo_auditor", &["audit"]).await;
    say(&mut auditor, &[("lo.tenant", A)]).await;
    text(&mut auditor, format!("SELECT concat_ws(' ', {columns}) FROM audit ORDER BY id")).await
}

#[test]
fn triggers_write_who_did_what_when() {
    everywhere(async |server| {
        let world = world(server).await;
        let mut app = app(&world, A).await;
        run(
            &mut app,
            format!(
                "INSERT INTO todos SELECT ('{}' || n)::uuid, '{A}', 't' || n FROM generate_series(1, 3) AS n",
                "22222222-0000-4000-8000-00000000000"
            ),
        )
        .await;
        run(&mut app, "UPDATE todos SET title = upper(title) WHERE title LIKE 't%'").await;
        run(&mut app, format!("DELETE FROM todos WHERE id <> '{ROW_A}'")).await;
        run(&mut app, "INSERT INTO todos SELECT * FROM todos WHERE false").await;
        let entries = audited(&world, "command, right(row_id, 1), old ->> 'title', '>', new ->> 'title'").await;
        let expected = [1, 2, 3].map(|n| format!("insert {n} > t{n}")).join(" ");
        let updated = [1, 2, 3].map(|n| format!("update {n} t{n} > T{n}")).join(" ");
        let deleted = [1, 2, 3].map(|n| format!("delete {n} T{n} >")).join(" ");
        let sorted = |text: &str| {
            let mut words: Vec<String> = text.split_inclusive(|c: char| c.is_ascii_digit()).map(str::to_owned).collect();
            words.sort();
            words
        };
        assert_eq!(sorted(&entries), sorted(&format!("{expected} {updated} {deleted}")));
        let mut auditor = world.as_role("lo_auditor", &["audit"]).await;
        say(&mut auditor, &[("lo.tenant", A)]).await;
        let said = text(
            &mut auditor,
            "SELECT DISTINCT concat_ws(' ', table_name, tenant, role, context ->> 'tenant', context ->> 'user_name', user_name, now() - at < interval '1 minute') FROM audit",
        )
        .await;
        assert_eq!(said, format!("todos {A} lo_app {A} ann ann t"));
        world.close().await;
    });
}

/// The role is the one that the session has become, and a definer function between does not hide it.
#[test]
fn an_entry_names_the_role_of_the_request() {
    everywhere(async |server| {
        let world = world(server).await;
        let mut owner = world.migrator().await;
        let definer = format!(
            "CREATE FUNCTION add(id uuid) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
             AS $$ INSERT INTO todos VALUES (id, '{A}', 'by a definer') $$;
             CREATE POLICY reach ON todos FOR INSERT TO lo_migrator WITH CHECK (true);
             GRANT INSERT ON todos TO lo_migrator; GRANT USAGE ON SCHEMA public TO lo_login; GRANT EXECUTE ON FUNCTION add(uuid) TO PUBLIC"
        );
        run(&mut owner, definer).await;
        let mut login = world.database.connect("lo_login").await.unwrap();
        say(&mut login, &[("lo.tenant", A)]).await;
        run(
            &mut login,
            format!("SET ROLE lo_group; INSERT INTO todos VALUES (gen_random_uuid(), '{A}', 'x'); SELECT add(gen_random_uuid())"),
        )
        .await;
        run(&mut login, "RESET ROLE; SELECT add(gen_random_uuid())").await;
        assert_eq!(audited(&world, "role, user_name").await, "lo_group lo_group lo_login");
        world.close().await;
    });
}

#[test]
fn nobody_forges_or_alters_an_entry() {
    everywhere(async |server| {
        let world = world(server).await;
        let mut app = app(&world, A).await;
        run(&mut app, format!("INSERT INTO todos VALUES (gen_random_uuid(), '{A}', 'x')")).await;
        let forged = format!(
            "INSERT INTO audit (table_name, row_id, tenant, command, at, role, context) VALUES ('todos', '1', '{A}', 'insert', now(), 'x', '{{}}')"
        );
        let attempts = [
            forged.as_str(),
            "SELECT 1 FROM audit",
            "UPDATE audit SET role = 'x'",
            "DELETE FROM audit",
            "TRUNCATE audit",
            "DROP TABLE audit",
            "ALTER TABLE audit DISABLE ROW LEVEL SECURITY",
            "ALTER TABLE todos DISABLE TRIGGER ALL",
            "DROP TRIGGER audit_insert ON todos",
            "SET ROLE lo_writer",
            "SET session_replication_role = replica",
            "TRUNCATE todos",
            "CREATE TEMPORARY TABLE mine (id uuid, tenant uuid); CREATE TRIGGER t AFTER INSERT ON mine REFERENCING NEW TABLE AS new_rows
             FOR EACH STATEMENT EXECUTE FUNCTION public.audit_of_todo()",
        ];
        let mut auditor = world.as_role("lo_auditor", &["audit"]).await;
        say(&mut auditor, &[("lo.tenant", A)]).await;
        for sql in attempts {
            assert_eq!(tried(&mut app, sql).await, "42501", "{sql}");
            if !sql.starts_with("SELECT") {
                assert_eq!(tried(&mut auditor, sql).await, "42501", "{sql}");
            }
        }
        assert_eq!(text(&mut auditor, "SELECT count(*)::text FROM audit").await, "1");
        say(&mut auditor, &[("lo.tenant", B)]).await;
        assert_eq!(text(&mut auditor, "SELECT count(*)::text FROM audit").await, "0", "an entry is of its row's tenant");
        world.close().await;
    });
}

/// What cannot be logged does not happen.
#[test]
fn a_write_without_an_entry_is_refused() {
    everywhere(async |server| {
        let world = world(server).await;
        // A bypass role writes for two tenants at once; the entries stand under the floor of the log.
        let mut admin = world.admin().await;
        say(&mut admin, &[("lo.tenant", A)]).await;
        assert_eq!(tried(&mut admin, format!("INSERT INTO todos VALUES (gen_random_uuid(), '{B}', 'x')")).await, "42501");
        assert_eq!(tried(&mut admin, format!("UPDATE todos SET tenant = '{B}' WHERE id = '{ROW_A}'")).await, "42501");
        assert_eq!(tried(&mut admin, "TRUNCATE todos").await, "42501", "a TRUNCATE has no rows to tell of");
        say(&mut admin, &[("lo.tenant", "no uuid")]).await;
        assert_eq!(tried(&mut admin, format!("INSERT INTO todos VALUES (gen_random_uuid(), '{A}', 'x')")).await, "22P02");
        say(&mut admin, &[("lo.tenant", A)]).await;
        assert_eq!(tried(&mut admin, format!("UPDATE todos SET title = 'y' WHERE id = '{ROW_A}'")).await, "1");
        world.close().await;
    });
}

/// Upserts, MERGE, COPY, changed keys; partitions named or not, and rows that move between them.
#[test]
fn every_way_to_write_is_logged() {
    everywhere(async |server| {
        let world = world(server).await;
        let mut app = app(&world, A).await;
        let id = "33333333-0000-4000-8000-000000000001";
        let upsert = format!("INSERT INTO todos VALUES ('{id}', '{A}', 'one') ON CONFLICT (id) DO UPDATE SET title = 'two'");
        run(&mut app, format!("{upsert}; {upsert}")).await;
        run(&mut app, format!("UPDATE todos SET id = '33333333-0000-4000-8000-000000000002' WHERE id = '{id}'")).await;
        let said = "command, right(row_id, 1), old ->> 'title', new ->> 'title'";
        // A changed key: gone there, come here.
        let mut entries: Vec<String> = audited(&world, said).await.split_inclusive("two").map(str::to_owned).collect();
        entries.sort();
        assert_eq!(entries.concat(), " update 1 two update 2 twoinsert 1 one update 1 one two");
        run(&mut app, format!("INSERT INTO parts VALUES (1, '{A}'), (101, '{A}'); UPDATE parts SET id = 2 WHERE id = 1; UPDATE parts SET id = 102 WHERE id = 2; DELETE FROM parts WHERE id = 101")).await;
        let mut auditor = world.as_role("lo_auditor", &["audit"]).await;
        say(&mut auditor, &[("lo.tenant", A)]).await;
        let parts = "SELECT concat_ws(' ', command, row_id) FROM audit WHERE table_name = 'parts' ORDER BY id";
        assert_eq!(text(&mut auditor, parts).await, "insert 1 insert 101 update 1 update 2 delete 2 insert 102 delete 101");
        let mut admin = world.admin().await;
        say(&mut admin, &[("lo.tenant", A)]).await;
        run(&mut admin, format!("INSERT INTO parts_low VALUES (5, '{A}')")).await;
        assert_eq!(text(&mut auditor, format!("{parts} DESC LIMIT 1")).await, "insert 5", "a partition that is named");
        if world.version >= 15 {
            run(&mut app, format!("MERGE INTO todos AS t USING (VALUES ('{ROW_A}'::uuid), (gen_random_uuid())) AS v (id) ON t.id = v.id WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (v.id, '{A}', 'merged')")).await;
            let merged = "SELECT concat_ws(' ', command) FROM audit WHERE new ->> 'title' = 'merged' OR row_id = '11111111-0000-4000-8000-00000000000a' ORDER BY command";
            assert_eq!(text(&mut auditor, merged).await, "delete insert");
        }
        world.close().await;
    });
}
