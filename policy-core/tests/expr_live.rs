//! Predicates against PostgreSQL: what it answers for a text must be what it answers for our rendering of it, on every
//! row, NULLs and errors included.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use std::collections::BTreeMap;

use policy_core::model::PolicySet;
use sqlx::PgConnection;

#[path = "expr_live/grammar.rs"]
mod grammar;
#[path = "expr_live/operands.rs"]
mod operands;
#[path = "expr_live/ours.rs"]
mod ours;
#[path = "expr_live/rng.rs"]
mod rng;
#[path = "expr_live/server.rs"]
mod server;

const FORMS: &str = include_str!("expr_live/forms.txt");
const SEED: u64 = 0x4ed6_e403;
const RANDOM: usize = 20_000;

/// What came of many expressions.
#[derive(Default)]
struct Tally {
    cases: usize,
    /// Valid on at least one row.
    evaluated: usize,
    /// Refused by both, for a type or a name.
    untyped: usize,
    mismatches: Vec<String>,
    /// Accepted by PostgreSQL, refused by us: by code.
    declined: BTreeMap<String, Vec<String>>,
    /// No expression for PostgreSQL, one for us.
    lenient: Vec<String>,
}

impl Tally {
    fn note(&mut self, text: &str, ours: &Result<String, String>, theirs: &str, answer: Option<&str>) {
        self.cases += 1;
        let refused = theirs.starts_with("!42");
        match (ours, answer) {
            (Err(code), _) if !refused => self.declined.entry(code.clone()).or_default().push(text.to_owned()),
            (Err(_), _) => {}
            (Ok(sql), _) if theirs == "!42601" => self.lenient.push(format!("{text}\n        as {sql}")),
            (Ok(sql), Some(answer)) if answer != theirs => {
                self.mismatches.push(format!("{text}\n        as {sql}\n        theirs {theirs}\n        ours   {answer}"));
            }
            (Ok(_), _) if refused => self.untyped += 1,
            (Ok(_), _) => self.evaluated += 1,
        }
    }

    fn report(&self, what: &str) {
        let declined: usize = self.declined.values().map(Vec::len).sum();
        println!("{what}: {} cases, {} mismatches, {declined} declined", self.cases, self.mismatches.len());
        println!(
            "    {} evaluated, {} refused by both for a type or a name, {} accepted by us alone",
            self.evaluated,
            self.untyped,
            self.lenient.len()
        );
        for (code, texts) in &self.declined {
            let shortest = texts.iter().min_by_key(|text| text.len()).map_or("", String::as_str);
            println!("    {code}: {:.1} %, such as {shortest}", 100.0 * texts.len() as f64 / self.cases as f64);
        }
        for text in self.lenient.iter().take(20) {
            println!("    accepted by us alone: {text}");
        }
        for text in self.mismatches.iter().take(20) {
            println!("    MISMATCH {text}");
        }
    }
}

async fn compare(conn: &mut PgConnection, set: &PolicySet, texts: &[String]) -> Tally {
    let mut tally = Tally::default();
    for batch in texts.chunks(500) {
        let rendered: Vec<Result<String, String>> = batch.iter().map(|text| ours::rendered(set, text)).collect();
        let plain: Vec<String> = batch.iter().map(|text| ours::plain(text)).collect();
        let sql: Vec<Option<String>> = rendered.iter().map(|sql| sql.clone().ok()).collect();
        let answers = server::answers(conn, &plain, &sql).await;
        for ((text, ours), (theirs, answer)) in batch.iter().zip(&rendered).zip(&answers) {
            tally.note(text, ours, theirs, answer.as_deref());
        }
    }
    tally
}

fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

#[test]
fn forms_of_real_policies_mean_what_they_meant() {
    let texts: Vec<String> = FORMS.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")).map(str::to_owned).collect();
    let tally = block_on(async {
        let (database, mut conn) = server::prepare().await;
        let tally = compare(&mut conn, &ours::set(), &texts).await;
        database.drop().await.unwrap();
        tally
    });
    tally.report("expressions by hand");
    assert!(tally.mismatches.is_empty() && tally.evaluated >= 150);
}

#[test]
fn random_expressions_mean_what_they_meant() {
    let count = std::env::var("HEDGEROW_EXPRESSIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(RANDOM);
    let seed = std::env::var("HEDGEROW_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(SEED);
    let mut grammar = grammar::Grammar { rng: rng::Rng(seed) };
    let texts: Vec<String> = (0..count).map(|_| grammar.expression()).collect();
    let tally = block_on(async {
        let (database, mut conn) = server::prepare().await;
        let tally = compare(&mut conn, &ours::set(), &texts).await;
        database.drop().await.unwrap();
        tally
    });
    tally.report("expressions");
    assert!(tally.mismatches.is_empty() && tally.evaluated > count / 3);
}
