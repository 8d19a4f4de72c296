//! Three shapes of one log: scope copied onto it, a table of patches for each table, one table and a function.

use sqlx::PgConnection;
use synchrotron::tour::{ANN, ANN_OF_SOUTH, ANNS_TODO, BEN, CIM, DIA, LOGIN, SHAPES, User, act, change, patch};

use super::support::{run, text};
use super::{Database, as_user, begun, close, on_every_server};

const COPIED: &str = "SELECT id FROM synchrotron.action_modified_rows";
const BY_TABLE: &str = "SELECT id FROM synchrotron.todo_patches UNION ALL SELECT id FROM synchrotron.note_patches";
const BY_FUNCTION: &str = "SELECT id FROM synchrotron.bare_patches";
const READERS: [Option<User>; 6] = [Some(ANN), Some(BEN), Some(DIA), Some(CIM), Some(ANN_OF_SOUTH), None];

async fn seen(conn: &mut PgConnection, log: &str) -> String {
    text(conn, format!("SELECT coalesce(string_agg(id::text, ' ' ORDER BY id), 'none') FROM ({log}) AS log")).await
}

/// What each reader sees in each log.
async fn all_seen(database: &Database) -> Vec<[String; 3]> {
    let mut all = Vec::new();
    for user in READERS {
        let mut conn = as_user(database, user).await;
        all.push([seen(&mut conn, COPIED).await, seen(&mut conn, BY_TABLE).await, seen(&mut conn, BY_FUNCTION).await]);
        close(conn).await;
    }
    all
}

async fn agree(database: &Database, expected: [&str; 6]) {
    for ((user, seen), expected) in READERS.into_iter().zip(all_seen(database).await).zip(expected) {
        assert_eq!(seen, [expected; 3], "{user:?}");
    }
}

async fn committed(mut conn: PgConnection, sql: &str) {
    run(&mut conn, format!("{sql}; COMMIT")).await;
    close(conn).await;
}

