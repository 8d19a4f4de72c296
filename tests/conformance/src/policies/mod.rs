//! The policies of the examples, each with one or two things in it changed. In: the sets in the locks of the examples, servers. Out: a
//! line as for a phase, and the sum. Must not know: how a predicate is read.

mod mutants;
mod tables;

use std::fs;
use std::path::PathBuf;

use policy_core::migrate::Lock;
use policy_core::model::{Expr, PolicySet, Table, Tenancy};
use policy_core::plan::Index;
use policy_core::render::expr::predicate;
use policy_core::testing::Server;
use policy_core::typing;
use sqlx::AssertSqlSafe;

use crate::case::BOOLEAN;
use crate::judge::{Answer, Judge};
use crate::ours::Verdict;
use crate::rng::Rng;
use crate::run::{Plan, on_all};
use crate::tally::Tally;
use crate::{Failure, block_on};
use tables::Known;

/// The locks, below the folder of the examples.
const LOCKS: [&str; 6] = ["ackify", "lobbyleaks", "pgflow", "pgflow/minimal", "queues", "synchrotron"];

/// How many cases a whole run has on each server.
const COUNT: usize = 20_000;

/// A predicate of an example.
struct Policy<'a> {
    table: &'a Table,
    expr: &'a Expr,
}

/// Compares the verdicts on changed policies, on every one of these servers.
///
/// # Errors
/// What a server says; a lock that cannot be read.
pub fn compare(servers: &[&Server], plan: &Plan) -> Result<Tally, Failure> {
    let mut sum = Tally::default();
    if plan.only.as_ref().is_some_and(|only| !"policies".starts_with(only.as_str())) {
        return Ok(sum);
    }
    let sets = sets()?;
    let count = plan.cases.map_or(COUNT, |cases| cases.div_ceil(20).min(COUNT));
    for tally in on_all(servers, |server| on(server, &sets, count, plan.seed))? {
        sum.add(tally);
    }
    sum.report("policies", plan.show);
    println!(
        "mutants of the examples: {} ill-typed, {} of them accepted by us; {} refused by us that the server accepts",
        sum.ill_typed, sum.lenient, sum.strict
    );
    Ok(sum)
}

/// The sets of the examples.
///
/// # Errors
/// A lock that cannot be read.
pub fn sets() -> Result<Vec<PolicySet>, Failure> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let read = |name: &&str| -> Result<PolicySet, Failure> {
        let text = fs::read_to_string(folder.join(name).join("policy.lock"))?;
        Ok(Lock::read(&text).map_err(|error| error.to_string())?.set)
    };
    LOCKS.iter().map(read).collect()
}

fn on(server: &Server, sets: &[PolicySet], count: usize, seed: u64) -> Result<Tally, Failure> {
    let mut sum = Tally::default();
    for set in sets {
        let known = Known::of(set, server.version())?;
        let database = block_on(async {
            let database = server.database().await?;
            let mut conn = database.connect(database.superuser()).await?;
            sqlx::raw_sql(AssertSqlSafe(known.ddl())).execute(&mut conn).await?;
            Ok::<_, Failure>(database)
        })??;
        let mut judge = Judge::connect(&database.options(database.superuser()))?;
        sum.add(judged(set, &known, &mut judge, count.div_ceil(sets.len()), seed)?);
        drop(judge);
        block_on(database.drop())??;
    }
    Ok(sum)
}

fn judged(set: &PolicySet, known: &Known<'_>, judge: &mut Judge, count: usize, seed: u64) -> Result<Tally, Failure> {
    let index = Index::new(set);
    let policies = policies(set);
    let mut tally = Tally::default();
    if policies.is_empty() {
        return Ok(tally);
    }
    let (mut cases, mut statements) = (Vec::new(), Vec::new());
    for number in 0..count {
        let policy = &policies[number % policies.len()];
        let mut rng = Rng::new(seed, &set.name, number);
        // The first of each is the policy itself.
        let expr = if number < policies.len() { policy.expr.clone() } else { mutants::mutant(policy.expr, known, policy.table, &mut rng) };
        let text = predicate(&index, policy.table, &expr);
        statements.push(format!("SELECT 1 FROM {} WHERE {text}", tables::relation(&policy.table.relation)));
        cases.push((policy.table, expr, text));
    }
    for ((table, expr, text), theirs) in cases.iter().zip(judge.judge(&statements)?) {
        let scope = known.scope(table);
        let judgement = typing::predicate(known.world(), &scope, expr);
        if scope.missed() {
            tally.skipped += 1;
            continue;
        }
        let ours = match (judgement.declined.first(), judgement.faults.first()) {
            (Some(reason), _) => Verdict::Declined(reason.clone()),
            (None, Some(fault)) => Verdict::Refused { code: fault.refusal.sqlstate.to_owned(), message: fault.refusal.message.clone() },
            (None, None) => Verdict::Accepted(BOOLEAN),
        };
        let theirs = if matches!(theirs, Answer::Accepted(_)) { Answer::Accepted(BOOLEAN) } else { theirs };
        tally.note(&set.name, text, known.world().major(), &ours, &theirs);
    }
    Ok(tally)
}

/// Every predicate of the tables that are the set's own.
fn policies(set: &PolicySet) -> Vec<Policy<'_>> {
    let mut all = Vec::new();
    for table in set.tables() {
        if let Tenancy::Own { predicate, .. } = &table.tenancy {
            all.push(Policy { table, expr: predicate });
        }
        let rules = table.rules.iter().flat_map(|rule| rule.using.iter().chain(&rule.with_check));
        all.extend(rules.map(|expr| Policy { table, expr }));
    }
    all
}
