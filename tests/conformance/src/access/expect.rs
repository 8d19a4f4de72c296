//! What a statement should come to. In: a world, what `analyze` says the statement needs. Out: the outcome, by going through the rows one by
//! one. Must not know: which policy governs.

use policy_core::analyze::Effective;
use policy_core::analyze::effective::{Way, Who};
use policy_core::analyze::statement::{Clause, Needs, Shape, Violation};
use policy_core::model::{Expr, Relation};

use super::client::Value;
use super::evaluate::{Seen, holds};
use super::outcome::Outcome;
use super::statements::{Does, Joined, Only, Set, Shows, Statement, Then};
use super::through;
use super::world::{OUTSIDER, World};
use crate::Failure;

/// Rows of one table.
type Rows = Vec<Vec<Value>>;

/// The code for what may not be done.
pub(super) const DENIED: &str = "42501";

/// What a statement should come to, as a role.
pub(super) fn expected(world: &World, effective: &Effective<'_>, who: Who<'_>, statement: &Statement) -> Result<Outcome, Failure> {
    let refused = |code: &str| Ok(Outcome::Refused(code.to_owned()));
    let needs = effective.needs(who, &statement.relation, &statement.shape);
    if !effective.enters(who, &statement.relation.schema) || !effective.holds(who, &statement.relation, &needs.privileges) {
        return refused(DENIED);
    }
    if let Some(refusal) = needs.refusal {
        return refused(refusal.sqlstate());
    }
    if statement.base != statement.relation {
        return through::expected(world, effective, who, statement);
    }
    let columns = world.columns(&statement.relation);
    let table = Table { world, relation: &statement.relation, columns, filters: Vec::new(), user: user(who) };
    Ok(table.run(&needs, &statement.does)?.unwrap_or_else(|code| Outcome::Refused(code.to_owned())))
}

/// Whether what was done has a door to come through.
pub(super) fn has_door(effective: &Effective<'_>, who: Who<'_>, statement: &Statement, theirs: &Outcome) -> bool {
    if matches!(theirs, Outcome::Refused(_)) {
        return true;
    }
    effective.doors(who, &statement.base).iter().any(|door| {
        door.identity == who
            && match &door.way {
                Way::Direct => statement.base == statement.relation && statement.shape != Shape::Truncate,
                Way::Beside(privilege) => statement.shape.privileges().iter().any(|(needed, _)| needed == privilege),
                Way::View(path) => path.first() == Some(&&statement.relation),
                Way::Opaque(_) | Way::Function(_) | Way::Partitions => false,
            }
    })
}

/// The name of a role.
pub(super) fn user<'a>(who: Who<'a>) -> &'a str {
    match who {
        Who::Public => OUTSIDER,
        Who::Role(name) => name,
    }
}

/// A table before a statement.
pub(super) struct Table<'a> {
    pub(super) world: &'a World,
    pub(super) relation: &'a Relation,
    pub(super) columns: Vec<&'static str>,
    /// What the views on the way to it leave out.
    pub(super) filters: Vec<&'a Expr>,
    pub(super) user: &'a str,
}

/// Done, or a code.
type Run = Result<Result<Outcome, &'static str>, Failure>;

