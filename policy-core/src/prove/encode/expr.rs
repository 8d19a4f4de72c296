//! Expressions where a value is wanted.
//!
//! In: an expression and what its names mean. Out: a value. Must not know what is done with it.

use super::super::space::Ref;
use super::scope::Scope;
use super::value::{Alternatives, Applied, LOOSE, STRICT, Val, What};
use super::{Encoder, Pair};
use crate::model::{Expr, Kind, Literal};
use crate::typing::TypeId;
use crate::typing::meaning;

impl Encoder<'_> {
    /// The value of an expression.
    pub(super) fn value(&mut self, expr: &Expr, scope: &Scope) -> Val {
        if Self::is_truth(expr) {
            return Val::truth(self.truth(expr, scope));
        }
        match &expr.kind {
            Kind::Own(column) => self.own(column, scope),
            Kind::Column(alias, column) => self.column(alias, column, scope),
            Kind::Ctx(field) => self.context(field),
            Kind::Literal(literal) => self.literal(literal),
            Kind::Typed(kind, text) => self.cast(&Val::text(Some(text)), kind, &self.text(expr, scope)),
            Kind::Unary(op, inner) => self.unary(op, inner, expr, scope),
            Kind::Binary(op, left, right) => self.binary(op, left, right, scope),
            Kind::Case(operand, arms, otherwise) => self.case(operand.as_deref(), arms, otherwise.as_deref(), scope),
            Kind::Call(name, args) => self.call(name, args, expr, scope),
            Kind::Routine(routine, args) => self.routine(routine, args, expr, scope),
            Kind::Cast(inner, kind) => {
                let val = self.value(inner, scope);
                self.cast(&val, kind, &self.text(expr, scope))
            }
            Kind::Subscript(..) | Kind::Slice(..) => self.subscript(expr, scope),
            Kind::Array(items) => self.array(items, scope),
            Kind::ArrayQuery(query) => self.array_query(query, expr, scope),
            Kind::Row(items) => Val::new(Some(TypeId::RECORD), What::Row(items.iter().map(|item| self.value(item, scope)).collect())),
            Kind::Scalar(query) => self.scalar(query, expr, scope),
            Kind::AtTimeZone(inner, zone) => {
                let args = [self.value(zone, scope), self.value(inner, scope)];
                self.function("timezone", &args, &self.text(expr, scope))
            }
            Kind::Extract(field, inner) => {
                let args = [Val::text(Some(field)), self.value(inner, scope)];
                self.function("extract", &args, &self.text(expr, scope))
            }
            Kind::Collate(inner, name) => Val { collation: Some(name.clone()), ..self.value(inner, scope) },
            Kind::Keyword(name) => self.keyword(name),
            Kind::Named(_, inner) => self.value(inner, scope),
            // Everything else is a truth value.
            _ => Val::null(None),
        }
    }

    fn unary(&mut self, op: &str, inner: &Expr, expr: &Expr, scope: &Scope) -> Val {
        if let (Some(text), "-") = (signed(inner), op) {
            return self.number_literal(&negative(&text));
        }
        let val = self.value(inner, scope);
        let shown = self.text(expr, scope);
        let meant = val.kind.and_then(|kind| meaning::operator(self.world, op, None, kind));
        match meant {
            Some(meant) => {
                let val = meant.operands.first().map_or(val.clone(), |kind| self.become_one(&val, *kind));
                let symbol = format!("prefix {op} {}", meant.operands.first().map_or_else(String::new, |kind| self.world.name(*kind)));
                let habit = if meant.is_own() { super::value::TOTAL } else { STRICT };
                self.apply(&Applied { symbol: &symbol, head: op, shown: &shown, habit, result: Some(meant.result) }, &[val])
            }
            None => {
                let symbol = format!("prefix {op} {}", self.sort_name(val.kind));
                self.apply(&Applied { symbol: &symbol, head: op, shown: &shown, habit: LOOSE, result: None }, &[val])
            }
        }
    }

    fn case(&mut self, operand: Option<&Expr>, arms: &[(Expr, Expr)], otherwise: Option<&Expr>, scope: &Scope) -> Val {
        let mut before = Ref::TRUE;
        let mut branches = Vec::new();
        for (when, then) in arms {
            let condition = match operand {
                Some(operand) => {
                    let shown = self.pair_text("=", operand, when, scope);
                    let (a, b) = (self.value(operand, scope), self.value(when, scope));
                    self.equality(&a, &b, &shown)
                }
                None => self.truth(when, scope),
            };
            let here = self.space.and([before, condition.holds]);
            branches.push((here, self.value(then, scope)));
            before = self.space.and([before, !condition.holds]);
        }
        let last = otherwise.map_or_else(|| Val::text(None), |otherwise| self.value(otherwise, scope));
        // The ELSE comes first where a type is chosen.
        branches.insert(0, (before, last));
        self.branched(branches)
    }

    /// One of several values of a common type. No two conditions hold at once.
    pub(super) fn branched(&mut self, branches: Vec<(Ref, Val)>) -> Val {
        let collation = branches.iter().find_map(|(_, val)| val.collation.clone());
        Val { collation, ..self.one_of(branches) }
    }

    fn one_of(&mut self, branches: Vec<(Ref, Val)>) -> Val {
        let kinds: Option<Vec<TypeId>> = branches.iter().map(|(_, val)| val.kind).collect();
        let kind = kinds.and_then(|kinds| meaning::common(self.world, &kinds));
        let branches: Vec<(Ref, Val)> = match kind {
            Some(kind) => branches.into_iter().map(|(when, val)| (when, self.become_one(&val, kind))).collect(),
            None => branches,
        };
        if kind.map(|kind| self.base(kind)) == Some(TypeId::BOOL) {
            let (mut holds, mut fails) = (Vec::new(), Vec::new());
            for (when, val) in &branches {
                let pair = if let What::Truth(pair) = val.what { pair } else { Pair::NULL };
                holds.push(self.space.and([*when, pair.holds]));
                fails.push(self.space.and([*when, pair.fails]));
            }
            return Val::truth(Pair { holds: self.space.or(holds), fails: self.space.or(fails) });
        }
        let mut all: Alternatives = Vec::new();
        for (when, val) in &branches {
            for (also, place) in self.places(val) {
                let both = self.space.and([*when, also]);
                match all.iter_mut().find(|(_, known)| *known == place) {
                    Some(known) => known.0 = self.space.or([known.0, both]),
                    None if both != Ref::FALSE => all.push((both, place)),
                    None => {}
                }
            }
        }
        Val::of(kind, all)
    }

    /// `COALESCE`, `NULLIF`, `GREATEST`, `LEAST`; nothing for any other name.
    pub(super) fn special(&mut self, name: &str, args: &[Expr], expr: &Expr, scope: &Scope) -> Option<Val> {
        match (name, args) {
            ("coalesce", [_, ..]) => {
                let mut before = Ref::TRUE;
                let mut branches = Vec::new();
                for arg in args {
                    let val = self.value(arg, scope);
                    let null = self.null_of(&val);
                    branches.push((before, val));
                    before = self.space.and([before, null]);
                }
                // A later one counts only where the earlier ones are NULL, and those are no places then.
                Some(self.branched(branches))
            }
            ("nullif", [left, right]) => {
                let (a, b) = (self.value(left, scope), self.value(right, scope));
                let equal = self.equality(&a, &b, &self.pair_text("=", left, right, scope));
                let (left, right) = (a.kind?, b.kind?);
                let meant = meaning::operator(self.world, "=", Some(left), right);
                let kind = meant.and_then(|meant| meant.operands.first().copied()).filter(|kind| !kind.is_polymorphic()).unwrap_or(left);
                let a = self.become_one(&a, kind);
                Some(self.branched(vec![(!equal.holds, a)]))
            }
            ("greatest" | "least", [_, ..]) => self.extreme(name == "greatest", args, expr, scope),
            _ => None,
        }
    }

    /// The largest or smallest of those that are not NULL.
    fn extreme(&mut self, largest: bool, args: &[Expr], expr: &Expr, scope: &Scope) -> Option<Val> {
        let vals: Vec<Val> = args.iter().map(|arg| self.value(arg, scope)).collect();
        let kinds: Option<Vec<TypeId>> = vals.iter().map(|val| val.kind).collect();
        let kind = meaning::common(self.world, &kinds?)?;
        let shown = self.text(expr, scope);
        let mut all = vals.into_iter();
        let mut best = self.become_one(&all.next()?, kind);
        for (index, next) in all.enumerate() {
            let next = self.become_one(&next, kind);
            let op = if largest { ">=" } else { "<=" };
            let val = self.infix(op, &best, &next, &format!("{shown} ({index})"));
            let What::Truth(pair) = val.what else { return None };
            let (none, other) = (self.null_of(&best), self.null_of(&next));
            let first = self.space.or([pair.holds, other]);
            let second = self.space.or([pair.fails, none]);
            let second = self.space.and([second, !first]);
            best = self.branched(vec![(first, best), (second, next)]);
        }
        Some(best)
    }

    fn array(&mut self, items: &[Expr], scope: &Scope) -> Val {
        let vals: Vec<Val> = items.iter().map(|item| self.value(item, scope)).collect();
        let collation = vals.iter().find_map(|val| val.collation.clone());
        let kinds: Option<Vec<TypeId>> = vals.iter().map(|val| val.kind).collect();
        let element = kinds.filter(|kinds| !kinds.is_empty()).and_then(|kinds| meaning::common(self.world, &kinds));
        let Some(element) = element.filter(|kind| self.world.element(*kind).is_none()) else {
            return Val { collation, ..Val::new(None, What::Array(vals)) };
        };
        let vals = vals.iter().map(|val| self.become_one(val, element)).collect();
        Val { collation, ..Val::new(self.world.array_of(element), What::Array(vals)) }
    }

    fn subscript(&mut self, expr: &Expr, scope: &Scope) -> Val {
        let shown = self.text(expr, scope);
        let children: Vec<Val> = expr.children().into_iter().map(|child| self.value(child, scope)).collect();
        let base = children.first().and_then(|val| val.base(self.world));
        let slice = matches!(expr.kind, Kind::Slice(..));
        let result = base.and_then(|base| match (slice, base) {
            (true, _) | (false, TypeId::JSONB) => Some(base),
            (false, _) => self.world.element(base),
        });
        let word = match &expr.kind {
            Kind::Slice(_, low, high) => format!("slice {} {}", low.is_some(), high.is_some()),
            _ => "subscript".to_owned(),
        };
        let symbol = format!("{word} {}", self.sort_name(base));
        // One index of several gives no row of an array, but NULL.
        let nested = matches!(&expr.kind, Kind::Subscript(inner, _) if matches!(inner.kind, Kind::Subscript(..)));
        if nested {
            return self.unknown(&shown, None);
        }
        let habit = if base.is_some() { STRICT } else { LOOSE };
        self.apply(&Applied { symbol: &symbol, head: &word, shown: &shown, habit, result }, &children)
    }
}

/// The text of a number with its signs.
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
