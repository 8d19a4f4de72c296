//! Predicates with what row security adds to their subqueries: PostgreSQL filters those for whoever asks, too.
//!
//! In: a predicate of a relation, who asks. Out: the predicate with the reader's rows in the place of each relation that it reads, so that
//! two of them can be compared without knowing policies. Must not know what for. Source: docs of CREATE POLICY: policies apply in
//! subqueries of policies.

use super::effective::{Effective, Gate, Rows, Who};
use super::names::Shared;
use super::reach::{governing, of_alias};
use crate::model::{Command, Expr, JoinKind, Kind, Query, Relation, Source, for_each_child_mut, for_each_in_query_mut};

/// How deep policies read tables whose policies read tables.
const DEPTH: usize = 4;

/// Puts rows in the place of relations.
pub(super) struct Inline<'n, 's> {
    effective: &'n Effective<'s>,
    shared: &'n Shared<'s>,
    who: Who<'n>,
    /// The relation whose predicates these are.
    relation: &'n Relation,
    /// How many aliases have been given out.
    given: usize,
    /// Whether everything could be put in its place.
    whole: bool,
}

impl<'n, 's> Inline<'n, 's> {
    /// For the predicates of one relation.
    pub(super) fn new(effective: &'n Effective<'s>, shared: &'n Shared<'s>, who: Who<'n>, relation: &'n Relation) -> Self {
        Inline { effective, shared, who, relation, given: 0, whole: true }
    }

    /// The predicate; none where a relation is of others, joined in a way that is not followed, or too deep.
    pub(super) fn predicate(mut self, expr: &Expr) -> Option<Expr> {
        let mut changed = expr.clone();
        self.expr(&mut changed, DEPTH);
        self.whole.then_some(changed)
    }

    fn expr(&mut self, expr: &mut Expr, depth: usize) {
        for_each_child_mut(expr, &mut |child| self.expr(child, depth));
        if let Some(query) = expr.query_mut() {
            self.query(query, depth);
        }
    }

    fn query(&mut self, query: &mut Query, depth: usize) {
        let mut more = Vec::new();
        for from in &mut query.from {
            more.extend(self.rows(&from.source, &from.alias, depth));
            for join in &mut from.joins {
                let rows = self.rows(&join.source, &join.alias, depth);
                match join.kind {
                    JoinKind::Inner | JoinKind::Cross => more.extend(rows),
                    JoinKind::Left => {
                        if let Some(rows) = rows {
                            join.on = Some(Expr::all(join.on.take().into_iter().chain([rows])));
                        }
                    }
                    JoinKind::Right | JoinKind::Full => self.whole &= rows.is_none() && more.is_empty(),
                }
            }
        }
        if !more.is_empty() {
            query.filter = Some(Expr::all(query.filter.take().into_iter().chain(more)));
        }
    }

    /// What the asker sees of a source, as a condition on its alias; none for all of it.
    fn rows(&mut self, source: &Source, alias: &str, depth: usize) -> Option<Expr> {
        let Source::Relation(relation) = source else {
            self.whole = false;
            return None;
        };
        let rows = self.effective.rows(self.who, relation, Command::Select, Gate::Using);
        if rows == Rows::All {
            return None;
        }
        let Some(rows) = governing(&rows) else {
            // Of a table of others everything is taken as seen: the same on both sides of a comparison.
            return None;
        };
        if depth == 0 {
            self.whole = false;
            return None;
        }
        let mut rows = self.shared.carried(&rows, relation, self.relation);
        self.expr(&mut rows, depth - 1);
        self.rename(&mut rows, &mut Vec::new());
        Some(of_alias(&rows, alias))
    }

    /// Gives every alias in a predicate a name that nothing else has. `scope` are the aliases around it: as they were, as they are.
    fn rename(&mut self, expr: &mut Expr, scope: &mut Vec<(String, String)>) {
        match &mut expr.kind {
            Kind::Column(alias, _) => {
                if let Some((_, new)) = scope.iter().rev().find(|(old, _)| old == alias) {
                    alias.clone_from(new);
                }
            }
            Kind::InQuery(left, query, _) | Kind::AnyQuery(left, _, query, _) => {
                self.rename(left, scope);
                self.rename_in(query, scope);
            }
            Kind::ArrayQuery(query) | Kind::Exists(query, _) | Kind::Scalar(query) => self.rename_in(query, scope),
            _ => for_each_child_mut(expr, &mut |child| self.rename(child, scope)),
        }
    }

    fn rename_in(&mut self, query: &mut Query, scope: &mut Vec<(String, String)>) {
        let outer = scope.len();
        for from in &mut query.from {
            for alias in std::iter::once(&mut from.alias).chain(from.joins.iter_mut().map(|join| &mut join.alias)) {
                self.given += 1;
                let new = format!("{alias}#{}", self.given);
                scope.push((std::mem::replace(alias, new.clone()), new));
            }
        }
        for_each_in_query_mut(query, &mut |part| self.rename(part, scope));
        scope.truncate(outer);
    }
}
