//! Operators: prefix, infix, and what SQL writes in words.
//!
//! Source: `make_op`, `make_row_comparison_op` and `make_distinct_op` of PostgreSQL's `parse_oper.c` and `parse_expr.c`.

use super::super::TypeId;
use super::super::fault::{Fault, Refusal, Subject};
use super::super::operator::{self, Used};
use super::value::{Value, number, over};
use super::{Walker, is_null};
use crate::diag::At;
use crate::model::{Expr, Kind, Literal};

impl<'a> Walker<'a> {
    /// `op expr`. The sign of a number is part of it.
    pub(super) fn unary(&mut self, op: &str, inner: &'a Expr, at: At) -> Value<'a> {
        if let (Some(text), "-") = (signed(inner), op) {
            return Value::of(number(&negative(&text)), at);
        }
        let value = self.expr(inner);
        let Some(kind) = value.kind else { return Value { at, ..value } };
        match operator::prefix(self.world, op, kind).and_then(|found| operator::used(self.world, found, &[kind])) {
            Ok(used) => self.applied(&used, vec![value], at),
            Err(refusal) if self.world.category(kind) == b'S' && operator::prefix(self.world, op, TypeId::NUMERIC).is_ok() => {
                let refusal = refusal.help(format!("cast it to a number: `{op}{}`", self.cast_to(inner, TypeId::NUMERIC)));
                self.refuse(at, refusal)
            }
            Err(refusal) => self.refuse(at, refusal),
        }
    }

    /// `left op right`; rows are compared value by value.
    pub(super) fn binary(&mut self, op: &str, left: &'a Expr, right: &'a Expr, at: At) -> Value<'a> {
        if let (Kind::Row(a), Kind::Row(b)) = (&left.kind, &right.kind) {
            let (left, right) = (self.all(a), self.all(b));
            return self.rows(op, (left, a), (right, b), at);
        }
        let before = self.out.faults.len();
        let (a, b) = (self.expr(left), self.expr(right));
        self.type_of_nothing(before, a.kind.or(b.kind));
        self.compared(op, [left, right], [&a, &b], at);
        self.advised(op, [left, right], [a, b], at)
    }

    /// `labels = ARRAY[]`: what is empty has the type of the other side.
    fn type_of_nothing(&mut self, before: usize, other: Option<TypeId>) {
        let Some(array) = other.filter(|kind| self.world.element(*kind).is_some()) else { return };
        let help = format!("cast it: `ARRAY[]::{}`", self.cast_name(array));
        for fault in self.out.faults.iter_mut().skip(before).filter(|fault| fault.refusal.sqlstate == "42P18") {
            fault.refusal.help = vec![help.clone()];
        }
    }

    pub(super) fn all(&mut self, exprs: &'a [Expr]) -> Vec<Value<'a>> {
        exprs.iter().map(|one| self.expr(one)).collect()
    }

    /// An operator between two values.
    pub(super) fn infix(&mut self, op: &str, left: Value<'a>, right: Value<'a>, at: At) -> Value<'a> {
        let (Some(a), Some(b)) = (left.kind, right.kind) else {
            // Whatever the types are, a comparison gives a truth value.
            let kind = if is_comparison(op) { Some(TypeId::BOOL) } else { None };
            return Value { kind, ..over(&[left, right], TypeId::BOOL, at) };
        };
        match operator::infix(self.world, op, a, b).and_then(|found| operator::used(self.world, found, &[a, b])) {
            Ok(used) => self.applied(&used, vec![left, right], at),
            Err(refusal) => {
                // Where every type is known, so is every extension.
                let elsewhere = if self.world.is_closed() { None } else { operator::elsewhere(self.world, op, a, b) };
                if let Some(Ok(used)) = elsewhere.map(|found| operator::used(self.world, found, &[a, b])) {
                    self.decline(format!("whether the server has the extension of `{op}`"));
                    return self.applied(&used, vec![left, right], at);
                }
                self.refuse(at, refusal)
            }
        }
    }

