//! Patches are applied as the originating user, and a patch that is not what it says is refused.

use sqlx::PgConnection;
use synchrotron::tour::{ANN, ANN_OF_SOUTH, ANNS_TODO, BEN, BENS_TODO, CIM, CIMS_TODO, Change, User, act, change, patch};

use super::support::{lines, run, text};
use super::{Database, as_user, close, on_every_server, tried};

/// Everything that a patch could have changed, as the superuser sees it.
async fn state(database: &Database) -> Vec<String> {
    let mut admin = database.connect(database.superuser()).await.unwrap();
    let sql = "SELECT t::text FROM todos AS t UNION ALL SELECT n::text FROM notes AS n UNION ALL SELECT s::text FROM todo_shares AS s
        UNION ALL SELECT a::text FROM synchrotron.action_records AS a UNION ALL SELECT r::text FROM synchrotron.action_modified_rows AS r
        UNION ALL SELECT p::text FROM synchrotron.bare_patches AS p ORDER BY 1";
    let found = lines(&mut admin, sql).await;
    close(admin).await;
    found
}

/// What came of a patch in the transaction that has begun; it is undone.
async fn sent(conn: &mut PgConnection, change: Change) -> String {
    run(conn, "SAVEPOINT patch").await;
    act(conn, 0xbad, "{}").await.unwrap();
    let done = patch(conn, 0xbad, change).await;
    run(conn, "ROLLBACK TO patch").await;
    super::support::said(done.map(|()| 1))
}

async fn refused(database: &Database, user: User, changes: &[Change]) {
    let before = state(database).await;
    let mut conn = as_user(database, Some(user)).await;
    for change in changes {
        assert_eq!(sent(&mut conn, *change).await, "42501", "{user:?}: {change:?}");
    }
    run(&mut conn, "COMMIT").await;
    close(conn).await;
    assert_eq!(state(database).await, before);
}

