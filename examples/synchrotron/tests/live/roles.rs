//! Who the roles are: nobody bypasses row security, nobody inherits, and each reaches its own part alone.

use hedgerow::testing::row_security_active;
use synchrotron::tour::{ANN, APP, CIM, ELECTRIC, LOGIN, MATERIALIZER, MIGRATOR, SHAPES, WORKER};

use super::support::{lines, run, text};
use super::{as_user, begun, close, on_every_server, tried};

const TABLES: [&str; 9] = [
    "todos",
    "todo_shares",
    "notes",
    "synchrotron.action_records",
    "synchrotron.action_modified_rows",
    "synchrotron.client_sync_status",
    "synchrotron.todo_patches",
    "synchrotron.note_patches",
    "synchrotron.bare_patches",
];

#[test]
fn no_role_of_the_set_bypasses_row_security() {
    on_every_server(async |database| {
        let mut admin = database.connect(database.superuser()).await.unwrap();
        let ours = "rolname ~ '^synchrotron' AND rolname <> 'synchrotron_migrator'";
        let powers = format!(
            "SELECT rolname FROM pg_roles WHERE {ours} AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)"
        );
        assert_eq!(lines(&mut admin, powers).await, Vec::<String>::new());
        let owners = format!(
            "SELECT rolname FROM pg_roles WHERE {ours} AND rolname <> 'synchrotron_owner' AND pg_has_role(oid, 'synchrotron_owner', 'MEMBER')"
        );
        assert_eq!(lines(&mut admin, owners).await, Vec::<String>::new());
        let members = format!(
            "SELECT member::regrole || ' may be ' || roleid::regrole FROM pg_auth_members WHERE member IN (SELECT oid FROM pg_roles WHERE {ours}) ORDER BY 1"
        );
        let expected = [
            "synchrotron_electric may be synchrotron_shapes",
            "synchrotron_login may be synchrotron_app",
            "synchrotron_worker may be synchrotron_materializer",
        ];
        assert_eq!(lines(&mut admin, members).await, expected);
        for table in TABLES {
            for role in [APP, SHAPES, MATERIALIZER, "synchrotron_args_reader", "synchrotron_owner"] {
                run(&mut admin, format!("SET ROLE {role}")).await;
                assert!(row_security_active(&mut admin, table).await.unwrap(), "{role} {table}");
                run(&mut admin, "RESET ROLE").await;
            }
        }
        close(admin).await;
    });
}

/// A login inherits nothing: until it says for whom it runs, it may read no table, call no function, write nothing.
#[test]
fn a_login_may_do_nothing_before_it_takes_its_role() {
    on_every_server(async |database| {
        for login in [LOGIN, ELECTRIC, WORKER] {
            let mut conn = database.connect(login).await.unwrap();
            run(&mut conn, format!("SET synchrotron.tenant_id = '{}'; SET synchrotron.user_id = 'ann'; BEGIN", ANN.tenant)).await;
            for table in TABLES {
                assert_eq!(tried(&mut conn, &format!("SELECT FROM {table}")).await, "42501", "{login} {table}");
            }
            for statement in [
                "SELECT FROM synchrotron.own_action_args",
                "SELECT synchrotron.row_visible('notes', 'anns-note')",
                "SELECT synchrotron.materialize()",
                "SELECT synchrotron.write_row('notes', 'x', 'insert', '{}')",
                "INSERT INTO notes (id, body) VALUES ('x', '')",
                "CREATE TABLE public.mine ()",
            ] {
                assert_eq!(tried(&mut conn, statement).await, "42501", "{login}: {statement}");
            }
            close(conn).await;
        }
    });
}

#[test]
fn a_login_may_take_its_own_role_alone() {
    on_every_server(async |database| {
        let roles = [APP, SHAPES, MATERIALIZER, "synchrotron_owner", "synchrotron_args_reader", MIGRATOR];
        for (login, own) in [(LOGIN, APP), (ELECTRIC, SHAPES), (WORKER, MATERIALIZER)] {
            let mut conn = database.connect(login).await.unwrap();
            run(&mut conn, "BEGIN").await;
            for role in roles {
                let expected = if role == own { "0" } else { "42501" };
                assert_eq!(tried(&mut conn, &format!("SET LOCAL ROLE {role}")).await, expected, "{login} {role}");
            }
            close(conn).await;
        }
    });
}

/// Role and settings are those of the transaction: the next one of a pooled session begins with neither.
#[test]
fn the_user_context_ends_with_its_transaction() {
    on_every_server(async |database| {
        for end in ["COMMIT", "ROLLBACK"] {
            let mut conn = as_user(database, Some(ANN)).await;
            assert_eq!(text(&mut conn, "SELECT count(*)::text FROM todos").await, "1");
            run(&mut conn, end).await;
            let left = "SELECT concat_ws(' ', current_user, quote_literal(current_setting('synchrotron.tenant_id', true)), quote_literal(current_setting('synchrotron.user_id', true)))";
            assert_eq!(text(&mut conn, left).await, format!("{LOGIN} '' ''"), "{end}");
            run(&mut conn, format!("BEGIN; SET LOCAL ROLE {APP}")).await;
            for table in TABLES {
                assert_eq!(tried(&mut conn, &format!("SELECT FROM {table}")).await, "0", "{end} {table}");
            }
            close(conn).await;
        }
    });
}

