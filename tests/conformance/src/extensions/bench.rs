//! The comparison. In: servers. Out: for each extension that any of them has a line, as for a phase; and the sum. Must not know: how a case
//! is made.

use std::collections::BTreeMap;

use policy_core::model::Expr;
use policy_core::plan::Index;
use policy_core::testing::Server;
use policy_core::typing::extension::{ALL, Extension};
use policy_core::typing::{Judgement, TypeId, World, value};
use sqlx::AssertSqlSafe;

use super::cases::Cases;
use super::operands::{Operands, numbers};
use crate::case::Case;
use crate::catalog::MAJORS;
use crate::judge::Judge;
use crate::ours::Verdict;
use crate::phases::Phase;
use crate::rng::Rng;
use crate::run::Plan;
use crate::tally::Tally;
use crate::{Failure, block_on};

/// How many cases are under way at once.
const BATCH: usize = 2048;

/// Of so many cases of a whole run one is of an extension.
const SHARE: usize = 10;

/// What the server calls the types.
const NUMBERS: &str = "SELECT typname::text, oid::int8 FROM pg_type WHERE typnamespace = 'public'::regnamespace";

/// Compares the verdicts on what each extension brings, on every one of these servers that has it; on those of other majors that are
/// installed, if none of these has.
///
/// # Errors
/// What a server says.
pub fn compare(servers: &[&Server], plan: &Plan) -> Result<Tally, Failure> {
    let mut sum = Tally::default();
    if plan.only.as_ref().is_some_and(|only| !"extensions".starts_with(only.as_str())) {
        return Ok(sum);
    }
    let share = plan.cases.map(|cases| cases.div_ceil(SHARE * ALL.len()));
    let mut there = 0;
    let mut others: Option<Vec<Server>> = None;
    for extension in &ALL {
        let (mut tally, mut majors) = on_each(servers.iter().copied(), extension, share, plan.seed)?;
        if majors.is_empty() {
            let others = match &mut others {
                Some(others) => others,
                none => none.insert(further(servers)?),
            };
            (tally, majors) = on_each(others.iter(), extension, share, plan.seed)?;
        }
        if !majors.is_empty() {
            there += 1;
            tally.report(&format!("extension {} on {}", extension.name, majors.join(", ")), plan.show);
        }
        sum.add(tally);
    }
    println!("extensions: {there} of {} are there, {} cases, {} mismatches", ALL.len(), sum.cases, sum.mismatches);
    Ok(sum)
}

/// A server of each installed major that is not among these.
fn further(servers: &[&Server]) -> Result<Vec<Server>, Failure> {
    let further =
        Server::installed().into_iter().filter(|major| MAJORS.contains(major) && servers.iter().all(|one| one.version() != *major));
    further.map(|major| Ok(Server::start_major(major)?)).collect()
}

/// One extension on the servers that have it, and their majors.
fn on_each<'a>(
    servers: impl Iterator<Item = &'a Server>,
    extension: &'static Extension,
    share: Option<usize>,
    seed: u64,
) -> Result<(Tally, Vec<String>), Failure> {
    let mut found = (Tally::default(), Vec::new());
    for server in servers {
        if let Some(tally) = on(server, extension, share, seed)? {
            found.0.add(tally);
            found.1.push(server.version().to_string());
        }
    }
    Ok(found)
}

/// One extension on one server; nothing if the server lacks it.
fn on(server: &Server, extension: &'static Extension, share: Option<usize>, seed: u64) -> Result<Option<Tally>, Failure> {
    let world = World::new(server.version());
    let operands = Operands::new(&world, extension)?;
    let Some(database) = block_on(super::with(server, extension))?? else { return Ok(None) };
    let rows: Vec<(String, i64)> = block_on(async {
        let mut conn = database.connect(database.superuser()).await?;
        sqlx::raw_sql(AssertSqlSafe(operands.ddl())).execute(&mut conn).await?;
        Ok::<_, Failure>(sqlx::query_as(NUMBERS).fetch_all(&mut conn).await?)
    })??;
    let numbers = numbers(&world, rows);
    let mut judge = Judge::connect(&database.options(database.superuser()))?;
    let tally = judged(
        &Cases::new(extension, &operands),
        &Ours { world, operands: &operands, numbers, plain: extension.name == "pg_trgm" },
        &mut judge,
        share,
        seed,
    )?;
    drop(judge);
    block_on(database.drop())??;
    Ok(Some(tally))
}

fn judged(cases: &Cases<'_>, ours: &Ours<'_>, judge: &mut Judge, share: Option<usize>, seed: u64) -> Result<Tally, Failure> {
    let (index, table) = (Index::new(&ours.operands.set), ours.operands.set.tables().next().ok_or("no table")?);
    let all = cases.count();
    let count = share.map_or(all, |share| share.min(all));
    let mut tally = Tally::default();
    for from in (0..count).step_by(BATCH) {
        let picked = (from..(from + BATCH).min(count)).filter_map(|number| {
            let mut rng = Rng::new(seed, cases.name(), number);
            let (low, high) = (number * all / count, (number + 1) * all / count);
            cases.case(low + rng.below((high - low).max(1)), &mut rng)
        });
        let picked: Vec<Case> = picked.collect();
        let texts: Vec<String> = picked.iter().map(|case| case.text(&index, table)).collect();
        let statements: Vec<String> = picked.iter().zip(&texts).map(|(case, text)| case.statement(text)).collect();
        for ((case, text), theirs) in picked.iter().zip(&texts).zip(judge.judge(&statements)?) {
            tally.note(&case.label, text, ours.world.major(), &ours.verdict(&case.expr), &theirs);
        }
    }
    Ok(tally)
}

/// The checker, in a world where the extension's types are known.
struct Ours<'a> {
    world: World,
    operands: &'a Operands,
    /// The server's numbers of the extension's types.
    numbers: BTreeMap<TypeId, u32>,
    /// Whether what the checker leaves to the server, an operator between plain types, is this extension's.
    plain: bool,
}

impl Ours<'_> {
    fn verdict(&self, expr: &Expr) -> Verdict {
        let Judgement { kind, faults, declined, .. } = value(&self.world, self.operands, expr);
        if let Some(fault) = faults.into_iter().next() {
            return Verdict::Refused { code: fault.refusal.sqlstate.to_owned(), message: fault.refusal.message };
        }
        match kind {
            Some(kind) if declined.is_empty() || self.plain => {
                // A constant without a type is a text where a statement yields it.
                let kind = if kind == TypeId::UNKNOWN { TypeId::TEXT } else { kind };
                Verdict::Accepted(self.numbers.get(&kind).copied().unwrap_or(kind.0))
            }
            _ => Verdict::Declined(declined.join("; ")),
        }
    }
}