#[test]
fn an_honest_patch_is_applied_and_logged() {
    on_every_server(async |database| {
        let mut conn = as_user(database, Some(BEN)).await;
        patch(&mut conn, 0xb1, change("todos", BENS_TODO, "update", r#"{"done": true}"#)).await.unwrap();
        assert_eq!(text(&mut conn, format!("SELECT done::text FROM todos WHERE id = '{BENS_TODO}'")).await, "true");
        patch(&mut conn, 0xb1, change("todos", BENS_TODO, "delete", "{}")).await.unwrap();
        assert_eq!(text(&mut conn, format!("SELECT count(*)::text FROM todos WHERE id = '{BENS_TODO}'")).await, "0");
        let logged = "SELECT operation FROM synchrotron.action_modified_rows WHERE user_id = 'ben' ORDER BY id";
        assert_eq!(lines(&mut conn, logged).await, ["insert", "update", "delete"]);
        close(conn).await;
    });
}

/// No function of the set borrows rights: what a patch may do is what its user may do.
#[test]
fn patches_are_applied_as_the_originating_user() {
    on_every_server(async |database| {
        let mut admin = database.connect(database.superuser()).await.unwrap();
        let definers =
            "SELECT count(*)::text FROM pg_proc WHERE pronamespace IN ('synchrotron'::regnamespace, 'public'::regnamespace) AND prosecdef";
        assert_eq!(text(&mut admin, definers).await, "0");
        close(admin).await;
        // The same patch, by whether the user may write the row.
        let done = change("todos", ANNS_TODO, "update", r#"{"done": false}"#);
        for (user, expected) in [(Some(ANN), "1"), (Some(BEN), "42501"), (Some(CIM), "42501"), (Some(ANN_OF_SOUTH), "42501")] {
            let mut conn = as_user(database, user).await;
            assert_eq!(sent(&mut conn, done).await, expected, "{user:?}");
            close(conn).await;
        }
    });
}

#[test]
fn a_patch_for_another_tenant_is_refused() {
    on_every_server(async |database| {
        let moved = r#"{"tenant_id": "22222222-2222-4222-8222-222222222222"}"#;
        let note = r#"{"body": "", "tenant_id": "22222222-2222-4222-8222-222222222222"}"#;
        refused(
            database,
            ANN,
            &[
                change("notes", "planted", "insert", note),
                change("todos", ANNS_TODO, "update", moved),
                change("notes", "anns-note", "update", moved),
                change("todos", CIMS_TODO, "update", r#"{"done": true}"#),
                change("notes", "cims-note", "delete", "{}"),
            ],
        )
        .await;
    });
}

#[test]
fn a_patch_for_another_user_is_refused() {
    on_every_server(async |database| {
        refused(
            database,
            ANN,
            &[
                change("notes", "planted", "insert", r#"{"body": "", "user_id": "ben"}"#),
                change("todos", ANNS_TODO, "update", r#"{"user_id": "ben"}"#),
                change("todos", BENS_TODO, "update", r#"{"done": true}"#),
                change("todos", BENS_TODO, "delete", "{}"),
            ],
        )
        .await;
        // What may be read is not what may be written.
        let read_only = [change("todos", ANNS_TODO, "update", r#"{"title": "stolen"}"#), change("todos", ANNS_TODO, "delete", "{}")];
        refused(database, BEN, &read_only).await;
    });
}

/// Scope columns in the log cannot be named, and what cannot be named is copied from the row.
#[test]
fn a_forged_scope_is_refused() {
    on_every_server(async |database| {
        let mut conn = as_user(database, Some(ANN)).await;
        for (columns, values) in [
            ("tenant_id, user_id", format!("'{}', 'cim'", CIM.tenant)),
            ("tenant_id", format!("'{}'", CIM.tenant)),
            ("user_id", "'ben'".to_owned()),
            ("user_id", "'ann'".to_owned()),
            ("id", "1".to_owned()),
        ] {
            let insert = format!(
                "INSERT INTO synchrotron.action_modified_rows (action_record_id, table_name, row_id, operation, {columns})
                VALUES ('00000000-0000-0000-0000-0000000000a1', 'notes', 'anns-note', 'update', {values})"
            );
            assert_eq!(tried(&mut conn, &insert).await, "42501", "{columns} {values}");
        }
        close(conn).await;
    });
}

#[test]
fn a_forged_table_name_is_refused() {
    on_every_server(async |database| {
        let mut conn = as_user(database, Some(ANN)).await;
        let names = ["todo_shares", "Todos", "public.todos", "todos; DROP TABLE todos", "synchrotron.action_records", "pg_authid", ""];
        for name in names {
            for operation in ["insert", "update", "delete"] {
                assert_eq!(sent(&mut conn, change(name, ANNS_TODO, operation, r#"{"title": ""}"#)).await, "42501", "{operation} {name}");
            }
            let by_hand = format!(
                "INSERT INTO synchrotron.action_modified_rows (action_record_id, table_name, row_id, operation)
                VALUES ('00000000-0000-0000-0000-0000000000a1', '{name}', '{ANNS_TODO}', 'update')"
            );
            assert_eq!(tried(&mut conn, &by_hand).await, "42501", "{name}");
        }
        close(conn).await;
    });
}

#[test]
fn a_row_that_the_writer_cannot_see_cannot_be_logged_about() {
    on_every_server(async |database| {
        let mut conn = as_user(database, Some(ANN)).await;
        for (table, row) in
            [("todos", BENS_TODO), ("todos", CIMS_TODO), ("notes", "cims-note"), ("notes", "no such note"), ("todos", "no uuid")]
        {
            let by_hand = format!(
                "INSERT INTO synchrotron.action_modified_rows (action_record_id, table_name, row_id, operation)
                VALUES ('00000000-0000-0000-0000-0000000000a1', '{table}', '{row}', 'update')"
            );
            assert_eq!(tried(&mut conn, &by_hand).await, "42501", "{table} {row}");
        }
        close(conn).await;
        // Ben sees the row, and may not write it: nor a patch of it.
        let mut conn = as_user(database, Some(BEN)).await;
        let shared = format!(
            "INSERT INTO synchrotron.action_modified_rows (action_record_id, table_name, row_id, operation)
            VALUES ('00000000-0000-0000-0000-0000000000b1', 'todos', '{ANNS_TODO}', 'update')"
        );
        assert_eq!(tried(&mut conn, &shared).await, "42501");
        close(conn).await;
    });
}

/// The foreign key takes the scope along: an action of another user is like one that does not exist.
#[test]
fn a_patch_belongs_to_an_action_of_its_own_user() {
    on_every_server(async |database| {
        let mut conn = as_user(database, Some(ANN)).await;
        for (action, expected) in [("a1", "1"), ("b1", "23503"), ("c1", "23503"), ("ee", "23503")] {
            let by_hand = format!(
                "INSERT INTO synchrotron.action_modified_rows (action_record_id, table_name, row_id, operation)
                VALUES ('00000000-0000-0000-0000-0000000000{action}', 'notes', 'anns-note', 'update')"
            );
            assert_eq!(tried(&mut conn, &by_hand).await, expected, "{action}");
        }
        close(conn).await;
    });
}

/// Column names of a patch are data: they are quoted, and column privileges judge them.
#[test]
fn names_in_a_patch_are_not_sql() {
    on_every_server(async |database| {
        let before = state(database).await;
        let mut conn = as_user(database, Some(ANN)).await;
        let forged = r#"{"title) = ('x'); DROP TABLE todos; --": 1}"#;
        assert_eq!(sent(&mut conn, change("todos", ANNS_TODO, "update", forged)).await, "42703");
        assert_eq!(sent(&mut conn, change("todos", "x'; DROP TABLE todos; --", "delete", "{}")).await, "42501");
        close(conn).await;
        assert_eq!(state(database).await, before);
    });
}
