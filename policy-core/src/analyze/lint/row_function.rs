//! H0964: a declared function that is called with the row.

use super::facts::Facts;
use super::shape::{all, of_row};
use crate::diag::{Diagnostic, Sink, codes};
use crate::model::{Function, Kind};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for said in facts.predicates.iter().filter(|said| said.searches()) {
        for one in all(said.expr) {
            let Kind::Routine(routine, args) = &one.kind else { continue };
            let Some((_, function)) = facts.routine(routine).filter(|(_, function)| !inlined(function)) else { continue };
            if !args.iter().any(of_row) {
                continue;
            }
            sink.push(
                Diagnostic::new(codes::ROW_FUNCTION, said.at(one), format!("`{}` is called for every row", function.method))
                    .note("PostgreSQL cannot look into it: no index serves, and each row pays for a call")
                    .note("measured over a million rows, a thousand of them visible: a thousand times the cost of the plain comparison, and more")
                    .help("let a function without the row give the caller's set, `team_id = ANY (Access.my_teams())`: it is called once for a statement")
                    .help("if it is meant: `allow(H0964, reason = \"..\")`")
                    .of(&said.table.item),
            );
        }
    }
}

/// An SQL function that the planner may put in the place of its call: one of others, for a body of ours has a search_path.
fn inlined(function: &Function) -> bool {
    let bare = function.body.is_none() && function.search_path.is_none();
    bare && function.definer.is_none() && function.language.as_str() == "sql"
}
