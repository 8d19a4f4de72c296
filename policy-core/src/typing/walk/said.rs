//! Expressions as they are written, for notes and suggestions.
//!
//! In: an expression. Out: its text as tokens, if that is short. Must not know what is wrong with it.

use super::super::TypeId;
use super::Walker;
use crate::model::{Expr, Kind, Literal, Routine, SqlType};

/// The longest text that a suggestion repeats.
const LONGEST: usize = 60;

impl Walker<'_> {
    /// A short expression as it is written; dots for a long one.
    pub(super) fn written(&self, expr: &Expr) -> String {
        self.said(expr).unwrap_or_else(|| "(..)".to_owned())
    }

    /// The same as an operand: in brackets if it needs them.
    pub(super) fn operand(&self, expr: &Expr) -> String {
        let loose = matches!(expr.kind, Kind::Binary(..) | Kind::Unary(..) | Kind::AtTimeZone(..) | Kind::Typed(..) | Kind::Collate(..));
        match self.said(expr) {
            Some(text) if loose => format!("({text})"),
            Some(text) => text,
            None => "(..)".to_owned(),
        }
    }

    /// A short expression as it is written.
    pub(super) fn said(&self, expr: &Expr) -> Option<String> {
        let text = match &expr.kind {
            Kind::Own(column) => self.names.said(column),
            Kind::Column(alias, column) => format!("{alias}.{column}"),
            Kind::Ctx(field) => format!("ctx.{field}"),
            Kind::Literal(Literal::Text(text)) => quoted(text)?,
            Kind::Literal(Literal::Number(text)) => text.clone(),
            Kind::Literal(Literal::Bool(value)) => value.to_string(),
            Kind::Literal(Literal::Null) => "NULL".to_owned(),
            Kind::Typed(kind, text) => format!("{kind} {}", quoted(text)?),
            Kind::Keyword(name) => name.clone(),
            Kind::Call(name, args) => format!("{name}({})", self.list(args)?),
            Kind::Routine(Routine::Method(item, method), args) => format!("{item}.{method}({})", self.list(args)?),
            Kind::Routine(Routine::Named(name), args) => format!("{name}({})", self.list(args)?),
            Kind::Cast(inner, kind) => format!("{}::{kind}", self.operand(inner)),
            Kind::Binary(op, left, right) => format!("{} {op} {}", self.operand(left), self.operand(right)),
            Kind::Unary(op, inner) => format!("{op}{}", self.operand(inner)),
            Kind::Subscript(inner, index) => format!("{}[{}]", self.operand(inner), self.said(index)?),
            Kind::AtTimeZone(inner, zone) => format!("{} AT TIME ZONE {}", self.operand(inner), self.operand(zone)),
            Kind::Extract(field, inner) => format!("EXTRACT({field} FROM {})", self.said(inner)?),
            Kind::Array(items) => format!("ARRAY[{}]", self.list(items)?),
            _ => return None,
        };
        (text.len() <= LONGEST && !text.contains("(..)")).then_some(text)
    }

    fn list(&self, exprs: &[Expr]) -> Option<String> {
        let all: Option<Vec<String>> = exprs.iter().map(|expr| self.said(expr)).collect();
        Some(all?.join(", "))
    }

    /// A type as a cast writes it.
    pub(super) fn cast_name(&self, kind: TypeId) -> String {
        let name = self.world.name(kind);
        SqlType::parse(&name).map_or(name, |kind| kind.to_string())
    }

    /// `expr::type`.
    pub(super) fn cast_to(&self, expr: &Expr, kind: TypeId) -> String {
        format!("{}::{}", self.operand(expr), self.cast_name(kind))
    }
}

fn quoted(text: &str) -> Option<String> {
    (!text.contains(['"', '\\', '\n'])).then(|| format!("\"{text}\""))
}
