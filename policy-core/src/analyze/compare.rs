//! What one role reaches with one command, before and after.
//!
//! In: two reaches, and the states that they are of. Out: what is gained and lost, with rows, and what could not be decided. Must not know
//! other roles or commands.

use std::collections::BTreeSet;

use super::alike::Alike;
use super::ask::Asker;
use super::effective::Columns;
use super::reach::{Reach, Side};
use crate::model::{Expr, JoinKind, Kind, Literal, Query};
use crate::prove::Verdict;
use crate::render::quote;

/// What changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Compared {
    pub(super) gained: Vec<String>,
    pub(super) lost: Vec<String>,
    pub(super) unknown: Vec<String>,
}

/// Compares what is reached.
pub(super) fn compare(before: &Asker<'_, '_>, was: &Reach, after: &Asker<'_, '_>, is: &Reach) -> Compared {
    let mut found = Compared::default();
    match (was.columns == Columns::None, is.columns == Columns::None) {
        (true, true) => return found,
        (true, false) => {
            found.gained = all_of(after, is, &mut found.unknown);
            return found;
        }
        (false, true) => {
            found.lost = all_of(before, was, &mut found.unknown);
            return found;
        }
        (false, false) => {}
    }
    let sides = [("", &was.old, &is.old), ("new row: ", &was.new, &is.new)];
    for (word, was, is) in sides {
        side(before, was, after, is, word, &mut found);
    }
    if was.shows != is.shows || !is.shows.is_empty() && names(before) != names(after) {
        found.unknown.push("its query shows something else".to_owned());
    } else if let Some(what) = is.shows.iter().find_map(|shown| Alike { before, after }.shown(shown)) {
        found.unknown.push(format!("{what} is something else, and it shows that"));
    }
    // Columns of rows that nobody reaches, before or after, are no difference.
    let reached = |asker: &Asker<'_, '_>, reach: &Reach| !all_of(asker, reach, &mut Vec::new()).is_empty();
    if was.columns != is.columns && reached(before, was) && reached(after, is) {
        let (old, new) = (columns(before, &was.columns), columns(after, &is.columns));
        let list = |some: Vec<&String>| {
            (!some.is_empty()).then(|| format!("columns {}", some.into_iter().cloned().collect::<Vec<_>>().join(", ")))
        };
        found.gained.extend(list(new.difference(&old).collect()));
        found.lost.extend(list(old.difference(&new).collect()));
    }
    found
}

/// What the columns of a relation are called, in their order.
fn names<'s>(asker: &Asker<'_, 's>) -> Vec<&'s str> {
    let columns = asker.effective().relation(asker.relation()).map(|relation| &relation.columns);
    columns.into_iter().flatten().map(|column| column.name.as_str()).collect()
}

/// Columns by name; the relation as a whole counts as one more.
fn columns(asker: &Asker<'_, '_>, columns: &Columns) -> BTreeSet<String> {
    match columns {
        Columns::None => BTreeSet::new(),
        Columns::Some(some) => some.iter().map(|column| column.as_str().to_owned()).collect(),
        Columns::All => {
            let known = asker.effective().relation(asker.relation()).map(|relation| &relation.columns);
            known.into_iter().flatten().map(|column| column.name.as_str().to_owned()).chain(["and any other".to_owned()]).collect()
        }
    }
}

/// A row of each side that is reached; nothing if one side certainly has none.
fn all_of(asker: &Asker<'_, '_>, reach: &Reach, unknown: &mut Vec<String>) -> Vec<String> {
    let mut rows = Vec::new();
    for (word, side) in [("", &reach.old), ("new row: ", &reach.new)] {
        match side {
            Side::Absent => {}
            Side::Rows { of, condition } => match row(&asker.over(of), &asker.over(of), condition, &never()) {
                Found::Row(text) => rows.push(format!("{word}{text}")),
                Found::None => return Vec::new(),
                Found::Unknown(why) => unknown.push(why),
            },
            Side::Joined { .. } => rows.push(format!("{word}what its query makes")),
            Side::Unknown => rows.push(format!("{word}rows that are not known")),
        }
    }
    rows
}

