//! A whole run. In: what to run. Out: a line for each phase and one for all. Must not know: how a case is made or judged.

use std::thread;
use std::time::Instant;

use policy_core::testing::Server;

use crate::Failure;
use crate::bench::{Bench, Sample};
use crate::phases::{self, Phase};
use crate::tally::{Tally, shown};
use crate::universe::Universe;

/// What to run.
#[derive(Clone, Debug)]
pub struct Plan {
    /// How many cases of all phases together, on each server; all of them if absent.
    pub cases: Option<usize>,
    /// Where the random numbers begin.
    pub seed: u64,
    /// The phases whose name begins so.
    pub only: Option<String>,
    /// How many examples are shown of each phase.
    pub show: usize,
}

impl Default for Plan {
    fn default() -> Self {
        Plan { cases: None, seed: 0x4ed6_e403, only: None, show: 20 }
    }
}

/// The same on all servers at once, each answer in the order of the servers.
///
/// # Errors
/// The first that one of them says.
pub fn on_all<T: Send>(servers: &[&Server], one: impl Fn(&Server) -> Result<T, Failure> + Sync) -> Result<Vec<T>, Failure> {
    thread::scope(|scope| {
        let threads: Vec<_> = servers.iter().map(|server| scope.spawn(|| one(server))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(|_| Err("a thread panicked".into()))).collect()
    })
}

/// The oldest and the newest major that is installed, from 14 on.
///
/// # Errors
/// That there is none; what a server says.
pub fn servers() -> Result<Vec<Server>, Failure> {
    let installed: Vec<u32> = Server::installed().into_iter().filter(|major| *major >= 14).collect();
    let mut ends: Vec<u32> = installed.first().into_iter().chain(installed.last()).copied().collect();
    ends.dedup();
    if ends.is_empty() {
        return Err("no PostgreSQL from 14 on is installed".into());
    }
    Ok(ends.into_iter().map(Server::start_major).collect::<Result<_, _>>()?)
}

/// Runs the phases, one after the other, on all servers at once; prints what came of each. Answers with the sum.
///
/// # Errors
/// What a server says.
pub fn run(servers: &[&Server], plan: &Plan) -> Result<Tally, Failure> {
    let universe = Universe::new()?;
    let mut benches = servers.iter().map(|server| Bench::new(server, &universe)).collect::<Result<Vec<_>, _>>()?;
    let phases = phases::all(&universe);
    let wanted = |phase: &dyn Phase| plan.only.as_ref().is_none_or(|only| phase.name().starts_with(only.as_str()));
    let phases: Vec<&dyn Phase> = phases.iter().map(AsRef::as_ref).filter(|phase| wanted(*phase)).collect();
    let whole: usize = phases.iter().map(|phase| phase.count()).sum();
    let mut sum = Tally::default();
    for phase in phases {
        let count = plan.cases.map_or(phase.count(), |cases| (phase.count() * cases).div_ceil(whole.max(1)).min(phase.count()));
        let start = Instant::now();
        let tally = on_each(&mut benches, phase, Sample { count, seed: plan.seed })?;
        tally.report(phase.name(), plan.show);
        if phase.name() == "forms" {
            report_mutants(&tally);
        }
        let seconds = start.elapsed().as_secs_f64();
        println!("    {seconds:.1} s, {:.0} a second", tally.cases as f64 / seconds);
        sum.add(tally);
    }
    sum.add(crate::policies::compare(servers, plan)?);
    sum.add(crate::extensions::compare(servers, plan)?);
    println!("typing: {} cases, {} mismatches, {} declined", sum.cases, sum.mismatches, sum.declined);
    Ok(sum)
}

fn on_each(benches: &mut [Bench<'_>], phase: &dyn Phase, sample: Sample) -> Result<Tally, Failure> {
    let tallies: Vec<Result<Tally, Failure>> = thread::scope(|scope| {
        let threads: Vec<_> = benches.iter_mut().map(|bench| scope.spawn(move || bench.run(phase, sample))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(|_| Err("a thread panicked".into()))).collect()
    });
    let mut sum = Tally::default();
    for tally in tallies {
        sum.add(tally?);
    }
    Ok(sum)
}

fn report_mutants(tally: &Tally) {
    let share = 100.0 * tally.declined as f64 / tally.cases.max(1) as f64;
    println!("forms: {} cases, {} declined ({share:.2} %, wanted below 0.5 %)", tally.cases, tally.declined);
    let judged = tally.cases - tally.declined;
    println!(
        "mutants: {} ill-typed, {} of them accepted by us; {} well-typed, {} of them refused by us",
        tally.ill_typed,
        tally.lenient,
        judged - tally.ill_typed,
        tally.strict
    );
}

/// Prints what both say of one predicate, on each server.
///
/// # Errors
/// What a server says; that our reader refuses the text.
pub fn ask(servers: &[&Server], text: &str) -> Result<(), Failure> {
    let universe = Universe::new()?;
    let case = crate::reader::read(&universe, "asked", text).ok_or("our reader refuses the text")?;
    let value = crate::case::Case { wanted: crate::case::Wanted::Value, ..case.clone() };
    for server in servers {
        let mut bench = Bench::new(server, &universe)?;
        for (text, ours, theirs) in bench.verdicts(&[case.clone(), value.clone()])? {
            println!("{}: {text}\n    ours   {ours:?}\n    theirs {}", bench.major(), shown(&theirs));
        }
    }
    Ok(())
}
