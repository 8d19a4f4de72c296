//! Subqueries: their relations come into scope, their columns have types.
//!
//! Source: `transformSubLink` of PostgreSQL's `parse_expr.c`, `transformSelectStmt` of `analyze.c`.

use super::super::TypeId;
use super::super::fault::Refusal;
use super::value::Value;
use super::{Given, Walker};
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

    /// `left [NOT] IN (SELECT ..)`: NOT IN is `<> ALL` where it is written as an array, else the negation of `= ANY`.
    pub(super) fn in_query(&mut self, left: &'a Expr, query: &'a Query, not: bool, at: At) -> Value<'a> {
        let array = self.as_array(left, query);
        self.against_query(left, if not && array { "<>" } else { "=" }, query, not, at)
    }

    /// `left op ANY (SELECT ..)`, or ALL.
    pub(super) fn any_query(&mut self, left: &'a Expr, op: &str, query: &'a Query, all: bool, at: At) -> Value<'a> {
        self.against_query(left, op, query, all && matches!(op, "<>" | "!="), at)
    }

    /// PostgreSQL reads a query before what it is compared with, and an array after it.
    fn against_query(&mut self, left: &'a Expr, op: &str, query: &'a Query, unequal: bool, at: At) -> Value<'a> {
        if self.as_array(left, query) {
            return self.against_array(left, op, query, unequal, at);
        }
        let columns = self.columns_of(query);
        let nullable = columns.iter().any(|column| column.nullable);
        let values = if let Kind::Row(items) = &left.kind { self.all(items) } else { vec![self.expr(left)] };
        if unequal {
            self.unequal_to_query(left, &values, query, nullable, at);
        }
        let left_nullable = values.iter().any(|value| value.nullable);
        let value = self.against_columns(op, left, values, query, columns, at);
        Value { nullable: nullable || left_nullable, ..value }
    }

    /// The left side is read first, and compared with the elements of the array.
    fn against_array(&mut self, left: &'a Expr, op: &str, query: &'a Query, unequal: bool, at: At) -> Value<'a> {
        let value = self.expr(left);
        let Some(column) = self.columns_of(query).into_iter().next() else { return Value::unknown_here(at) };
        let nullable = value.nullable || column.nullable;
        if unequal {
            self.unequal_to_query(left, std::slice::from_ref(&value), query, column.nullable, at);
        }
        let array = column.kind.map(|kind| self.world.promoted_array(kind).ok_or(kind));
        let result = match array {
            Some(Err(kind)) => {
                let message = format!("could not find array type for data type {}", self.world.name(kind));
                self.refuse(at, Refusal::new("42704", message))
            }
            Some(Ok(array)) => self.any(value, op, Value { kind: Some(array), ..column }, at),
            None => self.any(value, op, column, at),
        };
        Value { nullable, ..result }
    }

    /// Values against as many columns; the operator gives a truth value.
    fn against_columns(
        &mut self,
        op: &str,
        left: &'a Expr,
        values: Vec<Value<'a>>,
        query: &'a Query,
        columns: Vec<Value<'a>>,
        at: At,
    ) -> Value<'a> {
        let exprs = if let Kind::Row(items) = &left.kind { items.as_slice() } else { std::slice::from_ref(left) };
        let value = if values.len() == 1 && columns.len() == 1 {
            let mut pair = values.into_iter().chain(columns);
            match (pair.next(), pair.next(), exprs, query.columns.as_slice()) {
                (Some(a), Some(b), [left], [column]) => self.advised(op, [left, column], [a, b], column.at),
                _ => Value::unknown_here(at),
            }
        } else {
            self.rows(op, (values, exprs), (columns, &query.columns), at)
        };
        match value.kind {
            Some(kind) if kind != TypeId::BOOL => {
                let message = format!("row comparison operator must yield type boolean, not type {}", self.world.name(kind));
                self.refuse(at, Refusal::new("42804", message))
            }
            _ => value,
        }
    }

    /// Whether the renderer writes the query as an array: it is evaluated once then.
    fn as_array(&self, left: &Expr, query: &'a Query) -> bool {
        let [column] = query.columns.as_slice() else { return false };
        let one = |given: Option<Given>| given.and_then(|given| given.kind).is_some_and(|kind| self.world.element(kind).is_none());
        let single = match &column.kind {
            Kind::Literal(_) => true,
            Kind::Cast(_, kind) => !kind.array,
            Kind::Ctx(field) => one(self.names.ctx(field)),
            Kind::Column(alias, name) => {
                let source = query.sources().find(|(_, declared, _)| declared == alias);
                source.is_some_and(|(source, ..)| one(self.names.column(source, name)))
            }
            _ => false,
        };
        single && !matches!(left.kind, Kind::Row(_)) && query.is_closed()
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
