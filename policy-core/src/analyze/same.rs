//! The relations of which a change leaves everything as it was.
//!
//! In: two states. Out: relations that are reached in the new one exactly as in the old one. Must not know what predicates mean: it
//! compares what is written of a relation, and of what its predicates read, however deep.

use std::collections::BTreeSet;

use super::state::{FunctionState, RelationKind, RelationState, State};
use crate::model::{Query, Relation, Source};

/// A look that spares a thousand tables their proofs.
pub(super) fn same<'s>(old: &State, new: &'s State) -> BTreeSet<&'s Relation> {
    if !is_around_the_same(old, new) {
        return BTreeSet::new();
    }
    let equal = |name: &Relation, after: &RelationState| {
        old.relations.get(name) == Some(after) && old.schemas.get(&name.schema) == new.schemas.get(&name.schema)
    };
    let mut same: BTreeSet<&Relation> = new.relations.iter().filter(|(name, after)| equal(name, after)).map(|(name, _)| name).collect();
    let exists = |name: &Relation| old.relations.contains_key(name) || new.relations.contains_key(name);
    loop {
        let reads_another = |name: &Relation| {
            let read = new.relations.get(name).map(read_by).unwrap_or_default();
            read.into_iter().any(|read| exists(read) && !same.contains(read))
        };
        let gone: Vec<&Relation> = same.iter().copied().filter(|name| reads_another(name)).collect();
        if gone.is_empty() {
            return same;
        }
        same.retain(|name| !gone.contains(name));
    }
}

/// What every relation depends on: roles, what predicates are told of the caller, types, how functions are called.
fn is_around_the_same(old: &State, new: &State) -> bool {
    let called = |state: &'_ State| -> Vec<_> {
        let of = |one: &FunctionState| (one.path.clone(), one.function.args.clone(), one.function.returns.clone(), one.function.volatility);
        state.functions.iter().map(of).collect()
    };
    old.roles == new.roles
        && old.superusers == new.superusers
        && old.owner == new.owner
        && old.contexts == new.contexts
        && old.types == new.types
        && old.versions == new.versions
        && called(old) == called(new)
}

/// The relations that the predicates of a table or the query of a view name.
fn read_by(state: &RelationState) -> Vec<&Relation> {
    let mut queries: Vec<&Query> = Vec::new();
    for predicate in state.policies.iter().flat_map(|policy| policy.using.iter().chain(&policy.with_check)) {
        predicate.visit(&mut |part| queries.extend(part.query()));
    }
    if let RelationKind::View { query, .. } = &state.kind {
        queries.extend(query);
    }
    let sources = queries.into_iter().flat_map(Query::all_sources);
    sources.filter_map(|(source, ..)| if let Source::Relation(read) = source { Some(read) } else { None }).collect()
}
