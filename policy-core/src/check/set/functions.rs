//! H0801, H0804, H0833, H0418: functions of the whole set: signatures, definers, rows that `visible` looks at.

use std::collections::BTreeSet;

use super::{Facts, definer};
use crate::diag::{Diagnostic, FunctionPart, Part, Place, Sink, codes, listed};
use crate::model::{Body, Function, Functions, Privilege, Relation, RowOf};

use super::super::access::who;
use super::super::item::functions_clash;
use super::super::routines::{same_signature, signature};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let mut known: Vec<(Relation, &Functions, &Function)> = Vec::new();
    for of in facts.set.functions() {
        definers(facts, of, sink);
        for (i, function) in of.functions.iter().enumerate() {
            let path = of.path(function);
            // Two of one trait are the trait's own fault.
            let clash =
                known.iter().find(|(other, by, function_of)| *other == path && by.item != of.item && same_signature(function_of, function));
            if let Some((_, by, other)) = clash {
                let place = Place::Part(Part::Function(i, FunctionPart::Whole));
                sink.push(functions_clash(&signature(&path, function), &format!("{}.{}", by.item, other.method), place).of(&of.item));
            }
            known.push((path, of, function));
            if let Some(Body::Visible(rows)) = &function.body {
                rows.iter().for_each(|row| visible(facts, of, i, function, row, sink));
            }
        }
    }
}

/// Each definer of a trait once, at the first function that it is of.
fn definers(facts: &Facts<'_>, of: &Functions, sink: &mut Sink) {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let accepts = of.allows.iter().any(|allow| allow.code == codes::BAD_DEFINER.to_string());
    for (i, function) in of.functions.iter().enumerate().filter(|_| !of.external) {
        let Some(name) = function.definer.as_deref().filter(|name| told.insert(name)) else { continue };
        let bypass =
            facts.roles.owner() != Some(name) && facts.roles.get(name).is_some_and(|role| role.bypass_rls.is_some() && !role.login);
        let fault = definer::fault(facts, name, "a function", Part::Function(i, FunctionPart::Definer));
        sink.extend(fault.filter(|_| !(bypass && accepts)).map(|fault| fault.of(&of.item)));
    }
}

/// The types of keys that a text is compared with.
const KEYS: &[&str] = &["uuid", "smallint", "integer", "bigint", "text", "character varying"];

/// A row of `visible(..)`: its key can be written as text, and whoever calls the function may read it.
fn visible(facts: &Facts<'_>, of: &Functions, index: usize, function: &Function, row: &RowOf, sink: &mut Sink) {
    let place = Place::Part(Part::Function(index, FunctionPart::Body));
    let Some(table) = facts.set.tables().find(|table| table.item == row.item) else {
        let message = format!("`{}` is not a table, and `visible` looks at rows of tables", row.item);
        sink.push(Diagnostic::new(codes::NOT_A_TABLE, place, message).help("list the tables that the view reads").of(&of.item));
        return;
    };
    let Some(key) = table.column(&row.key) else { return };
    if !KEYS.iter().any(|name| key.kind.is(name)) {
        let message = format!("`{}.{}` is `{}`, which is no key", table.item, key.field, key.kind);
        sink.push(
            Diagnostic::new(codes::LOG_COLUMN, place, message).help(format!("the keys are {}", listed(KEYS.iter().copied()))).of(&of.item),
        );
    }
    let columns = BTreeSet::from([row.key.as_str()]);
    for to in function.grants.iter().map(who).filter(|_| !table.is_external()) {
        if facts.access.may(&facts.roles, to, &table.relation, Privilege::Select, &columns) {
            continue;
        }
        let role = facts.said(&to);
        sink.push(
            Diagnostic::new(
                codes::CANNOT_READ_SOURCE,
                place,
                format!("`{}` reads `{}`, but `{role}` may not select it", function.method, table.item),
            )
            .note("it runs with the rights of whoever calls it: PostgreSQL refuses the whole call with 42501")
            .help(format!("add `permit(select({}), to = {role}, ..)` to `{}`", key.field, table.item))
            .of(&of.item),
        );
    }
}
