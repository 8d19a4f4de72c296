//! Who did what to signatures; who failed to come in; who adds signers.

use sqlx::postgres::PgPool;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use super::requests::{count, request};
use super::samples::{ADMIN, NORTH, SOUTH};
use super::setup::{Doors, MONITOR};
use super::{Error, Report};

async fn ask(conn: &mut PgConnection, sql: &str) -> Result<String, Error> {
    let mut point = conn.begin().await?;
    let found = sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(&mut *point).await;
    point.rollback().await?;
    match found {
        Ok(found) => Ok(found),
        Err(sqlx::Error::Database(error)) => Ok(error.code().unwrap_or_default().into_owned()),
        Err(other) => Err(other.into()),
    }
}

pub(super) async fn play(app: &PgPool, doors: &Doors<'_>, report: &mut Report) -> Result<(), Error> {
    report.part("The audit of signatures, written by triggers");
    let mut conn = app.acquire().await?;
    for tenant in [NORTH, SOUTH] {
        let mut tx = request(&mut conn, Some(tenant)).await?;
        report.expect("lines of the own tenant: a signature and who has to sign", 2, count(&mut tx, "signature_audit").await?);
        let who = "SELECT DISTINCT concat_ws(' ', db_role, user_email) FROM signature_audit";
        report.expect("by whom", format!("ackify_app {ADMIN}"), ask(&mut tx, who).await?);
        tx.rollback().await?;
    }
    let mut tx = request(&mut conn, Some(NORTH)).await?;
    for (what, sql) in [
        ("changes a line", "UPDATE signature_audit SET user_email = '' RETURNING command"),
        ("removes a line", "DELETE FROM signature_audit RETURNING command"),
        ("adds a line", "INSERT INTO signature_audit (table_name) VALUES ('signatures') RETURNING command"),
        (
            "adds a signer in another's name",
            "INSERT INTO expected_signers (tenant_id, doc_id, email, added_by) VALUES (public.current_tenant_id(), 'handbook', 'x', 'somebody@example.org') RETURNING email",
        ),
        ("passes a signer to another", "UPDATE expected_signers SET added_by = 'somebody@example.org' RETURNING email"),
    ] {
        report.expect(what, "42501".to_owned(), ask(&mut tx, sql).await?);
    }
    tx.rollback().await?;

    report.part("Failed attempts to sign in, as ackify_monitor");
    let mut tx = request(&mut conn, Some(SOUTH)).await?;
    sqlx::raw_sql("INSERT INTO magic_link_auth_attempts (tenant_id, email, success, failure_reason, ip_address) VALUES (current_tenant_id(), 'x@example.org', false, 'expired', '192.0.2.9')")
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    let mut monitor = doors.connect(MONITOR).await?;
    report.expect("seen without a tenant", "expired".to_owned(), ask(&mut monitor, "SELECT failure_reason FROM failed_sign_ins").await?);
    report.expect("whose mail it was", "42501".to_owned(), ask(&mut monitor, "SELECT email FROM magic_link_auth_attempts").await?);
    monitor.close().await?;
    // The matrix counts one row of each tenant.
    let mut tx = request(&mut conn, Some(SOUTH)).await?;
    sqlx::raw_sql("DELETE FROM magic_link_auth_attempts WHERE NOT success").execute(&mut *tx).await?;
    tx.commit().await?;
    Ok(())
}
