//! The rows that subqueries find: where one finds a row there is one, and a row that is there is found by others.
//!
//! In: the queries that were asked for. Out: lemmas. Must not know what they are asked for. INVARIANT: a row stands for any row
//! of its relation that the asker sees; nothing is said of it but what the query that found it says.

use super::super::space::Ref;
use super::Encoder;
use super::canon::source_name;
use super::scope::{Row, Scope};
use super::value::Place;
use crate::model::{JoinKind, Query, Source};
use crate::typing::TypeId;

/// How many rows may have to be found to come to another.
const DEEPEST: usize = 3;
/// How many queries are looked into.
const MOST_QUERIES: usize = 48;
/// How often a row is held against a query that did not find it.
const MOST_PAIRS: usize = 160;

/// A query that was asked whether it has a row.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) query: Query,
    pub(super) scope: Scope,
    /// That it has one.
    pub(super) atom: Ref,
    /// The value of its only column, if that was asked for.
    pub(super) value: Option<(Option<TypeId>, Place)>,
}

impl Encoder<'_> {
    /// Adds what follows from the rows of subqueries.
    pub(super) fn unfold(&mut self) {
        let (mut next, mut pairs) = (0, 0);
        let mut tried: Vec<(usize, usize)> = Vec::new();
        loop {
            if let Some(asked) = self.asked.get(next).cloned().filter(|_| next < MOST_QUERIES) {
                next += 1;
                self.find(&asked);
                continue;
            }
            let Some((query, row)) = self.untried(&tried).filter(|_| pairs < MOST_PAIRS) else { return };
            tried.push((query, row));
            pairs += 1;
            self.hold_against(query, row);
        }
    }

    /// A query of one relation and a row of it that has not been held against it.
    fn untried(&self, tried: &[(usize, usize)]) -> Option<(usize, usize)> {
        for (number, asked) in self.asked.iter().enumerate().take(MOST_QUERIES) {
            let Some(source) = only_source(&asked.query).filter(|_| asked.value.is_none() && asked.scope.depth < DEEPEST) else { continue };
            let rows = self.rows.iter().enumerate().skip(1);
            for (row, found) in rows.filter(|(_, row)| row.source.as_ref() == Some(source)) {
                if found.exists != asked.atom && !tried.contains(&(number, row)) {
                    return Some((number, row));
                }
            }
        }
        None
    }

    /// A row of each relation of a query, with what the query says of it.
    fn find(&mut self, asked: &Asked) {
        if asked.scope.depth >= DEEPEST {
            return;
        }
        let Some(scope) = self.rows_of_query(asked) else { return };
        let mut said = Vec::new();
        for join in asked.query.from.iter().flat_map(|from| &from.joins) {
            let Some(on) = &join.on else { continue };
            let holds = self.truth(on, &scope).holds;
            let there = scope.row(&join.alias).and_then(|row| self.rows.get(row)).map_or(Ref::TRUE, |row| row.exists);
            said.push(if join.kind == JoinKind::Left { self.space.or([!there, holds]) } else { holds });
        }
        if let Some(filter) = &asked.query.filter {
            said.push(self.truth(filter, &scope).holds);
        }
        if let (Some((kind, place)), [column]) = (&asked.value, asked.query.columns.as_slice()) {
            let val = self.value(column, &scope);
            let own = super::value::Val::of(*kind, vec![(Ref::TRUE, place.clone())]);
            if val.kind.is_some() && val.kind == *kind {
                let shown = format!("{} = {place:?}", self.text(column, &scope));
                said.push(self.equality(&val, &own, &shown).holds);
            }
        }
        for part in said {
            let lemma = self.space.or([!asked.atom, part]);
            self.lemmas.push(lemma);
        }
    }

    /// New rows for the relations of a query, by alias; none for joins that are not looked into.
    fn rows_of_query(&mut self, asked: &Asked) -> Option<Scope> {
        let joins = asked.query.from.iter().flat_map(|from| &from.joins);
        if joins.clone().any(|join| matches!(join.kind, JoinKind::Right | JoinKind::Full)) {
            return None;
        }
        let left: Vec<&str> = joins.filter(|join| join.kind == JoinKind::Left).map(|join| join.alias.as_str()).collect();
        let mut scope = Scope { depth: asked.scope.depth + 1, ..asked.scope.clone() };
        for (source, alias, _) in asked.query.sources() {
            let name = self.free_name(alias);
            let exists = if left.contains(&alias) {
                let there = self.statement(&format!("{name} is joined"));
                self.space.and([asked.atom, there])
            } else {
                asked.atom
            };
            scope.aliases.push((alias.to_owned(), self.rows.len()));
            self.rows.push(Row { source: Some(source.clone()), name, exists });
        }
        Some(scope)
    }

    fn free_name(&self, alias: &str) -> String {
        let taken = |name: &str| self.rows.iter().any(|row| row.name == name);
        let more = (2_usize..).map(|number| format!("{alias}#{number}"));
        std::iter::once(alias.to_owned()).chain(more).find(|name| !taken(name)).unwrap_or_default()
    }

    /// A row that is there and that a query asks for is found by it.
    fn hold_against(&mut self, number: usize, row: usize) {
        let (Some(asked), Some(found)) = (self.asked.get(number).cloned(), self.rows.get(row).cloned()) else { return };
        let mut scope = Scope { depth: asked.scope.depth + 1, ..asked.scope.clone() };
        scope.aliases.extend(asked.query.sources().map(|(_, alias, _)| (alias.to_owned(), row)));
        let holds = asked.query.filter.as_ref().map_or(Ref::TRUE, |filter| self.truth(filter, &scope).holds);
        let lemma = self.space.or([!found.exists, !holds, asked.atom]);
        self.lemmas.push(lemma);
    }
}

/// The relation of a query of one.
fn only_source(query: &Query) -> Option<&Source> {
    match query.from.as_slice() {
        [from] if from.joins.is_empty() && !source_name(&from.source).is_empty() => Some(&from.source),
        _ => None,
    }
}
