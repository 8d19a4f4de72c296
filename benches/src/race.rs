//! Contenders who answer the same question, timed in turns: the smallest of several rounds, beside the first of them.

use std::time::{Duration, Instant};

use sqlx::{AssertSqlSafe, PgConnection};

use crate::live::run;

/// A round takes at least as long, where a statement is short.
const ROUND: Duration = Duration::from_millis(25);
const ROUNDS: u32 = 11;
/// What takes as long as this is timed in a few rounds only, and what takes as long as that twice.
const LONG: Duration = Duration::from_millis(500);
const FEW: u32 = 3;
const VERY_LONG: Duration = Duration::from_secs(2);

/// A value that a statement is prepared for.
#[derive(Clone, Debug)]
pub enum Bound {
    /// None.
    Nothing,
    /// `$1`.
    Int(i32),
    /// `$1`, an array.
    Ints(Vec<i32>),
    /// `$1`.
    Text(String),
}

/// A statement of a role.
#[derive(Debug)]
pub struct Contender {
    name: String,
    conn: PgConnection,
    statement: Statement,
    /// How often one execution does what is measured.
    count: u32,
    best: Duration,
    turns: u32,
}

#[derive(Debug)]
enum Statement {
    /// Prepared; yields one number.
    Query(String, Bound),
    /// A DO block, or several statements; another connection prepares for it, untimed.
    Block(String, Option<Box<(PgConnection, String)>>),
}

impl Contender {
    /// A query that yields one number.
    #[must_use]
    pub fn query(name: &str, conn: PgConnection, sql: &str, bound: Bound) -> Contender {
        Contender::new(name, conn, Statement::Query(sql.to_owned(), bound), 1)
    }

    /// A block that does a thing so many times.
    #[must_use]
    pub fn block(name: &str, conn: PgConnection, sql: &str, count: u32) -> Contender {
        Contender::new(name, conn, Statement::Block(sql.to_owned(), None), count)
    }

    /// The same, after another connection has run a statement that is not timed.
    #[must_use]
    pub fn after(name: &str, conn: PgConnection, sql: &str, count: u32, admin: PgConnection, before: &str) -> Contender {
        Contender::new(name, conn, Statement::Block(sql.to_owned(), Some(Box::new((admin, before.to_owned())))), count)
    }

    fn new(name: &str, conn: PgConnection, statement: Statement, count: u32) -> Contender {
        Contender { name: name.to_owned(), conn, statement, count, best: Duration::MAX, turns: 1 }
    }

    async fn turn(&mut self) -> (Duration, i64) {
        match &mut self.statement {
            Statement::Query(sql, bound) => {
                let start = Instant::now();
                let query = sqlx::query_scalar(AssertSqlSafe(sql.clone()));
                let query = match bound {
                    Bound::Nothing => query,
                    Bound::Int(value) => query.bind(*value),
                    Bound::Ints(values) => query.bind(values.clone()),
                    Bound::Text(value) => query.bind(value.clone()),
                };
                let found: i64 = query.fetch_one(&mut self.conn).await.unwrap_or_else(|error| panic!("{}: {error}", self.name));
                (start.elapsed(), found)
            }
            Statement::Block(sql, before) => {
                if let Some(before) = before {
                    run(&mut before.0, &before.1).await;
                }
                let start = Instant::now();
                run(&mut self.conn, sql).await;
                (start.elapsed(), 0)
            }
        }
    }

    async fn round(&mut self) {
        let mut took = Duration::ZERO;
        for _ in 0..self.turns {
            took += self.turn().await.0;
        }
        self.best = self.best.min(took / self.turns);
    }

    /// Warm, and how many turns a round has: all must find the same.
    async fn warm(&mut self) -> i64 {
        let (first, found) = self.turn().await;
        self.best = first;
        if first > VERY_LONG {
            return found;
        }
        if first < LONG {
            // Five executions until the server may settle for a plan.
            for _ in 0..5 {
                assert_eq!(self.turn().await.1, found, "{}", self.name);
            }
        }
        let (took, _) = self.turn().await;
        let fits = ROUND.as_secs_f64() / took.as_secs_f64();
        self.turns = if fits > 1.0 { (fits as u32).clamp(1, 200) } else { 1 };
        self.best = took;
        found
    }
}

/// Times them in turns and prints a table: the first contender is the limit. `per` says what is done once.
pub async fn race(title: &str, per: &str, mut contenders: Vec<Contender>) {
    let mut wanted = None;
    for contender in &mut contenders {
        let found = contender.warm().await;
        assert_eq!(*wanted.get_or_insert(found), found, "{title}: `{}` finds other rows than the limit", contender.name);
    }
    for round in 0..ROUNDS {
        for contender in &mut contenders {
            let rounds = match contender.best {
                best if best > VERY_LONG => 1,
                best if best > LONG => FEW,
                _ => ROUNDS,
            };
            if round < rounds {
                contender.round().await;
            }
        }
    }
    println!("\n| {title} | ratio | {per} |\n|---|---|---|");
    let once = |contender: &Contender| contender.best.as_secs_f64() / f64::from(contender.count);
    let limit = contenders.first().map_or(f64::NAN, once);
    for contender in &contenders {
        println!("| {} | {} | {} |", contender.name, ratio(once(contender) / limit), duration(once(contender)));
    }
}

fn ratio(ratio: f64) -> String {
    if ratio < 10.0 { format!("{ratio:.2}") } else { format!("{ratio:.0}") }
}

fn duration(seconds: f64) -> String {
    match seconds {
        s if s < 1e-3 => format!("{:.1} µs", s * 1e6),
        s if s < 1.0 => format!("{:.2} ms", s * 1e3),
        s => format!("{s:.2} s"),
    }
}
