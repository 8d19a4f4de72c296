//! Ackify's troubleshooting section, as things that can be seen.

use hedgerow::testing::{Database, row_security_active};
use sqlx::Connection;

use super::requests::{count, request};
use super::samples::NORTH;
use super::setup::{APP, Doors, OWNER};
use super::{Error, Report};

pub(super) async fn play(database: &Database, doors: &Doors<'_>, report: &mut Report) -> Result<(), Error> {
    report.part("Troubleshooting: why are there no rows, why are there too many?");
    let mut app = doors.connect(APP).await?;
    report.expect("row security holds for ackify_app", true, row_security_active(&mut app, "documents").await?);
    report.expect("a fresh session without a tenant", 0, count(&mut app, "documents").await?);
    let mut tx = request(&mut app, Some(NORTH)).await?;
    report.expect("the same session, in a request of north", 1, count(&mut tx, "documents").await?);
    tx.commit().await?;
    report.expect("the same session, after the request", 0, count(&mut app, "documents").await?);
    sqlx::query("SELECT set_config('app.tenant_id', $1, false)").bind(NORTH.to_string()).execute(&mut app).await?;
    report.expect("psql's way: a setting for the session", 1, count(&mut app, "documents").await?);
    app.close().await?;

    let mut admin = database.connect(database.superuser()).await?;
    report.expect("a superuser passes every policy", false, row_security_active(&mut admin, "documents").await?);
    report.expect("so it sees the rows of both tenants", 2, count(&mut admin, "documents").await?);
    let mut tx = admin.begin().await?;
    sqlx::raw_sql("SET LOCAL ROLE ackify_owner").execute(&mut *tx).await?;
    report.expect(&format!("the owner `{OWNER}` does not: FORCE binds it, and no rule names it"), 0, count(&mut tx, "documents").await?);
    tx.rollback().await?;
    admin.close().await?;
    Ok(())
}
