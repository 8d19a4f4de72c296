//! A sample of the comparison, small enough for every run of the tests. In: the servers of the tests. Out: that no verdict differs.

#![allow(clippy::unwrap_used, reason = "a failure here is a failed test")]

use conformance::run::{Plan, run};
use conformance::{access, changes};
use policy_core::testing::Server;

const CASES: usize = 30_000;

#[test]
fn the_checker_says_what_the_servers_say() {
    let servers = Server::each_major().unwrap();
    let plan = Plan { cases: Some(CASES / servers.len()), ..Plan::default() };
    let tally = run(&servers, &plan).unwrap();
    assert!(tally.cases > CASES * 3 / 4);
    assert_eq!(tally.mismatches, 0);
}

/// Of statements.
const STATEMENTS: usize = 12_000;

#[test]
fn a_statement_comes_to_what_the_servers_make_of_it() {
    let servers = Server::each_major().unwrap();
    let plan = Plan { cases: Some(STATEMENTS / servers.len()), ..Plan::default() };
    let tally = access::run(&servers, &plan).unwrap();
    assert!(tally.cases >= STATEMENTS * 3 / 4);
    assert!(tally.declined * 100 < tally.cases);
    assert_eq!(tally.mismatches, 0);
}

/// Of verdicts.
const VERDICTS: usize = 3_000;

#[test]
fn a_change_means_what_the_servers_show() {
    let servers = Server::each_major().unwrap();
    let plan = Plan { cases: Some(VERDICTS / servers.len()), ..Plan::default() };
    let tally = changes::run(&servers, &plan).unwrap();
    assert!(tally.cases >= VERDICTS * 3 / 4);
    assert!(tally.declined * 8 < tally.cases);
    assert_eq!(tally.mismatches, 0);
}
