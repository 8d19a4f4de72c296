//! Expressions as texts: one text for what is the same but for the names of aliases and the order of what commutes.
//!
//! In: an expression and what its names mean. Out: a text that names all that its value depends on. Must not know types.
//! This is no SQL: nobody reads it but this module's callers, and people.

use super::scope::{Row, Scope};
use crate::model::{Expr, From, JoinKind, Kind, Literal, Query, Routine, Source, Test};

/// An expression as people read it.
#[must_use]
pub fn shown(expr: &Expr) -> String {
    Canon { scope: &Scope::outermost(), rows: &[], bound: Vec::new(), outer: None, entered: 0 }.expr(expr)
}

/// The same where it stands.
pub(super) fn text(expr: &Expr, scope: &Scope, rows: &[Row]) -> String {
    Canon { scope, rows, bound: Vec::new(), outer: None, entered: 0 }.expr(expr)
}

/// A query without its columns, and the columns of the rows around that it names: row and column, in the order of their numbers.
pub(super) fn body(query: &Query, columns: bool, scope: &Scope, rows: &[Row]) -> (String, Vec<(usize, String)>) {
    let mut canon = Canon { scope, rows, bound: Vec::new(), outer: Some(Vec::new()), entered: 0 };
    let text = canon.query(query, columns);
    (text, canon.outer.unwrap_or_default())
}

struct Canon<'s> {
    scope: &'s Scope,
    rows: &'s [Row],
    /// The aliases of the queries inside, innermost last, and what they are called here.
    bound: Vec<(String, String)>,
    /// Where columns of the rows around are numbered: those that were met.
    outer: Option<Vec<(usize, String)>>,
    entered: usize,
}

