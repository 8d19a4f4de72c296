//! Ackify's request flow: a transaction, the tenant, the work, a commit.

use sqlx::postgres::PgPool;
use sqlx::{AssertSqlSafe, Connection, PgConnection, Postgres, Transaction};
use uuid::Uuid;

use super::samples::{ADMIN, NORTH, SAMPLES, SOUTH, fill, insert};
use super::setup::{Doors, WORKER};
use super::{Error, Report};

/// Opens a request: a transaction whose settings say who the caller is, and end with it.
pub(super) async fn request<'a>(conn: &'a mut PgConnection, tenant: Option<Uuid>) -> Result<Transaction<'a, Postgres>, Error> {
    let mut tx = conn.begin().await?;
    let tenant = tenant.map(|tenant| tenant.to_string()).unwrap_or_default();
    sqlx::query("SELECT set_config('app.tenant_id', $1, true), set_config('app.user_email', $2, true)")
        .bind(tenant)
        .bind(ADMIN)
        .execute(&mut *tx)
        .await?;
    Ok(tx)
}

pub(super) async fn count(conn: &mut PgConnection, table: &str) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar(AssertSqlSafe(format!("SELECT count(*) FROM {table}"))).fetch_one(conn).await
}

/// Both tenants work, then each reads; then someone reads without a tenant.
pub(super) async fn flow(app: &PgPool, report: &mut Report) -> Result<(), Error> {
    let mut conn = app.acquire().await?;
    report.part("Requests, as ackify_app: a row in each table for each tenant, and one token and one attempt without a tenant");
    for tenant in [NORTH, SOUTH] {
        let mut tx = request(&mut conn, Some(tenant)).await?;
        fill(&mut tx, tenant).await?;
        tx.commit().await?;
    }
    let mut tx = request(&mut conn, None).await?;
    for (table, sql) in SAMPLES.iter().filter(|(table, _)| table.starts_with("magic_link")) {
        let stored = insert(&mut tx, sql, None, &format!("{table} of nobody")).await?;
        report.expect(&format!("no tenant, insert into {table} without a tenant, rows"), 1, stored);
    }
    tx.commit().await?;
    report.part("Rows seen, as ackify_app");
    for (who, tenant) in [("north", Some(NORTH)), ("south", Some(SOUTH)), ("no tenant", None)] {
        let mut tx = request(&mut conn, tenant).await?;
        for (table, _) in SAMPLES {
            let shared = i64::from(table.starts_with("magic_link"));
            let expected = i64::from(tenant.is_some()) + shared;
            report.expect(&format!("{who:9} {table}"), expected, count(&mut tx, table).await?);
        }
        tx.rollback().await?;
    }
    report.say("the two tables with rows of nobody show theirs to each tenant: `shared(all)`, as its documents have it");
    Ok(())
}

/// The SQLSTATE of a refusal, or how many rows were written.
async fn outcome(conn: &mut PgConnection, sql: &'static str, tenant: Uuid) -> Result<String, Error> {
    let mut point = conn.begin().await?;
    let done = sqlx::query(sql).bind(tenant).execute(&mut *point).await;
    point.rollback().await?;
    match done {
        Ok(done) => Ok(format!("{} rows", done.rows_affected())),
        Err(sqlx::Error::Database(error)) => Ok(error.code().unwrap_or_default().into_owned()),
        Err(other) => Err(other.into()),
    }
}

/// What the first tenant tries on the second.
pub(super) async fn refusals(app: &PgPool, report: &mut Report) -> Result<(), Error> {
    report.part("What north tries, as ackify_app");
    let tries: &[(&str, &str, &str)] = &[
        ("writes a document for south", "INSERT INTO documents (tenant_id, doc_id, created_by) VALUES ($1, 'planted', 'north')", "42501"),
        ("moves its document to south", "UPDATE documents SET tenant_id = $1", "42501"),
        ("changes south's documents", "UPDATE documents SET title = 'seen' WHERE tenant_id = $1", "0 rows"),
        ("deletes south's documents", "DELETE FROM documents WHERE tenant_id = $1", "0 rows"),
        (
            "takes over south's key",
            "INSERT INTO oauth_sessions (tenant_id, session_id, user_sub, refresh_token_encrypted) VALUES ($1, 's', 'u', '')",
            "42501",
        ),
        ("truncates everybody's documents", "TRUNCATE documents", "42501"),
        ("turns the policies off", "ALTER TABLE documents DISABLE ROW LEVEL SECURITY", "42501"),
        ("becomes the owner", "SET LOCAL ROLE ackify_owner", "42501"),
    ];
    let mut conn = app.acquire().await?;
    let mut tx = request(&mut conn, Some(NORTH)).await?;
    for (what, sql, expected) in tries {
        // What takes no parameter is given none.
        let got = if sql.contains("$1") { outcome(&mut tx, sql, SOUTH).await? } else { plain(&mut tx, sql).await? };
        report.expect(what, (*expected).to_owned(), got);
    }
    tx.rollback().await?;
    Ok(())
}

async fn plain(conn: &mut PgConnection, sql: &'static str) -> Result<String, Error> {
    let mut point = conn.begin().await?;
    let done = sqlx::raw_sql(sql).execute(&mut *point).await;
    point.rollback().await?;
    match done {
        Ok(_) => Ok("done".to_owned()),
        Err(sqlx::Error::Database(error)) => Ok(error.code().unwrap_or_default().into_owned()),
        Err(other) => Err(other.into()),
    }
}

/// The mail worker drains both tenants' queues, and can do nothing else.
pub(super) async fn worker(doors: &Doors<'_>, report: &mut Report) -> Result<(), Error> {
    report.part("The mail worker, as ackify_email_worker, without a tenant");
    let mut conn = doors.connect(WORKER).await?;
    report.expect("mails waiting, of both tenants", 2, count(&mut conn, "email_queue").await?);
    let sent =
        sqlx::query("UPDATE email_queue SET status = 'sent', processed_at = now() WHERE status = 'pending'").execute(&mut conn).await?;
    report.expect("mails sent", 2, sent.rows_affected());
    let refused: &[(&str, &'static str)] = &[
        ("changes a mail's subject", "UPDATE email_queue SET subject = 'x'"),
        ("moves a mail to another tenant", "UPDATE email_queue SET tenant_id = '11111111-1111-4111-8111-111111111111'"),
        (
            "writes a mail",
            "INSERT INTO email_queue (tenant_id, to_addresses, subject, template) VALUES (gen_random_uuid(), '{}', 's', 't')",
        ),
        ("deletes mails", "DELETE FROM email_queue"),
        ("reads documents", "SELECT FROM documents"),
    ];
    for (what, sql) in refused {
        report.expect(what, "42501".to_owned(), plain(&mut conn, sql).await?);
    }
    conn.close().await?;
    Ok(())
}
