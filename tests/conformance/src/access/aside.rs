//! Ways to the rows of a relation that do not name it: functions with the rights of others, partitions. In: a world. Out: statements that
//! take each of them, and what `analyze` says of it. Must not know: which policy governs.

use policy_core::analyze::effective::{Way, Who};
use policy_core::analyze::state::FunctionState;
use policy_core::analyze::statement::Shape;
use policy_core::analyze::{Effective, RelationKind};
use policy_core::model::Relation;

use super::client::Question;
use super::expect::{self, Table, user};
use super::outcome::Outcome;
use super::statements::{Does, Shows, base, named};
use super::world::World;
use crate::Failure;

/// Such a way.
#[derive(Clone, Debug)]
pub(super) enum Aside<'w> {
    /// A function that reads the keys of a table.
    Function(&'w FunctionState),
    /// The partitions of a table.
    Partition(&'w Relation),
}

impl Aside<'_> {
    /// What it is an example of.
    pub(super) fn label(&self) -> &'static str {
        match self {
            Aside::Function(_) => "function",
            Aside::Partition(_) => "partition",
        }
    }
}

/// The table that a function reads: each relation has one of its own.
pub(super) fn table(world: &World, function: &FunctionState) -> Relation {
    let number = world.state.functions.iter().position(|own| own.path == function.path).unwrap_or_default();
    world.state.relations.keys().nth(number).map_or_else(Relation::default, |relation| base(world, relation))
}

/// Asks by every such way; answers with the ways, and where their answers will be.
pub(super) fn questions<'w>(world: &'w World, questions: &mut Vec<Question>) -> Vec<(Aside<'w>, usize)> {
    let mut ways = Vec::new();
    let mut ask = |way, sql: String| {
        ways.push((way, questions.len()));
        questions.push(Question::sql(sql));
        questions.push(Question::sql("ROLLBACK TO s".to_owned()));
    };
    for function in &world.state.functions {
        ask(Aside::Function(function), format!("SELECT {}()", function.path));
    }
    for (relation, _) in world.state.relations.iter().filter(|(_, state)| state.kind == RelationKind::Partitioned) {
        ask(Aside::Partition(relation), format!("SELECT FROM {relation}_low WHERE false"));
    }
    ways
}

/// What is expected, and whether what was done has a door to come through.
pub(super) fn expected(
    world: &World,
    effective: &Effective<'_>,
    who: Who<'_>,
    way: &Aside<'_>,
    theirs: &Outcome,
) -> (Result<Outcome, Failure>, bool) {
    match way {
        Aside::Function(function) => {
            let of = table(world, function);
            let opened = effective
                .doors(who, &of)
                .iter()
                .any(|door| door.identity == who && matches!(&door.way, Way::Function(own) if own.path == function.path));
            (called(world, effective, who, function, &of), opened || matches!(theirs, Outcome::Refused(_)))
        }
        Aside::Partition(relation) => {
            let reads = effective.owns(who, relation) || effective.has_rights_of(who, Who::Role("pg_read_all_data"));
            let entered = effective.enters(who, &relation.schema);
            let opened = effective.doors(who, relation).iter().any(|door| door.identity == who && door.way == Way::Partitions);
            let outcome = if reads && entered { Outcome::nothing() } else { Outcome::Refused(expect::DENIED.to_owned()) };
            (Ok(outcome), opened || matches!(theirs, Outcome::Refused(_)))
        }
    }
}

/// A function reads as its owner, and `current_user` is its owner in it.
fn called(world: &World, effective: &Effective<'_>, who: Who<'_>, function: &FunctionState, of: &Relation) -> Result<Outcome, Failure> {
    let definer = function.function.definer.as_deref().map(Who::Role).ok_or("a function without an owner")?;
    let shape = Shape::Select { reads: named(&["id"]), locks: false };
    let needs = effective.needs(definer, of, &shape);
    let may = effective.executes(who, function) && effective.enters(definer, &of.schema) && effective.holds(definer, of, &needs.privileges);
    if !may {
        return Ok(Outcome::Refused(expect::DENIED.to_owned()));
    }
    let table = Table { world, relation: of, columns: world.columns(of), filters: Vec::new(), user: user(definer) };
    let done = table.run(&needs, &Does::Read(None, Shows::Columns(vec!["id"])))?;
    Ok(done.unwrap_or_else(|code| Outcome::Refused(code.to_owned())))
}
