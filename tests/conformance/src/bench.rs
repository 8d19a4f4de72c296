//! One server and our checker for its major. In: a phase. Out: what came of its cases. Must not know: which phases there are.

use std::collections::BTreeMap;

use policy_core::plan::Index;
use policy_core::testing::{Database, Server};
use sqlx::AssertSqlSafe;

use crate::case::Case;
use crate::judge::{Answer, Judge};
use crate::ours::{Ours, Verdict};
use crate::phases::Phase;
use crate::rng::Rng;
use crate::tally::Tally;
use crate::universe::Universe;
use crate::{Failure, block_on};

/// How many cases are under way at once.
const BATCH: usize = 2048;

/// A database with the tables, a session that judges, and the checker.
#[derive(Debug)]
pub struct Bench<'a> {
    universe: &'a Universe,
    major: u32,
    judge: Judge,
    ours: Ours,
    _database: Database,
}

/// Which cases of a phase: how many, spread over all of it.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// How many of the cases.
    pub count: usize,
    /// Where the random numbers begin.
    pub seed: u64,
}

/// Types without a number of their own in the catalog.
const NUMBERS: &str = "SELECT format_type(oid, NULL), oid::int8 FROM pg_type WHERE typnamespace = 'public'::regnamespace";

impl<'a> Bench<'a> {
    /// Makes the tables on this server.
    ///
    /// # Errors
    /// What the server says.
    pub fn new(server: &Server, universe: &'a Universe) -> Result<Bench<'a>, Failure> {
        let (database, oids) = block_on(async {
            let database = server.database().await?;
            let mut conn = database.connect(database.superuser()).await?;
            sqlx::raw_sql(AssertSqlSafe(universe.ddl())).execute(&mut conn).await?;
            let rows: Vec<(String, i64)> = sqlx::query_as(NUMBERS).fetch_all(&mut conn).await?;
            let oids: Result<BTreeMap<String, u32>, _> =
                rows.into_iter().map(|(name, oid)| u32::try_from(oid).map(|oid| (name, oid))).collect();
            Ok::<_, Failure>((database, oids?))
        })??;
        let judge = Judge::connect(&database.options(database.superuser()))?;
        let major = server.version();
        Ok(Bench { universe, major, judge, ours: Ours::new(major, universe, &oids)?, _database: database })
    }

    /// The major version of the server.
    #[must_use]
    pub fn major(&self) -> u32 {
        self.major
    }

    /// Judges a sample of a phase.
    ///
    /// # Errors
    /// What the socket says.
    pub fn run(&mut self, phase: &dyn Phase, sample: Sample) -> Result<Tally, Failure> {
        let mut tally = Tally::default();
        let mut from = 0;
        while from < sample.count {
            let until = (from + BATCH).min(sample.count);
            let cases: Vec<Option<Case>> = (from..until).map(|number| pick(phase, sample, number)).collect();
            tally.skipped += cases.iter().filter(|case| case.is_none()).count();
            let cases: Vec<Case> = cases.into_iter().flatten().collect();
            for (case, (text, ours, theirs)) in cases.iter().zip(self.verdicts(&cases)?) {
                match ours {
                    Some(ours) => tally.note(&case.label, &text, self.major, &ours, &theirs),
                    None => tally.skipped += 1,
                }
            }
            from = until;
        }
        Ok(tally)
    }

    /// For each case its text, our verdict, the server's.
    /// Ours is absent where the case names what is not there.
    ///
    /// # Errors
    /// What the socket says.
    pub fn verdicts(&mut self, cases: &[Case]) -> Result<Vec<(String, Option<Verdict>, Answer)>, Failure> {
        let index = Index::new(&self.universe.set);
        let mut texts = Vec::with_capacity(cases.len());
        for case in cases {
            let table = self.universe.table(case.own).ok_or("no such table")?;
            texts.push(case.text(&index, table));
        }
        let statements: Vec<String> = cases.iter().zip(&texts).map(|(case, text)| case.statement(text)).collect();
        let ours: Vec<Option<Verdict>> = cases.iter().map(|case| self.ours.judge(case)).collect();
        let answers = self.judge.judge(&statements)?;
        let theirs = cases.iter().zip(answers).map(|(case, answer)| case.answer(answer));
        Ok(texts.into_iter().zip(ours).zip(theirs).map(|((text, ours), theirs)| (text, ours, theirs)).collect())
    }
}

/// The `number`th case of a sample.
fn pick(phase: &dyn Phase, sample: Sample, number: usize) -> Option<Case> {
    let all = phase.count();
    let mut rng = Rng::new(sample.seed, phase.name(), number);
    let (from, until) = (number * all / sample.count, (number + 1) * all / sample.count);
    let index = if until > from + 1 { from + rng.below(until - from) } else { from };
    phase.case(index, &mut rng)
}
