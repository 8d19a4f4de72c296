//! The difference of two scripts, in order.
//!
//! In: two scripts. Out: the text of both directions. Must not know what a statement says, only what it is about.

use std::collections::{BTreeMap, BTreeSet};

use super::Migration;
use crate::render::{FunctionPart, Key, Part, RolePart, Script, Statement, ViewPart, sections};

/// When a statement has its turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    RenameTables,
    RowSecurity,
    Remove,
    RenameRoles,
    Roles,
    Functions,
    Views,
    Policies,
    Triggers,
    Grants,
    /// What policies, triggers and views used until now.
    RemoveUsed,
    RenameTablesBack,
    /// What names tables by the names that they have again.
    FunctionsBack,
    TriggersBack,
}

/// One statement of one direction.
struct Step<'a> {
    phase: Phase,
    statement: &'a Statement,
    sql: &'a str,
    notes: &'a [String],
    /// It takes away.
    removes: bool,
}

pub(super) fn migration(old: &Script, new: &Script, stale: bool) -> Option<Migration> {
    let (up, down) = (steps(old, new, stale, false), steps(new, old, stale, true));
    if up.is_empty() && down.is_empty() {
        return None;
    }
    // The last statement of an emptied set still belongs to that set.
    let title = |to: &Script, from: &Script| if to.title.is_empty() { from.title.clone() } else { to.title.clone() };
    Some(Migration { up: text(&up, &title(new, old)), down: text(&down, &title(old, new)) })
}

/// What leads from one script to another. Forth, a rename that is declared is done, and one that no longer is stays;
/// `back` undoes the one and leaves the other.
fn steps<'a>(from: &'a Script, to: &'a Script, stale: bool, back: bool) -> Vec<Step<'a>> {
    let by_key = |script: &'a Script| -> BTreeMap<&'a Key, &'a Statement> { script.statements.iter().map(|s| (&s.key, s)).collect() };
    let (before, after) = (by_key(from), by_key(to));
    let same = |key: &Key| match (before.get(key), after.get(key)) {
        (Some(old), Some(new)) => !stale && old.apply == new.apply && old.remove == new.remove && old.shape == new.shape,
        _ => false,
    };
    let mut steps: Vec<Step<'a>> = Vec::new();
    for gone in from.statements.iter().rev() {
        match after.get(&gone.key) {
            None => steps.extend(removal(gone, back)),
            // What was granted on an object that makes way goes with it.
            Some(wanted) if wanted.shape != gone.shape && matches!(gone.key, Key::View(_, ViewPart::Grants(_))) => {}
            Some(wanted) if (is_replaced(&gone.key) && !same(&gone.key)) || wanted.shape != gone.shape => {
                // What stands on a view or function of another shape goes before that does.
                let first = gone.shape == wanted.shape || matches!(gone.key, Key::Table(..));
                let phase = if first { Phase::Remove } else { phase(&gone.key) };
                steps.extend(removal(gone, back).map(|step| Step { phase, ..step }));
            }
            Some(_) => {}
        }
    }
    let renames_back = steps.iter().any(|step| step.phase == Phase::RenameTablesBack);
    let swept: BTreeSet<_> = before.keys().chain(after.keys()).filter(|key| !same(key)).filter_map(|key| key.sweeps()).collect();
    let is_swept = |key: &Key| key.granted().is_some_and(|granted| swept.contains(&granted));
    for wanted in to.statements.iter().filter(|s| !same(&s.key) || is_swept(&s.key)) {
        if wanted.apply.is_empty() || (back && wanted.key.is_rename()) {
            continue;
        }
        let phase = match &wanted.key {
            key @ Key::Function(_, _, FunctionPart::Definition) if renames_back && before.contains_key(key) => Phase::FunctionsBack,
            Key::Table(_, Part::Trigger(_)) if renames_back => Phase::TriggersBack,
            key => phase(key),
        };
        steps.push(Step { phase, statement: wanted, sql: &wanted.apply, notes: &wanted.notes, removes: false });
    }
    steps.sort_by_key(|step| step.phase);
    steps
}

/// Another option of a membership takes the place of the old one only if the old one goes first.
fn is_replaced(key: &Key) -> bool {
    matches!(key, Key::Role(_, RolePart::Member(_)))
}

fn removal(gone: &Statement, back: bool) -> Option<Step<'_>> {
    let phase = match &gone.key {
        key if key.is_rename() && !back => return None,
        Key::Table(_, Part::Renamed) => Phase::RenameTablesBack,
        Key::Role(_, RolePart::Renamed) => Phase::RenameRoles,
        Key::Role(_, RolePart::Options) => Phase::Remove,
        // Nothing to undo, or a privilege that must not come back.
        _ if gone.remove.is_empty() => return None,
        Key::Function(_, _, FunctionPart::Definition) | Key::View(_, ViewPart::Definition) => Phase::RemoveUsed,
        _ => Phase::Remove,
    };
    Some(Step { phase, statement: gone, sql: &gone.remove, notes: &[], removes: true })
}

fn phase(key: &Key) -> Phase {
    match key {
        Key::Table(_, Part::Renamed) => Phase::RenameTables,
        Key::Table(_, Part::RowSecurity) => Phase::RowSecurity,
        Key::Role(_, RolePart::Renamed) => Phase::RenameRoles,
        Key::Role(_, RolePart::Default(..)) => Phase::Grants,
        Key::Role(..) => Phase::Roles,
        Key::Table(_, Part::Policy(_) | Part::PolicyRenamed(_)) => Phase::Policies,
        Key::Function(_, _, FunctionPart::Definition | FunctionPart::Owner) => Phase::Functions,
        Key::View(_, ViewPart::Definition | ViewPart::Owner) => Phase::Views,
        Key::Table(_, Part::Trigger(_)) => Phase::Triggers,
        Key::Schema(..) | Key::Function(..) | Key::View(..) | Key::Table(..) => Phase::Grants,
    }
}

fn text(steps: &[Step<'_>], title: &str) -> String {
    let opened: Vec<&str> = steps.iter().filter(|step| step.removes).filter_map(|step| step.statement.opens.as_deref()).rev().collect();
    let opens = if opened.is_empty() { Vec::new() } else { vec![format!("hedgerow: opens {}", opened.join(", "))] };
    let mut lines: Vec<String> = opens.iter().map(|line| crate::render::comment(line)).collect();
    lines.push(crate::render::comment(title));
    lines.push("SET LOCAL lock_timeout = '5s';".to_owned());
    let left = ["No longer declared under this name. Roles are never dropped.".to_owned()];
    let parts = steps.iter().map(|step| {
        let notes = if step.sql.is_empty() { left.as_slice() } else { step.notes };
        (&step.statement.key, notes, step.sql)
    });
    format!("{}\n\n{}", lines.join("\n"), sections(parts))
}
