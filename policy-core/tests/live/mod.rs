//! A rich set on a real server: its tables, its people, and what they see.

use policy_core::testing::{Database, Server};
use sqlx::{AssertSqlSafe, PgConnection};

pub(crate) const TABLES: &str = include_str!("../sets/rich_tables.sql");

pub(crate) const A: &str = "aaaaaaaa-0000-0000-0000-000000000000";
pub(crate) const B: &str = "bbbbbbbb-0000-0000-0000-000000000000";

pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

pub(crate) async fn run(conn: &mut PgConnection, sql: impl Into<String>) {
    let sql = sql.into();
    if let Err(error) = sqlx::raw_sql(AssertSqlSafe(sql.clone())).execute(conn).await {
        panic!("{error}\n{}", sql.chars().take(400).collect::<String>());
    }
}

/// The SQLSTATE of a statement that must fail.
pub(crate) async fn refused(conn: &mut PgConnection, sql: impl Into<String>) -> String {
    let error = sqlx::raw_sql(AssertSqlSafe(sql.into())).execute(conn).await.unwrap_err();
    error.as_database_error().unwrap().code().unwrap().into_owned()
}

/// One column of text, a line for each row.
pub(crate) async fn text(conn: &mut PgConnection, sql: impl Into<String>) -> String {
    let rows: Vec<Option<String>> = sqlx::query_scalar(AssertSqlSafe(sql.into())).fetch_all(conn).await.unwrap();
    rows.into_iter().map(|row| row.unwrap_or_else(|| "NULL".to_owned())).collect::<Vec<_>>().join("\n")
}

/// A database with the tables of the rich set, owned by `{prefix}_owner`; `{prefix}_migrator` may migrate it: a member of
/// the owner with CREATEROLE, no superuser. Two connections: superuser and migrator.
pub(crate) async fn database(prefix: &str) -> (Database, PgConnection, PgConnection) {
    let database = Server::shared().unwrap().database().await.unwrap();
    let mut admin = database.connect(database.superuser()).await.unwrap();
    for role in ["owner", "migrator LOGIN CREATEROLE", "anon"] {
        run(&mut admin, format!("DO $$ BEGIN CREATE ROLE {prefix}_{role}; EXCEPTION WHEN duplicate_object THEN NULL; END $$")).await;
    }
    run(&mut admin, format!("GRANT {prefix}_owner TO {prefix}_migrator; ALTER DATABASE {} OWNER TO {prefix}_owner", database.name())).await;
    let mut migrator = database.connect(&format!("{prefix}_migrator")).await.unwrap();
    run(&mut migrator, format!("SET ROLE {prefix}_owner; {TABLES}; RESET ROLE")).await;
    (database, admin, migrator)
}

/// As one migration is applied: in one transaction.
pub(crate) async fn apply(conn: &mut PgConnection, sql: &str) {
    run(conn, format!("BEGIN; {sql}; COMMIT")).await;
}

/// Everything that a script can change, as text.
pub(crate) async fn catalog(conn: &mut PgConnection, prefix: &str) -> String {
    let parts = [
        "SELECT concat_ws(' ', oid::regclass, relrowsecurity, relforcerowsecurity, (SELECT string_agg(a::text, ' ' ORDER BY a::text) FROM unnest(relacl) a)) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'S', 'v') ORDER BY 1".to_owned(),
        "SELECT concat_ws(' ', viewname, viewowner, definition, (SELECT reloptions FROM pg_class WHERE relname = viewname)) FROM pg_views WHERE schemaname = 'public' ORDER BY 1".to_owned(),
        "SELECT concat_ws(' ', attrelid::regclass, attname, attacl::text) FROM pg_attribute WHERE attacl IS NOT NULL AND attrelid::regclass::text NOT LIKE 'pg_%' ORDER BY 1".to_owned(),
        "SELECT concat_ws(' ', tablename, policyname, permissive, roles::text, cmd, qual, with_check) FROM pg_policies ORDER BY 1".to_owned(),
        "SELECT concat_ws(' ', defaclrole::regrole, defaclnamespace, defaclobjtype, (SELECT string_agg(a::text, ' ' ORDER BY a::text) FROM unnest(defaclacl) a)) FROM pg_default_acl ORDER BY 1".to_owned(),
        "SELECT concat_ws(' ', nspname, (SELECT string_agg(a::text, ' ' ORDER BY a::text) FROM unnest(nspacl) a)) FROM pg_namespace WHERE nspname = 'public'".to_owned(),
        "SELECT (SELECT string_agg(a::text, ' ' ORDER BY a::text) FROM unnest(datacl) a) FROM pg_database WHERE datname = current_database()".to_owned(),
        format!("SELECT concat_ws(' ', rolname, rolcanlogin, rolinherit, rolcreaterole, rolconnlimit, rolconfig::text) FROM pg_roles WHERE rolname LIKE '{prefix}%' ORDER BY 1"),
        format!("SELECT concat_ws(' ', roleid::regrole, member::regrole) FROM pg_auth_members WHERE roleid::regrole::text LIKE '%{prefix}%' ORDER BY 1"),
    ];
    let mut all = Vec::new();
    for part in parts {
        all.push(text(conn, part).await);
    }
    all.join("\n\n")
}

/// Two catalogs that must be equal; says in which lines they are not.
pub(crate) fn same(a: &str, b: &str) {
    let only = |a: &str, b: &str| a.lines().filter(|line| !b.lines().any(|other| other == *line)).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(only(a, b), only(b, a));
    assert_eq!(a, b);
}
