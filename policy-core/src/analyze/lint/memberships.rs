//! The tables that predicates ask about the caller, and how.
//!
//! In: facts. Out: each such table with the column that names the caller, and the columns that are compared with constants.
//! Must not know who may write them.

use std::collections::BTreeSet;

use super::facts::{Facts, Said};
use super::shape::{all, conditions, equal_with, is_constant, of_row};
use crate::model::{Expr, Kind, Query, Source, Table};

/// A table that a predicate asks: `SELECT .. FROM Member m WHERE m.user_id = ctx.user_id AND m.role = "admin"`.
pub(super) struct Asked<'a> {
    pub(super) by: &'a Table,
    pub(super) table: &'a Table,
    /// The column that is the caller.
    pub(super) person: &'a str,
    /// Columns that decide what the caller may do.
    pub(super) powers: BTreeSet<&'a str>,
    /// Whether what is taken from it is another thing's key, as in a membership, and not its own.
    pub(super) lends: bool,
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
        let lends = links(query, &parts, alias).into_iter().all(|column| !is_own_key(table, column));
        found.push(Asked { by, table, person, powers, lends });
    }
    found
}

/// The columns that it is tied to the asking row by: what the query yields, and what is compared with the row.
fn links<'a>(query: &'a Query, parts: &[&'a Expr], alias: &str) -> Vec<&'a str> {
    let tied = parts.iter().filter(|part| of_row(part)).copied();
    let all = query.columns.iter().chain(tied).flat_map(all);
    all.filter_map(|one| if let Kind::Column(own, column) = &one.kind { Some(column.as_str()).filter(|_| own == alias) } else { None })
        .collect()
}

/// `id`, a number of its own, `todo_id` of `todos`: a row with such a key is made by whoever makes the thing.
fn is_own_key(table: &Table, column: &str) -> bool {
    let name = table.relation.name.as_str();
    let own = [name, name.strip_suffix('s').unwrap_or(name)].iter().any(|thing| column == format!("{thing}_id"));
    own || column == "id" || table.column(column).is_some_and(|column| column.sequence.is_some())
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
