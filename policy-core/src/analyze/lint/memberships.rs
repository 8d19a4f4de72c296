//! The tables that predicates ask about the caller, and how.
//!
//! In: facts. Out: each such table with the column that names the caller, and the columns that are compared with constants.
//! Must not know who may write them.

use std::collections::BTreeSet;

use super::facts::{Facts, Said};
use super::shape::{all, conditions, equal_with, is_constant};
use crate::model::{Expr, Kind, Query, Source, Table};

/// A table that a predicate asks: `SELECT .. FROM Member m WHERE m.user_id = ctx.user_id AND m.role = "admin"`.
pub(super) struct Asked<'a> {
    pub(super) by: &'a Table,
    pub(super) table: &'a Table,
    /// The column that is the caller.
    pub(super) person: &'a str,
    /// Columns that decide what the caller may do.
    pub(super) powers: BTreeSet<&'a str>,
}

/// Every one, in the order of the predicates.
pub(super) fn asked<'a>(facts: &Facts<'a>) -> Vec<Asked<'a>> {
    facts.predicates.iter().flat_map(|said| of(facts, *said)).collect()
}

fn of<'a>(facts: &Facts<'a>, said: Said<'a>) -> Vec<Asked<'a>> {
    let queries = all(said.expr).into_iter().filter_map(Expr::query);
    queries.flat_map(|query| of_query(facts, said.table, query)).collect()
}

fn of_query<'a>(facts: &Facts<'a>, by: &'a Table, query: &'a Query) -> Vec<Asked<'a>> {
    let mut found = Vec::new();
    let parts = conditions(query.filter.as_ref());
    for (source, alias, _) in query.sources() {
        let Source::Relation(relation) = source else { continue };
        let Some(table) = facts.tables.get(relation).filter(|table| !table.is_external() && table.relation != by.relation) else {
            continue;
        };
        let compared = |part: &&'a Expr, other: &dyn Fn(&Expr) -> bool| {
            let (a, b) = equal_with(part, |side| matches!(&side.kind, Kind::Column(own, _) if own == alias))?;
            let Kind::Column(_, column) = &a.kind else { return None };
            other(b).then_some(column.as_str())
        };
        let person = parts.iter().find_map(|part| compared(part, &|other| matches!(other.kind, Kind::Ctx(_))));
        let Some(person) = person else { continue };
        let mut powers: BTreeSet<&str> = parts.iter().filter_map(|part| compared(part, &is_constant)).collect();
        powers.extend(parts.iter().filter_map(|part| listed(part, alias)));
        found.push(Asked { by, table, person, powers });
    }
    found
}

/// `m.role IN ("owner", "admin")`
fn listed<'a>(part: &'a Expr, alias: &str) -> Option<&'a str> {
    match &part.kind {
        Kind::In(left, list, false) if list.iter().all(is_constant) => match &left.kind {
            Kind::Column(own, column) if own == alias => Some(column),
            _ => None,
        },
        _ => None,
    }
}
