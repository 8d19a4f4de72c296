//! Whether what conditions name is the same thing in two states: a text that did not change says something else where a setting, a type
//! or a view behind it did.
//!
//! In: two states, a relation, conditions over it. Out: what is something else. Must not know what the conditions say.

use super::state::{RelationKind, State};
use crate::model::{Context, Definition, Expr, Field, Ident, Kind, Query, Relation, Source, SqlType};
use crate::render::quote;

/// Two states.
#[derive(Clone, Copy)]
pub(super) struct Alike<'s> {
    pub(super) old: &'s State,
    pub(super) new: &'s State,
}

impl Alike<'_> {
    /// The first thing named by a condition over a relation that is something else in the other state.
    pub(super) fn changed(&self, relation: &Relation, expr: &Expr) -> Option<String> {
        let mut found = None;
        expr.visit(&mut |part| {
            if found.is_none() {
                found = self.part(relation, part);
            }
        });
        found
    }

    /// The first relation that a query reads whose rows may be others: a view that changed, or what is below it.
    pub(super) fn read(&self, query: &Query) -> Option<String> {
        query.all_sources().into_iter().find_map(|(source, ..)| match source {
            Source::Relation(relation) => self.view(relation),
            Source::Item(_) => None,
        })
    }

    fn part(&self, relation: &Relation, part: &Expr) -> Option<String> {
        match &part.kind {
            Kind::Ctx(name) => {
                let [was, is] = [self.old, self.new].map(|state| field(state, relation, name).map(|field| (&field.source, &field.kind)));
                (was != is).then(|| format!("ctx.{name}"))
            }
            Kind::Own(name) => self.column(relation, |column| column.as_str() == name),
            Kind::Cast(_, kind) | Kind::Typed(kind, _) => self.kind(kind).then(|| kind.to_string()),
            _ => {
                let query = part.query()?;
                let mut named = Vec::new();
                part.visit(&mut |inner| {
                    if let Kind::Column(_, name) = &inner.kind {
                        named.push(name.clone());
                    }
                });
                let sources = query.all_sources().into_iter().filter_map(|(source, ..)| match source {
                    Source::Relation(of) => Some(of),
                    Source::Item(_) => None,
                });
                let mut columns = sources.filter_map(|of| self.column(of, |column| named.iter().any(|name| name == column.as_str())));
                columns.next().or_else(|| self.read(query))
            }
        }
    }

    /// A column of which the type is another one.
    fn column(&self, relation: &Relation, wanted: impl Fn(&Ident) -> bool) -> Option<String> {
        let (old, new) = (self.old.relations.get(relation)?, self.new.relations.get(relation)?);
        let other = |was: &&crate::model::Column| {
            let is = new.columns.iter().find(|is| is.name == was.name);
            is.is_some_and(|is| is.kind != was.kind || self.kind(&is.kind))
        };
        let changed = old.columns.iter().filter(|column| wanted(&column.name)).find(other)?;
        Some(format!("{}.{}", quote::relation(relation), changed.name))
    }

    /// Whether a declared type is another one: more labels in the same order are not.
    fn kind(&self, kind: &SqlType) -> bool {
        let crate::model::Base::User(_, name) = &kind.base else { return false };
        let old = self.old.types.iter().filter(|one| one.name == *name);
        old.flat_map(|was| self.new.types.iter().filter(|is| is.name == was.name && is.schema == was.schema).map(move |is| (was, is)))
            .any(|(was, is)| match (&was.definition, &is.definition) {
                (Definition::Enum(before), Definition::Enum(after)) => {
                    let kept: Vec<&String> = after.iter().filter(|label| before.contains(label)).collect();
                    !kept.into_iter().eq(before)
                }
                (Definition::Domain(before), Definition::Domain(after)) => before != after || self.kind(after),
                (was, is) => was != is,
            })
    }

    /// A view that reads something else, with other rights, or from what changed.
    pub(super) fn view(&self, relation: &Relation) -> Option<String> {
        let (old, new) = (self.old.relations.get(relation), self.new.relations.get(relation));
        let is_view = |kind: &RelationKind| matches!(kind, RelationKind::View { .. });
        if ![old, new].into_iter().flatten().any(|one| is_view(&one.kind)) {
            return None;
        }
        let around = self.old.roles == self.new.roles && self.old.superusers == self.new.superusers && self.old.owner == self.new.owner;
        (!around || !self.same(relation, &mut Vec::new())).then(|| quote::relation(relation))
    }

    /// Whether a relation is the same in both, with all that it reads.
    fn same(&self, relation: &Relation, seen: &mut Vec<Relation>) -> bool {
        if seen.contains(relation) {
            return true;
        }
        seen.push(relation.clone());
        let (old, new) = (self.old.relations.get(relation), self.new.relations.get(relation));
        let Some(state) = old.filter(|_| old == new) else { return old.is_none() && new.is_none() };
        let mut read = Vec::new();
        let mut condition = |expr: &Expr| read.extend(expr.query().cloned());
        let policies = state.policies.iter().flat_map(|policy| policy.using.iter().chain(&policy.with_check));
        policies.for_each(|expr| expr.visit(&mut condition));
        if let RelationKind::View { query: Some(query), .. } = &state.kind {
            read.push(query.clone());
        }
        let contexts = self.old.contexts == self.new.contexts && self.old.types == self.new.types;
        contexts
            && read.iter().flat_map(Query::all_sources).all(|(source, ..)| match source {
                Source::Relation(of) => self.same(of, seen),
                Source::Item(_) => true,
            })
    }
}

/// The field that a name means in the conditions over a relation.
fn field<'s>(state: &'s State, relation: &Relation, name: &str) -> Option<&'s Field> {
    let called = |item: &str| state.contexts.iter().find(|context| context.item == item);
    if let Some((context, name)) = name.split_once('.') {
        return called(context)?.field(name);
    }
    let own: Option<&Context> = state.relations.get(relation).and_then(|one| one.context.as_deref()).and_then(called);
    own.into_iter().chain(&state.contexts).find_map(|context| context.field(name))
}
