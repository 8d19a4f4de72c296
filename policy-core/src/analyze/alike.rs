//! Whether what conditions name is the same thing in two states: a text that did not change says something else where a setting, a type
//! or a view behind it did.
//!
//! In: two states, a relation, conditions over it. Out: what is something else. Must not know what the conditions say.

use super::ask::Asker;
use super::effective::Who;
use super::reach::{Side, beneath};
use super::state::{RelationKind, State};
use crate::model::{Command, Context, Definition, Expr, Field, Ident, Kind, Query, Relation, Source, SqlType};
use crate::render::quote;

/// One who asks in two states; which of them is the older one does not matter.
#[derive(Clone, Copy)]
pub(super) struct Alike<'a, 'n, 's> {
    pub(super) before: &'a Asker<'n, 's>,
    pub(super) after: &'a Asker<'n, 's>,
}

impl Alike<'_, '_, '_> {
    fn states(&self) -> [&State; 2] {
        [self.before.effective().state(), self.after.effective().state()]
    }

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

    /// The first thing that a column of a view shows which is something else, or rows of a subquery in it that may be others.
    pub(super) fn shown(&self, column: &Expr) -> Option<String> {
        let who = [self.before.who(), self.after.who()];
        let mut found = self.changed(self.before.relation(), column);
        column.visit(&mut |part| {
            let others =
                || part.query().filter(|query| !self.same_sources(query, who, &mut Vec::new())).map(|_| "what a subquery reads".to_owned());
            found = found.take().or_else(others);
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
                let [was, is] = self.states().map(|state| field(state, relation, name).map(|field| (&field.source, &field.kind)));
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
        let [old, new] = self.states();
        let (old, new) = (old.relations.get(relation)?, new.relations.get(relation)?);
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
        let [old, new] = self.states();
        let old = old.types.iter().filter(|one| one.name == *name);
        old.flat_map(|was| new.types.iter().filter(|is| is.name == was.name && is.schema == was.schema).map(move |is| (was, is))).any(
            |(was, is)| match (&was.definition, &is.definition) {
                (Definition::Enum(before), Definition::Enum(after)) => {
                    let kept = |from: &[String], of: &[String]| from.iter().filter(|label| of.contains(label)).eq(of);
                    !kept(after, before) && !kept(before, after)
                }
                (Definition::Domain(before), Definition::Domain(after)) => before != after || self.kind(after),
                (was, is) => was != is,
            },
        )
    }

    /// A view of which the asker reaches something else.
    pub(super) fn view(&self, relation: &Relation) -> Option<String> {
        let is_view = |state: &State| matches!(state.relations.get(relation).map(|one| &one.kind), Some(RelationKind::View { .. }));
        let [old, new] = self.states();
        let who = [self.before.who(), self.after.who()];
        ((is_view(old) || is_view(new)) && !self.same(relation, who, &mut Vec::new())).then(|| quote::relation(relation))
    }

    /// Whether two askers reach the same of a relation by what is written, with all that it reads. `seen` is what was asked already.
    fn same(&self, relation: &Relation, who: [Who<'_>; 2], seen: &mut Vec<String>) -> bool {
        let key = format!("{relation} {who:?}");
        if seen.contains(&key) {
            return true;
        }
        seen.push(key);
        let [old, new] = self.states().map(|state| state.relations.get(relation));
        let (Some(old), Some(new)) = (old, new) else { return old.is_none() && new.is_none() };
        if old.kind != new.kind || old.columns != new.columns || self.contexts_differ() {
            return false;
        }
        let [was, is] = [self.before.effective(), self.after.effective()];
        if let RelationKind::View { query, .. } = &old.kind {
            // Whoever reads this one: a view with the rights of whoever asks reads as the session, also below another view.
            let sessions = (was.reader(relation, self.before.session()), is.reader(relation, self.after.session()));
            let (Some(one), Some(other)) = sessions else { return old == new };
            return one == other && query.iter().all(|query| self.same_sources(query, [one, other], seen));
        }
        let [first, second] = who;
        let reached = Command::ALL.iter().map(|command| [beneath(was, first, relation, *command), beneath(is, second, relation, *command)]);
        reached.into_iter().all(|[before, after]| {
            let conditions = [&before.old, &before.new].into_iter().filter_map(Side::condition);
            before == after && conditions.into_iter().all(|condition| self.same_within(condition, who, seen))
        })
    }

    fn same_within(&self, condition: &Expr, who: [Who<'_>; 2], seen: &mut Vec<String>) -> bool {
        let mut same = true;
        condition.visit(&mut |part| same &= part.query().is_none_or(|query| self.same_sources(query, who, seen)));
        same
    }

    fn same_sources(&self, query: &Query, who: [Who<'_>; 2], seen: &mut Vec<String>) -> bool {
        query.all_sources().into_iter().all(|(source, ..)| match source {
            Source::Relation(of) => self.same_rights(of, who) && self.same(of, who, seen),
            Source::Item(_) => true,
        })
    }

    /// Whether two askers may do the same with a relation that a query names.
    fn same_rights(&self, relation: &Relation, who: [Who<'_>; 2]) -> bool {
        let [first, second] = who;
        let [was, is] = [self.before.effective(), self.after.effective()];
        let held = |privilege| was.privileges(first, relation, privilege) == is.privileges(second, relation, privilege);
        Command::ALL.iter().all(|command| held(command.privilege()))
    }

    fn contexts_differ(&self) -> bool {
        let [old, new] = self.states();
        old.contexts != new.contexts || old.types != new.types
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
