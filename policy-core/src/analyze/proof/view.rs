//! H0909: a view that reads as a role that crosses tenants, and shows what that role sees to others.
//!
//! In: views with a definer, effective access. Out: leaks with rows.

use super::isolation::belongs;
use super::told::{Told, seen};
use super::{Facts, present};
use crate::analyze::ask::Asker;
use crate::analyze::effective::{Columns, Effective, Who};
use crate::analyze::goal::goal;
use crate::analyze::reach::{Side, of_alias, of_row, reach};
use crate::diag::{Diagnostic, Part, Place, Sink, codes};
use crate::model::{Command, Expr, Kind, Privilege, Query, Relation, Source, Table, View};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for view in facts.set.views().filter(|view| view.definer.is_some()) {
        let (Some(query), Some(definer)) = (&view.query, view.definer.as_deref()) else { continue };
        let Some(who) = facts.askers().find(|who| is_shown(facts.effective, *who, view, definer)) else { continue };
        for table in facts.tables.values().filter(|table| table.has_tenant() && shows_within(query, &table.relation)) {
            let why = Told::Unknown("a subquery among its columns reads the table".to_owned());
            sink.extend(told(why, &facts.said(who), table).map(|fault| fault.of(&view.item)));
        }
        for (source, alias, at) in query.sources() {
            let Source::Relation(relation) = source else { continue };
            let Some(table) = facts.tables.get(relation).filter(|table| table.has_tenant()) else { continue };
            let (judged, who) = (judge(facts, view, query, table, alias, who), facts.said(who));
            let judged = facts.keeping(judged, &view.item, || format!("`{who}` sees rows of its own tenant alone of `{}`", table.item));
            let fault = told(judged, &who, table);
            sink.extend(fault.map(|fault| Diagnostic { place: Place::Predicate(Part::Query, at.into()), ..fault }.of(&view.item)));
        }
    }
}

/// Whether somebody other than its definer reads a view.
fn is_shown(effective: &Effective<'_>, who: Who<'_>, view: &View, definer: &str) -> bool {
    who != Who::Role(definer) && effective.privileges(who, &view.relation, Privilege::Select) != Columns::None
}

/// Whether every row of a table that the view shows is tied to the caller: by the table's tenant, or by what the view itself asks of it.
fn judge(facts: &Facts<'_>, view: &View, query: &Query, table: &Table, alias: &str, who: Who<'_>) -> Told {
    let unknown = || Told::Unknown("the view reads tables in a way that is not followed".to_owned());
    let Some(goal) = belongs(facts, table, Command::Select) else { return unknown() };
    let reader = facts.effective.reader(&view.relation, who).unwrap_or(who);
    if let Side::Rows { of, condition } = reach(facts.effective, who, &view.relation, Command::Select).old {
        let asker = Asker::new(facts.effective, facts.shared, reader, &of);
        let goal = Expr::any(std::iter::once(goal).chain(asked(query, alias)));
        let goal = asker.inlined(&goal).unwrap_or(goal);
        let Some(condition) = asker.inlined(&condition) else { return unknown() };
        return Told::clearly(&goal, |more| {
            let assume: Vec<&Expr> = std::iter::once(&condition).chain(more).collect();
            asker.can_hold(&assume, &[&goal])
        });
    }
    // Of several tables: that there is a result row of which this one's is not tied to the caller.
    let asker = Asker::new(facts.effective, facts.shared, reader, &view.relation);
    let goal = Expr::any(std::iter::once(facts.shared.carried(&goal, &table.relation, &view.relation)).chain(asked(query, alias)));
    let goal = of_alias(&goal, alias);
    let strange = Expr::new(Kind::Is(Box::new(goal), crate::model::Test::True, true));
    let Some(present) = present(table, query, alias) else { return unknown() };
    let shown = Query { filter: Some(Expr::all(query.filter.iter().cloned().chain([strange]).chain(present))), ..query.clone() };
    let Some(shown) = asker.inlined(&Expr::new(Kind::Exists(Box::new(shown), false))) else { return unknown() };
    asker.can_hold(&[&shown], &[]).into()
}

/// What the WHERE of a view itself has in common with the caller, of the rows of an alias.
fn asked(query: &Query, alias: &str) -> Option<Expr> {
    query.filter.as_ref().and_then(|filter| goal(&of_row(filter, alias)))
}

/// Whether a subquery among the columns of a query reads a relation.
pub(super) fn shows_within(query: &Query, relation: &Relation) -> bool {
    let mut reads = false;
    for column in &query.columns {
        column.visit(&mut |part| {
            let sources = part.query().map(Query::all_sources).unwrap_or_default();
            reads |= sources.into_iter().any(|(source, ..)| matches!(source, Source::Relation(of) if of == relation));
        });
    }
    reads
}

fn told(told: Told, who: &str, table: &Table) -> Option<Diagnostic> {
    let place = Place::Part(Part::Query);
    let (row, on) = match told {
        Told::Proved(_) => return None,
        Told::Row(row, on) => (row, on),
        Told::Unknown(why) => {
            let message = format!("it is not proved that `{who}` sees only rows of its own tenant of `{}` in this view", table.item);
            return Some(
                Diagnostic::new(codes::NOT_ISOLATED, place, message).note(why).help("filter by the tenant of the caller in WHERE"),
            );
        }
    };
    let fault = Diagnostic::new(codes::VIEW_LEAKS, place, format!("`{who}` sees rows of other tenants of `{}` in this view", table.item))
        .note(format!("for example {}", seen(&row, "seen")));
    let fault = if on.is_empty() { fault } else { fault.note(format!("it hangs on {}", on.join(", "))) };
    Some(
        fault
            .note("the view reads with the rights of its definer, which sees every tenant of this table")
            .help("filter by the tenant of the caller: `WHERE alias.tenant_id = ctx.tenant_id`")
            .help("if everybody is meant to see it: `allow(H0909, reason = \"..\")`"),
    )
}