#[test]
fn the_three_logs_give_the_same_answers() {
    on_every_server(async |database| {
        agree(database, ["1 2 3", "1 3 4", "none", "5 6", "none", "none"]).await;
        // A share shows the patches of before; taken back, it hides them.
        let share = format!("INSERT INTO todo_shares (todo_id, user_id) VALUES ('{ANNS_TODO}', 'dia')");
        committed(as_user(database, Some(ANN)).await, &share).await;
        agree(database, ["1 2 3", "1 3 4", "1 3", "5 6", "none", "none"]).await;
        committed(as_user(database, Some(ANN)).await, "DELETE FROM todo_shares").await;
        agree(database, ["1 2 3", "4", "none", "5 6", "none", "none"]).await;
        // And so for a row that comes and is written again.
        let mut conn = as_user(database, Some(DIA)).await;
        act(&mut conn, 0xd1, "{}").await.unwrap();
        patch(&mut conn, 0xd1, change("notes", "dias-note", "insert", r#"{"body": "a"}"#)).await.unwrap();
        patch(&mut conn, 0xd1, change("notes", "dias-note", "update", r#"{"body": "b"}"#)).await.unwrap();
        committed(conn, "SELECT").await;
        agree(database, ["1 2 3", "4", "7 8", "5 6", "none", "none"]).await;
    });
}

/// A patch is shown only where its row is: row by row, in every log.
#[test]
fn a_patch_is_seen_only_where_its_row_is() {
    on_every_server(async |database| {
        for user in READERS {
            let mut conn = as_user(database, user).await;
            for log in ["action_modified_rows", "bare_patches"] {
                let unseen = format!(
                    "SELECT count(*)::text FROM synchrotron.{log} AS log WHERE NOT CASE log.table_name
                        WHEN 'todos' THEN EXISTS (SELECT FROM todos WHERE todos.id::text = log.row_id)
                        ELSE EXISTS (SELECT FROM notes WHERE notes.id = log.row_id) END"
                );
                assert_eq!(text(&mut conn, unseen).await, "0", "{user:?} {log}");
            }
            close(conn).await;
        }
    });
}

/// The difference between the three: when the row is gone, only the copied scope can still tell who may hear of it.
#[test]
fn only_the_copied_scope_tells_of_a_deleted_row() {
    on_every_server(async |database| {
        let mut conn = as_user(database, Some(ANN)).await;
        patch(&mut conn, 0xa1, change("notes", "anns-note", "delete", "{}")).await.unwrap();
        committed(conn, "SELECT").await;
        let seen = all_seen(database).await;
        assert_eq!(seen[0], ["1 2 3 7", "1 3", "1 3"], "ann");
        assert_eq!(seen[1], ["1 3 4", "1 3 4", "1 3 4"], "ben");
        assert_eq!(seen[3], ["5 6", "5 6", "5 6"], "cim");
    });
}

#[test]
fn the_function_answers_for_listed_tables_and_for_rows_that_the_caller_sees() {
    on_every_server(async |database| {
        let cases = [
            ("todos", ANNS_TODO, [true, true, false, false, false, false]),
            ("notes", "anns-note", [true, false, false, false, false, false]),
            ("notes", "cims-note", [false, false, false, true, false, false]),
            ("notes", "no such note", [false; 6]),
            // Neither names that are no tables of it nor ids that are no ids are errors.
            ("todos", "not a uuid", [false; 6]),
            ("todos", "", [false; 6]),
            ("Todos", ANNS_TODO, [false; 6]),
            ("public.todos", ANNS_TODO, [false; 6]),
            ("todo_shares", ANNS_TODO, [false; 6]),
            ("pg_authid", "10", [false; 6]),
            ("todos; DROP TABLE todos", ANNS_TODO, [false; 6]),
            ("", "", [false; 6]),
        ];
        for (index, user) in READERS.into_iter().enumerate() {
            let mut conn = as_user(database, user).await;
            for (table, row, expected) in cases {
                let visible = text(&mut conn, format!("SELECT synchrotron.row_visible('{table}', '{row}')::text")).await;
                assert_eq!(visible, expected[index].to_string(), "{user:?} {table} {row}");
            }
            close(conn).await;
        }
        let mut admin = database.connect(database.superuser()).await.unwrap();
        let how =
            "SELECT concat_ws(' ', prosecdef, provolatile, array_to_string(proconfig, ' ')) FROM pg_proc WHERE proname = 'row_visible'";
        assert!(text(&mut admin, how).await.starts_with("f s search_path="));
        close(admin).await;
    });
}

/// The other two logs can be written by hand as well: about own rows.
#[test]
fn the_other_logs_refuse_patches_of_rows_that_the_writer_does_not_own() {
    on_every_server(async |database| {
        let writes = |row: &str, note: &str| {
            [
                format!("INSERT INTO synchrotron.todo_patches VALUES (99, '{row}', 'update', '{{}}')"),
                format!("INSERT INTO synchrotron.note_patches VALUES (99, '{note}', 'update', '{{}}')"),
                format!("INSERT INTO synchrotron.bare_patches VALUES (99, 'todos', '{row}', 'update', '{{}}')"),
                format!("INSERT INTO synchrotron.bare_patches VALUES (99, 'notes', '{note}', 'update', '{{}}')"),
            ]
        };
        for (user, expected) in
            [(Some(ANN), "1"), (Some(BEN), "42501"), (Some(CIM), "42501"), (Some(ANN_OF_SOUTH), "42501"), (None, "42501")]
        {
            let mut conn = as_user(database, user).await;
            for statement in writes(ANNS_TODO, "anns-note") {
                assert_eq!(super::tried(&mut conn, &statement).await, expected, "{user:?}: {statement}");
            }
            let unlisted = "INSERT INTO synchrotron.bare_patches VALUES (99, 'todo_shares', 'x', 'update', '{}')";
            assert_eq!(super::tried(&mut conn, unlisted).await, "42501", "{user:?}");
            close(conn).await;
        }
    });
}

/// A shape query reads what its user reads, in a transaction that can only read.
#[test]
fn a_shape_query_sees_what_its_user_sees_and_writes_nothing() {
    on_every_server(async |database| {
        let shapes = [
            "SELECT string_agg(t::text, ' ' ORDER BY t.id) FROM todos AS t",
            "SELECT string_agg(n::text, ' ' ORDER BY n.id) FROM notes AS n",
            "SELECT string_agg(s::text, ' ' ORDER BY s.todo_id) FROM todo_shares AS s",
            "SELECT string_agg(r::text, ' ' ORDER BY r.id) FROM synchrotron.action_modified_rows AS r",
            "SELECT string_agg(a.tag || a.id, ' ' ORDER BY a.id) FROM synchrotron.action_records AS a",
            "SELECT string_agg(p::text, ' ' ORDER BY p.id) FROM synchrotron.todo_patches AS p",
            "SELECT string_agg(p::text, ' ' ORDER BY p.id) FROM synchrotron.bare_patches AS p",
        ];
        for user in READERS {
            let mut app = as_user(database, user).await;
            let mut shape = begun(database, synchrotron::tour::ELECTRIC, SHAPES, user).await;
            for sql in shapes {
                assert_eq!(text(&mut shape, sql).await, text(&mut app, sql).await, "{user:?}: {sql}");
            }
            for refused in ["INSERT INTO notes (id, body) VALUES ('x', '')", "UPDATE todos SET done = true", "DELETE FROM notes"] {
                assert_eq!(super::tried(&mut shape, refused).await, "42501", "{user:?}: {refused}");
            }
            close(app).await;
            close(shape).await;
        }
        // The server's login is not a way to be Electric, nor the reverse.
        let mut login = database.connect(LOGIN).await.unwrap();
        assert_eq!(super::support::tried(&mut login, format!("SET ROLE {SHAPES}")).await, "42501");
        close(login).await;
    });
}
