//! H0963: a key inside a document that decides who sees the row.

use super::facts::Facts;
use super::shape::{all, equal_with, has, leaves, of_caller};
use crate::diag::{Diagnostic, Sink, codes};
use crate::model::{Expr, Kind};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for said in facts.predicates.iter().filter(|said| said.searches()) {
        for one in leaves(said.expr) {
            let Some((key, _)) = equal_with(one, takes_key).filter(|(_, caller)| of_caller(caller)) else { continue };
            let place = all(key).into_iter().find(|part| is_arrow(&part.kind)).unwrap_or(key);
            sink.push(
                Diagnostic::new(codes::JSON_KEY, said.at(place), "a key inside a document decides who sees the row")
                    .note("no index of a column serves it, and nothing keeps the key there or of its type: a row without it is nobody's")
                    .help("give the key a column of its own; a generated one will do")
                    .of(&said.table.item),
            );
        }
    }
}

/// `data ->> "tenant"`, perhaps under a cast.
fn takes_key(expr: &Expr) -> bool {
    has(expr, is_arrow) && has(expr, |kind| matches!(kind, Kind::Own(_)))
}

fn is_arrow(kind: &Kind) -> bool {
    matches!(kind, Kind::Binary(op, left, _) if matches!(op.as_str(), "->" | "->>" | "#>" | "#>>") && matches!(left.kind, Kind::Own(_) | Kind::Binary(..)))
}
