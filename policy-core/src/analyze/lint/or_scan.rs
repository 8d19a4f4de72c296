//! H0969: an OR of which one side has no index, beside sides that have.

use super::facts::Facts;
use super::shape::{all, of_row};
use crate::diag::{Diagnostic, Sink, codes};
use crate::model::{Expr, Kind};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for said in facts.predicates.iter().filter(|said| said.searches()) {
        for one in all(said.expr) {
            let Kind::Or(sides) = &one.kind else { continue };
            let (served, not): (Vec<&Expr>, Vec<&Expr>) = sides.iter().partition(|side| is_served(side));
            let Some(scan) = not.first().filter(|_| !served.is_empty()) else { continue };
            sink.push(
                Diagnostic::new(codes::OR_SCAN, said.at(scan), "no index serves this side of the OR, and so none serves the others")
                    .note("a row may be seen by this side alone: PostgreSQL reads every row to find out")
                    .help("write the side as a set that a column is compared with: `team_id IN (SELECT m.team_id FROM Member m WHERE ..)`")
                    .help("if the table stays small: `allow(H0969, reason = \"..\")`")
                    .of(&said.table.item),
            );
        }
    }
}

/// Whether an index of a column may answer a side: some condition of it compares a column with what is known beforehand.
fn is_served(side: &Expr) -> bool {
    let known = |expr: &Expr| !of_row(expr);
    let column = |expr: &Expr| matches!(expr.kind, Kind::Own(_));
    match &side.kind {
        Kind::And(parts) => parts.iter().any(is_served),
        Kind::Or(sides) => sides.iter().all(is_served),
        // A column of truth values has an index, or is said not to need one.
        Kind::Own(_) => true,
        Kind::Not(inner) => column(inner),
        Kind::Is(inner, ..) => column(inner),
        Kind::Binary(op, a, b) => {
            let ordered = matches!(op.as_str(), "=" | "<" | "<=" | ">" | ">=");
            let contained = matches!(op.as_str(), "@>" | "<@" | "&&" | "@@" | "?");
            (ordered || contained) && (column(a) && known(b) || column(b) && known(a))
        }
        Kind::In(left, list, false) => column(left) && list.iter().all(known),
        Kind::AnyArray(left, _, right, false) => column(left) && known(right),
        Kind::InQuery(left, query, false) | Kind::AnyQuery(left, _, query, false) => column(left) && query.is_closed(),
        Kind::Between(inner, low, high, false) => column(inner) && known(low) && known(high),
        Kind::Literal(_) | Kind::Typed(..) => true,
        _ => false,
    }
}
