//! Tables under the names that they have now.
//!
//! In: the set of the lock and the set of the sources. Out: the set of the lock as if its renamed tables had always been
//! called what they are called now, so that their policies are compared and not lost. Roles need no such thing: what is
//! gone is removed under the old name before the role is renamed.

use std::collections::BTreeMap;

use crate::model::{Expr, Item, Kind, PolicySet, Query, Relation, Sequence, Source, Table, Tenancy, for_each_in_query_mut};
use crate::render::{Key, Part, Script};

type Renames = BTreeMap<Relation, Relation>;

/// `None` if no table has another name.
pub(super) fn carry(old: &PolicySet, new: &PolicySet) -> Option<PolicySet> {
    let had = |relation: &Relation| old.tables().any(|table| table.relation == *relation);
    let renames: Renames = new
        .tables()
        .filter(|table| table.renamed_from.is_some() && !had(&table.relation))
        .filter_map(|table| table.renamed_from.clone().map(|from| (from, table.relation.clone())))
        .filter(|(from, _)| had(from))
        .collect();
    if renames.is_empty() {
        return None;
    }
    let mut carried = old.clone();
    carried.items.iter_mut().for_each(|item| match item {
        Item::Table(table) => rename(table, &renames),
        Item::View(view) => view.query.iter_mut().for_each(|query| in_whole(query, &renames)),
        _ => {}
    });
    Some(carried)
}

/// The carried script with functions and triggers as the database has them: unlike a policy, a function knows its tables
/// by name, and the names of a log's functions do not follow those of tables. Both scripts are of one set, so their
/// statements come in one order.
pub(super) fn texts(mut carried: Script, locked: &Script) -> Script {
    let mut functions = locked.statements.iter().filter(|one| matches!(one.key, Key::Function(..)));
    let mut triggers = locked.statements.iter().filter(|one| matches!(one.key, Key::Table(_, Part::Trigger(_))));
    for one in &mut carried.statements {
        match &one.key {
            Key::Function(..) => functions.next().into_iter().for_each(|text| one.clone_from(text)),
            Key::Table(_, Part::Trigger(_)) => triggers.next().into_iter().for_each(|text| one.apply.clone_from(&text.apply)),
            _ => {}
        }
    }
    carried
}

fn rename(table: &mut Table, renames: &Renames) {
    if let Some(to) = renames.get(&table.relation) {
        // The sequences keep their names.
        let named: Vec<Option<Sequence>> = table.columns.iter().map(|column| table.sequence(column).map(Sequence::Named)).collect();
        table.columns.iter_mut().zip(named).for_each(|(column, sequence)| column.sequence = sequence);
        table.relation = to.clone();
    }
    if let Tenancy::Own { predicate, .. } = &mut table.tenancy {
        in_expr(predicate, renames);
    }
    let rules = table.rules.iter_mut().flat_map(|rule| rule.using.iter_mut().chain(rule.with_check.iter_mut()));
    let nevers = table.nevers.iter_mut().filter_map(|never| never.using.as_mut());
    rules.chain(nevers).for_each(|predicate| in_expr(predicate, renames));
}

fn in_expr(expr: &mut Expr, renames: &Renames) {
    expr.visit_mut(&mut |part| match &mut part.kind {
        Kind::InQuery(_, query, _)
        | Kind::AnyQuery(_, _, query, _)
        | Kind::ArrayQuery(query)
        | Kind::Exists(query, _)
        | Kind::Scalar(query) => in_query(query, renames),
        _ => {}
    });
}

/// A query and every one below it.
fn in_whole(query: &mut Query, renames: &Renames) {
    in_query(query, renames);
    for_each_in_query_mut(query, &mut |expr| in_expr(expr, renames));
}

fn in_query(query: &mut Query, renames: &Renames) {
    let sources =
        query.from.iter_mut().flat_map(|from| std::iter::once(&mut from.source).chain(from.joins.iter_mut().map(|join| &mut join.source)));
    for source in sources {
        if let Source::Relation(relation) = source
            && let Some(to) = renames.get(relation)
        {
            *relation = to.clone();
        }
    }
}
