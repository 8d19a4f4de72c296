//! Whether a change means what `analyze::changes` says, asked of PostgreSQL. In: servers. Out: a comparison of verdicts with what roles
//! reach before and after, and of rows that verdicts name with what becomes of them. Must not know: how a verdict is come to.
//!
//! Each pair of worlds is made, one after the other, in transactions that are rolled back, with the same rows and the same statements.

mod judge;
mod mutate;
mod observe;
mod tally;
mod tenants;
mod tests;
mod witness;
mod worlds;

use std::collections::BTreeMap;
use std::time::Instant;

use policy_core::analyze::{Change, Difference, Differences, changes};
use policy_core::model::{Command, Relation};
use policy_core::testing::Server;

use crate::access::client::{Client, Question};
use crate::access::world::OUTSIDER;
use crate::access::write;
use crate::rng::Rng;
use crate::run::{Plan, on_all};
use crate::{Failure, block_on};
use observe::{Seen, Tests, askers, observe};
pub use tally::Tally;
use witness::{Trial, came, trials};
use worlds::Pair;

/// How many verdicts a whole run has on each server.
const COUNT: usize = 50_000;

/// Runs the comparison on all servers at once; prints what came of it. Answers with the sum.
///
/// # Errors
/// What a server says of a world, or of the connection.
pub fn run(servers: &[&Server], plan: &Plan) -> Result<Tally, Failure> {
    let start = Instant::now();
    let mut sum = Tally::default();
    for tally in on_all(servers, |server| on(server, plan))? {
        sum.add(tally);
    }
    sum.report(plan.show);
    let seconds = start.elapsed().as_secs_f64();
    println!("    {seconds:.1} s, {:.0} a second", sum.cases as f64 / seconds);
    println!("changes: {} cases, {} mismatches, {} declined", sum.cases, sum.mismatches, sum.declined);
    Ok(sum)
}

fn on(server: &Server, plan: &Plan) -> Result<Tally, Failure> {
    let database = block_on(server.database())??;
    let mut client = Client::connect(&database.options(database.superuser()))?;
    client.ask(&[Question::sql(observe::TRIES.to_owned())])?;
    let mut tally = Tally::default();
    let wanted = plan.cases.unwrap_or(COUNT);
    for number in 0.. {
        if tally.cases >= wanted {
            break;
        }
        let mut rng = Rng::new(plan.seed, "changes", number);
        let pair = worlds::pair(&mut rng, server.version())?;
        judge(&pair, &mut rng, &mut client, plan, &mut tally)?;
        tenants::judge(&mut client, &mut rng, server.version(), &mut tally)?;
    }
    drop(client);
    block_on(database.drop())??;
    Ok(tally)
}

/// What is told of a role, a relation and a command: a role that the state does not know has what PUBLIC has.
fn told<'d>(all: &'d Differences, who: &str, relation: &Relation, command: Command) -> Option<&'d Difference> {
    let role = if who == OUTSIDER { "PUBLIC" } else { who };
    let object = policy_core::render::quote::relation(relation);
    all.all.iter().find(|one| one.role == role && one.object == object && one.what == command.word())
}

/// Compares every verdict on a pair.
fn judge(pair: &Pair, rng: &mut Rng, client: &mut Client, plan: &Plan, tally: &mut Tally) -> Result<(), Failure> {
    let Pair { before, after, .. } = pair;
    let verdicts = changes(&before.state, &after.state);
    let rows = tests::rows([before, after], rng);
    let (mut tried, mut told_rows, mut common) = (Tests::new(), BTreeMap::new(), BTreeMap::new());
    for relation in before.state.relations.keys() {
        let everyone = tests::of(before, relation, &rows, rng);
        common.insert(relation.clone(), everyone.len());
        for who in askers(before) {
            let mut some = everyone.clone();
            for command in Command::ALL {
                let found = told(&verdicts, who, relation, *command).filter(|one| one.unknown.is_empty());
                let found = found.map(|one| trials(&before.state, relation, *command, one, &mut some)).unwrap_or_default();
                told_rows.insert((who, relation, *command), found);
            }
            tried.insert((who.to_owned(), relation.clone()), some);
        }
    }
    let mut seen = Vec::new();
    for world in [before, after] {
        match observe(client, world, &rows, &tried)? {
            Ok(observed) => seen.push(observed),
            Err(why) => {
                tally.refuse(why);
                return Ok(());
            }
        }
    }
    tally.world();
    let nothing = Seen::default();
    for ((who, relation, command), trials) in told_rows {
        if plan.only.as_ref().is_some_and(|only| !command.word().starts_with(only.as_str())) {
            continue;
        }
        let key = (who.to_owned(), relation.clone());
        let [was, is] = [0, 1].map(|at: usize| seen[at].get(&key).unwrap_or(&nothing));
        let of = Verdict { pair, who, relation, command, told: told(&verdicts, who, relation, command) };
        of.compare(was, is, &tried[&key], common[relation], &trials, tally);
    }
    Ok(())
}

/// One verdict.
struct Verdict<'a> {
    pair: &'a Pair,
    who: &'a str,
    relation: &'a Relation,
    command: Command,
    told: Option<&'a Difference>,
}

impl Verdict<'_> {
    fn compare(&self, was: &Seen, is: &Seen, tests: &[tests::Test], common: usize, trials: &[Trial], tally: &mut Tally) {
        let kind = if tests::base(&self.pair.before.state, self.relation) == *self.relation { "" } else { "view: " };
        let label = format!("{kind}{}", self.command.word());
        if let Some(why) = self.told.and_then(|one| one.unknown.first()) {
            return tally.decline(why);
        }
        let change = self.told.map_or(Change::Equivalent, |one| one.change);
        let shown = judge::shown(self.command, was, is, tests, common);
        tally.verdict(&label, change, &shown, || self.example(&format!("gained {:?}, lost {:?}", shown.gained, shown.lost)));
        for trial in trials {
            let (with, without) = if trial.gained { (is, was) } else { (was, is) };
            let (with, without) = (&with.tried[trial.at.clone()], &without.tried[trial.at.clone()]);
            tally.row(&label, came(self.command, trial, with, without), || {
                let acts: Vec<&str> = tests[trial.at.clone()].iter().map(|test| test.act.as_str()).collect();
                let sign = if trial.gained { '+' } else { '-' };
                self.example(&format!("{sign} {}: with {with:?}, without {without:?}: {acts:?}", trial.line))
            });
        }
    }

    fn example(&self, what: &str) -> String {
        let Pair { before, after, edits } = self.pair;
        let lines = |sql: String| sql.split(';').map(|line| format!("            {line}\n")).collect::<Vec<_>>();
        let (old, new) = (lines(write::world(before)), lines(write::world(after)));
        let less: String = old.iter().filter(|line| !new.contains(line)).map(String::as_str).collect();
        let more: String = new.iter().filter(|line| !old.contains(line)).map(String::as_str).collect();
        let old: String = old.concat();
        format!(
            "{} on {}: {}: {}, on {}\n        {:?}\n        {what}\n        before\n{old}        without\n{less}        with\n{more}",
            self.command.word(),
            self.relation,
            self.who,
            edits.join(", "),
            before.major,
            self.told
        )
    }
}
