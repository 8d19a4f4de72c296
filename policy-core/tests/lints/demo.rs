//! A demonstration: what a server answers under the policies of a source.

use policy_core::check::Checked;
use policy_core::render::render;
use policy_core::testing::{Database, Server};
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
    /// What stands for the policies of the first source, where that is refused.
    refused: Option<String>,
    steps: Vec<Step>,
}

#[derive(Default)]
struct Step {
    /// The line of its header.
    line: usize,
    /// In a session of its own, with the settings that the role has.
    login: bool,
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
            } else if line == "-- refused" {
                section = 3;
                demo.refused = Some(String::new());
            } else if let Some((login, header)) = header(line) {
                section = 4;
                demo.steps.push(Step { login, ..Step::read(number + 1, header) });
            } else {
                let sql = match section {
                    1 => &mut demo.before,
                    2 => &mut demo.setup,
                    3 => demo.refused.as_mut().unwrap(),
                    4 => &mut demo.steps.last_mut().unwrap().sql,
                    _ => panic!("line {}: before any `-- ..`", number + 1),
                };
                sql.push_str(line);
                sql.push('\n');
            }
        }
        assert!(demo.steps.iter().any(|step| step.fails != step.passes), "no step tells the two sources apart");
        demo
    }

    /// Applies a set, or what stands for a refused one, to a new database and runs the steps; what was not as expected.
    pub(crate) async fn run(&self, server: &Server, set: Option<&Checked>, which: Which) -> Vec<String> {
        let instead = match (set, &self.refused) {
            (Some(_), Some(_)) if which == Which::Fails => return vec!["not refused, with a section `-- refused`".to_owned()],
            (None, None) => return vec!["refused, without a section `-- refused`".to_owned()],
            (None, _) if which == Which::Passes => return vec!["refused".to_owned()],
            (_, instead) => instead.as_deref().unwrap_or_default(),
        };
        let database = server.database().await.unwrap();
        let mut conn = database.connect(database.superuser()).await.unwrap();
        let owner = set.and_then(|set| set.set().owner.clone()).unwrap_or_else(|| "owner".to_owned());
        let before = format!("CREATE ROLE {owner}; ALTER DATABASE {} OWNER TO {owner}; {}", database.name(), self.before);
        let setup = format!("SET ROLE {owner}; {}; RESET ROLE", self.setup);
        // A role that nothing declares is a stranger.
        let stranger = |role: &str| format!("DO $$ BEGIN CREATE ROLE {role}; EXCEPTION WHEN duplicate_object THEN NULL; END $$;");
        let strangers: String = self.steps.iter().map(|step| stranger(&step.role)).collect();
        let policies = match set {
            Some(set) => format!("BEGIN; {}; COMMIT; {strangers}", render(set).sql()),
            None => format!("{strangers} BEGIN; {instead}; COMMIT"),
        };
        let mut wrong = Vec::new();
        for (what, sql) in [("before", before), ("setup", setup), ("policies", policies)] {
            if let Err(error) = sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut conn).await {
                wrong.push(format!("{what}: {error}"));
            }
        }
        if wrong.is_empty() {
            for step in &self.steps {
                wrong.extend(step.run(&database, &mut conn, which).await);
            }
        }
        conn.close().await.unwrap();
        database.drop().await.unwrap();
        forget_roles(server).await;
        wrong
    }
}

/// Whether a line begins a step, in a session of its own or not.
fn header(line: &str) -> Option<(bool, &str)> {
    let login = line.strip_prefix("-- login ").map(|rest| (true, rest));
    login.or_else(|| line.strip_prefix("-- as ").map(|rest| (false, rest)))
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

    async fn run(&self, database: &Database, conn: &mut PgConnection, which: Which) -> Option<String> {
        let expected = if which == Which::Fails { self.fails.as_ref() } else { self.passes.as_ref() }?;
        let got = if self.login {
            database.let_in(&self.role).await.unwrap();
            let mut own = database.connect(&self.role).await.unwrap();
            let got = self.ask(&mut own).await;
            own.close().await.unwrap();
            got
        } else {
            self.ask(conn).await
        };
        let as_expected = match expected.strip_prefix("has ") {
            Some(words) => got.contains(words),
            None => got == *expected || got.starts_with(&format!("{expected}:")),
        };
        (!as_expected).then(|| format!("line {}: expected `{expected}`, got `{got}`", self.line))
    }

    /// Its statements in a transaction of the role, with its settings.
    async fn ask(&self, conn: &mut PgConnection) -> String {
        let settings = self.settings.iter().map(|(name, value)| format!("SELECT set_config('{name}', '{value}', true);"));
        let role = if self.login { String::new() } else { format!("SET LOCAL SESSION AUTHORIZATION {};", self.role) };
        let enter = format!("BEGIN; {role} {}", settings.collect::<String>());
        sqlx::raw_sql(AssertSqlSafe(enter)).execute(&mut *conn).await.unwrap_or_else(|error| panic!("line {}: {error}", self.line));
        let got = answer(conn, &self.sql).await;
        let end = if got.starts_with("error ") { "ROLLBACK" } else { "COMMIT" };
        sqlx::raw_sql(end).execute(&mut *conn).await.unwrap();
        got
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
