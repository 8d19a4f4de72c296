//! The server's own tables: actions, their arguments, the log, how far clients have read.

use synchrotron::tour::{ANN, ANN_OF_SOUTH, ANNS_TODO, BEN, CIM, DIA, User};

use super::support::{lines, run, text};
use super::{as_user, close, on_every_server, tried};

const ACTIONS: &str = "SELECT right(id::text, 2) FROM synchrotron.action_records ORDER BY id";

#[test]
fn an_action_is_seen_by_its_author_and_by_who_sees_a_patch_of_it() {
    on_every_server(async |database| {
        let expected: [(Option<User>, &[&str]); 6] = [
            (Some(ANN), &["a1", "a2"]),
            (Some(BEN), &["a1", "a2", "b1"]),
            (Some(DIA), &[]),
            (Some(CIM), &["c1"]),
            (Some(ANN_OF_SOUTH), &[]),
            (None, &[]),
        ];
        for (user, actions) in expected {
            let mut conn = as_user(database, user).await;
            assert_eq!(lines(&mut conn, ACTIONS).await, actions, "{user:?}");
            close(conn).await;
        }
    });
}

/// The column, whole rows, conditions, sorting, RETURNING, a cast of the row: no way leads to `args`.
#[test]
fn arguments_do_not_leak() {
    on_every_server(async |database| {
        for user in [Some(ANN), Some(BEN), Some(CIM), None] {
            let mut conn = as_user(database, user).await;
            for statement in [
                "SELECT args FROM synchrotron.action_records",
                "SELECT * FROM synchrotron.action_records",
                "SELECT a FROM synchrotron.action_records AS a",
                "SELECT to_jsonb(a) FROM synchrotron.action_records AS a",
                "SELECT id FROM synchrotron.action_records WHERE args ->> 'typed by' = 'ann'",
                "SELECT id FROM synchrotron.action_records ORDER BY args",
                "SELECT count(args) FROM synchrotron.action_records",
                "COPY synchrotron.action_records TO STDOUT",
                "COPY (SELECT args FROM synchrotron.action_records) TO STDOUT",
                "INSERT INTO synchrotron.action_records (id, client_id, tag, clock_time_ms) VALUES (gen_random_uuid(), 'c', 't', 1) RETURNING args",
                "INSERT INTO synchrotron.action_records (id, client_id, tag, clock_time_ms)
                    VALUES ('00000000-0000-0000-0000-0000000000a1', 'c', 't', 1) ON CONFLICT (id) DO UPDATE SET args = EXCLUDED.args",
            ] {
                assert_eq!(tried(&mut conn, statement).await, "42501", "{user:?}: {statement}");
            }
            close(conn).await;
        }
    });
}

#[test]
fn an_author_reads_own_arguments_through_the_view() {
    on_every_server(async |database| {
        let own = "SELECT right(id::text, 2) || ' ' || (args ->> 'typed by') FROM synchrotron.own_action_args ORDER BY id";
        let expected: [(Option<User>, &[&str]); 6] = [
            (Some(ANN), &["a1 ann", "a2 ann"]),
            // He sees that the actions a1 and a2 happened, and not with which arguments.
            (Some(BEN), &["b1 ben"]),
            (Some(DIA), &[]),
            (Some(CIM), &["c1 cim"]),
            (Some(ANN_OF_SOUTH), &[]),
            (None, &[]),
        ];
        for (user, args) in expected {
            let mut conn = as_user(database, user).await;
            assert_eq!(lines(&mut conn, own).await, args, "{user:?}");
            for statement in ["UPDATE synchrotron.own_action_args SET args = '{}'", "DELETE FROM synchrotron.own_action_args"] {
                assert_eq!(tried(&mut conn, statement).await, "42501", "{user:?}: {statement}");
            }
            close(conn).await;
        }
    });
}

