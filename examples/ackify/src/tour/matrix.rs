//! What each role can really do, measured: every command is tried in a savepoint and rolled back.

use hedgerow::testing::Database;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use uuid::Uuid;

use super::requests::request;
use super::samples::{NORTH, SAMPLES, insert};
use super::setup::{APP, Doors, WORKER};
use super::{Error, Report};

const LEGEND: &str = "s, u, d: rows read, updated, deleted without a WHERE; i: a row of north written; - is 42501, 23503 a foreign key";

/// A table of table x role; the expectations are those of the declarations.
pub(super) async fn measure(database: &Database, doors: &Doors<'_>, report: &mut Report) -> Result<(), Error> {
    report.part("Access, measured on the server");
    report.say(LEGEND);
    report.say(format!("{:25} {:19} {:19} {:19} {:19}", "", "app, north", "app, no tenant", "email worker", "owner (forced)"));
    let mut app = doors.connect(APP).await?;
    let mut worker = doors.connect(WORKER).await?;
    let mut admin = database.connect(database.superuser()).await?;
    sqlx::raw_sql("SET ROLE ackify_owner").execute(&mut admin).await?;
    for (table, sample) in SAMPLES {
        let shared = table.starts_with("magic_link");
        let cells = [
            cell(&mut app, Some(NORTH), table, sample).await?,
            cell(&mut app, None, table, sample).await?,
            cell(&mut worker, None, table, sample).await?,
            cell(&mut admin, None, table, sample).await?,
        ];
        report.say(format!("{table:25} {:19} {:19} {:19} {:19}", cells[0], cells[1], cells[2], cells[3]));
        let expected = [
            match *table {
                "documents" => "s1 i1 u1 d23503",
                _ if shared => "s2 i1 u2 d2",
                _ => "s1 i1 u1 d1",
            },
            if shared { "s1 i- u1 d1" } else { "s0 i- u0 d0" },
            if *table == "email_queue" { "s2 i- u- d-" } else { "s- i- u- d-" },
            "s0 i- u0 d0",
        ];
        for (cell, expected) in cells.into_iter().zip(expected) {
            report.check(table, expected.to_owned(), cell);
        }
    }
    for conn in [app, worker, admin] {
        conn.close().await?;
    }
    Ok(())
}

async fn cell(conn: &mut PgConnection, tenant: Option<Uuid>, table: &str, sample: &'static str) -> Result<String, Error> {
    let mut conn = request(conn, tenant).await?;
    let unique = Uuid::new_v4().to_string();
    let mut point = conn.begin().await?;
    let read = sqlx::query(AssertSqlSafe(format!("SELECT 1 FROM {table}"))).fetch_all(&mut *point).await.map(|rows| rows.len() as u64);
    point.rollback().await?;
    let mut point = conn.begin().await?;
    let written = insert(&mut point, sample, Some(NORTH), &unique).await;
    point.rollback().await?;
    let mut point = conn.begin().await?;
    let updated = sqlx::query(AssertSqlSafe(format!("UPDATE {table} SET tenant_id = tenant_id")))
        .execute(&mut *point)
        .await
        .map(|done| done.rows_affected());
    point.rollback().await?;
    let mut point = conn.begin().await?;
    let deleted = sqlx::query(AssertSqlSafe(format!("DELETE FROM {table}"))).execute(&mut *point).await.map(|done| done.rows_affected());
    point.rollback().await?;
    conn.rollback().await?;
    Ok(format!("s{} i{} u{} d{}", said(read)?, said(written)?, said(updated)?, said(deleted)?))
}

fn said(outcome: Result<u64, sqlx::Error>) -> Result<String, Error> {
    match outcome {
        Ok(rows) => Ok(rows.to_string()),
        Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("42501") => Ok("-".to_owned()),
        Err(sqlx::Error::Database(error)) => Ok(error.code().unwrap_or_default().into_owned()),
        Err(other) => Err(other.into()),
    }
}
