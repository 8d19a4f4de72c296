//! Long predicates over several lines.
//!
//! In: an expression and where its first line begins. Out: the same SQL, broken at AND, OR and the clauses of a query.
//! Must not know what the predicate means.

use super::expr::{Level, Writer};
use crate::model::{Expr, Kind, Query};

const WIDTH: usize = 110;

impl Writer<'_> {
    /// `(..)` for USING and WITH CHECK: on the line where it begins, or broken with its brackets on lines of their own.
    pub(super) fn bracketed(&mut self, expr: &Expr, indent: usize, before: usize) -> String {
        let line = self.at(expr, Level::Loose);
        if indent + before + line.len() + 2 <= WIDTH {
            return format!("({line})");
        }
        let inner = indent + 4;
        format!("({}{}{})", pad(inner), self.broken(expr, line, inner, Level::Loose), pad(indent))
    }

    /// A query by itself, each clause and join on a line of its own: as the body of a view.
    pub(super) fn statement(&mut self, query: &Query, indent: usize) -> String {
        let outer = self.enter(query);
        let distinct = if query.distinct { "DISTINCT " } else { "" };
        let columns = self.list(&query.columns);
        let mut clauses = Vec::new();
        if indent + 7 + distinct.len() + columns.len() <= WIDTH {
            clauses.push(format!("SELECT {distinct}{columns}"));
        } else {
            let each: Vec<String> = query.columns.iter().map(|column| self.lines(column, indent + 4, Level::Loose)).collect();
            clauses.push(format!("SELECT {distinct}{}", each.join(&format!(",{}", pad(indent + 4)))));
        }
        let inner = pad(indent + 4);
        let from: Vec<String> = query.from.iter().map(|from| self.from(from).join(&inner)).collect();
        if !from.is_empty() {
            clauses.push(format!("FROM {}", from.join(&format!(",{inner}"))));
        }
        if let Some(filter) = &query.filter {
            let line = self.at(filter, Level::Loose);
            let text = if indent + 6 + line.len() <= WIDTH { line } else { self.broken(filter, line, indent + 4, Level::Loose) };
            clauses.push(format!("WHERE {text}"));
        }
        self.scope.truncate(outer);
        clauses.join(&pad(indent))
    }

    fn lines(&mut self, expr: &Expr, indent: usize, least: Level) -> String {
        let line = self.at(expr, least);
        if indent + line.len() <= WIDTH { line } else { self.broken(expr, line, indent, least) }
    }

    /// Over several lines, or the one line where there is nothing to break.
    fn broken(&mut self, expr: &Expr, line: String, indent: usize, least: Level) -> String {
        match &expr.kind {
            Kind::And(parts) | Kind::Or(parts) if parts.len() > 1 => {
                let (word, level) = if matches!(expr.kind, Kind::And(_)) { ("AND ", Level::And) } else { ("OR ", Level::Or) };
                if level >= least {
                    return self.joined(parts, word, indent);
                }
                format!("({}{}{})", pad(indent + 4), self.joined(parts, word, indent + 4), pad(indent))
            }
            _ => match self.around_query(expr) {
                Some((level, [head, tail], clauses)) if level >= least => {
                    format!("{head}{}{}{}{tail}", pad(indent + 4), clauses.join(&pad(indent + 4)), pad(indent))
                }
                _ => line,
            },
        }
    }

    fn joined(&mut self, parts: &[Expr], word: &str, indent: usize) -> String {
        parts.iter().map(|part| self.lines(part, indent, Level::Not)).collect::<Vec<_>>().join(&(pad(indent) + word))
    }
}

fn pad(indent: usize) -> String {
    format!("\n{}", " ".repeat(indent))
}
