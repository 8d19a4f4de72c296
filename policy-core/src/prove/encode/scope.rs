//! Rows and their columns, the context and its fields.
//!
//! In: names. Out: terms, and a list of what was named. Must not know expressions.

use super::super::space::{Ref, Term, TermId};
use super::value::{Place, Val};
use super::{Encoder, Pair};
use crate::model::Source;
use crate::typing::{Given, TypeId};

/// What the names of an expression mean where it stands.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    /// The row that `Own` is about.
    pub(super) own: usize,
    /// The rows of the queries around, by alias, innermost last.
    pub(super) aliases: Vec<(String, usize)>,
    /// How many rows had to be found to come here.
    pub(super) depth: usize,
}

impl Scope {
    pub(super) fn outermost() -> Scope {
        Scope { own: 0, aliases: Vec::new(), depth: 0 }
    }

    /// The row of an alias.
    pub(super) fn row(&self, alias: &str) -> Option<usize> {
        self.aliases.iter().rev().find(|(name, _)| name == alias).map(|(_, row)| *row)
    }
}

/// A row that a question speaks of.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its relation; none for the row under judgement.
    pub source: Option<Source>,
    /// What it is called; empty for the row under judgement.
    pub name: String,
    /// When there is such a row.
    pub exists: Ref,
}

impl Row {
    pub(super) fn judged() -> Row {
        Row { source: None, name: String::new(), exists: Ref::TRUE }
    }
}

/// Whose a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holder {
    /// A row, by its number.
    Row(usize),
    /// The context.
    Context,
}

/// A column or a field of the context.
#[derive(Clone, Debug)]
pub struct Field {
    /// Whose.
    pub holder: Holder,
    /// Its name.
    pub name: String,
    /// Its type, if that is known.
    pub kind: Option<TypeId>,
    /// When it is NULL.
    pub null: Ref,
    /// When a truth value is TRUE.
    pub truth: Ref,
    /// Its value.
    pub term: TermId,
}

impl Encoder<'_> {
    /// A column of the row under judgement in this scope.
    pub(super) fn own(&mut self, column: &str, scope: &Scope) -> Val {
        self.column_of(scope.own, column)
    }

    /// A column by alias; one that is no query's is the row's: `new` and `old` of a trigger.
    pub(super) fn column(&mut self, alias: &str, column: &str, scope: &Scope) -> Val {
        match scope.row(alias) {
            Some(row) => self.column_of(row, column),
            None => self.field(Holder::Row(scope.own), &format!("{alias}.{column}"), self.facts.own(column)),
        }
    }

    pub(super) fn column_of(&mut self, row: usize, column: &str) -> Val {
        let given = match self.rows.get(row).and_then(|row| row.source.clone()) {
            Some(source) => self.facts.column(&source, column),
            None => self.facts.own(column),
        };
        self.field(Holder::Row(row), column, given)
    }

    /// A field of the context.
    pub(super) fn context(&mut self, name: &str) -> Val {
        self.field(Holder::Context, name, self.facts.ctx(name))
    }

    /// What a column of a row is called.
    pub(super) fn full_name(&self, row: usize, column: &str) -> String {
        match self.rows.get(row).filter(|row| !row.name.is_empty()) {
            Some(row) => format!("{}.{column}", row.name),
            None => column.to_owned(),
        }
    }

    fn field(&mut self, holder: Holder, name: &str, given: Option<Given>) -> Val {
        let full = match holder {
            Holder::Context => format!("ctx.{name}"),
            Holder::Row(row) => self.full_name(row, name),
        };
        let kind = given.and_then(|given| given.kind);
        let nullable = given.is_none_or(|given| given.nullable);
        let exists = match holder {
            Holder::Row(row) => self.rows.get(row).map_or(Ref::TRUE, |row| row.exists),
            Holder::Context => Ref::TRUE,
        };
        if !self.fields.contains_key(&full) {
            let field = self.new_field(holder, name, &full, kind, nullable);
            self.fields.insert(full.clone(), field);
        }
        let Some(field) = self.fields.get(&full).cloned() else { return Val::null(kind) };
        let there = self.space.and([exists, !field.null]);
        if kind.map(|kind| self.base(kind)) == Some(TypeId::BOOL) {
            let holds = self.space.and([there, field.truth]);
            let fails = self.space.and([there, !field.truth]);
            return Val::truth(Pair { holds, fails });
        }
        let place = Place::plain(field.term);
        let finite = kind.is_some_and(|kind| super::sorts::is_integer(self.base(kind)));
        Val::of(kind, vec![(there, Place { finite, ..place })])
    }

    fn new_field(&mut self, holder: Holder, name: &str, full: &str, kind: Option<TypeId>, nullable: bool) -> Field {
        let sort = self.sort_of(kind);
        let integral = self.is_integral(kind);
        let term = self.space.term(Term::Free(full.to_owned()), sort, integral);
        let null = if nullable { self.statement(&format!("{full} IS NULL")) } else { Ref::FALSE };
        let truth = if kind.map(|kind| self.base(kind)) == Some(TypeId::BOOL) { self.statement(full) } else { Ref::FALSE };
        // Of a row that is not there nothing is known.
        let exists = if let Holder::Row(row) = holder { self.rows.get(row).map_or(Ref::TRUE, |row| row.exists) } else { Ref::TRUE };
        let absent = self.space.or([null, !exists]);
        self.bound(term, kind, absent);
        Field { holder, name: name.to_owned(), kind, null, truth, term }
    }

    /// A statement by its text.
    pub(super) fn statement(&mut self, text: &str) -> Ref {
        let symbol = self.space.symbol(text);
        self.space.holds(symbol, Vec::new())
    }
}
