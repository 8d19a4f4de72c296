//! Constants without a type where a type is wanted, and casts.

use super::super::TypeId;
use super::super::coerce::{Context, can_coerce};
use super::super::fault::{Refusal, Subject};
use super::super::literal::{self, Input};
use super::Walker;
use super::value::Value;
use crate::diag::{At, listed, nearest};
use crate::model::{Base, Expr, Kind, SqlType};

impl<'a> Walker<'a> {
    /// The value as one of another type, which it can become.
    pub(super) fn becoming(&mut self, value: Value<'a>, target: TypeId) -> Value<'a> {
        match value.kind {
            None => value,
            Some(TypeId::UNKNOWN) => self.read(value, target),
            Some(kind) if target.is_polymorphic() || target == TypeId::ANY => Value { kind: Some(kind), ..value },
            Some(_) => Value { kind: Some(target), collation: value.collation.filter(|_| self.world.is_collatable(target)), ..value },
        }
    }

    /// A constant without a type, read by the input function of a type.
    fn read(&mut self, value: Value<'a>, target: TypeId) -> Value<'a> {
        let unchanged =
            [TypeId::ANY, TypeId::ANYELEMENT, TypeId::ANYNONARRAY, TypeId::ANYCOMPATIBLE, TypeId::ANYCOMPATIBLENONARRAY, TypeId::UNKNOWN];
        if unchanged.contains(&target) {
            return value;
        }
        let base = self.world.base(target);
        if self.refuses_input(base, value.text.is_some()) {
            let message = if base == TypeId::RECORD {
                "input of anonymous composite types is not implemented".to_owned()
            } else {
                format!("cannot accept a value of type {}", self.world.name(base))
            };
            return self.refuse(value.at, Refusal::new("0A000", message));
        }
        if let (Some(text), false) = (value.text, self.takes_all(base)) {
            self.check_text(text, base, value.at);
        }
        Value { kind: Some(target), text: None, collation: value.collation.filter(|_| self.world.is_collatable(target)), ..value }
    }

    /// Whether every text is a value of the type.
    fn takes_all(&self, kind: TypeId) -> bool {
        matches!(self.world.catalog_name(kind), "cstring" | "void" | "unknown")
    }

    /// Whether a type takes no constants at all.
    fn refuses_input(&self, kind: TypeId, text: bool) -> bool {
        let Some(row) = self.world.row(kind) else { return false };
        let takes = self.takes_all(kind) || (!text && row.input_strict);
        let refuses = row.is_pseudo() || row.category == b'Z' || row.name == "gtsvector";
        refuses && row.name != "char" && kind != TypeId::RECORD_ARRAY && !takes
    }

    /// Whether the text is a value of the type.
    fn check_text(&mut self, text: &'a str, kind: TypeId, at: At) {
        if let Some(labels) = self.world.labels(kind) {
            if !labels.iter().any(|label| label == text) {
                let message = format!("invalid input value for enum {}: \"{text}\"", self.world.name(kind));
                let near = nearest(text, labels.iter().map(String::as_str));
                let refusal = Refusal::new("22P02", message).help(near.map_or_else(
                    || format!("its labels are {}", listed(labels.iter().map(String::as_str))),
                    |near| format!("did you mean `\"{near}\"`?"),
                ));
                self.out.faults.push(refusal.at(at));
            }
            return;
        }
        match self.input(text, kind) {
            Input::Valid => {}
            Input::Depends(on) => self.out.depends.push((at, on)),
            Input::Invalid { sqlstate, message } => {
                let refusal = self.repaired(Refusal::new(sqlstate, message).about(Subject::Constant), text, kind);
                self.out.faults.push(refusal.at(at));
            }
            Input::Unjudged => {
                let name = self.world.name(kind);
                self.decline(format!("a text of type {name}"));
            }
        }
    }

    /// What the input function of a type does with a text.
    pub(super) fn input(&self, text: &str, kind: TypeId) -> Input {
        let major = self.world.major();
        let name = self.world.catalog_name(kind);
        if !name.is_empty() {
            return literal::read(name, text, major);
        }
        let Some(element) = self.world.element(kind).map(|element| self.world.base(element)) else { return Input::Unjudged };
        match (self.world.labels(element), self.world.catalog_name(element)) {
            (Some(labels), _) => literal::labels(&self.world.name(element), labels, text, major),
            (None, "") => Input::Unjudged,
            (None, element) => literal::read(&format!("_{element}"), text, major),
        }
    }

    /// `expr::type`.
    pub(super) fn cast_of(&mut self, inner: &'a Expr, kind: &SqlType, at: At) -> Value<'a> {
        if !self.modifier(kind, at) {
            return Value::unknown_here(at);
        }
        // The elements of ARRAY[..] are cast one by one.
        if let Kind::Array(items) = &inner.kind
            && let Some(target) = self.names.cast(self.world, kind)
            && let Some(element) = self.world.element(self.world.base(target))
        {
            let array = self.array(items, Some((self.world.base(target), element)), inner.at);
            return self.cast(array, Some(inner), kind, at);
        }
        let value = self.expr(inner);
        self.cast(value, Some(inner), kind, at)
    }

    /// A value cast to a type.
    pub(super) fn cast(&mut self, value: Value<'a>, expr: Option<&Expr>, kind: &SqlType, at: At) -> Value<'a> {
        let Some(target) = self.names.cast(self.world, kind) else {
            match kind.base {
                Base::Opaque(_) => {}
                _ if self.world.is_closed() => return self.no_type(kind, at),
                _ => self.decline(format!("the type {kind}")),
            }
            return Value { nullable: value.nullable, vars: value.vars, ..Value::unknown_here(at) };
        };
        match value.kind {
            None => Value { kind: Some(target), at, ..value },
            Some(given) if target == TypeId::UNKNOWN && given != target && self.world.category(given) == b'S' => {
                let message = format!("failed to find conversion function from {} to unknown", self.world.name(given));
                self.refuse(at, Refusal::new("XX000", message))
            }
            Some(given) if can_coerce(self.world, &[given], &[target], Context::Explicit) => self.becoming(value, target),
            Some(given) => {
                let message = format!("cannot cast type {} to {}", self.world.name(given), self.world.name(target));
                let refusal = Refusal::new("42846", message);
                let refusal = match expr.and_then(|expr| self.other_cast(expr, given, target)) {
                    Some(help) => refusal.help(help),
                    None => refusal,
                };
                self.refuse(at, refusal)
            }
        }
    }

    /// A type that there is not, or a schema.
    fn no_type(&mut self, kind: &SqlType, at: At) -> Value<'a> {
        let refusal = match &kind.base {
            Base::User(Some(schema), _) if !self.world.has_schema(schema) => {
                Refusal::new("3F000", format!("schema \"{schema}\" does not exist"))
            }
            _ => Refusal::new("42704", format!("type \"{kind}\" does not exist")),
        };
        self.refuse(at, refusal.help("declare it: `types: [..]` of the `policy_set!`"))
    }

    /// Whether a type takes the modifier that is written. Source: the `typmodin` functions of the types.
    pub(super) fn modifier(&mut self, kind: &SqlType, at: At) -> bool {
        if kind.modifier.is_empty() {
            return true;
        }
        let plain = SqlType { modifier: Vec::new(), array: false, ..kind.clone() };
        let Some(row) = self.names.cast(self.world, &plain).and_then(|id| self.world.row(id)).cloned() else { return true };
        if !row.modifier {
            let message = format!("type modifier is not allowed for type \"{}\"", row.name);
            // The grammar has no place for one after these words.
            let sqlstate = "42601";
            self.out.faults.push(Refusal::new(sqlstate, message).help(format!("write `{plain}`")).at(at));
            return false;
        }
        match wrong_modifier(row.name, &kind.modifier, self.world.major()) {
            None => true,
            Some(message) => {
                let plain = SqlType { modifier: Vec::new(), ..kind.clone() };
                self.out.faults.push(Refusal::new("22023", message).help(format!("without a modifier: `{plain}`")).at(at));
                false
            }
        }
    }
}

fn wrong_modifier(name: &str, modifier: &[u32], major: u32) -> Option<String> {
    const LONGEST: u32 = 10_485_760;
    match (name, modifier) {
        ("bpchar" | "varchar", [0]) => Some(format!("length for type {name} must be at least 1")),
        ("bpchar" | "varchar", [length]) if *length > LONGEST => Some(format!("length for type {name} cannot exceed {LONGEST}")),
        ("bit" | "varbit", [0]) => Some(format!("length for type {name} must be at least 1")),
        ("bit" | "varbit", [length]) if *length > 83_886_080 => Some(format!("length for type {name} cannot exceed 83886080")),
        ("numeric", [precision] | [precision, _]) if !(1..=1000).contains(precision) => {
            Some(format!("NUMERIC precision {precision} must be between 1 and 1000"))
        }
        ("numeric", [precision, scale]) if major < 15 && scale > precision => {
            Some(format!("NUMERIC scale {scale} must be between 0 and precision {precision}"))
        }
        ("numeric", [_, scale]) if *scale > 1000 => Some(format!("NUMERIC scale {scale} must be between -1000 and 1000")),
        ("numeric", [_] | [_, _]) | ("bpchar" | "varchar" | "bit" | "varbit", [_]) => None,
        ("vector" | "halfvec", [1..=16_000]) | ("sparsevec", [1..=1_000_000_000]) => None,
        ("time" | "timetz" | "timestamp" | "timestamptz" | "interval", [_]) => None,
        _ => Some("invalid type modifier".to_owned()),
    }
}
