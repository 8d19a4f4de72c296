//! H0946: a constant in the place of a caller who says nothing.

use super::facts::Facts;
use super::shape::{all, is_constant};
use crate::diag::{Diagnostic, Sink, codes};
use crate::model::{Expr, Kind};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for said in &facts.predicates {
        for one in all(said.expr) {
            let Some(field) = defaulted(one) else { continue };
            sink.push(
                Diagnostic::new(
                    codes::DEFAULT_CALLER,
                    said.at(one),
                    format!("a session that does not set `{field}` is taken for a constant one"),
                )
                .note("a forgotten context is then no refusal but somebody: it reads and writes that one's rows")
                .help(format!("compare with `ctx.{field}` alone: NULL matches no row"))
                .of(&said.table.item),
            );
        }
    }
}

/// `coalesce(ctx.field, "constant")`
fn defaulted(expr: &Expr) -> Option<&str> {
    let Kind::Call(name, args) = &expr.kind else { return None };
    let first = args.iter().find_map(|arg| if let Kind::Ctx(field) = &arg.kind { Some(field.as_str()) } else { None });
    first.filter(|_| name == "coalesce" && args.iter().any(is_constant))
}
