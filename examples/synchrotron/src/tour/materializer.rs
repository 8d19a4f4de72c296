//! The one role that reads every tenant: what it restores, and what it cannot reach.

use hedgerow::testing::{Database, row_security_active};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use super::setup::Doors;
use super::{Error, MATERIALIZER, Report, WORKER, request};

async fn outcome(conn: &mut PgConnection, sql: &str) -> Result<String, Error> {
    let mut point = conn.begin().await?;
    let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut *point).await;
    point.rollback().await?;
    match done {
        Ok(done) => Ok(format!("{} rows", done.rows_affected())),
        Err(sqlx::Error::Database(error)) => Ok(error.code().unwrap_or_default().into_owned()),
        Err(other) => Err(other.into()),
    }
}

pub(super) async fn play(database: &Database, doors: &Doors<'_>, report: &mut Report) -> Result<(), Error> {
    report.part("The materializer, reached by SET ROLE from synchrotron_worker");
    let content = "SELECT string_agg(concat_ws(' ', title, done, user_id), ', ' ORDER BY title) FROM todos";
    let mut admin = database.connect(database.superuser()).await?;
    let before: String = sqlx::query_scalar(content).fetch_one(&mut admin).await?;
    sqlx::raw_sql("UPDATE todos SET title = 'lost'; DELETE FROM notes").execute(&mut admin).await?;

    let mut worker = doors.connect(WORKER).await?;
    report.expect("before SET ROLE, todos", "42501".to_owned(), outcome(&mut worker, "SELECT FROM todos").await?);
    report.expect("before SET ROLE, replay", "42501".to_owned(), outcome(&mut worker, "SELECT synchrotron.materialize()").await?);
    let mut tx = request(&mut worker, MATERIALIZER, None).await?;
    report.expect("row security holds for it", true, row_security_active(&mut tx, "todos").await?);
    let replayed: i64 = sqlx::query_scalar("SELECT synchrotron.materialize()").fetch_one(&mut *tx).await?;
    report.expect("patches replayed, of both tenants", 6, replayed);
    for (what, sql) in [
        ("arguments of actions", "SELECT FROM synchrotron.action_records"),
        ("a line of the log", "UPDATE synchrotron.action_modified_rows SET row_id = 'x'"),
        ("shares", "SELECT FROM todo_shares"),
        ("becoming the application", "SET LOCAL ROLE synchrotron_app"),
    ] {
        report.expect(what, "42501".to_owned(), outcome(&mut tx, sql).await?);
    }
    tx.commit().await?;
    worker.close().await?;
    let after: String = sqlx::query_scalar(content).fetch_one(&mut admin).await?;
    report.expect("to-dos after the replay", before, after);
    let notes: i64 = sqlx::query_scalar("SELECT count(*) FROM notes").fetch_one(&mut admin).await?;
    report.expect("notes after the replay", 2, notes);
    admin.close().await?;
    Ok(())
}
