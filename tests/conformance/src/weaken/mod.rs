//! The five systems with one artifact weakened, and whether somebody is told. In: the locks of the examples. Out: a line for each
//! kind of change, and the share that is reported. Must not know: how a verdict is come to.
//!
//! A weakened state that is reported by nobody must be shown to be equivalent: then nothing was weakened.

pub(crate) mod mutants;

use std::collections::{BTreeMap, BTreeSet};

use policy_core::analyze::{Change, State, changes, leaks};
use policy_core::model::PolicySet;

use crate::Failure;
use crate::policies::sets;
use crate::run::Plan;

/// What became of the mutants of one kind.
#[derive(Clone, Debug, Default)]
struct Tally {
    mutants: usize,
    leaks: usize,
    wider: usize,
    narrower: usize,
    undecided: usize,
    equivalent: usize,
}

/// Weakens each artifact in turn; whether everything was reported.
///
/// # Errors
/// A lock that cannot be read.
pub fn run(plan: &Plan) -> Result<bool, Failure> {
    let mut all: BTreeMap<&'static str, Tally> = BTreeMap::new();
    let mut shown = 0;
    for set in &sets()? {
        let base = State::of(set);
        let before = told(set, &base);
        for mutant in mutants::of(&base) {
            let tally = all.entry(mutant.kind).or_default();
            let outcome = outcome(set, &base, &before, &mutant.state);
            tally.mutants += 1;
            *match outcome {
                Outcome::Leak => &mut tally.leaks,
                Outcome::Changed(Change::Wider) => &mut tally.wider,
                Outcome::Changed(Change::Narrower) => &mut tally.narrower,
                Outcome::Changed(Change::Incomparable) => &mut tally.undecided,
                Outcome::Changed(Change::Equivalent) => &mut tally.equivalent,
            } += 1;
            if outcome == Outcome::Changed(Change::Equivalent) && shown < plan.show {
                shown += 1;
                println!("equivalent: {}: {}: {}", set.name, mutant.kind, mutant.what);
            }
        }
    }
    let mut sum = Tally::default();
    for (kind, tally) in &all {
        println!("{kind}: {}", said(tally));
        sum.mutants += tally.mutants;
        sum.leaks += tally.leaks;
        sum.wider += tally.wider;
        sum.narrower += tally.narrower;
        sum.undecided += tally.undecided;
        sum.equivalent += tally.equivalent;
    }
    let real = sum.mutants - sum.equivalent;
    let killed = sum.leaks + sum.wider + sum.narrower + sum.undecided;
    println!(
        "mutants: {}; killed {killed} of {real} that are not equivalent ({:.1} %)",
        said(&sum),
        100.0 * killed as f64 / real.max(1) as f64
    );
    Ok(killed == real)
}

fn said(tally: &Tally) -> String {
    format!(
        "{} mutants, {} leaks, {} wider, {} narrower, {} incomparable, {} shown equivalent",
        tally.mutants, tally.leaks, tally.wider, tally.narrower, tally.undecided, tally.equivalent
    )
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Leak,
    Changed(Change),
}

/// The leaks of a state, as they are told.
fn told(set: &PolicySet, state: &State) -> BTreeSet<String> {
    leaks(set, state).iter().map(policy_core::diag::Diagnostic::text).collect()
}

fn outcome(set: &PolicySet, base: &State, before: &BTreeSet<String>, mutant: &State) -> Outcome {
    if !told(set, mutant).is_subset(before) {
        return Outcome::Leak;
    }
    Outcome::Changed(changes(base, mutant).change())
}
