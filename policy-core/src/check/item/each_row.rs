//! H0422: a membership that is asked for each row, where the set of the caller could be found once for a statement.
//!
//! Only what has the same meaning as a set: one column of the row compared for equality, the rest about the caller, and no
//! NOT around it.

use super::rule_place;
use crate::diag::{Diagnostic, Part, Place, RulePart, Sink, codes};
use crate::model::{Command, Expr, Kind, Query, Source, Table, Tenancy};

pub(super) fn check(table: &Table, sink: &mut Sink) {
    if let Tenancy::Own { predicate, .. } = &table.tenancy {
        check_predicate(predicate, Part::Tenant, sink);
    }
    for (i, rule) in table.rules.iter().enumerate() {
        // New rows are few, and each is looked at by itself.
        let searches = rule.commands.iter().any(|on| on.command != Command::Insert);
        if let (Some(using), true, Place::Part(part)) = (&rule.using, searches, rule_place(i, RulePart::Using)) {
            check_predicate(using, part, sink);
        }
    }
}

fn check_predicate(predicate: &Expr, part: Part, sink: &mut Sink) {
    match &predicate.kind {
        Kind::And(parts) | Kind::Or(parts) => parts.iter().for_each(|one| check_predicate(one, part, sink)),
        _ => {
            if let Some(set) = as_set(predicate) {
                sink.push(fault(Place::Predicate(part, predicate.at.into()), &set));
            }
        }
    }
}

/// `EXISTS (.. m.team = self.team AND m.who = ctx.user)` and `ctx.user IN (SELECT m.who .. WHERE m.team = self.team)` as a set.
fn as_set(expr: &Expr) -> Option<String> {
    let (query, caller) = match &expr.kind {
        Kind::Exists(query, false) => (query, false),
        Kind::InQuery(left, query, false) => (query, matches!(left.kind, Kind::Ctx(_))),
        _ => return None,
    };
    if !caller && matches!(expr.kind, Kind::InQuery(..)) {
        return None;
    }
    let filter = query.filter.as_ref()?;
    let parts = if let Kind::And(parts) = &filter.kind { parts.as_slice() } else { std::slice::from_ref(filter) };
    let (of_row, rest): (Vec<&Expr>, Vec<&Expr>) = parts.iter().partition(|part| names(part, &|kind| matches!(kind, Kind::Own(_))));
    let of_caller = |part: &&Expr| names(part, &|kind| matches!(kind, Kind::Ctx(_)));
    let [joined] = of_row.as_slice() else { return None };
    if !caller && !rest.iter().any(of_caller) {
        return None;
    }
    let Kind::Binary(op, a, b) = &joined.kind else { return None };
    let (alias, column, own) = match (&a.kind, &b.kind) {
        (Kind::Column(alias, column), Kind::Own(own)) | (Kind::Own(own), Kind::Column(alias, column)) if op == "=" => (alias, column, own),
        _ => return None,
    };
    Some(format!("{own} IN (SELECT {alias}.{column} FROM {} {alias} ..)", source(query, alias)?))
}

fn names(expr: &Expr, what: &dyn Fn(&Kind) -> bool) -> bool {
    let mut found = false;
    expr.visit(&mut |one| found |= what(&one.kind));
    found
}

fn source(query: &Query, alias: &str) -> Option<String> {
    let (source, ..) = query.sources().find(|(_, name, _)| *name == alias)?;
    Some(match source {
        Source::Item(item) => item.clone(),
        Source::Relation(relation) => relation.to_string(),
    })
}

fn fault(place: Place, set: &str) -> Diagnostic {
    Diagnostic::new(codes::EACH_ROW, place, "a membership that is asked for each row".to_owned())
        .note("no index of this table can answer it: a query meets every row, and asks")
        .help(format!("as a set it is found once for a statement: `{set}`"))
        .help("if the sets are large and queries always name a row: `allow(H0422, reason = \"..\")`")
}
