//! Requests as PostgREST runs them, and statements with what becomes of them.

use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection, PgConnection, Postgres, Transaction};

use super::Error;

/// A request: a transaction, the claims of its token, the role that the token names.
pub(super) async fn request<'a>(conn: &'a mut PgConnection, role: &str, sub: Option<&str>) -> Result<Transaction<'a, Postgres>, Error> {
    let mut tx = conn.begin().await?;
    let claims = sub.map(|sub| json!({ "sub": sub, "role": role }).to_string()).unwrap_or_default();
    let say = "SELECT set_config('request.jwt.claims', $1, true), set_config('role', $2, true)";
    sqlx::query(say).bind(claims).bind(role).execute(&mut *tx).await?;
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

/// The next task: its id, its kind and what it says.
pub(super) async fn dequeue(worker: &mut PgConnection) -> Result<Option<Value>, Error> {
    Ok(sqlx::query_scalar("SELECT queues.dequeue_next_available_task()").fetch_one(worker).await?)
}

/// Calls a function by its name, through the runner.
pub(super) async fn run_function(worker: &mut PgConnection, name: &str, payload: &Value) -> Result<Option<Value>, Error> {
    let call = sqlx::query_scalar("SELECT internal.run_function($1, $2)");
    Ok(call.bind(name).bind(payload).fetch_one(worker).await?)
}

/// The text at a path of an answer.
pub(super) fn at(value: Option<&Value>, path: &str) -> String {
    let found = value.and_then(|value| value.pointer(path));
    found.map(|found| found.as_str().map_or_else(|| found.to_string(), str::to_owned)).unwrap_or_default()
}
