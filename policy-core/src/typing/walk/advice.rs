//! What to write instead of an operator that there is not. What is advised has been tried.
//!
//! In: a refusal and the operands. Out: the same with help, and the operand to blame. Must not know why it was refused.

use super::super::TypeId;
use super::super::coerce::{Context, can_coerce};
use super::super::fault::{Fault, Refusal, Subject};
use super::super::operator;
use super::Walker;
use super::compare::is_comparison;
use super::value::Value;
use crate::diag::{At, nearest};
use crate::model::{Expr, Kind, Literal};

/// An operand and its type.
pub(super) type Operand<'e> = (&'e Expr, TypeId);

impl<'a> Walker<'a> {
    /// `left op right`; where there is no such operator, with what to write instead.
    pub(super) fn advised(&mut self, op: &str, exprs: [&'a Expr; 2], values: [Value<'a>; 2], at: At) -> Value<'a> {
        let [a, b] = values;
        let (types, before) = ((a.kind, b.kind), self.out.faults.len());
        let value = self.infix(op, a, b, at);
        self.advise_last(before, op, exprs, types, at);
        value
    }

    /// Adds help to what was found from `before` on, which is about these operands.
    pub(super) fn advise_last(&mut self, before: usize, op: &str, exprs: [&Expr; 2], types: (Option<TypeId>, Option<TypeId>), at: At) {
        let (Some(fault), (Some(a), Some(b))) = (self.out.faults.get(before).cloned(), types) else { return };
        let [left, right] = [(exprs[0], a), (exprs[1], b)];
        let fault = match fault.refusal.subject {
            Subject::Operator => self.advise(fault.refusal, op, left, right).at(self.blamed(left, right, at)),
            Subject::Constant => Fault { refusal: self.advise_constant(fault.refusal, op, left, right), at: fault.at },
            _ => return,
        };
        if let Some(last) = self.out.faults.get_mut(before) {
            *last = fault;
        }
    }

    /// The refusal with what to write instead.
    fn advise(&self, refusal: Refusal, op: &str, left: Operand<'_>, right: Operand<'_>) -> Refusal {
        let mut help: Vec<String> = Vec::new();
        help.extend(self.other_column(op, left, right, true).or_else(|| self.other_column(op, right, left, false)));
        let meant = self.idiom(op, left, right).or_else(|| self.with_any(op, left, right));
        help.extend(meant);
        if help.is_empty() {
            let better = self
                .in_quotes(op, left, right)
                .or_else(|| self.with_a_cast(op, left, right))
                .or_else(|| self.other_operator(op, left.1, right.1));
            help.extend(better);
        }
        let told = |(expr, kind): Operand<'_>| {
            let text = self.said(expr).filter(|_| kind != TypeId::UNKNOWN)?;
            Some(format!("`{text}` is {}", self.world.name(kind)))
        };
        let types: Vec<String> = [left, right].into_iter().filter_map(told).collect();
        let refusal = if types.is_empty() { refusal } else { refusal.note(types.join(", ")) };
        help.into_iter().fold(refusal, Refusal::help)
    }

    pub(super) fn fits(&self, op: &str, left: TypeId, right: TypeId) -> bool {
        operator::infix(self.world, op, left, right).is_ok()
    }

    /// A column that is spelled like the one at hand, and has the type that is wanted.
    fn other_column(&self, op: &str, (expr, _): Operand<'_>, (other, kind): Operand<'_>, is_left: bool) -> Option<String> {
        let Kind::Own(own) = &expr.kind else { return None };
        let (written, other) = (self.names.said(own), self.said(other));
        let columns = self.names.own_columns();
        let fitting = columns.iter().filter_map(|(name, given)| {
            let fits = |own: &TypeId| if is_left { self.fits(op, *own, kind) } else { self.fits(op, kind, *own) };
            Some((name.as_str(), given.kind.filter(fits)?)).filter(|(name, _)| *name != written && other.as_deref() != Some(name))
        });
        let fitting: Vec<(&str, TypeId)> = fitting.collect();
        let near = nearest(&written, fitting.iter().map(|(name, _)| *name))?;
        let (_, kind) = fitting.iter().find(|(name, _)| *name == near)?;
        Some(format!("did you mean `{near}`? It is of type {}", self.world.name(*kind)))
    }

    /// One side made the type of the other: the constant or the caller before the column, which an index may be on.
    fn with_a_cast(&self, op: &str, left: Operand<'_>, right: Operand<'_>) -> Option<String> {
        let is_array = |kind: TypeId| self.world.category(kind) == b'A';
        if is_array(left.1) != is_array(right.1) {
            return None;
        }
        let casts = |from: TypeId, to: TypeId| from != to && can_coerce(self.world, &[from], &[to], Context::Explicit);
        let to_left = left.1 != TypeId::UNKNOWN && casts(right.1, left.1) && self.fits(op, left.1, left.1);
        let to_right = right.1 != TypeId::UNKNOWN && casts(left.1, right.1) && self.fits(op, right.1, right.1);
        let is_column = |(expr, _): Operand<'_>| matches!(expr.kind, Kind::Own(_) | Kind::Column(..));
        let right_side = match (to_left, to_right) {
            (false, false) => return None,
            (true, false) => true,
            (false, true) => false,
            // A text says more than a number: it may be none.
            (true, true) if self.is_ordering(op) && is_number(right.0) && self.world.category(left.1) == b'S' => false,
            (true, true) if self.is_ordering(op) && is_number(left.0) && self.world.category(right.1) == b'S' => true,
            (true, true) => !is_column(right) || is_column(left),
        };
        let text = if right_side { self.cast_to(right.0, left.1) } else { self.cast_to(left.0, right.1) };
        Some(format!("cast one side: `{text}`"))
    }

    fn is_ordering(&self, op: &str) -> bool {
        matches!(op, "<" | ">" | "<=" | ">=")
    }

    /// A number against what is none: in quotes it becomes what it is compared with.
    fn in_quotes(&self, op: &str, left: Operand<'_>, right: Operand<'_>) -> Option<String> {
        let ((expr, kind), constant, is_right) = match (number(left.0), number(right.0)) {
            (None, Some(constant)) => (left, constant, true),
            (Some(constant), None) => (right, constant, false),
            _ => return None,
        };
        let text = matches!(self.world.category(kind), b'S');
        if self.world.category(kind) == b'A' || kind == TypeId::UNKNOWN || (text && self.is_ordering(op)) || !is_comparison(op) {
            return None;
        }
        if !self.reads(constant, kind) || !self.fits(op, kind, TypeId::UNKNOWN) {
            return None;
        }
        let (expr, constant) = (self.operand(expr), format!("\"{constant}\""));
        let whole = if is_right { format!("{expr} {op} {constant}") } else { format!("{constant} {op} {expr}") };
        Some(format!("in quotes it is {}: `{whole}`", self.world.name(kind)))
    }

    /// A value against an array.
    fn with_any(&self, op: &str, left: Operand<'_>, right: Operand<'_>) -> Option<String> {
        let element = |array: TypeId| self.world.element(self.world.base(array));
        let any = |value: &Expr, array: &Expr| format!("to search an array: `{} = ANY({})`", self.operand(value), self.written(array));
        match op {
            "=" | "@>" if element(left.1).is_some_and(|element| self.fits("=", right.1, element)) => Some(any(right.0, left.0)),
            "=" | "<@" if element(right.1).is_some_and(|element| self.fits("=", left.1, element)) => Some(any(left.0, right.0)),
            "<>" if element(right.1).is_some_and(|element| self.fits(op, left.1, element)) => {
                Some(format!("to search an array: `{} <> ALL({})`", self.operand(left.0), self.written(right.0)))
            }
            "&&" if element(left.1).is_some_and(|element| self.fits("=", right.1, element)) => {
                Some(format!("as an array: `{} && ARRAY[{}]`", self.operand(left.0), self.written(right.0)))
            }
            _ => None,
        }
    }

    /// An operator of the same kind that there is.
    fn other_operator(&self, op: &str, left: TypeId, right: TypeId) -> Option<String> {
        const KINDS: &[&[&str]] = &[&["@>", "<@", "&&"], &["->", "->>", "#>", "#>>", "?"], &["+", "-", "*", "/"], &["~", "~~", "=", "<"]];
        let kind = KINDS.iter().find(|kind| kind.contains(&op))?;
        let other = kind.iter().find(|other| **other != op && self.fits(other, left, right))?;
        Some(format!("between {} and {} there is `{other}`", self.world.name(left), self.world.name(right)))
    }

    /// The operand that is wrong: a constant before what is not a column; both where neither is more wrong than the other.
    pub(super) fn blamed(&self, left: Operand<'_>, right: Operand<'_>, both: At) -> At {
        let is_column = |(expr, _): Operand<'_>| matches!(expr.kind, Kind::Own(_) | Kind::Column(..));
        let fixed = |(expr, kind): Operand<'_>| kind != TypeId::UNKNOWN && matches!(expr.kind, Kind::Literal(_) | Kind::Typed(..));
        if left.1 == TypeId::UNKNOWN || self.is_in_json(right) {
            return right.0.at;
        }
        if right.1 == TypeId::UNKNOWN || self.is_in_json(left) {
            return left.0.at;
        }
        const MONEY: TypeId = TypeId(790);
        let numbers = [left.1, right.1].iter().all(|kind| self.world.category(*kind) == b'N' && *kind != MONEY);
        match (fixed(left), fixed(right)) {
            _ if numbers => return both,
            (true, false) => return left.0.at,
            (false, true) => return right.0.at,
            _ => {}
        }
        match (is_column(left), is_column(right)) {
            (true, false) => right.0.at,
            (false, true) => left.0.at,
            _ => both,
        }
    }
}

fn number(expr: &Expr) -> Option<&str> {
    match &expr.kind {
        Kind::Literal(Literal::Number(text)) => Some(text),
        _ => None,
    }
}

pub(super) fn is_number(expr: &Expr) -> bool {
    number(expr).is_some()
}
