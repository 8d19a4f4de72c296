//! Whether the prover is right, asked of what we did not write or of what tries everything. In: what to run. Out: a line for each part
//! and one for all. Must not know: how the prover decides.

pub mod brute;
pub mod circuit;
pub mod known;
pub mod part;
pub mod policies;
pub mod questions;
pub mod real;
pub mod replay;
pub mod server;
pub mod z3;

use std::time::Instant;

use crate::Failure;
use crate::run::Plan;
use part::{Count, Part, Sample};

/// The parts, by name, each with the cases of a whole run.
pub const PARTS: [Part; 4] = [
    Part { name: "brute", cases: 120_000, run: brute::run },
    Part { name: "z3", cases: 8_000, run: z3::run },
    Part { name: "forms", cases: 3_000, run: real::run },
    Part { name: "server", cases: 60, run: server::run },
];

/// Runs the parts, one after the other; prints what came of each. Answers with the sum.
///
/// # Errors
/// That a part needs what is not there.
pub fn run(plan: &Plan) -> Result<Count, Failure> {
    let wanted = |part: &&Part| plan.only.as_ref().is_none_or(|only| part.name.starts_with(only.as_str()));
    let parts: Vec<&Part> = PARTS.iter().filter(wanted).collect();
    let whole: usize = parts.iter().map(|part| part.cases).sum();
    let mut sum = Count::default();
    for part in parts {
        let count = plan.cases.map_or(part.cases, |cases| (part.cases * cases).div_ceil(whole.max(1)));
        let start = Instant::now();
        let found = (part.run)(Sample { count, seed: plan.seed })?;
        found.report(part.name, plan.show);
        let seconds = start.elapsed().as_secs_f64();
        println!("    {seconds:.1} s, {:.0} a second", found.cases as f64 / seconds);
        sum.add(found);
    }
    println!("prover: {} cases, {} mismatches, {} declined", sum.cases, sum.mismatches, sum.declined);
    Ok(sum)
}
