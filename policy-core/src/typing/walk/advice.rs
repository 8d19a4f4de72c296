//! What to write instead of an operator that there is not. What is advised has been tried.
//!
//! In: a refusal and the operands. Out: the same with help, and the operand to blame. Must not know why it was refused.

use super::super::TypeId;
use super::super::coerce::{Context, can_coerce};
use super::super::fault::Refusal;
use super::super::operator;
use super::Walker;
use super::compare::is_comparison;
use crate::diag::{At, nearest};
use crate::model::{Expr, Kind, Literal, Routine};

/// An operand and its type.
type Operand<'e> = (&'e Expr, TypeId);

impl Walker<'_> {
    /// The refusal with what to write instead.
    pub(super) fn advise(&self, refusal: Refusal, op: &str, left: Operand<'_>, right: Operand<'_>) -> Refusal {
        let mut help: Vec<String> = Vec::new();
        help.extend(self.other_column(op, left, right.1, true).or_else(|| self.other_column(op, right, left.1, false)));
        help.extend(self.with_a_cast(op, left, right));
        help.extend(self.with_any(op, left, right));
        if op == "+" && [left.1, right.1].iter().any(|kind| self.world.category(*kind) == b'S') {
            help.push("texts are joined by `||`".to_owned());
        }
        if help.is_empty() {
            help.extend(self.other_operator(op, left.1, right.1));
        }
        let told = |(expr, kind): Operand<'_>| {
            (kind != TypeId::UNKNOWN && self.written(expr) != "(..)")
                .then(|| format!("`{}` is {}", self.written(expr), self.world.name(kind)))
        };
        let types: Vec<String> = [left, right].into_iter().filter_map(told).collect();
        let refusal = if types.is_empty() { refusal } else { refusal.note(types.join(", ")) };
        help.into_iter().fold(refusal, Refusal::help)
    }

    fn fits(&self, op: &str, left: TypeId, right: TypeId) -> bool {
        operator::infix(self.world, op, left, right).is_ok()
    }

    /// A column that is spelled like the one at hand, and has the type that is wanted.
    fn other_column(&self, op: &str, (expr, _): Operand<'_>, other: TypeId, is_left: bool) -> Option<String> {
        let Kind::Own(own) = &expr.kind else { return None };
        let written = self.names.said(own);
        let columns = self.names.own_columns();
        let fitting = columns.iter().filter_map(|(name, given)| {
            let kind = given.kind.filter(|kind| if is_left { self.fits(op, *kind, other) } else { self.fits(op, other, *kind) })?;
            Some((name.as_str(), kind)).filter(|(name, _)| *name != written)
        });
        let fitting: Vec<(&str, TypeId)> = fitting.collect();
        let near = nearest(&written, fitting.iter().map(|(name, _)| *name))?;
        let (_, kind) = fitting.iter().find(|(name, _)| *name == near)?;
        Some(format!("did you mean `{near}`? It is of type {}", self.world.name(*kind)))
    }

    /// One side made the type of the other: the constant or the caller before the column, which an index may be on.
    fn with_a_cast(&self, op: &str, left: Operand<'_>, right: Operand<'_>) -> Option<String> {
        let casts = |from: TypeId, to: TypeId| from != to && can_coerce(self.world, &[from], &[to], Context::Explicit);
        let to_left = left.1 != TypeId::UNKNOWN && casts(right.1, left.1) && self.fits(op, left.1, left.1);
        let to_right = right.1 != TypeId::UNKNOWN && casts(left.1, right.1) && self.fits(op, right.1, right.1);
        let text = |(expr, _): Operand<'_>, kind: TypeId| format!("cast one side: `{}::{}`", self.written(expr), self.world.name(kind));
        let is_column = |(expr, _): Operand<'_>| matches!(expr.kind, Kind::Own(_) | Kind::Column(..));
        match (to_left, to_right) {
            (true, false) => Some(text(right, left.1)),
            (true, true) if !is_column(right) || is_column(left) => Some(text(right, left.1)),
            (_, true) => Some(text(left, right.1)),
            (false, false) => None,
        }
    }

    /// A value against an array.
    fn with_any(&self, op: &str, left: Operand<'_>, right: Operand<'_>) -> Option<String> {
        let element = |array: TypeId| self.world.element(self.world.base(array)).filter(|_| is_comparison(op));
        if element(right.1).is_some_and(|element| self.fits(op, left.1, element)) {
            return Some(format!("to search an array: `{} {op} ANY({})`", self.written(left.0), self.written(right.0)));
        }
        if op == "=" && element(left.1).is_some_and(|element| self.fits(op, right.1, element)) {
            return Some(format!("to search an array: `{} {op} ANY({})`", self.written(right.0), self.written(left.0)));
        }
        None
    }

    fn other_operator(&self, op: &str, left: TypeId, right: TypeId) -> Option<String> {
        let others = ["=", "@>", "<@", "&&", "->", "->>", "||", "~~", "@@"];
        let other = others.into_iter().find(|other| *other != op && self.fits(other, left, right))?;
        Some(format!("between {} and {} there is `{other}`", self.world.name(left), self.world.name(right)))
    }

    /// The side that is not a column; both if neither or both are.
    pub(super) fn blamed(&self, left: &Expr, right: &Expr, both: At) -> At {
        let is_column = |expr: &Expr| matches!(expr.kind, Kind::Own(_) | Kind::Column(..));
        match (is_column(left), is_column(right)) {
            (true, false) => right.at,
            (false, true) => left.at,
            _ => both,
        }
    }

    /// A short expression as it is written; dots for a long one.
    pub(super) fn written(&self, expr: &Expr) -> String {
        match &expr.kind {
            Kind::Own(column) => self.names.said(column),
            Kind::Column(alias, column) => format!("{alias}.{column}"),
            Kind::Ctx(field) => format!("ctx.{field}"),
            Kind::Literal(Literal::Text(text)) if text.len() < 40 => format!("\"{text}\""),
            Kind::Literal(Literal::Number(text)) => text.clone(),
            Kind::Literal(Literal::Bool(value)) => value.to_string(),
            Kind::Keyword(name) => name.clone(),
            Kind::Call(name, args) => format!("{name}({})", self.list(args)),
            Kind::Routine(Routine::Method(item, method), args) => format!("{item}.{method}({})", self.list(args)),
            Kind::Routine(Routine::Named(name), args) => format!("{name}({})", self.list(args)),
            _ => "(..)".to_owned(),
        }
    }

    fn list(&self, exprs: &[Expr]) -> String {
        exprs.iter().map(|expr| self.written(expr)).collect::<Vec<_>>().join(", ")
    }
}
