//! H0419: a tenant that takes the caller from a table or a view, which then must know the caller.
//!
//! The macro sees one item and refuses a tenant that reads nothing. A declared function is trusted: its body is the user's.

use std::collections::{BTreeMap, BTreeSet};

use super::Facts;
use crate::diag::{Diagnostic, Part, Place, Sink, codes};
use crate::model::{Command, Expr, Kind, Query, Relation, RuleKind, Source, Table, Tenancy, View};

use super::super::words;

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let sources = Sources { tables: &facts.tables, views: facts.set.views().map(|view| (&view.relation, view)).collect() };
    for table in facts.set.tables() {
        let Tenancy::Own { predicate, .. } = &table.tenancy else { continue };
        if sources.knows(predicate, &mut BTreeSet::new()) {
            continue;
        }
        let read: BTreeSet<&str> = read(predicate).into_iter().filter_map(|relation| sources.item(relation)).collect();
        let message = format!("this tenant names nothing of the caller, and neither does {}", words::and(read));
        sink.push(
            Diagnostic::new(codes::TENANT_OF_NOBODY, Place::Part(Part::Tenant), message)
                .note("it would hold for the same rows whoever asks, and isolate nobody")
                .help("read a view whose query compares with `ctx`, or compare in the subquery: `WHERE m.user_id = ctx.user_id`")
                .of(&table.item),
        );
    }
}

struct Sources<'f, 'a> {
    tables: &'f BTreeMap<&'a Relation, &'a Table>,
    views: BTreeMap<&'a Relation, &'a View>,
}

impl<'a> Sources<'_, 'a> {
    /// Whether the answer depends on who asks, as far as can be told.
    fn knows(&self, expr: &'a Expr, seen: &mut BTreeSet<&'a Relation>) -> bool {
        names_the_caller(expr) || read(expr).into_iter().any(|relation| self.relation_knows(relation, seen))
    }

    fn relation_knows(&self, relation: &'a Relation, seen: &mut BTreeSet<&'a Relation>) -> bool {
        if !seen.insert(relation) {
            return false;
        }
        let table = self.tables.get(relation).is_some_and(|table| match &table.tenancy {
            Tenancy::Own { .. } | Tenancy::Through { .. } => true,
            Tenancy::External => false,
            Tenancy::None => table.rules.iter().any(|rule| {
                let reads = rule.kind == RuleKind::Permit && rule.commands.iter().any(|on| on.command == Command::Select);
                reads && rule.using.as_ref().is_some_and(|using| self.knows(using, seen))
            }),
        });
        table || self.views.get(relation).is_some_and(|view| view.query.as_ref().is_some_and(|query| self.query_knows(view, query, seen)))
    }

    /// What a definer reads, it reads as itself: only what its query says of the caller counts.
    fn query_knows(&self, view: &View, query: &'a Query, seen: &mut BTreeSet<&'a Relation>) -> bool {
        let mut named = false;
        query.visit(&mut |one| named |= is_caller(one));
        let mut sources = query.all_sources().into_iter().filter_map(|(source, ..)| relation(source));
        named || (view.definer.is_none() && sources.any(|relation| self.relation_knows(relation, seen)))
    }

    fn item(&self, relation: &Relation) -> Option<&str> {
        let table = self.tables.get(relation).map(|table| table.item.as_str());
        table.or_else(|| self.views.get(relation).map(|view| view.item.as_str()))
    }
}

fn names_the_caller(expr: &Expr) -> bool {
    let mut found = false;
    expr.visit(&mut |one| found |= is_caller(one));
    found
}

fn is_caller(expr: &Expr) -> bool {
    match &expr.kind {
        Kind::Ctx(_) | Kind::Routine(..) => true,
        Kind::Keyword(name) => name == "current_user",
        _ => false,
    }
}

/// The relations of an expression's subqueries.
fn read(expr: &Expr) -> Vec<&Relation> {
    let mut all = Vec::new();
    expr.visit(&mut |one| all.extend(one.query().into_iter().flat_map(Query::sources).filter_map(|(source, ..)| relation(source))));
    all
}

fn relation(source: &Source) -> Option<&Relation> {
    if let Source::Relation(relation) = source { Some(relation) } else { None }
}
