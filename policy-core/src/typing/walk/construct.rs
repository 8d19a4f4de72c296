//! What is built of several values of one type: CASE, COALESCE, GREATEST, ARRAY; rows.
//!
//! Source: `transformCaseExpr`, `transformArrayExpr` of PostgreSQL's `parse_expr.c`; documentation 10.5.

use super::super::TypeId;
use super::super::coerce::{Context, can_coerce, common, implicitly};
use super::super::fault::{Refusal, Subject};
use super::Walker;
use super::value::{Value, over};
use crate::diag::At;
use crate::model::{Expr, Kind};

impl<'a> Walker<'a> {
    /// `CASE [operand] WHEN .. THEN .. ELSE .. END`.
    pub(super) fn case(&mut self, operand: Option<&'a Expr>, arms: &'a [(Expr, Expr)], otherwise: Option<&'a Expr>, at: At) -> Value<'a> {
        let written = operand;
        let operand = operand.map(|operand| {
            let value = self.expr(operand);
            if value.is_unknown() { self.becoming(value, TypeId::TEXT) } else { value }
        });
        let mut results = Vec::new();
        let mut exprs: Vec<Option<&Expr>> = vec![otherwise];
        let mut vars = 0;
        for (when, then) in arms {
            let condition = self.expr(when);
            let condition = match (&operand, written) {
                (Some(operand), Some(expr)) => {
                    self.advised("=", [expr, when], [Value { at: when.at, ..operand.clone() }, condition], when.at)
                }
                _ => condition,
            };
            vars |= self.truth_of(when, condition, "CASE/WHEN").vars;
            results.push(self.expr(then));
            exprs.push(Some(then));
        }
        // The ELSE comes first where a type is chosen; without one it is NULL.
        let otherwise = otherwise.map_or_else(|| Value::text(None, at), |otherwise| self.expr(otherwise));
        results.insert(0, otherwise);
        let value = self.same_type(results, &exprs, "CASE", at);
        Value { vars: value.vars | vars, ..value }
    }

    /// Values that must have a type in common.
    pub(super) fn same_type(&mut self, values: Vec<Value<'a>>, exprs: &[Option<&Expr>], word: &str, at: At) -> Value<'a> {
        match self.common_type(&values, exprs, word) {
            Some(kind) => self.all_of(values, kind, word, at),
            None => Value { kind: None, ..over(&values, TypeId::UNKNOWN, at) },
        }
    }

    /// Values that become one type.
    fn all_of(&mut self, values: Vec<Value<'a>>, kind: TypeId, word: &str, at: At) -> Value<'a> {
        let values: Vec<Value<'a>> = values.into_iter().map(|value| self.one_of_common(value, kind, word)).collect();
        let result = over(&values, kind, at);
        self.collated(&values, result)
    }

    /// The type that values have in common; a fault if there is none.
    fn common_type(&mut self, values: &[Value<'a>], exprs: &[Option<&Expr>], word: &str) -> Option<TypeId> {
        let kinds: Vec<TypeId> = values.iter().map(|value| value.kind).collect::<Option<_>>()?;
        match common(self.world, &kinds) {
            Ok(kind) => Some(kind),
            Err((a, b)) => {
                let message = format!("{word} types {} and {} cannot be matched", self.world.name(a), self.world.name(b));
                let of = |wanted: TypeId| {
                    let mut all = values.iter().zip(exprs);
                    all.find(|(value, _)| value.kind.map(|kind| self.world.base(kind)) == Some(self.world.base(wanted)))
                };
                let at = of(b).map_or(At::default(), |(value, _)| value.at);
                let refusal = Refusal::new("42804", message).about(Subject::Common);
                let said = [a, b].map(|kind| Some((of(kind)?.1.as_ref().copied()?, kind)));
                let fault = match said {
                    [Some(first), Some(second)] => self.advise_common(refusal, &kinds, first, second),
                    _ => refusal,
                };
                self.out.faults.push(fault.at(at));
                None
            }
        }
    }

    /// Which value to cast: what is a constant, else what becomes a text, which every value does.
    fn advise_common(&self, refusal: Refusal, kinds: &[TypeId], first: (&Expr, TypeId), second: (&Expr, TypeId)) -> Refusal {
        let told = |(expr, kind): (&Expr, TypeId)| self.said(expr).map(|text| format!("`{text}` is {}", self.world.name(kind)));
        let told: Vec<String> = [first, second].into_iter().filter_map(told).collect();
        let refusal = if told.is_empty() { refusal } else { refusal.note(told.join(", ")) };
        let tries = |from: TypeId, to: TypeId| {
            let cast: Vec<TypeId> =
                kinds.iter().map(|kind| if self.world.base(*kind) == self.world.base(from) { to } else { *kind }).collect();
            can_coerce(self.world, &[from], &[to], Context::Explicit) && common(self.world, &cast).is_ok()
        };
        let constant = |expr: &Expr| matches!(expr.kind, Kind::Literal(_));
        let is_text = |kind: TypeId| self.world.category(kind) == b'S';
        let mut ways = [(second, first), (first, second)];
        ways.sort_by_key(|((expr, _), (_, to))| (!is_text(*to), !constant(expr)));
        let way = ways.into_iter().find(|((_, from), (_, to))| tries(*from, *to));
        match way {
            Some(((expr, _), (_, to))) => refusal.help(format!("cast one of them: `{}`", self.cast_to(expr, to))),
            None => refusal,
        }
    }

    fn one_of_common(&mut self, value: Value<'a>, kind: TypeId, word: &str) -> Value<'a> {
        match value.kind {
            Some(given) if given != kind && !implicitly(self.world, given, kind) => {
                let message = format!("{word} could not convert type {} to {}", self.world.name(given), self.world.name(kind));
                self.refuse(value.at, Refusal::new("42846", message).about(Subject::Common))
            }
            _ => self.becoming(value, kind),
        }
    }

    /// `COALESCE`, `GREATEST`, `LEAST`, `NULLIF`; nothing for any other name.
    pub(super) fn special(&mut self, name: &str, args: &'a [Expr], at: At) -> Option<Value<'a>> {
        match (name, args) {
            ("coalesce", [_, ..]) => {
                let values = self.all(args);
                let nullable = values.iter().all(|value| value.nullable);
                let exprs: Vec<Option<&Expr>> = args.iter().map(Some).collect();
                let value = self.same_type(values, &exprs, "COALESCE", at);
                Some(Value { nullable, ..value })
            }
            ("greatest" | "least", [_, ..]) => {
                let values = self.all(args);
                let nullable = values.iter().all(|value| value.nullable);
                let exprs: Vec<Option<&Expr>> = args.iter().map(Some).collect();
                let value = self.same_type(values, &exprs, &name.to_ascii_uppercase(), at);
                Some(Value { nullable, ..value })
            }
            ("nullif", [a, b]) => {
                let exprs = [a, b];
                let (a, b) = (self.expr(a), self.expr(b));
                let (types, before, both) = ((a.kind, b.kind), self.out.faults.len(), a.at.to(b.at));
                let value = self.nullif(a, b, at);
                self.advise_last(before, "=", exprs, types, both);
                Some(value)
            }
            ("coalesce" | "greatest" | "least" | "nullif", _) => {
                let wanted = if name == "nullif" { "two values" } else { "a value" };
                let refusal = Refusal::new("42601", "syntax error at or near \")\"").about(Subject::Function);
                Some(self.refuse(at, refusal.help(format!("`{name}` takes {wanted}"))))
            }
            _ => None,
        }
    }

    /// The type of NULLIF is that of its first argument, as the `=` took it.
    fn nullif(&mut self, left: Value<'a>, right: Value<'a>, at: At) -> Value<'a> {
        let types = (left.kind, right.kind);
        let given = left.clone();
        let compared = self.equal(left, right, "NULLIF", at);
        let first = match types {
            (Some(a), Some(b)) if compared.kind.is_some() => self.first_operand("=", a, b),
            _ => None,
        };
        Value { kind: first, nullable: true, text: None, at, ..given }
    }

    /// What the left operand becomes; a polymorphic operator leaves it as it is, and one of any rows a row of a composite type.
    fn first_operand(&self, op: &str, left: TypeId, right: TypeId) -> Option<TypeId> {
        let found = super::super::operator::infix(self.world, op, left, right).ok()?;
        let used = super::super::operator::used(self.world, found, &[left, right]).ok()?;
        let first = used.operands.first().copied()?;
        let any_row = first == TypeId::RECORD && self.world.is_complex(left);
        if !first.is_polymorphic() && !any_row {
            return Some(first);
        }
        // A domain is made what it is over for `anyarray`, `anyenum` and the ranges.
        let element = matches!(first, TypeId::ANYELEMENT | TypeId::ANYNONARRAY | TypeId::ANYCOMPATIBLE | TypeId::ANYCOMPATIBLENONARRAY);
        Some(if element { left } else { self.world.base(left) })
    }

    /// `ARRAY[..]`, with the array and element type where it is cast.
    pub(super) fn array(&mut self, items: &'a [Expr], wanted: Option<(TypeId, TypeId)>, at: At) -> Value<'a> {
        let mut nested = false;
        let mut values = Vec::new();
        for item in items {
            let value = match &item.kind {
                Kind::Array(inner) => {
                    nested = true;
                    self.array(inner, wanted, item.at)
                }
                _ => self.expr(item),
            };
            let plain = value.kind.filter(|kind| !matches!(*kind, TypeId::INT2VECTOR | TypeId::OIDVECTOR));
            nested |= plain.is_some_and(|kind| self.world.element(kind).is_some());
            values.push(value);
        }
        match wanted {
            Some((array, element)) => self.array_of(values, if nested { array } else { element }, array, at),
            None => self.array_of_common(values, items, nested, at),
        }
    }

    /// Elements that are cast.
    fn array_of(&mut self, values: Vec<Value<'a>>, target: TypeId, array: TypeId, at: At) -> Value<'a> {
        let mut done = Vec::new();
        for value in values {
            done.push(match value.kind {
                Some(given) if !can_coerce(self.world, &[given], &[target], Context::Explicit) => {
                    let message = format!("cannot cast type {} to {}", self.world.name(given), self.world.name(target));
                    self.refuse(value.at, Refusal::new("42846", message))
                }
                _ => self.becoming(value, target),
            });
        }
        let result = over(&done, array, at);
        self.collated(&done, Value { nullable: false, ..result })
    }

    fn array_of_common(&mut self, values: Vec<Value<'a>>, items: &[Expr], nested: bool, at: At) -> Value<'a> {
        if values.is_empty() {
            let refusal = Refusal::new("42P18", "cannot determine type of empty array");
            return self.refuse(at, refusal.help("cast it: `ARRAY[]::integer[]`"));
        }
        let exprs: Vec<Option<&Expr>> = items.iter().map(Some).collect();
        let Some(kind) = self.common_type(&values, &exprs, "ARRAY") else {
            return Value { kind: None, nullable: false, ..over(&values, TypeId::UNKNOWN, at) };
        };
        let array = if nested { self.world.element(kind).map(|_| kind) } else { self.world.array_of(kind) };
        match array {
            Some(array) => {
                let value = self.all_of(values, kind, "ARRAY", at);
                Value { kind: Some(array), nullable: false, ..value }
            }
            None => {
                let what = if nested { "element" } else { "array" };
                self.refuse(at, Refusal::new("42704", format!("could not find {what} type for data type {}", self.world.name(kind))))
            }
        }
    }

    /// `(a, b)`.
    pub(super) fn row(&mut self, items: &'a [Expr]) -> Value<'a> {
        let values = self.all(items);
        let at = values.iter().map(|value| value.at).reduce(At::to).unwrap_or_default();
        Value { nullable: false, ..over(&values, TypeId::RECORD, at) }
    }
}
