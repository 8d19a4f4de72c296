//! The types of what the predicates over one relation of a state may name.
//!
//! In: a state, a relation, a major. Out: columns, context fields and functions, by their database names. Must not know who asks.

use std::collections::{BTreeMap, BTreeSet};

use super::state::{RelationKind, State};
use crate::model::{Column, Context, ContextSource, Expr, Kind, Relation, Returns, Routine, Source, SqlType};
use crate::typing::{Given, Names, Signature, World};

/// What every relation of a state shares: looked up once.
#[derive(Debug)]
pub struct Shared<'s> {
    /// The state.
    pub state: &'s State,
    /// The types of its newest major.
    pub world: World,
    contexts: BTreeMap<&'s str, &'s Context>,
    /// Fields of one name that mean different settings in different contexts.
    ambiguous: BTreeSet<&'s str>,
}

impl<'s> Shared<'s> {
    /// Of a state.
    #[must_use]
    pub fn of(state: &'s State) -> Shared<'s> {
        let world = World::with(state.versions.newest, &state.types);
        let contexts = state.contexts.iter().map(|context| (context.item.as_str(), context)).collect();
        let mut meanings: BTreeMap<&str, Vec<(&ContextSource, &SqlType)>> = BTreeMap::new();
        for field in state.contexts.iter().flat_map(|context| &context.fields) {
            let known = meanings.entry(&field.name).or_default();
            let meaning = (&field.source, &field.kind);
            if !known.contains(&meaning) {
                known.push(meaning);
            }
        }
        let ambiguous = meanings.into_iter().filter(|(_, sources)| sources.len() > 1).map(|(name, _)| name).collect();
        Shared { state, world, contexts, ambiguous }
    }

    /// A predicate of one relation among those of another: fields that mean something else there are called `Context.field`.
    #[must_use]
    pub fn carried(&self, predicate: &Expr, from: &Relation, to: &Relation) -> Expr {
        let context = |of: &Relation| self.state.relations.get(of).and_then(|one| one.context.as_deref());
        let mut carried = predicate.clone();
        let Some(own) = context(from).filter(|own| context(to) != Some(own)) else { return carried };
        carried.visit_mut(&mut |part| {
            if let Kind::Ctx(field) = &mut part.kind
                && self.ambiguous.contains(field.as_str())
            {
                *field = format!("{own}.{field}");
            }
        });
        carried
    }

    /// The context of a relation's predicates.
    #[must_use]
    pub fn context(&self, relation: &Relation) -> Option<&'s Context> {
        let named = self.state.relations.get(relation)?.context.as_deref()?;
        self.contexts.get(named).copied()
    }

    /// What the predicates over a relation may name: the fields of its own context, then those of the others, which meet them where a
    /// view or a subquery reads it.
    #[must_use]
    pub fn names<'n>(&'n self, relation: &Relation) -> Named<'n, 's> {
        let columns = self.state.relations.get(relation).map_or(&[][..], |relation| relation.columns.as_slice());
        let contexts = self.context(relation).into_iter().chain(self.contexts.values().copied()).collect();
        Named { shared: self, columns, contexts }
    }
}

/// What the predicates over one relation may name.
#[derive(Debug)]
pub struct Named<'n, 's> {
    shared: &'n Shared<'s>,
    columns: &'s [Column],
    contexts: Vec<&'s Context>,
}

impl Named<'_, '_> {
    fn given(&self, kind: &SqlType, nullable: bool) -> Given {
        Given { kind: self.shared.world.find(kind), nullable }
    }
}

impl Names for Named<'_, '_> {
    fn own(&self, column: &str) -> Option<Given> {
        let column = self.columns.iter().find(|own| own.name.as_str() == column)?;
        Some(self.given(&column.kind, column.nullable))
    }

    fn column(&self, source: &Source, column: &str) -> Option<Given> {
        let Source::Relation(relation) = source else { return None };
        let of = self.shared.state.relations.get(relation)?;
        // An outer join may leave a column of a view empty, whatever its Rust type says.
        let view = matches!(of.kind, RelationKind::View { .. });
        of.columns.iter().find(|own| own.name.as_str() == column).map(|found| self.given(&found.kind, found.nullable || view))
    }

    /// A setting may be absent or empty, whatever the field's Rust type says: its value can be NULL.
    fn ctx(&self, field: &str) -> Option<Given> {
        let field = match field.split_once('.') {
            Some((context, field)) => self.shared.contexts.get(context)?.field(field)?,
            None => self.contexts.iter().find_map(|context| context.field(field))?,
        };
        Some(self.given(&field.kind, true))
    }

    fn routine(&self, routine: &Routine) -> Option<Vec<Signature>> {
        let Routine::Named(name) = routine else { return None };
        let functions = self.shared.state.functions.iter().filter(|one| one.path == *name);
        let signature = |function: &crate::model::Function| {
            let Returns::One(result) = &function.returns else { return None };
            let args = function.args.iter().map(|argument| self.shared.world.find(&argument.kind)).collect::<Option<Vec<_>>>()?;
            Some(Signature { args, result: self.shared.world.find(result)? })
        };
        let found: Option<Vec<Signature>> = functions.map(|one| signature(&one.function)).collect();
        found.filter(|found| !found.is_empty())
    }
}
