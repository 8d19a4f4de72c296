//! H0414: a permit or grant in a schema that the role may not enter.
//!
//! A schema that the set declares is judged by what is declared; of an external one nothing is known; `public` is
//! open to everyone unless it is declared.

use std::collections::{BTreeMap, BTreeSet};

use super::Facts;
use crate::diag::{Diagnostic, FunctionPart, Part, Place, RulePart, Sink, codes};
use crate::model::{Grantee, Ident, ObjectKind, Privilege, RuleKind, Schema, Table};

use super::super::access::{reaches, who};
use super::super::roles::Who;

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let schemas: BTreeMap<&Ident, &Schema> = facts.set.schemas().map(|schema| (&schema.name, schema)).collect();
    let mut judge = Judge { facts, schemas, told: BTreeSet::new(), sink };
    for table in facts.set.tables() {
        for (place, to) in entries(table) {
            judge.one(&table.relation.schema, &table.item, place, to);
        }
    }
    for view in facts.set.views() {
        for (i, grant) in view.grants.iter().enumerate() {
            grant.to.iter().for_each(|to| judge.one(&view.relation.schema, &view.item, Place::Part(Part::Grant(i)), to));
        }
    }
    for of in facts.set.functions().filter(|of| !of.external) {
        for (i, function) in of.functions.iter().enumerate() {
            for (k, to) in function.grants.iter().enumerate() {
                judge.one(&of.schema, &of.item, Place::Part(Part::Function(i, FunctionPart::To(k))), to);
            }
        }
    }
    for schema in facts.set.schemas() {
        for (i, grant) in schema.grants.iter().enumerate().filter(|(_, grant)| grant.on != ObjectKind::Schema) {
            for to in &grant.to {
                judge.one(&schema.name, &schema.item, Place::Part(Part::Grant(i)), to);
            }
        }
    }
}

/// Whom a table lets in, and where it says so.
fn entries(table: &Table) -> Vec<(Place, &Grantee)> {
    let permits = table.rules.iter().enumerate().filter(|(_, rule)| rule.kind == RuleKind::Permit);
    let rules =
        permits.flat_map(|(i, rule)| rule.to.iter().enumerate().map(move |(k, to)| (Place::Part(Part::Rule(i, RulePart::To(k))), to)));
    let grants = table.grants.iter().enumerate();
    let grants = grants.flat_map(|(i, grant)| grant.to.iter().map(move |to| (Place::Part(Part::Grant(i)), to)));
    rules.chain(grants).collect()
}

struct Judge<'a, 'b> {
    facts: &'b Facts<'a>,
    schemas: BTreeMap<&'a Ident, &'a Schema>,
    /// A schema and role are told once, at the first table; an undeclared schema once.
    told: BTreeSet<(&'a Ident, Option<&'a Grantee>)>,
    sink: &'b mut Sink,
}

impl<'a> Judge<'a, '_> {
    fn one(&mut self, name: &'a Ident, item: &str, place: Place, to: &'a Grantee) {
        let Some(schema) = self.schemas.get(name).copied() else {
            if name.as_str() != "public" && self.told.insert((name, None)) {
                self.sink.push(undeclared(name, place).of(item));
            }
            return;
        };
        if schema.external || self.enters(schema, to) || !self.told.insert((name, Some(to))) {
            return;
        }
        let said = match to {
            Grantee::Public => "PUBLIC",
            Grantee::Role(role) => self.facts.roles.item(role),
        };
        let message = format!("`{said}` has no USAGE on the schema `{name}`");
        self.sink.push(
            Diagnostic::new(codes::NO_SCHEMA_USAGE, place, message)
                .note("without it every statement on a table or function of the schema fails with 42501, whatever is granted on it")
                .help(format!("add it to `{}`: `grant(usage, to = {said})`", schema.item))
                .of(item),
        );
    }

    /// Whether a grantee has USAGE. The owner made the tables, so it has it; PUBLIC stands for whoever comes in.
    fn enters(&self, schema: &Schema, to: &Grantee) -> bool {
        let opens = |p: &Privilege| matches!(p, Privilege::Usage | Privilege::All);
        let grants = schema.grants.iter().filter(|g| g.on == ObjectKind::Schema && g.privileges.iter().any(opens));
        let mut holders = grants.flat_map(|grant| &grant.to);
        match to {
            Grantee::Public => holders.next().is_some(),
            Grantee::Role(name) if self.facts.roles.owner() == Some(name) => true,
            Grantee::Role(name) => holders.any(|holder| reaches(&self.facts.roles, Who::Role(name), who(holder))),
        }
    }
}

fn undeclared(name: &Ident, place: Place) -> Diagnostic {
    Diagnostic::new(codes::NO_SCHEMA_USAGE, place, format!("the schema `{name}` is not declared in the set"))
        .note("whether its roles have USAGE is not known, and without it nothing in the schema can be used")
        .help(format!(
            "declare it: `#[derive(Schema)] #[schema(name = \"{name}\", grant(usage, to = ..))]`, and list it in the `policy_set!`"
        ))
        .help("a schema of others is declared with `external`")
}
