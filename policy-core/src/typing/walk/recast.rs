//! What to write instead of a cast that PostgreSQL lacks. What is advised has been tried.
//!
//! In: a value and the type that it does not become. Out: a line of help. Must not know places.

use super::super::TypeId;
use super::super::coerce::{Context, can_coerce};
use super::Walker;
use crate::model::{Expr, Kind};

const INTERVAL: TypeId = TypeId(1186);

impl Walker<'_> {
    pub(super) fn other_cast(&self, expr: &Expr, given: TypeId, target: TypeId) -> Option<String> {
        let (said, name) = (self.operand(expr), self.cast_name(target));
        let casts = |from: TypeId, to: TypeId| can_coerce(self.world, &[from], &[to], Context::Explicit);
        if self.is_in_json((expr, given))
            && let Kind::Binary(arrow, data, key) = &expr.kind
            && self.world.category(target) != b'A'
            && casts(TypeId::TEXT, target)
        {
            let text = format!("({} {arrow}> {})::{name}", self.operand(data), self.operand(key));
            return Some(format!("`{arrow}` gives JSON, `{arrow}>` the text of it: `{text}`"));
        }
        if given == TypeId::JSONB && self.world.category(target) == b'A' {
            return Some(format!("whether a list in JSON holds a text is asked by `{said} ? \"text\"`"));
        }
        let (from, to) = (self.world.category(given), self.world.category(target));
        if let Some(element) = self.world.element(self.world.base(given))
            && casts(element, target)
        {
            return Some(format!("to search an array: `.. = ANY({})`; one element of it: `{said}[1]`", self.written(expr)));
        }
        match (from, to) {
            (b'D', b'N') => {
                let seconds = format!("EXTRACT(epoch FROM {})", self.written(expr));
                Some(format!("as a number of seconds: `{seconds}::{name}`")).filter(|_| casts(TypeId::NUMERIC, target))
            }
            (b'T', b'N') => Some(format!("as a number of seconds: `EXTRACT(epoch FROM {})::{name}`", self.written(expr))),
            (b'N', b'T') if target == INTERVAL && self.fits("*", given, INTERVAL) => {
                Some(format!("a number of days: `{said} * interval \"1 day\"`"))
            }
            (b'B', b'N') if casts(TypeId::INT4, target) => Some(format!("by way of integer: `{said}::integer::{name}`")),
            _ => None,
        }
    }
}
