//! Who may become whom. In: a world. Out: SET ROLE of every role to every other, and what `analyze` says of it.

use policy_core::analyze::Effective;
use policy_core::analyze::effective::Who;

use super::client::Question;
use super::outcome::Outcome;
use super::world::World;

/// Asks for every pair; answers with the pairs, and where their answers will be.
pub(super) fn questions<'w>(world: &'w World, questions: &mut Vec<Question>) -> Vec<(&'w str, &'w str, usize)> {
    let names: Vec<&str> = world.state.roles.iter().map(|role| role.name.as_str()).collect();
    let mut pairs = Vec::new();
    for from in &names {
        questions.push(Question::sql(format!("RESET SESSION AUTHORIZATION; SET LOCAL SESSION AUTHORIZATION {from}; SAVEPOINT s")));
        for to in names.iter().filter(|to| *to != from) {
            pairs.push((*from, *to, questions.len()));
            questions.push(Question::sql(format!("SET LOCAL ROLE {to}")));
            questions.push(Question::sql("ROLLBACK TO s".to_owned()));
        }
    }
    questions.push(Question::sql("RESET SESSION AUTHORIZATION".to_owned()));
    pairs
}

/// Whether the session can be the other role; none where it takes more than one step, as a superuser that it becomes.
pub(super) fn expected(effective: &Effective<'_>, from: &str, to: &str) -> Option<Outcome> {
    let (asker, all) = (Who::Role(from), effective.identities(Who::Role(from)));
    let through = !effective.is_superuser(asker) && all.iter().any(|one| effective.is_superuser(Who::Role(one)));
    match (all.contains(to), through) {
        (true, true) => None,
        (true, false) => Some(Outcome::nothing()),
        (false, _) => Some(Outcome::Refused("42501".to_owned())),
    }
}