/// A text that is no tenant stops the statement: it never counts as some tenant.
#[test]
fn a_setting_that_is_no_tenant_is_an_error() {
    on_every_server(async |database| {
        let mut conn = as_user(database, None).await;
        run(&mut conn, "SELECT set_config('synchrotron.tenant_id', 'north', true), set_config('synchrotron.user_id', 'ann', true)").await;
        assert_eq!(tried(&mut conn, "SELECT FROM todos").await, "22P02");
        assert_eq!(tried(&mut conn, "SELECT FROM synchrotron.action_modified_rows").await, "22P02");
        close(conn).await;
    });
}

#[test]
fn the_materializer_replays_every_tenants_log_and_reaches_nothing_else() {
    on_every_server(async |database| {
        let mut admin = database.connect(database.superuser()).await.unwrap();
        let rows = "SELECT t::text FROM todos AS t UNION ALL SELECT n::text FROM notes AS n ORDER BY 1";
        let before = lines(&mut admin, rows).await;
        run(&mut admin, "UPDATE todos SET title = 'lost'; DELETE FROM notes").await;

        let mut conn = begun(database, WORKER, MATERIALIZER, None).await;
        assert_eq!(text(&mut conn, "SELECT synchrotron.materialize()::text").await, "6");
        run(&mut conn, "SAVEPOINT replayed").await;
        for refused in [
            "SELECT FROM synchrotron.action_records",
            "SELECT FROM synchrotron.own_action_args",
            "SELECT FROM todo_shares",
            "SELECT FROM synchrotron.client_sync_status",
            "SELECT FROM synchrotron.bare_patches",
            "INSERT INTO synchrotron.action_modified_rows (table_name, row_id, operation) VALUES ('notes', 'anns-note', 'update')",
            "UPDATE synchrotron.action_modified_rows SET row_id = 'x'",
            "DELETE FROM synchrotron.action_modified_rows",
            "TRUNCATE todos CASCADE",
            "SELECT synchrotron.apply_patch(gen_random_uuid(), 'notes', 'x', 'delete', '{}', '{}')",
        ] {
            assert_eq!(tried(&mut conn, refused).await, "42501", "{refused}");
        }
        run(&mut conn, "COMMIT").await;
        close(conn).await;
        assert_eq!(lines(&mut admin, rows).await, before);
        close(admin).await;
    });
}

/// A user may log what he likes about own rows: that reaches no other row, and stops nobody else's replay.
#[test]
fn a_replay_takes_scope_and_key_from_the_log() {
    on_every_server(async |database| {
        let mut admin = database.connect(database.superuser()).await.unwrap();
        let rows = "SELECT t::text FROM todos AS t UNION ALL SELECT n::text FROM notes AS n ORDER BY 1";
        let before = lines(&mut admin, rows).await;
        let mut conn = as_user(database, Some(ANN)).await;
        for patch in [
            r#"{"tenant_id": "22222222-2222-4222-8222-222222222222", "user_id": "cim"}"#,
            r#"{"id": "cims-note"}"#,
            r#"{"no such column": 1}"#,
            r#"{"body": null}"#,
        ] {
            let forged = format!(
                "INSERT INTO synchrotron.action_modified_rows (action_record_id, table_name, row_id, operation, forward_patches)
                VALUES ('00000000-0000-0000-0000-0000000000a1', 'notes', 'anns-note', 'update', '{patch}')"
            );
            run(&mut conn, forged).await;
        }
        run(&mut conn, "COMMIT").await;
        close(conn).await;
        let mut conn = begun(database, WORKER, MATERIALIZER, None).await;
        // Six of the day, and the first two of the forged ones, which change nothing.
        assert_eq!(text(&mut conn, "SELECT synchrotron.materialize()::text").await, "8");
        run(&mut conn, "COMMIT").await;
        close(conn).await;
        assert_eq!(lines(&mut admin, rows).await, before);
        close(admin).await;
    });
}

/// The reason stands where the policy is made.
#[test]
fn the_way_around_the_tenant_is_written_down() {
    let sql = synchrotron::model::SYNC.sql().unwrap();
    let reasons: Vec<&str> = sql.lines().filter(|line| line.starts_with("-- across tenants: ")).collect();
    assert!(!reasons.is_empty());
    assert!(reasons.iter().all(|line| *line == "-- across tenants: replays the whole log of patches"), "{reasons:?}");
    let crossing = sql.lines().filter(|line| line.starts_with("CREATE POLICY") && line.contains("TO synchrotron_materializer")).count();
    assert_eq!(crossing, reasons.len());
}

/// FORCE binds the owner, and no rule names it.
#[test]
fn the_owner_sees_and_writes_no_row() {
    on_every_server(async |database| {
        let mut migrator = database.connect(MIGRATOR).await.unwrap();
        for user in [None, Some(ANN), Some(CIM)] {
            let tenant = user.map(|user| user.tenant.to_string()).unwrap_or_default();
            let name = user.map_or("", |user| user.name);
            let settings = format!("SET LOCAL synchrotron.tenant_id = '{tenant}'; SET LOCAL synchrotron.user_id = '{name}'");
            // The migrator is a member of the view's definer as well, so it becomes the owner alone.
            run(&mut migrator, format!("BEGIN; SET LOCAL ROLE synchrotron_owner; {settings}")).await;
            for table in TABLES {
                assert_eq!(tried(&mut migrator, &format!("SELECT FROM {table}")).await, "0", "{user:?} {table}");
                assert_eq!(tried(&mut migrator, &format!("DELETE FROM {table}")).await, "0", "{user:?} {table}");
            }
            let insert = "INSERT INTO notes (id, tenant_id, user_id, body) VALUES ('x', gen_random_uuid(), 'x', '')";
            assert_eq!(tried(&mut migrator, insert).await, "42501", "{user:?}");
            run(&mut migrator, "ROLLBACK").await;
        }
        close(migrator).await;
    });
}
