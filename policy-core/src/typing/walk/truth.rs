//! What to write instead of a value that is no condition.
//!
//! In: an expression and its type. Out: a line of help; what it shows has been tried. Must not know places.

use super::super::TypeId;
use super::super::coerce::{Context, can_coerce};
use super::Walker;
use crate::model::Expr;

impl Walker<'_> {
    /// A condition of that value; where NOT stands before it, one in the place of both.
    pub(super) fn as_a_condition(&self, expr: &Expr, kind: TypeId, not: bool) -> String {
        let said = self.operand(expr);
        if self.is_in_json((expr, kind)) && can_coerce(self.world, &[kind], &[TypeId::BOOL], Context::Explicit) {
            return format!("if it says true or false, cast it: `{said}::boolean`");
        }
        match self.world.category(kind) {
            b'N' => format!("compare it: `{said} {} 0`", if not { "=" } else { "<>" }),
            b'S' => format!("compare it with a text: `{said} = \"text\"`; if it says true or false, cast it: `{said}::boolean`"),
            _ => format!(
                "compare it with something; whether there is a value is asked by `{said} IS {}`",
                if not { "NULL" } else { "NOT NULL" }
            ),
        }
    }
}
