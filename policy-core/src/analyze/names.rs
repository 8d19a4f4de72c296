//! The types of what the predicates over one relation of a state may name.
//!
//! In: a state, a relation, a major. Out: columns, context fields and functions, by their database names. Must not know who asks.

use std::collections::BTreeMap;

use super::state::State;
use crate::model::{Column, Context, Relation, Returns, Routine, Source, SqlType};
use crate::typing::{Given, Names, Signature, World};

/// What every relation of a state shares: looked up once.
#[derive(Debug)]
pub struct Shared<'s> {
    /// The state.
    pub state: &'s State,
    /// The types of its newest major.
    pub world: World,
    contexts: BTreeMap<&'s str, &'s Context>,
}

impl<'s> Shared<'s> {
    /// Of a state.
    #[must_use]
    pub fn of(state: &'s State) -> Shared<'s> {
        let world = World::with(state.versions.newest, &state.types);
        let contexts = state.contexts.iter().map(|context| (context.item.as_str(), context)).collect();
        Shared { state, world, contexts }
    }

    /// The context of a relation's predicates.
    #[must_use]
    pub fn context(&self, relation: &Relation) -> Option<&'s Context> {
        let named = self.state.relations.get(relation)?.context.as_deref()?;
        self.contexts.get(named).copied()
    }

    /// What the predicates over a relation may name; the fields of two contexts may meet where a view reads a table.
    #[must_use]
    pub fn names<'n>(&'n self, relation: &Relation, contexts: Vec<&'s Context>) -> Named<'n, 's> {
        let columns = self.state.relations.get(relation).map_or(&[][..], |relation| relation.columns.as_slice());
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
        let columns = &self.shared.state.relations.get(relation)?.columns;
        columns.iter().find(|own| own.name.as_str() == column).map(|found| self.given(&found.kind, found.nullable))
    }

    /// A setting may be absent or empty, whatever the field's Rust type says: its value can be NULL.
    fn ctx(&self, field: &str) -> Option<Given> {
        let field = self.contexts.iter().find_map(|context| context.field(field))?;
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
