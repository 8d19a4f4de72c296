//! A demonstration: what a server answers under the policies of a source.

use policy_core::check::Checked;
use policy_core::render::render;
use policy_core::testing::Server;
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row};

/// Which of the two sources.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    Fails,
    Passes,
}

#[derive(Default)]
pub(crate) struct Demo {
    before: String,
    setup: String,
    steps: Vec<Step>,
}

#[derive(Default)]
struct Step {
    /// The line of its header.
    line: usize,
    role: String,
    settings: Vec<(String, String)>,
    fails: Option<String>,
    passes: Option<String>,
    sql: String,
}

impl Demo {
    pub(crate) fn read(text: &str) -> Demo {
        let mut demo = Demo::default();
        let mut section = 0;
        for (number, line) in text.lines().enumerate() {
            if line == "-- before" {
                section = 1;
            } else if line == "-- setup" {
                section = 2;
            } else if let Some(header) = line.strip_prefix("-- as ") {
                section = 3;
                demo.steps.push(Step::read(number + 1, header));
            } else {
                let sql = match section {
                    1 => &mut demo.before,
                    2 => &mut demo.setup,
                    3 => &mut demo.steps.last_mut().unwrap().sql,
                    _ => panic!("line {}: before any `-- ..`", number + 1),
                };
                sql.push_str(line);
                sql.push('\n');
            }
        }
        assert!(!demo.steps.is_empty(), "a demo without a step");
        demo
    }

    /// Applies a set to a new database and runs the steps; what was not as expected.
    pub(crate) async fn run(&self, server: &Server, set: &Checked, which: Which) -> Vec<String> {
        let database = server.database().await.unwrap();
        let mut conn = database.connect(database.superuser()).await.unwrap();
        let owner = set.set().owner.clone().unwrap();
        let before = format!("CREATE ROLE {owner}; ALTER DATABASE {} OWNER TO {owner}; {}", database.name(), self.before);
        let setup = format!("SET ROLE {owner}; {}; RESET ROLE", self.setup);
        let policies = format!("BEGIN; {}; COMMIT", render(set).sql());
        // A role that nothing declares is a stranger.
        let stranger = |role: &str| format!("DO $$ BEGIN CREATE ROLE {role}; EXCEPTION WHEN duplicate_object THEN NULL; END $$;");
        let strangers = self.steps.iter().map(|step| stranger(&step.role)).collect();
        let mut wrong = Vec::new();
        for (what, sql) in [("before", before), ("setup", setup), ("policies", policies), ("strangers", strangers)] {
            if let Err(error) = sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut conn).await {
                wrong.push(format!("{what}: {error}"));
            }
        }
        if wrong.is_empty() {
            for step in &self.steps {
                wrong.extend(step.run(&mut conn, which).await);
            }
        }
        conn.close().await.unwrap();
        database.drop().await.unwrap();
        forget_roles(server).await;
        wrong
    }
}

impl Step {
    fn read(line: usize, header: &str) -> Step {
        let mut parts = header.split(" | ");
        let mut words = parts.next().unwrap().split_whitespace();
        let mut step = Step { line, role: words.next().unwrap().to_owned(), ..Step::default() };
        step.settings = words.map(|word| word.split_once('=').unwrap()).map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        for part in parts {
            match part.split_once(": ") {
                Some(("fails", expected)) => step.fails = Some(expected.trim().to_owned()),
                Some(("passes", expected)) => step.passes = Some(expected.trim().to_owned()),
                _ => panic!("line {line}: `{part}` is neither `fails: ..` nor `passes: ..`"),
            }
        }
        assert!(step.fails.is_some() || step.passes.is_some(), "line {line}: nothing is expected");
        step
    }

    async fn run(&self, conn: &mut PgConnection, which: Which) -> Option<String> {
        let expected = if which == Which::Fails { self.fails.as_ref() } else { self.passes.as_ref() }?;
        let settings = self.settings.iter().map(|(name, value)| format!("SELECT set_config('{name}', '{value}', true);"));
        let enter = format!("BEGIN; SET LOCAL SESSION AUTHORIZATION {}; {}", self.role, settings.collect::<String>());
        sqlx::raw_sql(AssertSqlSafe(enter)).execute(&mut *conn).await.unwrap_or_else(|error| panic!("line {}: {error}", self.line));
        let got = answer(conn, &self.sql).await;
        let end = if got.starts_with("error ") { "ROLLBACK" } else { "COMMIT" };
        sqlx::raw_sql(end).execute(&mut *conn).await.unwrap();
        let as_expected = match expected.strip_prefix("has ") {
            Some(words) => got.contains(words),
            None => got == *expected || got.starts_with(&format!("{expected}:")),
        };
        (!as_expected).then(|| format!("line {}: expected `{expected}`, got `{got}`", self.line))
    }
}

/// What some statements give: a value, a plan, a number of rows, or an error.
async fn answer(conn: &mut PgConnection, sql: &str) -> String {
    let last = sql.split(';').map(str::trim).rfind(|part| !part.is_empty()).unwrap_or_default();
    let statement = AssertSqlSafe(sql.to_owned());
    if !["SELECT", "EXPLAIN", "EXECUTE", "WITH"].iter().any(|word| last.starts_with(word)) && !last.contains("RETURNING") {
        return match sqlx::raw_sql(statement).execute(conn).await {
            Ok(done) => format!("{} rows", done.rows_affected()),
            Err(error) => refusal(&error),
        };
    }
    let rows = match sqlx::raw_sql(statement).fetch_all(conn).await {
        Ok(rows) => rows,
        Err(error) => return refusal(&error),
    };
    let text = |row: &sqlx::postgres::PgRow| row.try_get_raw(0).unwrap().as_str().unwrap_or("NULL").to_owned();
    if last.starts_with("EXPLAIN") {
        return rows.iter().map(text).collect::<Vec<_>>().join("\n");
    }
    rows.last().map_or_else(|| "no row".to_owned(), text)
}

/// `error 42501: ..`
fn refusal(error: &sqlx::Error) -> String {
    let database = error.as_database_error();
    let code = database.and_then(|error| error.code()).map(|code| code.into_owned()).unwrap_or_default();
    format!("error {code}: {error}")
}

/// Roles belong to the server: the next demonstration begins without any.
async fn forget_roles(server: &Server) {
    let mut conn = PgConnection::connect_with(&server.options(server.superuser(), "postgres")).await.unwrap();
    let all = "SELECT string_agg(quote_ident(rolname), ', ') FROM pg_roles WHERE oid >= 16384";
    let all: Option<String> = sqlx::query_scalar(all).fetch_one(&mut conn).await.unwrap();
    if let Some(all) = all {
        sqlx::raw_sql(AssertSqlSafe(format!("DROP OWNED BY {all}; DROP ROLE {all}"))).execute(&mut conn).await.unwrap();
    }
    conn.close().await.unwrap();
}