impl Canon<'_> {
    fn expr(&mut self, expr: &Expr) -> String {
        match &expr.kind {
            Kind::Own(column) => self.outside(self.scope.own, column),
            Kind::Column(alias, column) => self.column(alias, column),
            Kind::Ctx(field) => format!("ctx.{field}"),
            Kind::Literal(literal) => constant(literal),
            Kind::Typed(kind, text) => format!("{}::{kind}", quoted(text)),
            Kind::And(all) => self.sorted(all, " AND "),
            Kind::Or(any) => self.sorted(any, " OR "),
            Kind::Not(inner) => format!("NOT {}", self.operand(inner)),
            Kind::Unary(op, inner) => format!("{op}{}", self.operand(inner)),
            Kind::Binary(op, left, right) => self.binary(op, left, right),
            Kind::Is(inner, test, not) => format!("{} IS {}{}", self.operand(inner), maybe_not(*not), tested(*test)),
            Kind::Distinct(a, b, not) => format!("{} IS {}DISTINCT FROM {}", self.operand(a), maybe_not(*not), self.operand(b)),
            Kind::In(left, list, not) => format!("{} {}IN ({})", self.operand(left), maybe_not(*not), self.list(list)),
            Kind::AnyArray(left, op, right, all) => {
                format!("{} {op} {} ({})", self.operand(left), if *all { "ALL" } else { "ANY" }, self.expr(right))
            }
            Kind::Between(inner, low, high, not) => {
                format!("{} {}BETWEEN {} AND {}", self.operand(inner), maybe_not(*not), self.operand(low), self.operand(high))
            }
            Kind::Like(op, inner, pattern, escape, not) => {
                let escape = escape.as_ref().map(|text| format!(" ESCAPE {}", quoted(text))).unwrap_or_default();
                format!("{} {}{op} {}{escape}", self.operand(inner), maybe_not(*not), self.operand(pattern))
            }
            _ => self.value(expr),
        }
    }

    fn value(&mut self, expr: &Expr) -> String {
        match &expr.kind {
            Kind::Case(operand, arms, otherwise) => self.case(operand.as_deref(), arms, otherwise.as_deref()),
            Kind::Call(name, args) => format!("{name}({})", self.list(args)),
            Kind::Routine(routine, args) => format!("{}({})", called(routine), self.list(args)),
            Kind::Named(name, inner) => format!("{name} => {}", self.expr(inner)),
            Kind::Cast(inner, kind) => format!("{}::{kind}", self.operand(inner)),
            Kind::Subscript(base, index) => format!("{}[{}]", self.operand(base), self.expr(index)),
            Kind::Slice(base, low, high) => {
                let base = self.operand(base);
                let mut bound = |at: &Option<Box<Expr>>| at.as_ref().map(|at| self.expr(at)).unwrap_or_default();
                format!("{base}[{}:{}]", bound(low), bound(high))
            }
            Kind::Array(items) => format!("ARRAY[{}]", self.list(items)),
            Kind::Row(items) => format!("ROW({})", self.list(items)),
            Kind::AtTimeZone(inner, zone) => format!("{} AT TIME ZONE {}", self.operand(inner), self.operand(zone)),
            Kind::Extract(field, inner) => format!("EXTRACT({field} FROM {})", self.expr(inner)),
            Kind::Collate(inner, name) => format!("{} COLLATE {name:?}", self.operand(inner)),
            Kind::Keyword(name) => name.clone(),
            Kind::Exists(query, not) => format!("{}EXISTS ({})", maybe_not(*not), self.query(query, true)),
            Kind::Scalar(query) => format!("({})", self.query(query, true)),
            Kind::ArrayQuery(query) => format!("ARRAY({})", self.query(query, true)),
            Kind::InQuery(left, query, not) => format!("{} {}IN ({})", self.operand(left), maybe_not(*not), self.query(query, true)),
            Kind::AnyQuery(left, op, query, all) => {
                format!("{} {op} {} ({})", self.operand(left), if *all { "ALL" } else { "ANY" }, self.query(query, true))
            }
            // Everything else is in `expr`.
            _ => String::new(),
        }
    }

    fn operand(&mut self, expr: &Expr) -> String {
        let loose = matches!(
            expr.kind,
            Kind::And(_) | Kind::Or(_) | Kind::Not(_) | Kind::Unary(..) | Kind::Binary(..) | Kind::Is(..) | Kind::Distinct(..)
        ) || matches!(expr.kind, Kind::In(..) | Kind::AnyArray(..) | Kind::Between(..) | Kind::Like(..) | Kind::AtTimeZone(..))
            || matches!(expr.kind, Kind::InQuery(..) | Kind::AnyQuery(..) | Kind::Collate(..));
        if loose { format!("({})", self.expr(expr)) } else { self.expr(expr) }
    }

    fn list(&mut self, items: &[Expr]) -> String {
        items.iter().map(|item| self.expr(item)).collect::<Vec<_>>().join(", ")
    }

    /// A text by which parts are ordered: without numbers, and without leaving a trace.
    fn plain(&mut self, expr: &Expr) -> String {
        let (outer, entered) = (self.outer.take(), self.entered);
        let text = self.operand(expr);
        (self.outer, self.entered) = (outer, entered);
        text
    }

    fn in_order<'e>(&mut self, parts: &'e [Expr]) -> Vec<&'e Expr> {
        let mut all: Vec<(String, &Expr)> = parts.iter().map(|part| (self.plain(part), part)).collect();
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all.into_iter().map(|(_, part)| part).collect()
    }

    fn sorted(&mut self, parts: &[Expr], word: &str) -> String {
        let parts = self.in_order(parts);
        parts.into_iter().map(|part| self.operand(part)).collect::<Vec<_>>().join(word)
    }

    fn binary(&mut self, op: &str, left: &Expr, right: &Expr) -> String {
        let swap = op == "=" && self.plain(right) < self.plain(left);
        let (left, right) = if swap { (right, left) } else { (left, right) };
        format!("{} {op} {}", self.operand(left), self.operand(right))
    }

    fn case(&mut self, operand: Option<&Expr>, arms: &[(Expr, Expr)], otherwise: Option<&Expr>) -> String {
        let mut text = "CASE".to_owned();
        if let Some(operand) = operand {
            text = format!("{text} {}", self.expr(operand));
        }
        for (when, then) in arms {
            text = format!("{text} WHEN {} THEN {}", self.expr(when), self.expr(then));
        }
        if let Some(otherwise) = otherwise {
            text = format!("{text} ELSE {}", self.expr(otherwise));
        }
        text + " END"
    }

    fn column(&mut self, alias: &str, column: &str) -> String {
        if let Some((_, name)) = self.bound.iter().rev().find(|(bound, _)| bound == alias) {
            return format!("{name}.{column}");
        }
        match self.scope.row(alias) {
            Some(row) => self.outside(row, column),
            None => self.outside(self.scope.own, &format!("{alias}.{column}")),
        }
    }

    fn outside(&mut self, row: usize, column: &str) -> String {
        if let Some(outer) = &mut self.outer {
            let key = (row, column.to_owned());
            let number = outer.iter().position(|one| *one == key).unwrap_or(outer.len());
            if number == outer.len() {
                outer.push(key);
            }
            return format!("?{number}");
        }
        match self.rows.get(row).filter(|row| !row.name.is_empty()) {
            Some(row) => format!("{}.{column}", row.name),
            None => column.to_owned(),
        }
    }

    fn query(&mut self, query: &Query, columns: bool) -> String {
        let before = self.bound.len();
        for (_, alias, _) in query.sources() {
            let name = if self.outer.is_some() { format!("${}", self.entered) } else { alias.to_owned() };
            self.entered += 1;
            self.bound.push((alias.to_owned(), name));
        }
        let mut text = "SELECT".to_owned();
        if columns {
            text = format!("{text}{} {}", if query.distinct { " DISTINCT" } else { "" }, self.list(&query.columns));
        }
        let from: Vec<String> = query.from.iter().map(|from| self.from(from)).collect();
        if !from.is_empty() {
            text = format!("{text} FROM {}", from.join(", "));
        }
        if let Some(filter) = &query.filter {
            text = format!("{text} WHERE {}", self.expr(filter));
        }
        self.bound.truncate(before);
        text
    }

    fn from(&mut self, from: &From) -> String {
        let mut text = self.source(&from.source, &from.alias);
        for join in &from.joins {
            let word = match join.kind {
                JoinKind::Inner => "JOIN",
                JoinKind::Left => "LEFT JOIN",
                JoinKind::Right => "RIGHT JOIN",
                JoinKind::Full => "FULL JOIN",
                JoinKind::Cross => "CROSS JOIN",
            };
            text = format!("{text} {word} {}", self.source(&join.source, &join.alias));
            if let Some(on) = &join.on {
                text = format!("{text} ON {}", self.expr(on));
            }
        }
        text
    }

    fn source(&self, source: &Source, alias: &str) -> String {
        let called = self.bound.iter().rev().find(|(bound, _)| bound == alias).map_or(alias, |(_, name)| name.as_str());
        let name = source_name(source);
        if name == called { name } else { format!("{name} AS {called}") }
    }
}

/// The name of a relation.
pub(super) fn source_name(source: &Source) -> String {
    match source {
        Source::Item(item) => item.clone(),
        Source::Relation(relation) => relation.to_string(),
    }
}

/// The name of a declared function.
pub(super) fn called(routine: &Routine) -> String {
    match routine {
        Routine::Method(item, method) => format!("{item}.{method}"),
        Routine::Named(name) => name.to_string(),
    }
}

fn maybe_not(not: bool) -> &'static str {
    if not { "NOT " } else { "" }
}

fn tested(test: Test) -> &'static str {
    match test {
        Test::Null => "NULL",
        Test::True => "TRUE",
        Test::False => "FALSE",
        Test::Unknown => "UNKNOWN",
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn constant(literal: &Literal) -> String {
    match literal {
        Literal::Text(text) => quoted(text),
        Literal::Number(text) => text.clone(),
        Literal::Bool(value) => value.to_string(),
        Literal::Null => "NULL".to_owned(),
    }
}