fn side(before: &Asker<'_, '_>, was: &Side, after: &Asker<'_, '_>, is: &Side, word: &str, found: &mut Compared) {
    match (was, is) {
        (Side::Absent, Side::Absent) => {}
        (Side::Unknown, Side::Unknown) => {
            let view = Alike { before, after }.view(before.relation());
            found.unknown.extend(view.map(|name| format!("{name} reads something else")));
        }
        (Side::Rows { of: old, condition: was }, Side::Rows { of: new, condition: is }) if old == new => {
            both(&before.over(old), was, &after.over(new), is, word, found);
        }
        (Side::Joined { query: old, reader: one, seen: was }, Side::Joined { query: new, reader: other, seen: is })
            if old == new && (one == other && is_monotone(old) || was == is) =>
        {
            let whole = Expr::new(Kind::Exists(Box::new(new.clone()), false));
            let other = Alike { before, after }.changed(before.relation(), &whole);
            found.unknown.extend(other.map(|what| format!("{what} is something else")));
            for (relation, is) in is {
                let was = was.get(relation).cloned().flatten();
                match (was, is) {
                    (Some(was), Some(is)) => {
                        let word = format!("{word}in {}: ", quote::relation(relation));
                        both(&before.over(relation), &was, &after.over(relation), is, &word, found);
                    }
                    (None, None) => {}
                    _ => found.unknown.push(format!("what it reads of {}", quote::relation(relation))),
                }
            }
        }
        _ => found.unknown.push("it reads other relations, or as someone else".to_owned()),
    }
}

/// Whether more rows in a source can only mean more rows in the result.
fn is_monotone(query: &Query) -> bool {
    let inner = |kind: JoinKind| matches!(kind, JoinKind::Inner | JoinKind::Cross);
    let mut plain = query.from.iter().flat_map(|from| &from.joins).all(|join| inner(join.kind));
    query.visit(&mut |part| plain &= part.query().is_none());
    plain
}

fn both(before: &Asker<'_, '_>, was: &Expr, after: &Asker<'_, '_>, is: &Expr, word: &str, found: &mut Compared) {
    match row(after, before, is, was) {
        Found::Row(text) => found.gained.push(format!("{word}{text}")),
        Found::None => {}
        Found::Unknown(why) => found.unknown.push(format!("{word}{why}")),
    }
    match row(before, after, was, is) {
        Found::Row(text) => found.lost.push(format!("{word}{text}")),
        Found::None => {}
        Found::Unknown(why) => found.unknown.push(format!("{word}{why}")),
    }
}

enum Found {
    Row(String),
    None,
    Unknown(String),
}

/// A row that one of them admits and the other one does not.
fn row(admits: &Asker<'_, '_>, not: &Asker<'_, '_>, condition: &Expr, without: &Expr) -> Found {
    let (Some(condition), Some(without)) = (admits.inlined(condition), not.inlined(without)) else {
        return Found::Unknown("it reads tables in a way that is not followed".to_owned());
    };
    let alike = Alike { before: not, after: admits };
    if let Some(what) = alike.changed(admits.relation(), &condition).or_else(|| alike.changed(not.relation(), &without)) {
        return Found::Unknown(format!("{what} is something else"));
    }
    if condition == without {
        return Found::None;
    }
    match admits.can_hold(&[&condition], &[&without]) {
        Verdict::Never(_) => Found::None,
        Verdict::Holds(witness) => Found::Row(witness.to_string()),
        Verdict::Possible(witness, on) => Found::Row(format!("{witness}, as far as {} allows", on.join(", "))),
        Verdict::Unknown(why) => Found::Unknown(why),
    }
}

fn never() -> Expr {
    Expr::new(Kind::Literal(Literal::Bool(false)))
}
