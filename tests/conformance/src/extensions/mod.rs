//! The types of extensions. In: running servers. Out: a text for each extension, in the form of the catalog's but with the kind of row
//! where those have the majors; and a comparison of the checker's verdicts with the servers'. Must not know: what the checker makes
//! of a row.
//!
//! An extension is read from the newest server that has it, without what an older one lacks. Its types, functions and operator families get numbers of ours.

mod bench;
mod cases;
mod operands;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use policy_core::testing::{Database, Server};
use policy_core::typing::extension::{ALL, Extension};
use sqlx::{AssertSqlSafe, PgConnection};

use crate::Failure;
use crate::catalog::MAJORS;

pub use bench::compare;

const NUMBERS: &str = include_str!("numbers.sql");

/// One kind of row after the other, as the checker reads them.
const QUERIES: [&str; 4] =
    [include_str!("types.sql"), include_str!("casts.sql"), include_str!("operators.sql"), include_str!("functions.sql")];

/// Writes the file of each extension that a server has. Answers with a line for each extension.
///
/// # Errors
/// What a server or the file system says; a row that the form cannot hold.
pub async fn write() -> Result<Vec<String>, Failure> {
    let mut found: BTreeMap<&str, Vec<(u32, String)>> = BTreeMap::new();
    let installed = Server::installed();
    for major in MAJORS.into_iter().rev().filter(|major| installed.contains(major)) {
        let server = Server::start_major(major)?;
        for extension in &ALL {
            let Some(database) = with(&server, extension).await? else { continue };
            found.entry(extension.name).or_default().push((major, read(&database, extension).await?));
            database.drop().await?;
        }
    }
    let mut lines = Vec::new();
    for name in ALL.iter().map(|one| one.name) {
        let Some(((newest, text), older)) = found.get(name).and_then(|texts| texts.split_first()) else {
            lines.push(format!("{name}: no server has it, its file is left as it is"));
            continue;
        };
        let text = common(text, older);
        lines.push(format!("{name}: {} bytes, from {newest}", text.len()));
        fs::write(folder().join(format!("{name}.txt")), text)?;
    }
    Ok(lines)
}

/// The rows that older servers have too. Types are those of the newest one.
fn common(text: &str, older: &[(u32, String)]) -> String {
    let older: Vec<BTreeSet<Key>> = older.iter().map(|(_, text)| text.lines().map(key).collect()).collect();
    let kept = |line: &&str| line.starts_with("type ") || older.iter().all(|keys| keys.contains(&key(line)));
    text.lines().filter(kept).map(|line| format!("{line}\n")).collect()
}

/// What a row is, without what it does.
type Key<'a> = (&'a str, &'a str, &'a str, &'a str);

fn key(line: &str) -> Key<'_> {
    let fields: Vec<&str> = line.split(' ').collect();
    match fields.as_slice() {
        ["function", _, name, _, _, _, _, _, _, defaults, _, args, ..] => ("function", name, args, defaults),
        [kind, a, b, c, ..] => (kind, a, b, c),
        _ => ("", "", "", ""),
    }
}

/// A new database with the extension; none if the server lacks it.
async fn with(server: &Server, extension: &Extension) -> Result<Option<Database>, Failure> {
    let database = server.database().await?;
    let mut conn = database.connect(database.superuser()).await?;
    let there: bool = sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_available_extensions WHERE name = $1)")
        .bind(extension.name)
        .fetch_one(&mut conn)
        .await?;
    if !there {
        drop(conn);
        database.drop().await?;
        return Ok(None);
    }
    sqlx::raw_sql(AssertSqlSafe(format!("CREATE EXTENSION {}", extension.name))).execute(&mut conn).await?;
    Ok(Some(database))
}

async fn read(database: &Database, extension: &Extension) -> Result<String, Failure> {
    let mut conn = database.connect(database.superuser()).await?;
    number(&mut conn, extension).await?;
    let mut text = String::new();
    for (query, width) in QUERIES.into_iter().zip([18, 6, 7, 13]) {
        let rows: Vec<String> = sqlx::query_scalar(query).fetch_all(&mut conn).await?;
        for row in rows {
            if row.split(' ').count() != width || !row.is_ascii() {
                return Err(format!("{}: a row of another form: {row}", extension.name).into());
            }
            text.push_str(&row);
            text.push('\n');
        }
    }
    Ok(text)
}

/// Gives what the extension brings its numbers, for this session.
async fn number(conn: &mut PgConnection, extension: &Extension) -> Result<(), Failure> {
    for (name, value) in [("conformance.extension", extension.name.to_owned()), ("conformance.first", extension.first.to_string())] {
        sqlx::query("SELECT set_config($1, $2, false)").bind(name).bind(value).execute(&mut *conn).await?;
    }
    sqlx::raw_sql(NUMBERS).execute(conn).await?;
    Ok(())
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../policy-core/src/typing/extension")
}
