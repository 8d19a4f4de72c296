//! What each role can really do, measured: every command is tried in a savepoint and rolled back.

use hedgerow::testing::Database;
use sqlx::{Connection, PgConnection};

use super::session::{request, said};
use super::{ALICE, DOOR, Error, Person, Report, TABLES};

const LEGEND: &str = "s, u, d: rows read, updated, deleted without a WHERE; i: 1 if a row can be written; - is 42501";

/// Who asks.
const WHO: [(&str, &str, Option<Person>); 4] = [
    ("anon", "anon", None),
    ("authenticated, no claims", "authenticated", None),
    ("authenticated, alice", "authenticated", Some(ALICE)),
    ("service_role", "service_role", None),
];

/// A table of table x role; the expectations are those of the declarations.
pub(super) async fn measure(database: &Database, roadmap: bool, report: &mut Report) -> Result<(), Error> {
    report.part("Access, measured on the server");
    report.say(LEGEND);
    let heads: Vec<String> = WHO.iter().map(|(name, ..)| format!("{name:26}")).collect();
    report.say(format!("{:25} {}", "", heads.concat()));
    let mut door = database.connect(DOOR).await?;
    let more = ["pgflow.teams", "pgflow.team_members", "pgflow.flow_grants", "pgflow_audit.runs", "pgflow_audit.reads"];
    for table in TABLES.into_iter().chain(more.into_iter().filter(|_| roadmap)) {
        let mut cells = Vec::new();
        for (name, role, person) in WHO {
            let mut tx = request(&mut door, role, person).await?;
            let got = cell(&mut tx, table).await?;
            tx.rollback().await?;
            let expected = expected(table, name, roadmap);
            report.check(&format!("{table}, {name}"), expected.to_owned(), shape(&got));
            cells.push(format!("{got:26}"));
        }
        report.say(format!("{table:25} {}", cells.concat()));
    }
    door.close().await?;
    Ok(())
}

/// Which commands are open, row counts aside: `+` some rows, `0` none, `-` refused.
fn expected(table: &str, who: &str, roadmap: bool) -> &'static str {
    let short = table.trim_start_matches("pgflow.");
    match who {
        "service_role" if table.starts_with("pgflow_audit.") => "----",
        "service_role" => "++++",
        "anon" => "----",
        "authenticated, no claims" if !roadmap && matches!(short, "flows" | "steps") => "+---",
        "authenticated, no claims" if roadmap && readable(short) => "0---",
        "authenticated, alice" if !roadmap && matches!(short, "flows" | "steps") => "+---",
        // Alice is in no team.
        "authenticated, alice" if roadmap && matches!(short, "teams" | "team_members") => "0---",
        "authenticated, alice" if roadmap && readable(short) => "+---",
        _ => "----",
    }
}

fn readable(table: &str) -> bool {
    matches!(table, "flows" | "steps" | "runs" | "step_states" | "step_tasks" | "teams" | "team_members" | "flow_grants")
}

/// `s3 i- u- d-` to `+---`.
fn shape(cell: &str) -> String {
    let word = |word: &str| match word.get(1..) {
        Some("-") => '-',
        Some("0") => '0',
        _ => '+',
    };
    cell.split(' ').map(word).collect()
}

async fn cell(conn: &mut PgConnection, table: &str) -> Result<String, Error> {
    let (column, insert) = sample(table);
    let mut words = Vec::new();
    for (letter, sql) in [
        ('s', format!("SELECT FROM {table}")),
        ('i', format!("INSERT INTO {table} {insert}")),
        ('u', format!("UPDATE {table} SET {column} = {column}")),
        ('d', format!("DELETE FROM {table}")),
    ] {
        let got = said(conn, &sql).await?;
        words.push(match got.as_str() {
            "42501" => format!("{letter}-"),
            // A constraint comes after the privilege and the policy: the command is open.
            "23502" | "23503" => format!("{letter}*"),
            rows => format!("{letter}{rows}"),
        });
    }
    Ok(words.join(" "))
}

/// A column, and what an INSERT says.
fn sample(table: &str) -> (&'static str, &'static str) {
    match table {
        "pgflow.flows" => ("flow_slug", "(flow_slug) VALUES ('new_one')"),
        "pgflow.steps" => ("flow_slug", "(flow_slug, step_slug, step_index) VALUES ('import', 'new_one', 9)"),
        "pgflow.deps" => ("flow_slug", "VALUES ('import', 'fetch', 'save')"),
        "pgflow.runs" => ("status", "(flow_slug, input, remaining_steps) VALUES ('import', '{}', 0)"),
        "pgflow.step_states" => ("status", "(run_id, step_slug) VALUES (gen_random_uuid(), 'fetch')"),
        "pgflow.step_tasks" => ("status", "(run_id, step_slug) VALUES (gen_random_uuid(), 'fetch')"),
        "pgflow.workers" => ("queue_name", "(worker_id, queue_name, function_name) VALUES (gen_random_uuid(), 'q', 'f')"),
        "pgflow.worker_functions" => ("enabled", "(function_name) VALUES ('new_one')"),
        "pgflow.teams" => ("name", "VALUES (gen_random_uuid(), 'new one')"),
        "pgflow.team_members" => ("user_id", "VALUES ('77777777-7777-4777-8777-777777777777', gen_random_uuid())"),
        "pgflow.flow_grants" => ("flow_slug", "(flow_slug, app_role) VALUES ('payroll', 'anyone')"),
        "pgflow_audit.runs" => {
            ("flow_slug", "(at, command, table_name, row_id, flow_slug, db_role) VALUES (now(), 'insert', 't', 'r', 'f', 'd')")
        }
        _ => ("found", "(run_id, found) VALUES (gen_random_uuid(), true)"),
    }
}
