//! The catalog that the type checker embeds. In: running servers of all majors. Out: four texts, one line for each row, with the
//! majors that have the row. Must not know: what the checker makes of a row.
//!
//! A line is a row of one of the queries beside this file, behind a number whose bit 0 stands for 14, bit 1 for 15 and so on.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use policy_core::testing::{Database, Server};

use crate::Failure;

/// The majors of the catalog, oldest first.
pub const MAJORS: [u32; 5] = [14, 15, 16, 17, 18];

/// A file of the catalog: its name, its query, how its lines are sorted.
struct Table {
    name: &'static str,
    query: &'static str,
    key: fn(&[&str]) -> Key,
}

/// Numbers, words or both; what is absent sorts first.
type Key = (String, Vec<u64>, String);

const TABLES: [Table; 4] = [
    Table { name: "types.txt", query: include_str!("types.sql"), key: |row| (String::new(), numbers(row, &[0]), String::new()) },
    Table { name: "operators.txt", query: include_str!("operators.sql"), key: |row| (word(row, 0), numbers(row, &[1, 2]), String::new()) },
    Table { name: "casts.txt", query: include_str!("casts.sql"), key: |row| (String::new(), numbers(row, &[0, 1]), String::new()) },
    Table { name: "functions.txt", query: include_str!("functions.sql"), key: |row| (word(row, 1), vec![arguments(row)], word(row, 10)) },
];

fn word(row: &[&str], at: usize) -> String {
    row.get(at).copied().unwrap_or_default().to_owned()
}

fn numbers(row: &[&str], at: &[usize]) -> Vec<u64> {
    at.iter().map(|at| word(row, *at).parse().unwrap_or_default()).collect()
}

/// How many arguments a function takes.
fn arguments(row: &[&str]) -> u64 {
    let list = word(row, 10);
    if list == "-" { 0 } else { list.split(',').map(|_| 1).sum() }
}

/// Writes the files; or, to check, only compares them with what is there. Answers with the names of those that differ.
///
/// # Errors
/// What a server or the file system says; a major that is not installed.
pub async fn write(check: bool) -> Result<Vec<String>, Failure> {
    let mut rows: [BTreeMap<String, u32>; 4] = Default::default();
    for (bit, major) in MAJORS.into_iter().enumerate() {
        let server = Server::start_major(major)?;
        let database = server.database().await?;
        for (table, rows) in TABLES.iter().zip(&mut rows) {
            for row in read(&database, table.query).await? {
                *rows.entry(row).or_default() |= 1 << bit;
            }
        }
        database.drop().await?;
    }
    let mut differing = Vec::new();
    for (table, rows) in TABLES.iter().zip(rows) {
        let path = folder().join(table.name);
        let text = merged(rows, table.key);
        if fs::read_to_string(&path).ok().as_deref() != Some(text.as_str()) {
            differing.push(table.name.to_owned());
            if !check {
                fs::write(&path, text)?;
            }
        }
    }
    Ok(differing)
}

async fn read(database: &Database, query: &'static str) -> Result<Vec<String>, Failure> {
    let mut conn = database.connect(database.superuser()).await?;
    Ok(sqlx::query_scalar(query).fetch_all(&mut conn).await?)
}

fn merged(rows: BTreeMap<String, u32>, key: fn(&[&str]) -> Key) -> String {
    let mut lines: Vec<(Key, u32, String)> = rows
        .into_iter()
        .map(|(row, mask)| {
            let key = key(&row.split(' ').collect::<Vec<_>>());
            (key, mask, row)
        })
        .collect();
    lines.sort();
    lines.into_iter().map(|(_, mask, row)| format!("{mask} {row}\n")).collect()
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../policy-core/src/typing/catalog")
}
