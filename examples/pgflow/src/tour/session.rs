//! A request as PostgREST makes it: a transaction, the claims, then the role.

use sqlx::{Connection, PgConnection, Postgres, Transaction};

use super::{Error, Person};

/// Opens a request of somebody, or of nobody, as a role.
///
/// # Errors
/// If the server refuses.
pub async fn request<'a>(conn: &'a mut PgConnection, role: &str, person: Option<Person>) -> Result<Transaction<'a, Postgres>, Error> {
    let mut tx = conn.begin().await?;
    let claims = person.map(Person::claims).unwrap_or_default();
    sqlx::query("SELECT set_config('request.jwt.claims', $1, true), set_config('role', $2, true)")
        .bind(claims)
        .bind(role)
        .execute(&mut *tx)
        .await?;
    Ok(tx)
}

/// How many rows a statement read or wrote, or its SQLSTATE; then it is undone.
///
/// # Errors
/// If the connection breaks.
pub async fn said(conn: &mut PgConnection, sql: &str) -> Result<String, Error> {
    let mut point = conn.begin().await?;
    let done = sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(&mut *point).await;
    point.rollback().await?;
    match done {
        Ok(done) => Ok(done.rows_affected().to_string()),
        Err(sqlx::Error::Database(error)) => Ok(error.code().unwrap_or_default().into_owned()),
        Err(other) => Err(other.into()),
    }
}

/// One text.
pub(super) async fn text(conn: &mut PgConnection, sql: &str) -> Result<String, Error> {
    let found: Option<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql.to_owned())).fetch_one(conn).await?;
    Ok(found.unwrap_or_else(|| "NULL".to_owned()))
}
