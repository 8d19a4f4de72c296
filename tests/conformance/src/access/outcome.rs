//! What came of a statement, and of many. In: answers, expectations. Out: counts, and an example of each way in which they differ. Must not
//! know: how an expectation is reached.

use std::collections::BTreeMap;

use super::client::{Answer, Value};
use super::statements::Statement;
use super::world::World;
use super::write;
use crate::Failure;

/// What came of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It was refused under that SQLSTATE.
    Refused(String),
    /// It was executed.
    Done {
        /// The rows that it showed, in some order.
        shown: Vec<Vec<Value>>,
        /// The rows of the table after it; absent where it only reads.
        left: Option<Vec<Vec<Value>>>,
    },
}

impl Outcome {
    /// Executed, and nothing to see of it.
    pub(super) fn nothing() -> Outcome {
        Outcome::Done { shown: Vec::new(), left: None }
    }

    /// Executed; the rows in one order.
    pub(super) fn done(mut shown: Vec<Vec<Value>>, left: Option<Vec<Vec<Value>>>) -> Outcome {
        shown.sort();
        let left = left.map(|mut left| {
            left.sort();
            left
        });
        Outcome::Done { shown, left }
    }

    /// What came of a statement that changes nothing.
    pub(super) fn of(answer: &Answer) -> Outcome {
        match &answer.refusal {
            Some((code, _)) => Outcome::Refused(code.clone()),
            None => Outcome::done(answer.rows.clone(), None),
        }
    }
}

/// What came of a statement, from its answer and that of the look at the table after it.
pub(super) fn outcome(statement: &Statement, answer: &Answer, dump: Option<&Answer>) -> Outcome {
    match &answer.refusal {
        Some((code, _)) => Outcome::Refused(code.clone()),
        None => Outcome::done(answer.rows.clone(), dump.filter(|_| statement.writes()).map(|dump| dump.rows.clone())),
    }
}

/// A statement as it is shown.
pub(super) struct Example<'a> {
    /// What it is an example of.
    pub(super) label: &'a str,
    /// Where it runs.
    pub(super) world: &'a World,
    /// As whom.
    pub(super) role: &'a str,
    /// Its text.
    pub(super) sql: &'a str,
}

/// Counts.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Statements.
    pub cases: usize,
    /// Outcomes that differ.
    pub mismatches: usize,
    /// Without an expectation.
    pub declined: usize,
    /// By label and outcome of the server.
    outcomes: BTreeMap<String, BTreeMap<String, usize>>,
    kinds: BTreeMap<String, (usize, String)>,
    reasons: BTreeMap<String, usize>,
}

impl Tally {
    /// Counts one statement. `door` is whether an outcome that reached a row had a door to come through.
    pub(super) fn note(&mut self, of: &Example<'_>, ours: Said, theirs: &Outcome, door: bool) {
        let Example { label, world, role, sql } = *of;
        self.cases += 1;
        let kind = match theirs {
            Outcome::Refused(code) => code.clone(),
            Outcome::Done { shown, left } if shown.is_empty() && left.is_none() => "nothing".to_owned(),
            Outcome::Done { .. } => "done".to_owned(),
        };
        *self.outcomes.entry(label.to_owned()).or_default().entry(kind).or_default() += 1;
        let ours = match ours {
            Said::Outcome(ours) => ours,
            Said::Declined(reason) => {
                self.declined += 1;
                *self.reasons.entry(reason).or_default() += 1;
                return;
            }
        };
        if ours == *theirs && door {
            return;
        }
        self.mismatches += 1;
        let how = if ours == *theirs { "no door".to_owned() } else { format!("{} for {}", word(&ours), word(theirs)) };
        let key = format!("{label} on {}: {how}", world.major);
        let example = || format!("as {role}: {sql}\n        ours   {ours:?}\n        theirs {theirs:?}\n{}", write::world(world));
        self.kinds.entry(key).or_insert_with(|| (0, example())).0 += 1;
    }

    /// Both together.
    pub fn add(&mut self, other: Tally) {
        self.cases += other.cases;
        self.mismatches += other.mismatches;
        self.declined += other.declined;
        for (label, outcomes) in other.outcomes {
            let own = self.outcomes.entry(label).or_default();
            outcomes.into_iter().for_each(|(kind, count)| *own.entry(kind).or_default() += count);
        }
        other.reasons.into_iter().for_each(|(reason, count)| *self.reasons.entry(reason).or_default() += count);
        for (key, (count, example)) in other.kinds {
            self.kinds.entry(key).or_insert((0, example)).0 += count;
        }
    }

    /// Prints what came of each shape, and this many examples of what differs.
    pub fn report(&self, show: usize) {
        for (label, outcomes) in &self.outcomes {
            let counts: Vec<String> = outcomes.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
            println!("    {label}: {}", counts.join(", "));
        }
        self.reasons.iter().for_each(|(reason, count)| println!("    declined {count}: {reason}"));
        let mut kinds: Vec<_> = self.kinds.iter().collect();
        kinds.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
        for (key, (count, example)) in kinds.into_iter().take(show) {
            println!("    MISMATCH {count} of {key}\n        {}", example.replace(';', ";\n            "));
        }
    }
}

/// An expectation, or why there is none.
pub(super) enum Said {
    /// What is expected.
    Outcome(Outcome),
    /// Nothing is.
    Declined(String),
}

impl From<Result<Outcome, Failure>> for Said {
    fn from(result: Result<Outcome, Failure>) -> Said {
        result.map_or_else(|failure| Said::Declined(failure.to_string()), Said::Outcome)
    }
}

impl From<Option<Outcome>> for Said {
    fn from(outcome: Option<Outcome>) -> Said {
        outcome.map_or_else(|| Said::Declined("more than one step".to_owned()), Said::Outcome)
    }
}

fn word(outcome: &Outcome) -> &str {
    match outcome {
        Outcome::Refused(code) => code,
        Outcome::Done { .. } => "done",
    }
}
