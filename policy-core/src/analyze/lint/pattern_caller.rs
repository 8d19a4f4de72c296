//! H0943: a pattern that the caller writes.

use super::facts::Facts;
use super::shape::{all, of_caller};
use crate::diag::{Diagnostic, Sink, codes};
use crate::model::{Expr, Kind};

/// Operators whose right side is a pattern.
const PATTERNS: &[&str] = &["~", "~*", "!~", "!~*", "~~", "~~*", "!~~", "!~~*"];

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for said in &facts.predicates {
        for one in all(said.expr) {
            let Some((word, _)) = pattern(&one.kind).filter(|(_, pattern)| of_caller(pattern)) else { continue };
            sink.push(
                Diagnostic::new(codes::PATTERN_CALLER, said.at(one), format!("the caller writes the pattern of `{word}`"))
                    .note("`%` matches every value: whoever has it in its context sees every row")
                    .help("compare for equality, or for a prefix: `starts_with(path, ctx.prefix)`")
                    .of(&said.table.item),
            );
        }
    }
}

fn pattern(kind: &Kind) -> Option<(&str, &Expr)> {
    match kind {
        Kind::Like(word, _, pattern, ..) => Some((word, pattern)),
        Kind::Binary(op, _, pattern) if PATTERNS.contains(&op.as_str()) => Some((op, pattern)),
        _ => None,
    }
}
