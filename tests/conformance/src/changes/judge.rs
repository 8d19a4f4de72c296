//! A verdict on a change, held against what a server showed. In: what a role reached of a relation, before and after. Out: whether it
//! reaches anything more, and anything less. Must not know: what the verdict is.

use std::collections::{BTreeMap, BTreeSet};

use policy_core::model::Command;

use super::observe::{Met, Seen};
use super::tests::Test;

/// What a server showed of a change.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown {
    /// Something that is reached after it alone.
    pub(super) gained: Option<String>,
    /// Something that is reached before it alone.
    pub(super) lost: Option<String>,
}

/// What a server showed of a change for one command; the first `common` statements are those that were tried for everyone.
pub(super) fn shown(command: Command, before: &Seen, after: &Seen, tests: &[Test], common: usize) -> Shown {
    match command {
        Command::Select => {
            let columns =
                |seen: &Seen| if seen.read.is_empty() { BTreeSet::new() } else { seen.columns.get(&command).cloned().unwrap_or_default() };
            let (was, is) = (columns(before), columns(after));
            let both: BTreeSet<&String> = was.intersection(&is).collect();
            let (old, new) = (counted(&before.read, &was, &both), counted(&after.read, &is, &both));
            let more = |one: &BTreeSet<String>, other: &BTreeSet<String>| one.difference(other).next().map(|name| format!("column {name}"));
            Shown { gained: more(&is, &was).or_else(|| extra(&new, &old)), lost: more(&was, &is).or_else(|| extra(&old, &new)) }
        }
        Command::Delete => {
            let (old, new) = (plain(&before.removed), plain(&after.removed));
            Shown { gained: extra(&new, &old), lost: extra(&old, &new) }
        }
        Command::Insert | Command::Update => {
            let of = |seen: &Seen| -> BTreeSet<usize> {
                let done = |number: &usize| tests[*number].command == command && seen.tried[*number] == "1";
                (0..common).filter(done).collect()
            };
            let (old, new) = (of(before), of(after));
            let first = |one: &BTreeSet<usize>, other: &BTreeSet<usize>| {
                let test = &tests[*one.difference(other).next()?];
                Some(format!("{}; {} as '{}'", test.before, test.act, test.tenant))
            };
            Shown { gained: first(&new, &old), lost: first(&old, &new) }
        }
    }
}

type Counted = BTreeMap<String, usize>;

/// Rows with only some of the columns that they were read with, and how often each is there.
fn counted(rows: &[Met], of: &BTreeSet<String>, kept: &BTreeSet<&String>) -> Counted {
    let at: Vec<usize> = of.iter().enumerate().filter(|(_, name)| kept.contains(name)).map(|(at, _)| at).collect();
    let mut counted = Counted::new();
    for (tenant, row) in rows.iter().filter(|_| !at.is_empty()) {
        let values: Vec<&Option<String>> = at.iter().map(|at| &row[*at]).collect();
        *counted.entry(format!("{values:?} as '{tenant}'")).or_default() += 1;
    }
    counted
}

fn plain(rows: &[Met]) -> Counted {
    let mut counted = Counted::new();
    rows.iter().for_each(|(tenant, row)| *counted.entry(format!("{row:?} as '{tenant}'")).or_default() += 1);
    counted
}

/// Something that is there more often.
fn extra(more: &Counted, less: &Counted) -> Option<String> {
    more.iter().find(|(key, count)| less.get(*key).unwrap_or(&0) < count).map(|(key, _)| key.clone())
}
