//! `IN (list)` and `op ANY (array)`.
//!
//! Source: `transformAExprIn` of PostgreSQL's `parse_expr.c`, `make_scalar_array_op` of `parse_oper.c`.

use super::super::TypeId;
use super::super::coerce::{Context, can_coerce, verified_common};
use super::super::fault::{Refusal, Subject};
use super::super::{operator, polymorphic};
use super::Walker;
use super::value::{Value, over};
use crate::diag::At;
use crate::model::{Expr, Kind};

impl<'a> Walker<'a> {
    /// `left [NOT] IN (..)`: constants go into one array, if they have a type in common; the rest is compared one by one.
    pub(super) fn in_list(&mut self, left: &'a Expr, list: &'a [Expr], not: bool, at: At) -> Value<'a> {
        let op = if not { "<>" } else { "=" };
        let value = self.expr(left);
        let level = self.level();
        let items: Vec<(&'a Expr, Value<'a>)> = list.iter().map(|item| (item, self.expr(item))).collect();
        self.in_values(left, &value, &items, not, at);
        let (with_vars, plain): (Vec<_>, Vec<_>) = items.into_iter().partition(|(_, item)| item.vars & level != 0);
        let mut results = Vec::new();
        let array = self.common_array(&value, &plain);
        let one_by_one = match array {
            Some((element, array)) => {
                let whole: Vec<Value<'a>> = plain.into_iter().map(|(_, item)| self.becoming(item, element)).collect();
                let right = over(&whole, array, at);
                results.push(self.any(value.clone(), op, right, at));
                with_vars
            }
            // In the order written.
            None => {
                let mut all: Vec<_> = plain.into_iter().chain(with_vars).collect();
                all.sort_by_key(|(item, _)| list.iter().position(|one| std::ptr::eq(one, *item)));
                all
            }
        };
        let mut refused: Vec<Option<TypeId>> = Vec::new();
        for (item, right) in one_by_one {
            let result = match (&left.kind, &item.kind) {
                (Kind::Row(a), Kind::Row(b)) => {
                    let (left, right) = (self.quietly(a), self.quietly(b));
                    self.rows(op, (left, a), (right, b), at)
                }
                _ => {
                    let (before, kind, types) = (self.out.faults.len(), right.kind, (value.kind, right.kind));
                    let here = match types {
                        (Some(a), Some(b)) => self.blamed((left, a), (item, b), right.at),
                        _ => right.at,
                    };
                    let result = self.advised(op, [left, item], [value.clone(), right], here);
                    // Of values of one type, one is enough.
                    if self.out.faults.get(before).is_some_and(|fault| fault.refusal.subject == Subject::Operator) {
                        if refused.contains(&kind) {
                            self.out.faults.truncate(before);
                        }
                        refused.push(kind);
                        self.out.faults.iter_mut().skip(before).for_each(|fault| fault.at = here);
                    }
                    result
                }
            };
            results.push(self.truth(result, "IN"));
        }
        over(&results, TypeId::BOOL, at)
    }

    /// The bit of the query whose columns are named without going outward.
    fn level(&self) -> u64 {
        self.frames.len().checked_sub(1).map_or(1, |index| 2 << index)
    }

    /// Values that were judged before.
    fn quietly(&mut self, exprs: &'a [Expr]) -> Vec<Value<'a>> {
        let (faults, traps, depends, declined) =
            (self.out.faults.len(), self.out.traps.len(), self.out.depends.len(), self.out.declined.len());
        let values = self.all(exprs);
        self.out.faults.truncate(faults);
        self.out.traps.truncate(traps);
        self.out.depends.truncate(depends);
        self.out.declined.truncate(declined);
        values
    }

    /// The type of the elements, and of their array.
    fn common_array(&self, left: &Value<'a>, items: &[(&'a Expr, Value<'a>)]) -> Option<(TypeId, TypeId)> {
        if items.len() < 2 {
            return None;
        }
        let kinds: Vec<TypeId> = std::iter::once(left.kind).chain(items.iter().map(|(_, item)| item.kind)).collect::<Option<_>>()?;
        let element = verified_common(self.world, &kinds).filter(|kind| *kind != TypeId::RECORD)?;
        Some((element, self.world.array_of(element)?))
    }

    /// `left op ANY (array)`.
    pub(super) fn any_array(&mut self, left: &'a Expr, op: &str, right: &'a Expr, all: bool, at: At) -> Value<'a> {
        let (value, array) = (self.expr(left), self.expr(right));
        self.any_values(op, left, right, &value, all, at);
        let element = array.kind.and_then(|array| self.world.element(self.world.base(array)));
        let (types, before, blamed) = ((value.kind, element), self.out.faults.len(), array.at);
        let single = array.kind.filter(|kind| *kind != TypeId::UNKNOWN && element.is_none());
        let result = self.any(value, op, array, at);
        self.advise_any(before, op, [left, right], types, blamed);
        if let (Some(kind), true) = (single, self.out.faults.len() > before) {
            let note = self.said(right).map(|text| format!("`{text}` is {}", self.world.name(kind)));
            let help = format!("it is one value: `{} {op} {}`", self.operand(left), self.operand(right));
            if let Some(fault) = self.out.faults.get_mut(before) {
                fault.refusal.notes.extend(note);
                fault.refusal.help = vec![help];
            }
        }
        // An element may be NULL.
        Value { nullable: true, ..result }
    }

    /// What an array against which a value does not compare could be.
    fn advise_any(&mut self, before: usize, op: &str, exprs: [&Expr; 2], types: (Option<TypeId>, Option<TypeId>), blamed: At) {
        let (Some(fault), (Some(value), Some(element))) = (self.out.faults.get(before).cloned(), types) else { return };
        if fault.refusal.subject != Subject::Operator {
            return;
        }
        let said = |expr: &Expr, kind: String| self.said(expr).map(|text| format!("`{text}` is {kind}"));
        let notes = [said(exprs[0], self.world.name(value)), said(exprs[1], format!("{}[]", self.world.name(element)))];
        let notes: Vec<String> = notes.into_iter().flatten().filter(|_| value != TypeId::UNKNOWN).collect();
        let refusal = if notes.is_empty() { fault.refusal } else { fault.refusal.note(notes.join(", ")) };
        let casts = |from: TypeId, to: TypeId| can_coerce(self.world, &[from], &[to], Context::Explicit);
        let array = self.world.array_of(value).filter(|_| casts(element, value) && self.fits(op, value, value));
        let refusal = match array {
            Some(array) => {
                refusal.help(format!("cast the array: `{} {op} ANY({})`", self.operand(exprs[0]), self.cast_to(exprs[1], array)))
            }
            None => refusal,
        };
        if let Some(last) = self.out.faults.get_mut(before) {
            *last = refusal.at(blamed);
        }
    }

    pub(super) fn any(&mut self, left: Value<'a>, op: &str, right: Value<'a>, at: At) -> Value<'a> {
        let (Some(a), Some(array)) = (left.kind, right.kind) else {
            return Value { kind: Some(TypeId::BOOL), ..over(&[left, right], TypeId::BOOL, at) };
        };
        match self.any_types(op, a, array) {
            Ok((left_type, right_type)) => {
                let (left, right) = (self.becoming(left, left_type), self.becoming(right, right_type));
                let values = [left, right];
                let result = over(&values, TypeId::BOOL, at);
                self.collated(&values, result)
            }
            Err(refusal) => {
                let here = if refusal.sqlstate == "42809" { right.at } else { at };
                self.refuse(here, refusal)
            }
        }
    }

    /// What the two sides become.
    fn any_types(&self, op: &str, left: TypeId, array: TypeId) -> Result<(TypeId, TypeId), Refusal> {
        let element = if array == TypeId::UNKNOWN {
            TypeId::UNKNOWN
        } else {
            self.world.element(self.world.base(array)).ok_or_else(|| {
                let refusal = Refusal::new("42809", "op ANY/ALL (array) requires array on right side");
                refusal.help("compare without ANY, or with `ARRAY[..]`")
            })?
        };
        let found = operator::infix(self.world, op, left, element)?;
        let declared = [found.left.unwrap_or(found.right), found.right];
        let (operands, result) = polymorphic::enforce(self.world, &[left, element], &declared, found.result)?;
        if result != TypeId::BOOL {
            return Err(Refusal::new("42809", "op ANY/ALL (array) requires operator to yield boolean"));
        }
        let (left, right) = match operands.as_slice() {
            [left, right] => (*left, *right),
            _ => return Err(Refusal::new("42883", "operator does not exist")),
        };
        if right.is_polymorphic() {
            return Ok((left, array));
        }
        let array = self.world.array_of(right);
        let missing = || Refusal::new("42704", format!("could not find array type for data type {}", self.world.name(right)));
        Ok((left, array.ok_or_else(missing)?))
    }
}
