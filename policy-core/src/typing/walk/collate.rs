//! Collations that are asked for. Source: PostgreSQL's `parse_collate.c`; documentation 24.2.

use super::super::TypeId;
use super::super::fault::Refusal;
use super::Walker;
use super::value::Value;
use crate::diag::At;
use crate::model::Expr;

impl<'a> Walker<'a> {
    /// `expr COLLATE "name"`.
    pub(super) fn collate(&mut self, inner: &'a Expr, name: &'a str, at: At) -> Value<'a> {
        let value = self.expr(inner);
        match value.kind {
            None => return value,
            Some(kind) if kind != TypeId::UNKNOWN && !self.world.is_collatable(kind) => {
                let message = format!("collations are not supported by type {}", self.world.name(kind));
                return self.refuse(at, Refusal::new("42804", message).help("leave COLLATE out: only texts have a collation"));
            }
            Some(_) => {}
        }
        if !self.knows_collation(name) {
            self.decline(format!("the collation {name}"));
        }
        Value { collation: Some(name), ..value }
    }

    /// Whether every server of the major has it.
    fn knows_collation(&self, name: &str) -> bool {
        match name {
            "C" | "POSIX" | "default" | "ucs_basic" => true,
            "unicode" => self.world.major() >= 16,
            "pg_c_utf8" => self.world.major() >= 17,
            "pg_unicode_fast" => self.world.major() >= 18,
            _ => false,
        }
    }

    /// Values side by side: two collations that were asked for must be one. What it gives has that one.
    pub(super) fn collated(&mut self, values: &[Value<'a>], result: Value<'a>) -> Value<'a> {
        let mut chosen: Option<&'a str> = None;
        for value in values {
            let Some(name) = value.collation else { continue };
            match chosen {
                Some(other) if other != name => {
                    let message = format!("collation mismatch between explicit collations \"{other}\" and \"{name}\"");
                    self.late.push(Refusal::new("42P21", message).help("ask for one of them").at(value.at));
                }
                _ => chosen = Some(name),
            }
        }
        let collatable = result.kind.is_some_and(|kind| self.world.is_collatable(kind));
        Value { collation: chosen.filter(|_| collatable), ..result }
    }
}
