//! Who gets at which rows, asked of PostgreSQL. In: servers. Out: a comparison of what `analyze` says a statement comes to with what it does,
//! statement by statement. Must not know: how a policy governs.
//!
//! Each world (roles, tables, policies, grants, views, rows) is made in a transaction that is rolled back, and every statement of it runs
//! in a savepoint, as every role.

mod aside;
pub(crate) mod client;
mod evaluate;
mod expect;
mod identities;
mod outcome;
pub(crate) mod policies;
mod statements;
mod through;
pub(crate) mod world;
pub(crate) mod write;

use std::time::Instant;

use policy_core::analyze::Effective;
use policy_core::testing::Server;

use crate::rng::Rng;
use crate::run::{Plan, on_all};
use crate::{Failure, block_on};
use client::{Client, Question};
use expect::user;
pub use outcome::Tally;
use outcome::{Example, Outcome, Said, outcome};
use world::World;

/// How many statements a whole run has on each server.
const COUNT: usize = 120_000;

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
    println!("access: {} cases, {} mismatches, {} declined", sum.cases, sum.mismatches, sum.declined);
    Ok(sum)
}

fn on(server: &Server, plan: &Plan) -> Result<Tally, Failure> {
    let database = block_on(server.database())??;
    let mut client = Client::connect(&database.options(database.superuser()))?;
    let mut tally = Tally::default();
    let wanted = plan.cases.unwrap_or(COUNT);
    for number in 0.. {
        if tally.cases >= wanted {
            break;
        }
        let mut rng = Rng::new(plan.seed, "access", number);
        let world = world::make(&mut rng, server.version())?;
        judge(&world, &mut rng, &mut client, plan, &mut tally)?;
    }
    drop(client);
    block_on(database.drop())??;
    Ok(tally)
}

/// Runs every statement of a world.
fn judge(world: &World, rng: &mut Rng, client: &mut Client, plan: &Plan, tally: &mut Tally) -> Result<(), Failure> {
    let effective = Effective::of(&world.state);
    let wanted = |label: &str| plan.only.as_ref().is_none_or(|only| label.starts_with(only.as_str()));
    let mut questions = vec![Question::sql(format!("BEGIN;{}", write::world(world)))];
    // What is asked as whom, and where its answer will be.
    let (mut asked, mut beside) = (Vec::new(), Vec::new());
    for who in world.askers() {
        questions.push(Question::sql(write::session(world, user(who))));
        for relation in world.state.relations.keys() {
            for statement in statements::of(world, relation, rng).into_iter().filter(|one| wanted(&one.label)) {
                let at = questions.len();
                questions.push(Question { sql: statement.sql.clone(), copy: statement.copy.clone() });
                questions.extend(statement.writes().then(|| Question::sql(write::dump(world, &statement.base))));
                questions.push(Question::sql("ROLLBACK TO s".to_owned()));
                asked.push((who, statement, at));
            }
        }
        beside.extend(aside::questions(world, &mut questions).into_iter().map(|(way, at)| (who, way, at)));
    }
    let paths = identities::questions(world, &mut questions);
    questions.push(Question::sql("ROLLBACK".to_owned()));
    let answers = client.ask(&questions)?;
    if let Some((code, message)) = &answers[0].refusal {
        return Err(format!("{code}: {message}\n{}", questions[0].sql).into());
    }
    let mut note = |label: &str, role: &str, at: usize, ours: Said, theirs: &Outcome, door: bool| {
        tally.note(&Example { label, world, role, sql: &questions[at].sql }, ours, theirs, door);
    };
    for (who, statement, at) in asked {
        let theirs = outcome(&statement, &answers[at], answers.get(at + 1));
        let ours = expect::expected(world, &effective, who, &statement);
        let door = expect::has_door(&effective, who, &statement, &theirs);
        note(&statement.label, user(who), at, ours.into(), &theirs, door);
    }
    for (who, way, at) in beside {
        let theirs = Outcome::of(&answers[at]);
        let (ours, door) = aside::expected(world, &effective, who, &way, &theirs);
        note(way.label(), user(who), at, ours.into(), &theirs, door);
    }
    for (role, to, at) in paths {
        note("set role", role, at, identities::expected(&effective, role, to).into(), &Outcome::of(&answers[at]), true);
    }
    Ok(())
}
