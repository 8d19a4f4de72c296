//! Subqueries: their relations come into scope, their columns have types.
//!
//! Source: `transformSubLink` of PostgreSQL's `parse_expr.c`, `transformSelectStmt` of `analyze.c`.

use super::super::TypeId;
use super::super::fault::Refusal;
use super::Walker;
use super::value::{Value, over};
use crate::diag::At;
use crate::model::{Expr, JoinKind, Kind, Query, Source};

impl<'a> Walker<'a> {
    /// The columns of a query. Their levels are those of outer queries only.
    pub(super) fn columns_of(&mut self, query: &'a Query) -> Vec<Value<'a>> {
        let level = self.frames.len();
        self.frames.push(relations(query));
        for on in query.from.iter().flat_map(|from| from.joins.iter().filter_map(|join| join.on.as_ref())) {
            let value = self.expr(on);
            self.truth(value, "JOIN/ON");
        }
        let columns = self.all(&query.columns);
        let mut vars = 0;
        if let Some(filter) = &query.filter {
            let value = self.expr(filter);
            vars |= self.truth(value, "WHERE").vars;
        }
        let columns: Vec<Value<'a>> = columns.into_iter().map(|value| self.column_of_query(value, query.distinct)).collect();
        let columns = columns.into_iter().zip(&query.columns).map(|(value, expr)| self.proved(value, expr, query));
        let outer = |value: Value<'a>| Value { vars: (value.vars | vars) & ((2 << level) - 1), collation: None, ..value };
        let columns = columns.map(outer).collect();
        self.frames.pop();
        columns
    }

    /// A constant without a type is a text there; what is made distinct must be comparable.
    fn column_of_query(&mut self, value: Value<'a>, distinct: bool) -> Value<'a> {
        let value = if value.is_unknown() { self.becoming(value, TypeId::TEXT) } else { value };
        match value.kind {
            Some(kind) if distinct && !self.world.has_equality(kind) => {
                let message = format!("could not identify an equality operator for type {}", self.world.name(kind));
                self.refuse(value.at, Refusal::new("42883", message).help("leave DISTINCT out, or cast the column to jsonb or text"))
            }
            _ => value,
        }
    }

    /// `(SELECT ..)`: NULL if there is no row.
    pub(super) fn scalar(&mut self, query: &'a Query, at: At) -> Value<'a> {
        match self.columns_of(query).into_iter().next() {
            Some(value) => Value { nullable: true, text: None, at, ..value },
            None => Value::unknown_here(at),
        }
    }

    /// `ARRAY(SELECT ..)`.
    pub(super) fn array_query(&mut self, query: &'a Query, at: At) -> Value<'a> {
        let Some(value) = self.columns_of(query).into_iter().next() else { return Value::unknown_here(at) };
        let Some(kind) = value.kind else { return Value { at, ..value } };
        match self.world.promoted_array(kind) {
            Some(array) => Value { kind: Some(array), nullable: false, at, ..value },
            None => {
                let message = format!("could not find array type for data type {}", self.world.name(kind));
                self.refuse(at, Refusal::new("42704", message))
            }
        }
    }

    /// `left op ANY (SELECT ..)`, IN included. Where it is written as an array, the left side is read first.
    pub(super) fn any_query(&mut self, left: &'a Expr, op: &str, query: &'a Query, all: bool, at: At) -> Value<'a> {
        let first = self.expr_first(left, query);
        let columns = self.columns_of(query);
        let nullable = columns.iter().any(|column| column.nullable);
        let values = match (first, &left.kind) {
            (Some(value), _) => vec![value],
            (None, Kind::Row(items)) => self.all(items),
            (None, _) => vec![self.expr(left)],
        };
        self.any_of_query(op, left, &values, query, all, nullable, at);
        let left_nullable = values.iter().any(|value| value.nullable);
        let value = if values.len() == 1 && columns.len() == 1 {
            let mut pair = values.into_iter().chain(columns);
            match (pair.next(), pair.next()) {
                (Some(a), Some(b)) => self.infix(op, a, b, at),
                _ => Value::unknown_here(at),
            }
        } else {
            self.rows(op, values, columns, at)
        };
        let value = match value.kind {
            Some(kind) if kind != TypeId::BOOL => {
                let message = format!("row comparison operator must yield type boolean, not type {}", self.world.name(kind));
                self.refuse(at, Refusal::new("42804", message))
            }
            _ => value,
        };
        Value { nullable: nullable || left_nullable, ..over(std::slice::from_ref(&value), value.kind.unwrap_or(TypeId::BOOL), at) }
    }

    fn expr_first(&mut self, left: &'a Expr, query: &Query) -> Option<Value<'a>> {
        (!matches!(left.kind, Kind::Row(_)) && query.is_closed()).then(|| self.expr(left))
    }
}

/// The relations of a query, and which of them a join may leave empty.
fn relations(query: &Query) -> Vec<(&str, &Source, bool)> {
    let mut all: Vec<(&str, &Source, bool)> = Vec::new();
    for from in &query.from {
        let first = all.len();
        all.push((from.alias.as_str(), &from.source, false));
        for join in &from.joins {
            if matches!(join.kind, JoinKind::Right | JoinKind::Full) {
                all.iter_mut().skip(first).for_each(|relation| relation.2 = true);
            }
            let outer = matches!(join.kind, JoinKind::Left | JoinKind::Full);
            all.push((join.alias.as_str(), &join.source, outer));
        }
    }
    all
}
