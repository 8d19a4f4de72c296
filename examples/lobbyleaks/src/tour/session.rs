//! Requests of the application, and statements with what becomes of them.

use sqlx::{AssertSqlSafe, Connection, PgConnection, Postgres, Transaction};

use super::Error;
use crate::model::Country;

/// A request: a transaction, the tenant that it is for, the role that it runs as.
pub(super) async fn request<'a>(
    conn: &'a mut PgConnection,
    role: &str,
    tenant: Option<Country>,
) -> Result<Transaction<'a, Postgres>, Error> {
    let mut tx = conn.begin().await?;
    let say = "SELECT set_config('app.current_tenant', coalesce($1, ''), true), set_config('role', $2, true)";
    sqlx::query(say).bind(tenant).bind(role).execute(&mut *tx).await?;
    Ok(tx)
}

/// How many rows a statement read or wrote, or its SQLSTATE; then it is undone.
pub(super) async fn tried(conn: &mut PgConnection, sql: &str) -> Result<String, Error> {
    let mut point = conn.begin().await?;
    let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut *point).await;
    point.rollback().await?;
    match done {
        Ok(done) => Ok(format!("{} rows", done.rows_affected())),
        Err(sqlx::Error::Database(error)) => Ok(error.code().unwrap_or_default().into_owned()),
        Err(other) => Err(other.into()),
    }
}
