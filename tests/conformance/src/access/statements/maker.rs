//! What every kind of statement is made of. In: a world, a relation, numbers. Out: columns, values, rows, conditions, and the whole list.

use policy_core::analyze::statement::{Named, Shape};
use policy_core::model::{Column, Ident, Relation};

use super::super::client::Value;
use super::super::world::{DEFAULT, VALUES, World, value};
use super::super::write::constant;
use super::{Does, Only, Set, Shows, Statement, base, named};
use crate::rng::Rng;

/// Every statement over a relation.
pub(in super::super) fn of(world: &World, relation: &Relation, rng: &mut Rng) -> Vec<Statement> {
    let columns = world.columns(relation);
    let base = base(world, relation);
    let is_view = base != *relation;
    let mut maker = Maker { world, relation, base, columns, major: world.major, rng, made: Vec::new() };
    maker.reads();
    if is_view {
        maker.inserts();
        maker.blind_writes();
        maker.made.iter_mut().for_each(|one| one.label = format!("view: {}", one.label));
        return maker.made;
    }
    maker.inserts();
    maker.conflicts();
    maker.updates();
    maker.deletes();
    if maker.major >= 15 {
        maker.merges();
    }
    if maker.major >= 17 {
        maker.returning_merges();
    }
    maker.others();
    maker.made
}

pub(super) struct Maker<'a> {
    pub(super) world: &'a World,
    pub(super) relation: &'a Relation,
    pub(super) base: Relation,
    pub(super) columns: Vec<&'static str>,
    pub(super) major: u32,
    pub(super) rng: &'a mut Rng,
    pub(super) made: Vec<Statement>,
}

impl Maker<'_> {
    pub(super) fn add(&mut self, label: &str, sql: String, shape: Shape, does: Does) {
        let (label, relation, base) = (label.to_owned(), self.relation.clone(), self.base.clone());
        self.made.push(Statement { label, relation, base, sql, copy: None, shape, does });
    }

    /// A column that is not the key.
    pub(super) fn column(&mut self) -> &'static str {
        self.columns[1 + self.rng.below(self.columns.len() - 1)]
    }

    pub(super) fn value(&mut self, column: &str) -> Value {
        let nullable = self.is_nullable(column);
        value(nullable, self.rng)
    }

    /// The key of a row, often of one that is there.
    pub(super) fn key(&mut self) -> String {
        (1 + self.rng.below(6)).to_string()
    }

    /// WHERE on the key or another column.
    pub(super) fn only(&mut self) -> (&'static str, Value) {
        if self.rng.chance(40) {
            return ("id", Some(self.key()));
        }
        (self.column(), Some(self.rng.word(&VALUES).to_owned()))
    }

    pub(super) fn set(&mut self) -> (Set, String, &'static str) {
        let column = self.column();
        let value = self.value(column);
        let text = format!("{column} = {}", constant(&value));
        (Set::To(column, value), text, column)
    }

    /// The columns that an INSERT names, their values, and the whole row of the table.
    pub(super) fn row(&mut self, key: &str) -> (Vec<&'static str>, Vec<Value>, Vec<Value>) {
        let (mut sets, mut given, mut row) = (vec!["id"], vec![Some(key.to_owned())], vec![Some(key.to_owned())]);
        for column in self.world.columns(&self.base).into_iter().skip(1) {
            if self.columns.contains(&column) && self.rng.chance(75) {
                let value = self.value(column);
                sets.push(column);
                given.push(value.clone());
                row.push(value);
            } else {
                row.push(self.default(column));
            }
        }
        (sets, given, row)
    }

    pub(super) fn default(&self, column: &str) -> Value {
        (!self.is_nullable(column)).then(|| DEFAULT.to_owned())
    }

    fn is_nullable(&self, column: &str) -> bool {
        let table = self.world.state.relations.get(&self.base);
        let own = |own: &&Column| own.name.as_str() == column;
        table.and_then(|table| table.columns.iter().find(own)).is_some_and(|own| own.nullable)
    }
}

pub(super) fn condition(only: &Only) -> String {
    only.as_ref().map_or_else(String::new, |(column, value)| format!(" WHERE {column} = {}", constant(value)))
}

pub(super) fn text(shows: &Shows) -> String {
    match shows {
        Shows::Nothing | Shows::Count => String::new(),
        Shows::One => " RETURNING 1".to_owned(),
        Shows::Columns(columns) => format!(" RETURNING {}", columns.join(", ")),
    }
}

/// The same where another relation is in scope.
pub(super) fn aliased(shows: &Shows) -> String {
    match shows {
        Shows::Columns(columns) => format!(" RETURNING {}", columns.iter().map(|name| format!("t.{name}")).collect::<Vec<_>>().join(", ")),
        other => text(other),
    }
}

pub(super) fn read(shows: &Shows) -> Named {
    if let Shows::Columns(columns) = shows { named(columns) } else { Named::new() }
}

pub(super) fn looked(only: &Only, shows: &Shows) -> Named {
    only.iter().map(|(column, _)| Ident::cut(column)).chain(read(shows)).collect()
}