#[test]
fn actions_are_recorded_in_ones_own_name_and_never_changed() {
    on_every_server(async |database| {
        let record = |tenant: &str, user: &str| {
            format!(
                "INSERT INTO synchrotron.action_records (id, tenant_id, user_id, client_id, tag, args, clock_time_ms)
                VALUES (gen_random_uuid(), '{tenant}', '{user}', 'c', 't', '{{}}', 1) RETURNING server_ingest_id"
            )
        };
        let mut conn = as_user(database, Some(ANN)).await;
        let (north, south) = (ANN.tenant.to_string(), CIM.tenant.to_string());
        for (tenant, user, expected) in [(&north, "ann", "1"), (&north, "ben", "42501"), (&south, "ann", "42501"), (&south, "cim", "42501")]
        {
            assert_eq!(tried(&mut conn, &record(tenant, user)).await, expected, "{tenant} {user}");
        }
        for statement in [
            "UPDATE synchrotron.action_records SET tag = 'other'",
            "UPDATE synchrotron.action_records SET args = '{}'",
            "DELETE FROM synchrotron.action_records",
            "TRUNCATE synchrotron.action_records CASCADE",
        ] {
            assert_eq!(tried(&mut conn, statement).await, "42501", "{statement}");
        }
        close(conn).await;
    });
}

#[test]
fn the_log_is_never_changed() {
    on_every_server(async |database| {
        let mut conn = as_user(database, Some(ANN)).await;
        for log in ["action_modified_rows", "todo_patches", "note_patches", "bare_patches"] {
            for statement in ["UPDATE synchrotron.{} SET operation = 'delete'", "DELETE FROM synchrotron.{}", "TRUNCATE synchrotron.{}"] {
                let statement = statement.replace("{}", log);
                assert_eq!(tried(&mut conn, &statement).await, "42501", "{statement}");
            }
        }
        close(conn).await;
    });
}

#[test]
fn a_client_knows_its_users_own_sync_status() {
    on_every_server(async |database| {
        for (user, client) in [(ANN, "laptop"), (ANN, "phone"), (BEN, "laptop"), (CIM, "laptop")] {
            let mut conn = as_user(database, Some(user)).await;
            run(&mut conn, format!("INSERT INTO synchrotron.client_sync_status (client_id) VALUES ('{client}'); COMMIT")).await;
            close(conn).await;
        }
        for (user, count) in
            [(Some(ANN), "2"), (Some(BEN), "1"), (Some(DIA), "0"), (Some(CIM), "1"), (Some(ANN_OF_SOUTH), "0"), (None, "0")]
        {
            let mut conn = as_user(database, user).await;
            assert_eq!(text(&mut conn, "SELECT count(*)::text FROM synchrotron.client_sync_status").await, count, "{user:?}");
            assert_eq!(
                tried(&mut conn, "UPDATE synchrotron.client_sync_status SET last_seen_server_ingest_id = 9").await,
                count,
                "{user:?}"
            );
            let foreign = "INSERT INTO synchrotron.client_sync_status (client_id, user_id) VALUES ('tablet', 'eve')";
            assert_eq!(tried(&mut conn, foreign).await, "42501", "{user:?}");
            for refused in ["UPDATE synchrotron.client_sync_status SET user_id = 'ben'", "DELETE FROM synchrotron.client_sync_status"] {
                assert_eq!(tried(&mut conn, refused).await, "42501", "{user:?}: {refused}");
            }
            close(conn).await;
        }
    });
}

/// A log row carries the scope of its row, whatever the writer would have liked.
#[test]
fn the_scope_of_a_patch_is_that_of_its_row() {
    on_every_server(async |database| {
        let mut admin = database.connect(database.superuser()).await.unwrap();
        let other = "SELECT count(*)::text FROM synchrotron.action_modified_rows AS log
            LEFT JOIN todos ON log.table_name = 'todos' AND log.row_id = todos.id::text
            LEFT JOIN notes ON log.table_name = 'notes' AND log.row_id = notes.id
            WHERE log.tenant_id IS DISTINCT FROM coalesce(todos.tenant_id, notes.tenant_id)
                OR log.user_id IS DISTINCT FROM coalesce(todos.user_id, notes.user_id)";
        assert_eq!(text(&mut admin, other).await, "0");
        assert_eq!(text(&mut admin, "SELECT count(*)::text FROM synchrotron.action_modified_rows").await, "6");
        // Not even for a superuser, whom no privilege stops from naming the columns.
        let forged = format!(
            "INSERT INTO synchrotron.action_modified_rows (action_record_id, table_name, row_id, operation, tenant_id, user_id)
            VALUES ('00000000-0000-0000-0000-0000000000a1', 'todos', '{ANNS_TODO}', 'update', '{}', 'cim') RETURNING user_id",
            CIM.tenant
        );
        run(&mut admin, "BEGIN").await;
        assert_eq!(text(&mut admin, forged).await, "ann");
        close(admin).await;
    });
}
