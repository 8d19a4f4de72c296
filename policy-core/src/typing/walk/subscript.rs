//! `expr[index]` and `expr[low:high]`.
//!
//! Source: `transformContainerSubscripts` of PostgreSQL's `parse_node.c`, `array_subscript_transform` and
//! `jsonb_subscript_transform`; documentation 8.14.5 and 8.15.3.

use super::super::TypeId;
use super::super::catalog::Subscript;
use super::super::coerce::{Context, can_coerce, implicitly};
use super::super::fault::Refusal;
use super::Walker;
use super::value::Value;
use crate::model::{Expr, Kind};

impl<'a> Walker<'a> {
    /// All the subscripts of one value together, as PostgreSQL takes them.
    pub(super) fn subscripted(&mut self, expr: &'a Expr) -> Value<'a> {
        let mut indexes: Vec<&'a Expr> = Vec::new();
        let mut slice = false;
        let mut base = expr;
        match &expr.kind {
            Kind::Slice(inner, low, high) => {
                slice = true;
                indexes.extend(low.as_deref().into_iter().chain(high.as_deref()));
                base = inner;
            }
            _ => {
                while let Kind::Subscript(inner, index) = &base.kind {
                    indexes.insert(0, index);
                    base = inner;
                }
            }
        }
        let container = self.expr(base);
        let Some(given) = container.kind else {
            let vars = indexes.into_iter().fold(container.vars, |vars, index| vars | self.expr(index).vars);
            return Value { vars, ..Value::unknown_here(expr.at) };
        };
        let kind = match self.world.base(given) {
            TypeId::INT2VECTOR => self.world.named("_int2").unwrap_or(given),
            TypeId::OIDVECTOR => self.world.named("_oid").unwrap_or(given),
            kind => kind,
        };
        let Some(subscript) = self.world.row(kind).and_then(|row| row.subscript) else {
            let message = format!("cannot subscript type {} because it does not support subscripting", self.world.name(given));
            let refusal = Refusal::new("42804", message).help(match given {
                _ if self.world.category(given) == b'S' && !slice => match indexes.as_slice() {
                    [index] => format!("a piece of a text: `substr({}, {}, 1)`", self.written(base), self.written(index)),
                    _ => "a piece of a text: `substr(..)`".to_owned(),
                },
                TypeId::UNKNOWN => "cast the constant first: `'{1,2}'::integer[]`".to_owned(),
                _ => "only arrays and jsonb have subscripts".to_owned(),
            });
            return self.refuse(base.at, refusal);
        };
        if slice && subscript == Subscript::Json {
            let refusal = Refusal::new("42804", "jsonb subscript does not support slices");
            return self.refuse(expr.at, refusal.help("take one element: `data[0]`"));
        }
        let mut vars = container.vars;
        for index in indexes {
            let value = self.expr(index);
            vars |= value.vars;
            self.index(value, subscript);
        }
        self.found(kind, subscript, slice, Value { vars, at: expr.at, ..container })
    }

    fn found(&self, kind: TypeId, subscript: Subscript, slice: bool, container: Value<'a>) -> Value<'a> {
        let result = match subscript {
            Subscript::Json => Some(kind),
            Subscript::Key => Some(TypeId::TEXT),
            _ if slice => Some(kind),
            _ => self.world.row(kind).and_then(|row| row.element),
        };
        Value { kind: result, nullable: true, text: None, collation: None, ..container }
    }

    /// A subscript: an integer for arrays, a text or an integer for jsonb.
    fn index(&mut self, value: Value<'a>, subscript: Subscript) {
        let Some(given) = value.kind else { return };
        match subscript {
            Subscript::Array | Subscript::Raw => {
                if can_coerce(self.world, &[given], &[TypeId::INT4], Context::Assignment) {
                    self.becoming(value, TypeId::INT4);
                } else {
                    let refusal = Refusal::new("42804", "array subscript must have type integer");
                    let refusal = refusal.note(format!("an element is found by its number, and this is {}", self.world.name(given)));
                    self.refuse(value.at, refusal.help("the first element is number 1: `[1]`"));
                }
            }
            Subscript::Json if given != TypeId::UNKNOWN => {
                let fits = [TypeId::INT4, TypeId::TEXT].into_iter().filter(|wanted| implicitly(self.world, given, *wanted)).count();
                if fits != 1 {
                    let refusal = Refusal::new("42804", format!("subscript type {} is not supported", self.world.name(given)));
                    self.refuse(value.at, refusal.help("a subscript of jsonb is an integer or a text"));
                }
            }
            Subscript::Json | Subscript::Key => {
                self.becoming(value, TypeId::TEXT);
            }
        }
    }
}
