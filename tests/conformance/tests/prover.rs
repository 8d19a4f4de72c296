//! A sample of what the prover is held against, small enough for every run of the tests. In: nothing. Out: that no answer differs, and
//! that there is an answer each time.

#![allow(clippy::unwrap_used, reason = "a failure here is a failed test")]

use conformance::prover::run;
use conformance::run::Plan;

#[test]
fn the_prover_agrees_with_brute_force() {
    let plan = Plan { only: Some("brute".to_owned()), cases: Some(1_000), ..Plan::default() };
    let count = run(&plan).unwrap();
    assert_eq!((count.cases, count.mismatches, count.declined), (1_000, 0, 0));
}
