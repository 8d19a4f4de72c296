//! Long predicates over several lines.
//!
//! In: an expression and where its first line begins. Out: the same SQL, broken at AND, OR and the clauses of a query.
//! Must not know what the predicate means.

use super::expr::{Level, Writer};
use crate::model::{Expr, Kind};

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
