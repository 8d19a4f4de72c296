//! What every live test needs: servers, statements and what became of them, the catalog as text.

use hedgerow::testing::{Database, Server};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// The servers to test on, by `HEDGEROW_MAJORS`. None at all is a failure.
pub(crate) fn servers() -> Vec<&'static Server> {
    Server::each_major().unwrap_or_else(|error| panic!("{error}"))
}

pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// Statements that must succeed.
pub(crate) async fn run(conn: &mut PgConnection, sql: impl Into<String>) {
    let sql = sql.into();
    if let Err(error) = sqlx::raw_sql(AssertSqlSafe(sql.clone())).execute(conn).await {
        panic!("{error}\n{}", sql.chars().take(600).collect::<String>());
    }
}

/// How many rows the statement read or wrote, or its SQLSTATE; then it is undone.
pub(crate) async fn tried(conn: &mut PgConnection, sql: impl Into<String>) -> String {
    let mut point = conn.begin().await.unwrap();
    let done = sqlx::raw_sql(AssertSqlSafe(sql.into())).execute(&mut *point).await;
    point.rollback().await.unwrap();
    said(done.map(|done| done.rows_affected()))
}

pub(crate) fn said(done: Result<u64, sqlx::Error>) -> String {
    match done {
        Ok(rows) => rows.to_string(),
        Err(error) => error.as_database_error().unwrap_or_else(|| panic!("{error}")).code().unwrap().into_owned(),
    }
}

/// One column of text, a blank between rows.
pub(crate) async fn text(conn: &mut PgConnection, sql: impl Into<String>) -> String {
    lines(conn, sql).await.join(" ")
}

pub(crate) async fn lines(conn: &mut PgConnection, sql: impl Into<String>) -> Vec<String> {
    let sql = sql.into();
    let rows: Result<Vec<Option<String>>, _> = sqlx::query_scalar(AssertSqlSafe(sql.clone())).fetch_all(conn).await;
    rows.unwrap_or_else(|error| panic!("{error}\n{sql}")).into_iter().map(|row| row.unwrap_or_else(|| "NULL".to_owned())).collect()
}

/// Everything that a policy set can change, as text.
pub(crate) async fn catalog(database: &Database, roles: &str) -> String {
    let acl = |column: &str| format!("(SELECT string_agg(a::text, ' ' ORDER BY a::text) FROM unnest({column}) AS a)");
    let ours = "n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'";
    let parts = [
        format!("SELECT concat_ws(' ', c.oid::regclass, relrowsecurity, relforcerowsecurity, relowner::regrole, {}) FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace WHERE {ours} AND relkind IN ('r', 'p', 'S', 'v') ORDER BY 1", acl("relacl")),
        format!("SELECT concat_ws(' ', attrelid::regclass, attname, {}) FROM pg_attribute JOIN pg_class AS c ON c.oid = attrelid JOIN pg_namespace AS n ON n.oid = relnamespace WHERE {ours} AND attacl IS NOT NULL ORDER BY 1", acl("attacl")),
        format!("SELECT concat_ws(' ', c.oid::regclass, reloptions, pg_get_viewdef(c.oid)) FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace WHERE {ours} AND relkind = 'v' ORDER BY 1"),
        format!("SELECT concat_ws(' ', p.oid::regprocedure, proowner::regrole, prosecdef, provolatile, proconfig, prosrc, {}) FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = pronamespace WHERE {ours} ORDER BY 1", acl("proacl")),
        "SELECT concat_ws(' ', schemaname, tablename, policyname, permissive, roles::text, cmd, qual, with_check) FROM pg_policies ORDER BY 1".to_owned(),
        format!("SELECT concat_ws(' ', defaclrole::regrole, defaclnamespace::regnamespace, defaclobjtype, {}) FROM pg_default_acl ORDER BY 1", acl("defaclacl")),
        format!("SELECT concat_ws(' ', nspname, nspowner::regrole, {}) FROM pg_namespace AS n WHERE {ours} ORDER BY 1", acl("nspacl")),
        format!("SELECT {} FROM pg_database WHERE datname = current_database()", acl("datacl")),
        format!("SELECT concat_ws(' ', rolname, rolcanlogin, rolinherit, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls, rolconnlimit, rolconfig::text) FROM pg_roles WHERE rolname ~ '{roles}' ORDER BY 1"),
        format!("SELECT to_jsonb(m) - 'oid' || jsonb_build_object('roleid', roleid::regrole, 'member', member::regrole, 'grantor', grantor::regrole) #>> '{{}}' FROM pg_auth_members AS m WHERE roleid::regrole::text ~ '{roles}' OR member::regrole::text ~ '{roles}' ORDER BY 1"),
    ];
    let mut admin = database.connect(database.superuser()).await.unwrap();
    let mut all = Vec::new();
    for part in parts {
        all.push(lines(&mut admin, part).await.join("\n"));
    }
    admin.close().await.unwrap();
    all.join("\n\n")
}

/// Two catalogs that must be equal; says in which lines they are not.
pub(crate) fn same(before: &str, after: &str) {
    let only = |a: &str, b: &str| a.lines().filter(|line| !b.lines().any(|other| other == *line)).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(only(before, after), only(after, before), "lines that are only in one of them");
    assert_eq!(before, after);
}
