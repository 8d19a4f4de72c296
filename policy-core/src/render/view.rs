//! The statements of views.
//!
//! In: a linked set. Out: for each view of ours, those first that others read, its query, its owner and who may read it.
//! Must not know policies. Source: PostgreSQL documentation, CREATE VIEW: replacing a view replaces all its options, and
//! takes neither fewer columns nor others.

use std::collections::BTreeSet;

use super::expr::Writer;
use super::function;
use super::grant::on_relation;
use super::owner;
use super::quote::{columns, ident, literal, relation, sql_type};
use super::script::{Key, Statement, ViewPart};
use crate::model::{Expr, Grantee, Ident, Kind, PolicySet, Query, Relation, Routine, Source, View};
use crate::plan::Index;
use crate::plan::privileges::on_view;

pub(super) fn statements(set: &PolicySet, index: &Index<'_>) -> Vec<Statement> {
    let mut sorted = Sorted { index, seen: BTreeSet::new(), views: Vec::new() };
    set.views().for_each(|view| sorted.add(view));
    sorted.views.into_iter().flat_map(|view| of_view(view, set, index)).collect()
}

/// Views behind those that they read.
struct Sorted<'a, 'i> {
    index: &'i Index<'a>,
    seen: BTreeSet<&'a Relation>,
    views: Vec<&'a View>,
}

impl<'a> Sorted<'a, '_> {
    fn add(&mut self, view: &'a View) {
        if self.seen.insert(&view.relation) {
            read_by(view, self.index).into_iter().for_each(|read| self.add(read));
            self.views.push(view);
        }
    }
}

/// The views that a view reads.
fn read_by<'a>(view: &'a View, index: &Index<'a>) -> Vec<&'a View> {
    let sources = view.query.iter().flat_map(Query::all_sources);
    let views = sources.filter_map(|(source, ..)| if let Source::Relation(relation) = source { index.view(relation) } else { None });
    views.collect()
}

fn of_view(view: &View, set: &PolicySet, index: &Index<'_>) -> Vec<Statement> {
    let Some(query) = view.query.as_ref().filter(|_| !view.external) else { return Vec::new() };
    let key = |part| Key::View(view.relation.clone(), part);
    let name = relation(&view.relation);
    let mut all = vec![Statement::new(key(ViewPart::Definition), definition(view, query, index), format!("DROP VIEW IF EXISTS {name};"))];
    if let Some(role) = view.definer.as_ref().or(set.owner.as_ref()) {
        let current = format!("SELECT pg_get_userbyid(c.relowner) FROM pg_class AS c WHERE c.oid = to_regclass({})", literal(&name));
        all.push(Statement::new(key(ViewPart::Owner), owner::owned("VIEW", &name, &current, &view.relation, role), ""));
    }
    let mut held = on_view(view, index);
    held.entry(Grantee::Public).or_default();
    all.extend(held.iter().map(|(to, held)| on_relation(key(ViewPart::Grants(to.clone())), &view.relation, &view.columns, to, held)));
    // A view that is dropped loses its owner and its grants: one shape for all of its statements.
    let shape = shape(view, index);
    all.into_iter().map(|statement| Statement { shape: Some(shape.clone()), ..statement }).collect()
}

/// `CREATE OR REPLACE VIEW v (a, b) WITH (..) AS SELECT ..`
fn definition(view: &View, query: &Query, index: &Index<'_>) -> String {
    let names: Vec<Ident> = view.columns.iter().map(|column| column.name.clone()).collect();
    let option = if view.definer.is_some() { "security_barrier" } else { "security_invoker" };
    let body = Writer::of_view(index, view).statement(query, 4);
    format!("CREATE OR REPLACE VIEW {} {} WITH ({option} = true) AS\n    {body};", relation(&view.relation), columns(&names))
}

/// What the views that some predicates read, and the functions that they call, cannot change while a policy uses them:
/// `None` if they use none.
pub(super) fn shapes_read<'e>(predicates: impl IntoIterator<Item = &'e Expr>, index: &Index<'_>) -> Option<String> {
    let mut shapes = Vec::new();
    for predicate in predicates {
        predicate.visit(&mut |expr| {
            if let Kind::Routine(Routine::Named(name), args) = &expr.kind {
                shapes.extend(function::shapes(index.set, name, args.len()));
            }
            for (source, ..) in expr.query().into_iter().flat_map(Query::sources) {
                let view = if let Source::Relation(found) = source { index.view(found) } else { None };
                shapes.extend(view.map(|view| format!("{}: {}", relation(&view.relation), shape(view, index))));
            }
        });
    }
    (!shapes.is_empty()).then(|| shapes.join(", "))
}

/// What a view cannot change while it stands: its columns by name and type, and those of the views that it reads.
fn shape(view: &View, index: &Index<'_>) -> String {
    shape_below(view, index, &mut BTreeSet::new())
}

fn shape_below<'a>(view: &'a View, index: &Index<'a>, above: &mut BTreeSet<&'a Relation>) -> String {
    let Some(query) = view.query.as_ref().filter(|_| above.insert(&view.relation)) else { return String::new() };
    let columns = view.columns.iter().zip(&query.columns).map(|(column, output)| {
        let kind = type_of(output, query, index).unwrap_or_else(|| Writer::of_view(index, view).statement(&only(output, query), 0));
        format!("{} {kind}", ident(column.name.as_str()))
    });
    let mut parts: Vec<String> = columns.collect();
    parts.extend(read_by(view, index).into_iter().map(|read| format!("{}: {}", relation(&read.relation), shape_below(read, index, above))));
    above.remove(&view.relation);
    format!("({})", parts.join(", "))
}

/// The type of an output that is a plain column.
fn type_of(output: &Expr, query: &Query, index: &Index<'_>) -> Option<String> {
    let Kind::Column(alias, name) = &output.kind else { return None };
    let (Source::Relation(found), ..) = query.sources().find(|(_, declared, _)| declared == alias)? else { return None };
    index.column(found, name).map(|column| sql_type(&column.kind))
}

/// The query for one of its columns.
fn only(output: &Expr, query: &Query) -> Query {
    Query { columns: vec![output.clone()], filter: None, ..query.clone() }
}
