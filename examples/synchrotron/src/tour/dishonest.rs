//! Patches that are not what they say.

use sqlx::Connection;
use sqlx::postgres::PgPool;

use super::{ANN, ANNS_TODO, APP, BEN, BENS_TODO, CIMS_TODO, Change, Error, Report, User, act, change, patch, request};

/// Who, what it is, the patch.
const PATCHES: &[(User, &str, Change)] = &[
    (
        ANN,
        "a row for another tenant",
        change("notes", "x", "insert", r#"{"body": "", "tenant_id": "22222222-2222-4222-8222-222222222222"}"#),
    ),
    (ANN, "a row for another user", change("notes", "x", "insert", r#"{"body": "", "user_id": "ben"}"#)),
    (ANN, "own row, handed to another user", change("todos", ANNS_TODO, "update", r#"{"user_id": "ben"}"#)),
    (
        ANN,
        "own row, moved to another tenant",
        change("todos", ANNS_TODO, "update", r#"{"tenant_id": "22222222-2222-4222-8222-222222222222"}"#),
    ),
    (ANN, "own row, another key", change("notes", "anns-note", "update", r#"{"id": "x"}"#)),
    (ANN, "a hidden row of the tenant", change("todos", BENS_TODO, "update", r#"{"done": true}"#)),
    (ANN, "a hidden row of the other tenant", change("todos", CIMS_TODO, "delete", "{}")),
    (BEN, "a row that was shared to be read", change("todos", ANNS_TODO, "update", r#"{"done": false}"#)),
    (BEN, "the same, removed", change("todos", ANNS_TODO, "delete", "{}")),
    (ANN, "a table that is not synced", change("todo_shares", "x", "insert", "{}")),
    (ANN, "a table of the catalog", change("pg_catalog.pg_authid", "10", "update", r#"{"rolsuper": true}"#)),
];

/// Past the function, into the tables.
const STATEMENTS: &[(User, &str, &str)] = &[
    (
        ANN,
        "a patch with a forged scope",
        "INSERT INTO synchrotron.action_modified_rows (action_record_id, table_name, row_id, operation, tenant_id, user_id) VALUES ('00000000-0000-0000-0000-0000000000a1', 'notes', 'anns-note', 'update', '22222222-2222-4222-8222-222222222222', 'cim')",
    ),
    (
        ANN,
        "a patch of a hidden row",
        "INSERT INTO synchrotron.action_modified_rows (action_record_id, table_name, row_id, operation) VALUES ('00000000-0000-0000-0000-0000000000a1', 'notes', 'cims-note', 'update')",
    ),
    (
        BEN,
        "a patch of a row that Ben may only read",
        "INSERT INTO synchrotron.action_modified_rows (action_record_id, table_name, row_id, operation) VALUES ('00000000-0000-0000-0000-0000000000b1', 'todos', 'aaaaaaaa-0000-4000-8000-000000000001', 'update')",
    ),
    (
        ANN,
        "a patch of a table that does not log",
        "INSERT INTO synchrotron.action_modified_rows (action_record_id, table_name, row_id, operation) VALUES ('00000000-0000-0000-0000-0000000000a1', 'todo_shares', 'x', 'update')",
    ),
    (
        ANN,
        "an action in another's name",
        "INSERT INTO synchrotron.action_records (id, user_id, client_id, tag, clock_time_ms) VALUES (gen_random_uuid(), 'ben', 'c', 't', 1)",
    ),
    (
        ANN,
        "an action of another tenant",
        "INSERT INTO synchrotron.action_records (id, tenant_id, client_id, tag, clock_time_ms) VALUES (gen_random_uuid(), '22222222-2222-4222-8222-222222222222', 'c', 't', 1)",
    ),
    (ANN, "another arguments for an action", "UPDATE synchrotron.action_records SET args = '{}'"),
    (ANN, "the log, emptied", "DELETE FROM synchrotron.action_modified_rows"),
    (ANN, "another's sync status", "INSERT INTO synchrotron.client_sync_status (client_id, user_id) VALUES ('laptop', 'ben')"),
    (ANN, "becoming the materializer", "SET LOCAL ROLE synchrotron_materializer"),
    (ANN, "becoming the owner", "SET LOCAL ROLE synchrotron_owner"),
    (ANN, "replaying the log", "SELECT synchrotron.materialize()"),
];

fn said(done: Result<(), sqlx::Error>) -> Result<String, Error> {
    match done {
        Ok(()) => Ok("done".to_owned()),
        Err(sqlx::Error::Database(error)) => Ok(error.code().unwrap_or_default().into_owned()),
        Err(other) => Err(other.into()),
    }
}

pub(super) async fn play(server: &PgPool, report: &mut Report) -> Result<(), Error> {
    report.part("Dishonest patches, as synchrotron_app");
    let mut conn = server.acquire().await?;
    for (user, what, sent) in PATCHES {
        let mut tx = request(&mut conn, APP, Some(*user)).await?;
        act(&mut tx, 0xbad, "{}").await?;
        let mut point = tx.begin().await?;
        let done = patch(&mut point, 0xbad, *sent).await;
        point.rollback().await?;
        tx.rollback().await?;
        report.expect(&format!("{}: {what}", user.name), "42501".to_owned(), said(done)?);
    }
    for (user, what, sql) in STATEMENTS {
        let mut tx = request(&mut conn, APP, Some(*user)).await?;
        let mut point = tx.begin().await?;
        let done = sqlx::raw_sql(*sql).execute(&mut *point).await.map(|_| ());
        point.rollback().await?;
        tx.rollback().await?;
        report.expect(&format!("{}: {what}", user.name), "42501".to_owned(), said(done)?);
    }
    Ok(())
}
