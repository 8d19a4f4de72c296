//! What each user reads: rows, patches in the three logs, arguments, shapes.

use sqlx::postgres::PgPool;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use super::setup::Doors;
use super::{ANN, ANN_OF_SOUTH, APP, BEN, CIM, DIA, ELECTRIC, Error, Report, SHAPES, User, request};

const READERS: [(&str, Option<User>); 6] = [
    ("ann", Some(ANN)),
    ("ben", Some(BEN)),
    ("dia", Some(DIA)),
    ("cim", Some(CIM)),
    ("ann of south", Some(ANN_OF_SOUTH)),
    ("nobody", None),
];

/// Patches in the first log, in the tables of patches, in the log without a scope.
const LOGS: [(&str, &str); 3] = [
    ("scope copied onto the log", "SELECT id FROM synchrotron.action_modified_rows"),
    ("a log for each table", "SELECT id FROM synchrotron.todo_patches UNION ALL SELECT id FROM synchrotron.note_patches"),
    ("one log and a function", "SELECT id FROM synchrotron.bare_patches"),
];

async fn ask(conn: &mut PgConnection, sql: &str) -> Result<String, Error> {
    let found = sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(conn).await;
    match found {
        Ok(found) => Ok(found),
        Err(sqlx::Error::Database(error)) => Ok(error.code().unwrap_or_default().into_owned()),
        Err(other) => Err(other.into()),
    }
}

async fn ask_as(server: &PgPool, user: Option<User>, sql: &str) -> Result<String, Error> {
    let mut conn = server.acquire().await?;
    let mut tx = request(&mut conn, APP, user).await?;
    let found = ask(&mut tx, sql).await?;
    tx.rollback().await?;
    Ok(found)
}

fn expected(rows: [&'static str; 6]) -> impl Iterator<Item = (&'static str, Option<User>, String)> {
    READERS.into_iter().zip(rows).map(|((who, user), rows)| (who, user, rows.to_owned()))
}

pub(super) async fn rows(server: &PgPool, report: &mut Report) -> Result<(), Error> {
    report.part("Rows seen, as synchrotron_app");
    let todos = "SELECT coalesce(string_agg(title || ' of ' || user_id, ', ' ORDER BY title), 'none') FROM todos";
    for (who, user, titles) in expected(["oat milk of ann", "bread of ben, oat milk of ann", "none", "fish of cim", "none", "none"]) {
        report.expect(&format!("{who:12} todos"), titles, ask_as(server, user, todos).await?);
    }
    let notes = "SELECT coalesce(string_agg(id, ', '), 'none') FROM notes";
    for (who, user, ids) in expected(["anns-note", "none", "none", "cims-note", "none", "none"]) {
        report.expect(&format!("{who:12} notes"), ids, ask_as(server, user, notes).await?);
    }
    let actions = "SELECT coalesce(string_agg(right(id::text, 2), ', ' ORDER BY id), 'none') FROM synchrotron.action_records";
    for (who, user, ids) in expected(["a1, a2", "a1, a2, b1", "none", "c1", "none", "none"]) {
        report.expect(&format!("{who:12} actions"), ids, ask_as(server, user, actions).await?);
    }
    Ok(())
}

/// The same data, three times the same question.
pub(super) async fn logs(server: &PgPool, report: &mut Report) -> Result<(), Error> {
    report.part("Patches seen: those of the rows seen, in each of the three logs");
    for (what, log) in LOGS {
        let sql = format!("SELECT coalesce(string_agg(id::text, ' ' ORDER BY id), 'none') FROM ({log}) AS log");
        for (who, user, ids) in expected(["1 2 3", "1 3 4", "none", "5 6", "none", "none"]) {
            report.expect(&format!("{who:12} {what}"), ids, ask_as(server, user, &sql).await?);
        }
    }
    Ok(())
}

pub(super) async fn arguments(server: &PgPool, report: &mut Report) -> Result<(), Error> {
    report.part("Arguments of actions: the author's alone");
    let all = "SELECT coalesce(string_agg(args::text, ' '), 'none') FROM synchrotron.action_records";
    let own = r#"SELECT coalesce(string_agg(DISTINCT args ->> 'typed by', ' '), 'none') FROM synchrotron.own_action_args"#;
    for (who, user, whose) in expected(["ann", "ben", "none", "cim", "none", "none"]) {
        report.expect(&format!("{who:12} own_action_args"), whose, ask_as(server, user, own).await?);
        report.expect(&format!("{who:12} action_records.args"), "42501".to_owned(), ask_as(server, user, all).await?);
    }
    Ok(())
}

/// A shape query: a transaction of its own, read only, with the same two settings.
pub(super) async fn shapes(doors: &Doors<'_>, report: &mut Report) -> Result<(), Error> {
    report.part("Shape queries, as synchrotron_electric");
    let mut conn = doors.connect(ELECTRIC).await?;
    let patches = "SELECT count(*)::text FROM synchrotron.action_modified_rows";
    report.expect("before SET ROLE", "42501".to_owned(), ask(&mut conn, patches).await?);
    for (who, user, count) in expected(["3", "3", "0", "2", "0", "0"]) {
        let mut tx = request(&mut conn, SHAPES, user).await?;
        report.expect(&format!("{who:12} patches"), count, ask(&mut tx, patches).await?);
        tx.rollback().await?;
    }
    for (what, sql) in [
        ("changes a row", "UPDATE todos SET done = true RETURNING id::text"),
        ("reads arguments", "SELECT args::text FROM synchrotron.action_records"),
        ("becomes the application", "SELECT set_config('role', 'synchrotron_app', true)"),
    ] {
        let mut tx = request(&mut conn, SHAPES, Some(ANN)).await?;
        report.expect(what, "42501".to_owned(), ask(&mut tx, sql).await?);
        tx.rollback().await?;
    }
    conn.close().await?;
    Ok(())
}
