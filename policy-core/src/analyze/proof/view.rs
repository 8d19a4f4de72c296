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
use crate::prove::Verdict;

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for view in facts.set.views().filter(|view| view.definer.is_some()) {
        let (Some(query), Some(definer)) = (&view.query, view.definer.as_deref()) else { continue };
        let Some(who) = facts.askers().find(|who| is_shown(facts.effective, *who, view, definer)) else { continue };
        for (table, why) in within(facts, query) {
            sink.extend(told(why, &facts.said(who), table).map(|fault| fault.of(&view.item)));
        }
        for (source, alias, at) in query.sources() {
            let Source::Relation(relation) = source else { continue };
            let role = facts.said(who);
            for (table, judged) in shown(facts, view, query, relation, alias, who, &mut Vec::new()) {
                let judged = facts.keeping(judged, &view.item, || format!("`{role}` sees only rows of its own tenant of `{}`", table.item));
                let fault = told(judged, &role, table);
                sink.extend(fault.map(|fault| Diagnostic { place: Place::Predicate(Part::Query, at.into()), ..fault }.of(&view.item)));
            }
        }
    }
}

/// What a view shows of one of its sources: of a table, or of what another view with a definer shows of tables. `path` are the views around.
fn shown<'a>(
    facts: &Facts<'a>,
    view: &'a View,
    query: &'a Query,
    relation: &'a Relation,
    alias: &str,
    who: Who<'a>,
    path: &mut Vec<&'a Relation>,
) -> Vec<(&'a Table, Told)> {
    if let Some(table) = facts.tables.get(relation) {
        return if table.has_tenant() { vec![(table, judge(facts, view, query, table, alias, who))] } else { Vec::new() };
    }
    // A view without a definer shows what whoever asks sees of its tables.
    let inner = facts.set.views().find(|inner| inner.relation == *relation && inner.definer.is_some() && !path.contains(&relation));
    let Some((inner, read)) = inner.and_then(|inner| Some((inner, inner.query.as_ref()?))) else { return Vec::new() };
    if is_tied(facts, view, query, alias, who) {
        return Vec::new();
    }
    path.push(relation);
    let mut all: Vec<(&Table, Told)> = within(facts, read);
    for (source, alias, _) in read.sources() {
        if let Source::Relation(next) = source {
            all.extend(shown(facts, inner, read, next, alias, who, path));
        }
    }
    path.pop();
    // Whether this view lets a row of that one through was not asked.
    if query.filter.is_some() {
        for (_, told) in &mut all {
            if let Told::Row(_, on) = told {
                on.push("the WHERE of the view around it".to_owned());
            }
        }
    }
    all
}

/// The tables with tenants that a subquery among the columns of a query shows.
fn within<'a>(facts: &Facts<'a>, query: &Query) -> Vec<(&'a Table, Told)> {
    let why = || Told::Unknown("a subquery among its columns reads the table".to_owned());
    let tables = facts.tables.values().filter(|table| table.has_tenant() && shows_within(query, &table.relation));
    tables.map(|table| (*table, why())).collect()
}

/// Whether somebody other than its definer reads a view.
fn is_shown(effective: &Effective<'_>, who: Who<'_>, view: &View, definer: &str) -> bool {
    who != Who::Role(definer) && effective.privileges(who, &view.relation, Privilege::Select) != Columns::None
}

/// Whether every row of a table that the view shows is tied to the caller: by the table's tenant, or by what the view itself asks of it.
fn judge(facts: &Facts<'_>, view: &View, query: &Query, table: &Table, alias: &str, who: Who<'_>) -> Told {
    let unknown = || Told::Unknown("the view reads tables in a way that is not followed".to_owned());
    let Some(own) = belongs(facts, table, Command::Select) else { return unknown() };
    let reader = facts.effective.reader(&view.relation, who).unwrap_or(who);
    // What the definer sees of everybody ties nobody.
    let seen = Asker::new(facts.effective, facts.shared, reader, &table.relation).inlined(&own);
    let own = Some(own).filter(|own| facts.leads(seen.as_ref().unwrap_or(own)));
    let asked = asked(facts, &table.relation, query, alias);
    if own.is_none() && asked.is_none() {
        return Told::Unknown("its tenant is read from tables that show the rows of everybody to the definer".to_owned());
    }
    if let Side::Rows { of, condition } = reach(facts.effective, who, &view.relation, Command::Select).old {
        let asker = Asker::new(facts.effective, facts.shared, reader, &of);
        let goal = Expr::any(own.into_iter().chain(asked));
        let goal = asker.inlined(&goal).unwrap_or(goal);
        let Some(condition) = asker.inlined(&condition) else { return unknown() };
        return Told::clearly(&goal, |more| {
            let assume: Vec<&Expr> = std::iter::once(&condition).chain(more).collect();
            asker.can_hold(&assume, &[&goal])
        });
    }
    // Of several tables: that there is a result row of which this one's is not tied to the caller.
    let own = own.map(|own| facts.shared.carried(&own, &table.relation, &view.relation));
    let goal = Expr::any(own.into_iter().chain(asked));
    let Some(present) = present(table, query, alias) else { return unknown() };
    strange(facts, view, query, alias, who, &goal, present).map_or_else(unknown, Told::from)
}

/// Whether there is a result row of which a condition on the row behind an alias is not TRUE; none if that cannot be asked.
fn strange(facts: &Facts<'_>, view: &View, query: &Query, alias: &str, who: Who<'_>, goal: &Expr, more: Vec<Expr>) -> Option<Verdict> {
    let reader = facts.effective.reader(&view.relation, who).unwrap_or(who);
    let asker = Asker::new(facts.effective, facts.shared, reader, &view.relation);
    let strange = Expr::new(Kind::Is(Box::new(of_alias(goal, alias)), crate::model::Test::True, true));
    let shown = Query { filter: Some(Expr::all(query.filter.iter().cloned().chain([strange]).chain(more))), ..query.clone() };
    let shown = asker.inlined(&Expr::new(Kind::Exists(Box::new(shown), false)))?;
    Some(asker.can_hold(&[&shown], &[]))
}

/// Whether a view itself ties every row behind an alias to the caller.
fn is_tied(facts: &Facts<'_>, view: &View, query: &Query, alias: &str, who: Who<'_>) -> bool {
    let source = query
        .sources()
        .find_map(|(source, own, _)| if let (Source::Relation(of), true) = (source, own == alias) { Some(of) } else { None });
    let goal = source.and_then(|source| asked(facts, source, query, alias));
    let verdict = goal.and_then(|goal| strange(facts, view, query, alias, who, &goal, Vec::new()));
    verdict.is_some_and(|verdict| verdict.is_never())
}

/// What the WHERE of a view itself has in common with the caller, of the rows of an alias.
fn asked(facts: &Facts<'_>, source: &Relation, query: &Query, alias: &str) -> Option<Expr> {
    let columns = facts.effective.relation(source).map_or(&[][..], |source| source.columns.as_slice());
    query.filter.as_ref().and_then(|filter| goal(&of_row(filter, alias), columns))
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