    /// Operands made what the operator takes.
    fn applied(&mut self, used: &Used, operands: Vec<Value<'a>>, at: At) -> Value<'a> {
        let operands: Vec<Value<'a>> = operands.into_iter().zip(&used.operands).map(|(value, kind)| self.becoming(value, *kind)).collect();
        let result = over(&operands, used.result, at);
        let nullable = result.nullable || yields_null(used.operator.name);
        self.collated(&operands, Value { nullable, ..result })
    }

    /// Rows of as many values.
    pub(super) fn rows(&mut self, op: &str, left: Several<'a>, right: Several<'a>, at: At) -> Value<'a> {
        let ((left, left_exprs), (right, right_exprs)) = (left, right);
        if left.len() != right.len() {
            return self.refuse(at, unequal_rows(left.len(), right.len()));
        }
        if left.is_empty() {
            return self.refuse(at, Refusal::new("0A000", "cannot compare rows of zero length"));
        }
        let several = left.len() > 1;
        let mut results = Vec::new();
        let mut strategies: Option<Vec<u8>> = None;
        for ((a, b), exprs) in left.into_iter().zip(right).zip(left_exprs.iter().zip(right_exprs)) {
            let types = (a.kind, b.kind);
            let here = b.at;
            let value = self.advised(op, [exprs.0, exprs.1], [a, b], here);
            let Some(kind) = value.kind else { return Value { kind: None, ..value } };
            if kind != TypeId::BOOL {
                let message = format!("row comparison operator must yield type boolean, not type {}", self.world.name(kind));
                return self.refuse(here, Refusal::new("42804", message));
            }
            if let (Some(a), Some(b)) = types {
                let own = self.strategies(op, a, b);
                strategies = Some(strategies.map_or(own.clone(), |all| all.into_iter().filter(|one| own.contains(one)).collect()));
            }
            results.push(value);
        }
        if several && strategies.is_some_and(|all| all.is_empty()) {
            let message = format!("could not determine interpretation of row comparison operator {op}");
            return self.refuse(at, Refusal::new("0A000", message).help("compare the values one by one, joined by AND or OR"));
        }
        over(&results, TypeId::BOOL, at)
    }

    /// What an operator means to a btree: 1 to 5 for < <= = >= >, 6 for <>.
    fn strategies(&self, op: &str, left: TypeId, right: TypeId) -> Vec<u8> {
        let Ok(found) = operator::infix(self.world, op, left, right) else { return Vec::new() };
        let own: Vec<u8> = found.btree.iter().map(|(_, strategy)| *strategy).collect();
        if !own.is_empty() || found.name != "<>" {
            return own;
        }
        let equals = found.left.and_then(|left| operator::infix(self.world, "=", left, found.right).ok());
        if equals.is_some_and(|equals| equals.btree.iter().any(|(_, strategy)| *strategy == 3)) { vec![6] } else { Vec::new() }
    }

