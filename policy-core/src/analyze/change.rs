//! What a change of a set means: for each role, relation and command whether access became wider, narrower, or stayed.
//!
//! In: two states. Out: a verdict for everything that differs, with a row that is gained or lost. Compares what is reached, not what is
//! written: two texts of one meaning are equivalent, and a membership, FORCE or an option of a view counts like a predicate.

use std::collections::BTreeSet;

use super::ask::Asker;
use super::compare::{Compared, compare};
use super::effective::{Effective, Who};
use super::names::Shared;
use super::openings::openings;
use super::reach::{Reach, reach};
use super::same::same;
use super::state::{RelationKind, State};
use crate::model::{Command, Relation};
use crate::render::quote;

/// How access changed. Cedar's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It did not.
    Equivalent,
    /// Something is gone, nothing is new.
    Narrower,
    /// Something is new, nothing is gone.
    Wider,
    /// Both, or it cannot be told: then it is not certain that nothing is new.
    Incomparable,
}

impl Change {
    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Change::Equivalent => "equivalent",
            Change::Narrower => "narrower",
            Change::Wider => "wider",
            Change::Incomparable => "incomparable",
        }
    }

    /// Both changes in one.
    #[must_use]
    pub fn and(self, other: Change) -> Change {
        match (self, other) {
            (Change::Equivalent, one) | (one, Change::Equivalent) => one,
            (one, other) if one == other => one,
            _ => Change::Incomparable,
        }
    }

    /// By whether something was gained, and whether something was lost.
    pub(super) fn of(gained: bool, lost: bool) -> Change {
        match (gained, lost) {
            (false, false) => Change::Equivalent,
            (true, false) => Change::Wider,
            (false, true) => Change::Narrower,
            (true, true) => Change::Incomparable,
        }
    }
}

/// Something that changed for someone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// For whom: a database name, or PUBLIC.
    pub role: String,
    /// Where: a relation, a function, a schema, or a role that can be assumed.
    pub object: String,
    /// What it concerns: a command, `execute`, `usage`, `set role`, `truncate` ..
    pub what: String,
    /// How.
    pub change: Change,
    /// What is new: rows as witnesses, columns, rights.
    pub gained: Vec<String>,
    /// What is gone.
    pub lost: Vec<String>,
    /// What could not be decided, and why.
    pub unknown: Vec<String>,
}

/// Everything that changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// In the order of objects, roles and commands.
    pub all: Vec<Difference>,
}

impl Differences {
    /// All changes in one.
    #[must_use]
    pub fn change(&self) -> Change {
        self.all.iter().fold(Change::Equivalent, |all, one| all.and(one.change))
    }

    /// Those by which somebody may reach more.
    pub fn widening(&self) -> impl Iterator<Item = &Difference> {
        self.all.iter().filter(|one| matches!(one.change, Change::Wider | Change::Incomparable))
    }
}

/// Two states beside each other.
pub(super) struct Pair<'n, 's> {
    pub(super) old: &'n Effective<'s>,
    pub(super) new: &'n Effective<'s>,
}

/// What changed from one state to another.
#[must_use]
pub fn changes(old: &State, new: &State) -> Differences {
    let (was, is) = (Effective::of(old), Effective::of(new));
    let (names_before, names_after) = (Shared::of(old), Shared::of(new));
    let pair = Pair { old: &was, new: &is };
    let mut all = Vec::new();
    let same = same(old, new);
    let relations: BTreeSet<&Relation> = old.relations.keys().chain(new.relations.keys()).filter(|one| !same.contains(one)).collect();
    let roles = everyone(old, new);
    let kept = old.relations.iter().all(|(name, one)| new.relations.get(name).is_none_or(|other| other.columns == one.columns));
    let steady = kept && old.contexts == new.contexts && old.types == new.types;
    for relation in relations {
        let mut told = Told { steady, seen: Vec::new() };
        for role in &roles {
            for command in Command::ALL {
                let before = reach(&was, known(&was, role), relation, *command);
                let after = reach(&is, known(&is, role), relation, *command);
                let compared = told.of(role, before, after, |before, after| {
                    let before_asker = Asker::new(&was, &names_before, reading(&was, role, relation), relation).within(known(&was, role));
                    let after_asker = Asker::new(&is, &names_after, reading(&is, role, relation), relation).within(known(&is, role));
                    compare(&before_asker, before, &after_asker, after)
                });
                all.extend(difference(role, relation, *command, compared));
            }
        }
    }
    all.extend(openings(&pair, &roles));
    Differences { all }
}

/// What was compared already: two roles are the same for what they reached and reach.
struct Told {
    /// Whether names mean the same on both sides, so that equal conditions are.
    steady: bool,
    seen: Vec<Seen>,
}

struct Seen {
    /// Whose it is: what subqueries show depends on who asks.
    role: Option<String>,
    before: Reach,
    after: Reach,
    compared: Compared,
}

impl Told {
    fn of(&mut self, role: &str, before: Reach, after: Reach, compare: impl FnOnce(&Reach, &Reach) -> Compared) -> Compared {
        let role = (before.reads() || after.reads()).then(|| role.to_owned());
        if self.steady && role.is_none() && before == after {
            return Compared::default();
        }
        let mut known = self.seen.iter();
        if let Some(seen) = known.find(|seen| seen.role == role && seen.before == before && seen.after == after) {
            return seen.compared.clone();
        }
        let compared = compare(&before, &after);
        self.seen.push(Seen { role, before, after, compared: compared.clone() });
        compared
    }
}

/// The roles of both states, PUBLIC first; owners included.
fn everyone(old: &State, new: &State) -> Vec<String> {
    let mut all = vec!["PUBLIC".to_owned()];
    for state in [old, new] {
        let roles = state.roles.iter().map(|role| role.name.as_str());
        let owners = state.owner.iter().chain(state.relations.values().filter_map(|one| one.owner.as_ref())).map(String::as_str);
        for name in roles.chain(owners) {
            if !all.iter().any(|known| known == name) {
                all.push(name.to_owned());
            }
        }
    }
    all
}

/// A role in one of the states: one that it does not have has what PUBLIC has.
pub(super) fn known<'n>(effective: &Effective<'_>, role: &'n str) -> Who<'n> {
    let owns = || {
        effective.state().owner.as_deref() == Some(role)
            || effective.state().relations.values().any(|one| one.owner.as_deref() == Some(role))
    };
    if role != "PUBLIC" && (effective.roles().get(role).is_some() || owns()) { Who::Role(role) } else { Who::Public }
}

/// With whose rights a role reads a relation: with its own, or with those of a view.
fn reading<'n>(effective: &'n Effective<'_>, role: &'n str, relation: &Relation) -> Who<'n> {
    let who = known(effective, role);
    match effective.relation(relation).map(|found| &found.kind) {
        Some(RelationKind::View { .. }) => effective.reader(relation, who).unwrap_or(who),
        _ => who,
    }
}

fn difference(role: &str, relation: &Relation, command: Command, compared: Compared) -> Option<Difference> {
    let Compared { gained, lost, unknown } = compared;
    if gained.is_empty() && lost.is_empty() && unknown.is_empty() {
        return None;
    }
    let change = if unknown.is_empty() { Change::of(!gained.is_empty(), !lost.is_empty()) } else { Change::Incomparable };
    Some(Difference {
        role: role.to_owned(),
        object: quote::relation(relation),
        what: command.word().to_owned(),
        change,
        gained,
        lost,
        unknown,
    })
}