impl Table<'_> {
    /// What a statement comes to that needs this, or the code under which it fails.
    pub(super) fn run(&self, needs: &Needs<'_>, does: &Does) -> Run {
        let rows = self.rows();
        Ok(match does {
            Does::Read(only, shows) => {
                let found = self.found(&rows, needs, only)?;
                found.map(|found| self.outcome(found.into_iter().map(|at| rows[at].clone()).collect(), shows, None))
            }
            Does::Nothing => Ok(Outcome::nothing()),
            Does::Truncate => Ok(Outcome::done(Vec::new(), Some(Vec::new()))),
            Does::Insert(row, then, shows) => return self.insert(needs, row, then, shows),
            Does::Update(only, set, joined, shows) => return self.update(needs, only, set, joined, shows),
            Does::Delete(only, shows) => {
                let found = self.found(&rows, needs, only)?;
                found.map(|found| {
                    let (gone, left): (Vec<_>, Vec<_>) = rows.iter().cloned().enumerate().partition(|(at, _)| found.contains(at));
                    let rows = |of: Vec<(usize, Vec<Value>)>| of.into_iter().map(|(_, row)| row).collect();
                    self.outcome(rows(gone), shows, Some(rows(left)))
                })
            }
            Does::InsertUnless(key, row, shows) => {
                let only = ("id", key.clone());
                let matched = match key {
                    Some(_) => self.found(&rows, needs, &Some(only))?.map(|found| !found.is_empty()),
                    None => Ok(false),
                };
                match matched {
                    Ok(true) => Ok(self.outcome(Vec::new(), shows, Some(rows))),
                    Ok(false) => return self.insert(needs, row, &Then::Fail, shows),
                    Err(code) => Err(code),
                }
            }
        })
    }

    /// The rows of the table.
    fn rows(&self) -> Rows {
        self.world.rows.get(self.relation).cloned().unwrap_or_default()
    }

    fn update(&self, needs: &Needs<'_>, only: &Only, set: &Set, joined: &Joined, shows: &Shows) -> Run {
        let rows = self.rows();
        let mut others = Vec::new();
        for row in &rows {
            if self.passes(&needs.joined, Violation::Filter, row)? {
                others.push(row[0].clone());
            }
        }
        let found = match self.found(&rows, needs, only)? {
            Ok(found) => found,
            Err(code) => return Ok(Err(code)),
        };
        let (mut left, mut changed) = (rows, Vec::new());
        for at in found {
            let meets = match joined {
                Joined::Nothing => true,
                Joined::Key(key) => others.contains(&Some(key.clone())),
                Joined::Same => others.contains(&left[at][0]),
            };
            if !meets {
                continue;
            }
            let row = self.set(&left[at], set);
            if !self.passes(&needs.new, Violation::Error, &row)? {
                return Ok(Err(DENIED));
            }
            left[at].clone_from(&row);
            changed.push(row);
        }
        Ok(Ok(self.outcome(changed, shows, Some(left))))
    }

    fn insert(&self, needs: &Needs<'_>, row: &[Value], then: &Then, shows: &Shows) -> Run {
        let mut rows = self.rows();
        let first = if matches!(then, Then::Update(_)) { &needs.proposed } else { &needs.new };
        if !self.passes(first, Violation::Error, row)? {
            return Ok(Err(DENIED));
        }
        let there = rows.iter().position(|own| own[0] == row[0]);
        let written = match (there, then) {
            (None, _) => {
                rows.push(row.to_vec());
                vec![row.to_vec()]
            }
            (Some(_), Then::Fail) => return Ok(Err("23505")),
            (Some(_), Then::Nothing) => Vec::new(),
            (Some(at), Then::Update(set)) => {
                let new = self.set(&rows[at], set);
                if !self.passes(&needs.old, Violation::Error, &rows[at])? || !self.passes(&needs.new, Violation::Error, &new)? {
                    return Ok(Err(DENIED));
                }
                rows[at].clone_from(&new);
                vec![new]
            }
        };
        Ok(Ok(self.outcome(written, shows, Some(rows))))
    }

    /// The rows that are found, by number; a code if one of them must not be.
    fn found(&self, rows: &[Vec<Value>], needs: &Needs<'_>, only: &Only) -> Result<Result<Vec<usize>, &'static str>, Failure> {
        let mut found = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let wanted = only.as_ref().is_none_or(|(column, value)| value.is_some() && self.value(row, column) == value);
            let mut shown = true;
            for filter in &self.filters {
                shown &= holds(filter, self.seen(row))?;
            }
            if !shown || !wanted || !self.passes(&needs.old, Violation::Filter, row)? {
                continue;
            }
            if !self.passes(&needs.old, Violation::Error, row)? {
                return Ok(Err(DENIED));
            }
            found.push(at);
        }
        Ok(Ok(found))
    }

    /// Whether a row is right by every clause with that consequence.
    fn passes(&self, clauses: &[Clause<'_>], consequence: Violation, row: &[Value]) -> Result<bool, Failure> {
        for clause in clauses.iter().filter(|clause| clause.on_violation == consequence) {
            let predicate = clause.rows.predicate().ok_or("a relation of which nothing is known")?;
            if !holds(&predicate, self.seen(row))? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// What a predicate sees of a row.
    fn seen<'s>(&'s self, row: &'s [Value]) -> Seen<'s> {
        Seen { columns: &self.columns, row, field: self.world.field.as_deref(), user: self.user }
    }

    fn value<'r>(&self, row: &'r [Value], column: &str) -> &'r Value {
        &row[self.at(column)]
    }

    fn at(&self, column: &str) -> usize {
        self.columns.iter().position(|own| *own == column).unwrap_or_default()
    }

    fn set(&self, row: &[Value], set: &Set) -> Vec<Value> {
        let mut row = row.to_vec();
        match set {
            Set::To(column, value) => row[self.at(column)].clone_from(value),
            Set::Copy(to, from) => row[self.at(to)] = self.value(&row, from).clone().or_else(|| Some("y".to_owned())),
        }
        row
    }

    fn outcome(&self, rows: Rows, shows: &Shows, left: Option<Rows>) -> Outcome {
        Outcome::done(shown(&self.columns, &rows, shows), left)
    }
}

/// What is shown of rows.
fn shown(columns: &[&'static str], rows: &[Vec<Value>], shows: &Shows) -> Rows {
    let at = |name: &&str| columns.iter().position(|own| own == name).unwrap_or_default();
    match shows {
        Shows::Nothing => Vec::new(),
        Shows::Count => vec![vec![Some(rows.len().to_string())]],
        Shows::One => rows.iter().map(|_| vec![Some("1".to_owned())]).collect(),
        Shows::Columns(names) => rows.iter().map(|row| names.iter().map(|name| row[at(name)].clone()).collect()).collect(),
    }
}