    /// `IS [NOT] DISTINCT FROM`.
    pub(super) fn distinct(&mut self, left: &'a Expr, right: &'a Expr, at: At) -> Value<'a> {
        if is_null(left) || is_null(right) {
            let value = self.expr(if is_null(right) { left } else { right });
            return Value { vars: value.vars, ..Value::of(TypeId::BOOL, at) };
        }
        if let (Kind::Row(a), Kind::Row(b)) = (&left.kind, &right.kind) {
            let (a, b) = (self.all(a), self.all(b));
            if a.len() != b.len() {
                return self.refuse(at, unequal_rows(a.len(), b.len()));
            }
            let results: Vec<Value<'a>> = a.into_iter().zip(b).map(|(a, b)| self.equal(a, b, "IS DISTINCT FROM", at)).collect();
            return Value { nullable: false, ..over(&results, TypeId::BOOL, at) };
        }
        let (a, b) = (self.expr(left), self.expr(right));
        let (types, before) = ((a.kind, b.kind), self.out.faults.len());
        let value = self.equal(a, b, "IS DISTINCT FROM", at);
        self.advise_last(before, "=", [left, right], types, at);
        Value { nullable: false, ..value }
    }

    /// Two values that an `=` must take.
    pub(super) fn equal(&mut self, left: Value<'a>, right: Value<'a>, word: &str, at: At) -> Value<'a> {
        let value = self.infix("=", left, right, at);
        match value.kind {
            Some(kind) if kind != TypeId::BOOL => {
                self.refuse(at, Refusal::new("42804", format!("{word} requires = operator to yield boolean")))
            }
            _ => value,
        }
    }

    /// `[NOT] BETWEEN`: two comparisons.
    pub(super) fn between(&mut self, inner: &'a Expr, low: &'a Expr, high: &'a Expr, not: bool, at: At) -> Value<'a> {
        let (over_low, over_high) = if not { ("<", ">") } else { (">=", "<=") };
        let a = self.expr(inner);
        let low_value = self.expr(low);
        self.compared(over_low, [inner, low], [&a, &low_value], at);
        let (before, low_kind) = (self.out.faults.len(), low_value.kind);
        let first = self.advised(over_low, [inner, low], [a.clone(), low_value], inner.at.to(low.at));
        let first = self.truth(first, "AND");
        let both = self.out.faults.len();
        let high_value = self.expr(high);
        self.compared(over_high, [inner, high], [&a, &high_value], at);
        let (after, high_kind) = (self.out.faults.len(), high_value.kind);
        let second = self.advised(over_high, [inner, high], [a, high_value], inner.at.to(high.at));
        let second = self.truth(second, "AND");
        // What compares with neither end is itself what is wrong.
        if (both, after, self.out.faults.len()) == (before + 1, before + 1, before + 2) && low_kind == high_kind {
            let of_types = |fault: &Fault| fault.refusal.subject == Subject::Operator;
            if self.out.faults.iter().skip(before).all(of_types) {
                self.out.faults.truncate(before + 1);
                self.out.faults.iter_mut().skip(before).for_each(|fault| fault.at = inner.at);
            }
        }
        over(&[first, second], TypeId::BOOL, at)
    }

    /// `[NOT] LIKE`, `ILIKE`, `SIMILAR TO`: operators, and functions for the escape.
    pub(super) fn like(&mut self, op: &str, left: &'a Expr, pattern: &'a Expr, escape: Option<&'a str>, not: bool, at: At) -> Value<'a> {
        let similar = op == "SIMILAR TO";
        let name = match (op, not) {
            ("SIMILAR TO", false) => "~",
            ("SIMILAR TO", true) => "!~",
            ("ILIKE", false) => "~~*",
            ("ILIKE", true) => "!~~*",
            (_, false) => "~~",
            (_, true) => "!~~",
        };
        let expr = pattern;
        let (value, pattern) = (self.expr(left), self.expr(pattern));
        let here = pattern.at;
        let escape = escape.map(|text| Value::text(Some(text), here));
        let pattern = match (similar, escape) {
            (true, escape) => self.function("similar_to_escape", std::iter::once(pattern).chain(escape).collect(), &[], &[], here),
            (false, Some(escape)) => self.function("like_escape", vec![pattern, escape], &[], &[], here),
            (false, None) => pattern,
        };
        self.advised(name, [left, expr], [value, pattern], at)
    }
}

/// Values and what they were written as.
pub(super) type Several<'a> = (Vec<Value<'a>>, &'a [Expr]);

pub(super) fn unequal_rows(left: usize, right: usize) -> Refusal {
    Refusal::new("42601", "unequal number of entries in row expressions")
        .note(format!("a row of {left} stands against one of {right}"))
        .help("compare rows of as many values")
}

pub(super) fn is_comparison(op: &str) -> bool {
    matches!(op, "=" | "<>" | "!=" | "<" | ">" | "<=" | ">=" | "~~" | "!~~" | "~~*" | "!~~*" | "~" | "!~" | "~*" | "!~*")
}

/// Whether an operator may give NULL for values that are not.
fn yields_null(op: &str) -> bool {
    matches!(op, "->" | "->>" | "#>" | "#>>" | "@?" | "@@")
}

/// The text of a number with its signs, which are part of it.
fn signed(expr: &Expr) -> Option<String> {
    match &expr.kind {
        Kind::Literal(Literal::Number(text)) => Some(text.clone()),
        Kind::Unary(op, inner) if op == "-" => signed(inner).map(|text| negative(&text)),
        _ => None,
    }
}

fn negative(text: &str) -> String {
    text.strip_prefix('-').map_or_else(|| format!("-{text}"), str::to_owned)
}
