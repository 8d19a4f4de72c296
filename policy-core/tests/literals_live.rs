//! Literals against PostgreSQL: what a server does with a text as a type must be what is said of it, in whatever zone and
//! order of dates the session is.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use std::collections::BTreeMap;

use policy_core::testing::{Database, Server};
use policy_core::typing::literal::{Input, read};
use sqlx::{AssertSqlSafe, PgConnection};

#[path = "literals_live/generate.rs"]
mod generate;
#[path = "expr_live/rng.rs"]
mod rng;
#[path = "literals_live/templates.rs"]
mod templates;

const SEED: u64 = 0x11e7_a150;
const RANDOM: usize = 20_000;
const BATCH: usize = 500;

/// What a session may set without a change of what is accepted.
const SESSIONS: &[&str] = &[
    "SET TimeZone = 'UTC'; SET DateStyle = 'ISO, MDY'",
    "SET TimeZone = 'America/New_York'; SET DateStyle = 'ISO, MDY'",
    "SET TimeZone = 'Asia/Kolkata'; SET DateStyle = 'German, DMY'",
    "SET TimeZone = 'Pacific/Kiritimati'; SET DateStyle = 'SQL, YMD'",
];

/// The SQLSTATE and the message of a text as a type; nothing where it is accepted.
const JUDGE: &str = r#"
CREATE FUNCTION judge(kind text, what text) RETURNS text[] LANGUAGE plpgsql AS $f$
BEGIN
    EXECUTE format('SELECT %L::%I', what, kind);
    RETURN '{}';
EXCEPTION WHEN OTHERS THEN
    RETURN ARRAY[SQLSTATE, SQLERRM];
END
$f$;
"#;

/// What came of many texts.
#[derive(Default)]
struct Tally {
    cases: usize,
    accepted: usize,
    reworded: Vec<String>,
    mismatches: Vec<String>,
    /// Of each type: cases, and those not judged.
    kinds: BTreeMap<String, (usize, usize)>,
    unjudged: Vec<String>,
}

impl Tally {
    fn note(&mut self, session: &str, major: u32, kind: &str, text: &str, theirs: &[String]) {
        self.cases += 1;
        self.accepted += usize::from(theirs.is_empty());
        let of_kind = self.kinds.entry(kind.to_owned()).or_default();
        of_kind.0 += 1;
        let ours = read(kind, text, major);
        let right = match (&ours, theirs) {
            // Under this order texts such as 01/02/2024 are refused, and lists for them.
            (Input::Depends("DateStyle") | Input::Invalid { .. }, [_, ..]) if session.ends_with("YMD'") => true,
            (Input::Unjudged, _) => {
                of_kind.1 += 1;
                self.unjudged.push(format!("{kind} {text:?} {theirs:?}"));
                true
            }
            (Input::Valid | Input::Depends(_), theirs) => theirs.is_empty(),
            (Input::Invalid { .. }, []) => false,
            (Input::Invalid { sqlstate, message }, theirs) => {
                if *message != theirs[1] {
                    self.reworded.push(format!("{major} {kind} {text:?} theirs {} ours {message}", theirs[1]));
                }
                *sqlstate == theirs[0]
            }
        };
        if !right {
            self.mismatches.push(format!("{major} {kind} {text:?}\n        theirs {theirs:?}\n        ours   {ours:?}"));
        }
    }

    fn report(&self, major: u32) {
        println!("literals: {} cases, {} mismatches, {} unjudged", self.cases, self.mismatches.len(), self.unjudged.len());
        println!("    on {major}: {} accepted, {} refused in other words", self.accepted, self.reworded.len());
        for (kind, (cases, unjudged)) in self.kinds.iter().filter(|(_, (cases, unjudged))| unjudged * 20 > *cases) {
            println!("    {kind}: {unjudged} of {cases} unjudged");
        }
        for text in self.mismatches.iter().take(show(40)) {
            println!("    MISMATCH {text}");
        }
        for text in self.reworded.iter().take(show(0)) {
            println!("    WORDS {text}");
        }
        for text in self.unjudged.iter().take(show(0)) {
            println!("    UNJUDGED {text}");
        }
    }
}

fn variable(name: &str) -> Option<usize> {
    std::env::var(name).ok()?.parse().ok()
}

/// How many lines of a kind are printed.
fn show(default: usize) -> usize {
    variable("HEDGEROW_SHOW").unwrap_or(default)
}

async fn prepare(server: &Server) -> (Database, PgConnection) {
    let database = server.database().await.unwrap();
    let mut conn = database.connect(database.superuser()).await.unwrap();
    sqlx::raw_sql(JUDGE).execute(&mut conn).await.unwrap();
    (database, conn)
}

async fn compare(server: &Server, cases: &[(String, String)]) -> Tally {
    let (database, mut conn) = prepare(server).await;
    let mut tally = Tally::default();
    let sql = "SELECT judge(a, b) FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS u (a, b, n) ORDER BY n";
    for (number, batch) in cases.chunks(BATCH).enumerate() {
        let session = SESSIONS[number % SESSIONS.len()];
        sqlx::raw_sql(AssertSqlSafe(session)).execute(&mut conn).await.unwrap();
        let (kinds, texts): (Vec<String>, Vec<String>) = batch.iter().cloned().unzip();
        let answers: Vec<Vec<String>> = sqlx::query_scalar(AssertSqlSafe(sql)).bind(kinds).bind(texts).fetch_all(&mut conn).await.unwrap();
        for ((kind, text), theirs) in batch.iter().zip(&answers) {
            tally.note(session, server.version(), kind, text, theirs);
        }
    }
    database.drop().await.unwrap();
    tally
}

#[test]
fn texts_are_judged_as_servers_judge_them() {
    let count = variable("HEDGEROW_LITERALS").unwrap_or(RANDOM);
    let seed = variable("HEDGEROW_SEED").map_or(SEED, |seed| seed as u64);
    let only = std::env::var("HEDGEROW_KIND").ok();
    let mut wrong = 0;
    for server in Server::each_major().unwrap_or_else(|error| panic!("{error}")) {
        let mut generator = generate::Generator { rng: rng::Rng(seed ^ u64::from(server.version())), only: only.clone() };
        let cases: Vec<(String, String)> = (0..count).map(|_| generator.case()).collect();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let tally = runtime.block_on(compare(server, &cases));
        tally.report(server.version());
        wrong += tally.mismatches.len();
        assert!(only.is_some() || tally.unjudged.len() * 10 < tally.cases, "too many texts are not judged");
        assert!(only.is_some() || tally.accepted * 4 > tally.cases, "too few texts are right");
    }
    assert_eq!(wrong, 0);
}
