//! What changed beside rows: privileges that no policy governs, roles that can be assumed, what roles may by themselves, functions that run
//! with other rights.
//!
//! In: two states. Out: a difference for each. Must not know predicates.

use std::collections::BTreeSet;

use super::change::{Change, Difference, Pair, known};
use super::effective::{Columns, Effective, Who};
use super::state::FunctionState;
use crate::model::{Ident, Privilege, Relation};
use crate::render::quote;

const BESIDE: [Privilege; 4] = [Privilege::Truncate, Privilege::References, Privilege::Trigger, Privilege::Maintain];

/// Everything of the kind.
pub(super) fn openings(pair: &Pair<'_, '_>, roles: &[String]) -> Vec<Difference> {
    let mut all = Vec::new();
    for role in roles {
        let (was, is) = (known(pair.old, role), known(pair.new, role));
        beside(pair, role, was, is, &mut all);
        assumed(pair, role, was, is, &mut all);
        attributes(pair, role, &mut all);
        functions(pair, role, was, is, &mut all);
        schemas(pair, role, was, is, &mut all);
    }
    all
}

fn beside(pair: &Pair<'_, '_>, role: &str, was: Who<'_>, is: Who<'_>, all: &mut Vec<Difference>) {
    let relations: BTreeSet<&Relation> = pair.old.state().relations.keys().chain(pair.new.state().relations.keys()).collect();
    for relation in relations {
        for privilege in BESIDE {
            let held = |effective: &Effective<'_>, who| {
                effective.enters(who, &relation.schema) && effective.privileges(who, relation, privilege) != Columns::None
            };
            all.extend(told(role, quote::relation(relation), privilege.word(), held(pair.old, was), held(pair.new, is)));
        }
    }
}

fn assumed(pair: &Pair<'_, '_>, role: &str, was: Who<'_>, is: Who<'_>, all: &mut Vec<Difference>) {
    let names = |effective: &Effective<'_>, who: Who<'_>| -> BTreeSet<String> {
        let Who::Role(name) = who else { return BTreeSet::new() };
        let who = effective.roles().get(name).map_or(Who::Public, |role| Who::Role(role.name.as_str()));
        effective.identities(who).into_iter().filter(|other| *other != role).map(str::to_owned).collect()
    };
    let (before, after) = (names(pair.old, was), names(pair.new, is));
    for other in before.union(&after) {
        all.extend(told(role, other.clone(), "set role", before.contains(other), after.contains(other)));
    }
    let granted = |effective: &Effective<'_>, who: Who<'_>| -> BTreeSet<String> {
        let Who::Role(name) = who else { return BTreeSet::new() };
        let groups = effective.roles().get(name).into_iter().flat_map(|role| &role.member_of);
        groups.filter(|group| group.admin == Some(true)).map(|group| group.role.clone()).collect()
    };
    let (before, after) = (granted(pair.old, was), granted(pair.new, is));
    for other in before.union(&after) {
        all.extend(told(role, other.clone(), "admin option", before.contains(other), after.contains(other)));
    }
}

/// What a role may by itself. One that is new, or gone, is told of where it reaches something.
fn attributes(pair: &Pair<'_, '_>, role: &str, all: &mut Vec<Difference>) {
    let (Some(was), Some(is)) = (pair.old.roles().get(role), pair.new.roles().get(role)) else { return };
    all.extend(told(role, role.to_owned(), "login", was.login, is.login));
    all.extend(told(role, role.to_owned(), "connect", was.connect, is.connect));
    all.extend(told(role, role.to_owned(), "bypass row security", was.bypass_rls.is_some(), is.bypass_rls.is_some()));
}

fn functions(pair: &Pair<'_, '_>, role: &str, was: Who<'_>, is: Who<'_>, all: &mut Vec<Difference>) {
    let same = |one: &FunctionState, other: &FunctionState| one.path == other.path && one.function.args == other.function.args;
    for function in &pair.new.state().functions {
        let before = pair.old.state().functions.iter().find(|other| same(function, other));
        let executed = before.is_some_and(|before| calls(pair.old, was, before));
        let executes = calls(pair.new, is, function);
        let name = quote::relation(&function.path);
        all.extend(told(role, name.clone(), "execute", executed, executes));
        let differs = before.filter(|before| executed && executes && runs(before) != runs(function));
        all.extend(differs.map(|_| Difference {
            role: role.to_owned(),
            object: name,
            what: "execute".to_owned(),
            change: Change::Incomparable,
            gained: Vec::new(),
            lost: Vec::new(),
            unknown: vec!["it runs something else, or with other rights".to_owned()],
        }));
    }
    for function in &pair.old.state().functions {
        let gone = !pair.new.state().functions.iter().any(|other| same(function, other));
        all.extend(told(role, quote::relation(&function.path), "execute", gone && calls(pair.old, was, function), false));
    }
}

/// Whether someone may name a function and execute it.
fn calls(effective: &Effective<'_>, who: Who<'_>, function: &FunctionState) -> bool {
    effective.enters(who, &function.path.schema) && effective.executes(who, function)
}

fn schemas(pair: &Pair<'_, '_>, role: &str, was: Who<'_>, is: Who<'_>, all: &mut Vec<Difference>) {
    let schemas: BTreeSet<&Ident> = pair.old.state().schemas.keys().chain(pair.new.state().schemas.keys()).collect();
    for schema in schemas {
        let name = || quote::ident(schema.as_str());
        all.extend(told(role, name(), "usage", pair.old.enters(was, schema), pair.new.enters(is, schema)));
        all.extend(told(role, name(), "create", pair.old.creates(was, schema), pair.new.creates(is, schema)));
    }
}

/// What decides about what a function does.
fn runs(function: &FunctionState) -> impl PartialEq + '_ {
    let one = &function.function;
    (&one.definer, &one.body, &one.search_path, &one.language, &one.returns)
}

fn told(role: &str, object: String, what: &str, before: bool, after: bool) -> Option<Difference> {
    let (gained, lost) = (after && !before, before && !after);
    let said = |is: bool| if is { vec![what.to_owned()] } else { Vec::new() };
    (gained || lost).then(|| Difference {
        role: role.to_owned(),
        object,
        what: what.to_owned(),
        change: Change::of(gained, lost),
        gained: said(gained),
        lost: said(lost),
        unknown: Vec::new(),
    })
}
