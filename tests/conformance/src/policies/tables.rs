//! The relations, types and functions of a set, for a server and for the checker. In: a linked set. Out: SQL that makes them, and names.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fmt::Write;

use policy_core::model::{Base, Column, Context, Definition, PolicySet, Relation, Returns, Routine, Source, SqlType, Table, UserType};
use policy_core::typing::{Given, Names, Signature, World};

use crate::Failure;

/// A set as the checker knows it.
#[derive(Debug)]
pub(super) struct Known<'a> {
    set: &'a PolicySet,
    types: Vec<UserType>,
    world: World,
}

impl<'a> Known<'a> {
    pub(super) fn of(set: &'a PolicySet, major: u32) -> Result<Known<'a>, Failure> {
        let mut types = set.types.clone();
        let plain = World::with(major, &types);
        let columns = relations(set).flat_map(|(_, columns)| columns.iter().map(|column| &column.kind));
        let fields = set.contexts().flat_map(|context| context.fields.iter().map(|field| &field.kind));
        // What nothing says more of is an enum with one label here.
        let mut missing = BTreeSet::new();
        for kind in columns.chain(fields).filter(|kind| plain.find(kind).is_none()) {
            let Base::User(schema, name) = &kind.base else { return Err(format!("the type {kind} is not known").into()) };
            missing.insert((schema.clone(), name.clone()));
        }
        types.extend(missing.into_iter().map(|(schema, name)| UserType {
            schema,
            name,
            definition: Definition::Enum(vec!["one".to_owned()]),
        }));
        let world = World::with(major, &types).closed();
        Ok(Known { set, types, world })
    }

    pub(super) fn world(&self) -> &World {
        &self.world
    }

    pub(super) fn set(&self) -> &'a PolicySet {
        self.set
    }

    pub(super) fn scope(&self, table: &'a Table) -> Scope<'_> {
        let context = table.context.as_ref().and_then(|name| self.set.contexts().find(|one| one.item == *name));
        Scope { known: self, table, context, missed: Cell::new(false) }
    }

    /// The SQL that makes everything that predicates can name.
    pub(super) fn ddl(&self) -> String {
        let mut sql = String::from("SET check_function_bodies = off;\n");
        let functions = self.set.functions();
        let schemas: BTreeSet<&str> =
            relations(self.set).map(|(relation, _)| relation.schema.as_str()).chain(functions.map(|of| of.schema.as_str())).collect();
        for schema in schemas {
            let _ = writeln!(sql, "CREATE SCHEMA IF NOT EXISTS {};", quoted(schema));
        }
        for one in &self.types {
            let name = one.schema.iter().chain([&one.name]).map(|part| quoted(part)).collect::<Vec<_>>().join(".");
            let _ = match &one.definition {
                Definition::Enum(labels) => {
                    let labels: Vec<String> = labels.iter().map(|label| format!("'{}'", label.replace('\'', "''"))).collect();
                    writeln!(sql, "CREATE TYPE {name} AS ENUM ({});", labels.join(", "))
                }
                Definition::Domain(base) => writeln!(sql, "CREATE DOMAIN {name} AS {};", written(base)),
                Definition::Composite => writeln!(sql, "CREATE TYPE {name} AS (a integer);"),
            };
        }
        for (name, columns) in relations(self.set) {
            let columns: Vec<String> =
                columns.iter().map(|column| format!("{} {}", quoted(column.name.as_str()), written(&column.kind))).collect();
            let _ = writeln!(sql, "CREATE TABLE IF NOT EXISTS {} ({});", relation(name), columns.join(", "));
        }
        for of in self.set.functions() {
            for function in &of.functions {
                let Returns::One(result) = &function.returns else { continue };
                let args: Vec<String> = function.args.iter().map(|argument| written(&argument.kind)).collect();
                let _ = writeln!(
                    sql,
                    "CREATE OR REPLACE FUNCTION {}({}) RETURNS {} LANGUAGE sql AS 'SELECT NULL';",
                    relation(&of.path(function)),
                    args.join(", "),
                    written(result)
                );
            }
        }
        sql
    }
}

/// Tables and views, with their columns.
pub(super) fn relations(set: &PolicySet) -> impl Iterator<Item = (&Relation, &Vec<Column>)> {
    set.tables().map(|table| (&table.relation, &table.columns)).chain(set.views().map(|view| (&view.relation, &view.columns)))
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A relation in quotes.
pub(super) fn relation(relation: &Relation) -> String {
    format!("{}.{}", quoted(relation.schema.as_str()), quoted(relation.name.as_str()))
}

/// A type in SQL.
fn written(kind: &SqlType) -> String {
    match &kind.base {
        Base::Builtin(_) => kind.to_string(),
        Base::User(schema, name) => {
            let name = schema.iter().chain([name]).map(|part| quoted(part)).collect::<Vec<_>>().join(".");
            if kind.array { name + "[]" } else { name }
        }
        Base::Opaque(name) => quoted(name),
    }
}

/// What the predicates of one table name.
pub(super) struct Scope<'a> {
    known: &'a Known<'a>,
    table: &'a Table,
    context: Option<&'a Context>,
    missed: Cell<bool>,
}

impl Scope<'_> {
    /// Whether a name was asked for that is not there.
    pub(super) fn missed(&self) -> bool {
        self.missed.get()
    }

    fn given(&self, found: Option<(&SqlType, bool)>) -> Option<Given> {
        self.missed.set(self.missed.get() || found.is_none());
        found.map(|(kind, nullable)| Given { kind: self.known.world.find(kind), nullable })
    }
}

impl Names for Scope<'_> {
    fn own(&self, column: &str) -> Option<Given> {
        self.given(self.table.column(column).map(|column| (&column.kind, column.nullable)))
    }

    fn column(&self, source: &Source, column: &str) -> Option<Given> {
        let Source::Relation(wanted) = source else { return self.given(None) };
        let columns = relations(self.known.set).find(|(relation, _)| *relation == wanted).map(|(_, columns)| columns);
        let found = columns.and_then(|columns| columns.iter().find(|own| own.name.as_str() == column));
        self.given(found.map(|column| (&column.kind, column.nullable)))
    }

    fn ctx(&self, field: &str) -> Option<Given> {
        self.given(self.context.and_then(|context| context.field(field)).map(|field| (&field.kind, field.nullable)))
    }

    fn routine(&self, routine: &Routine) -> Option<Vec<Signature>> {
        let Routine::Named(name) = routine else { return None };
        let all = self.known.set.functions().flat_map(|of| of.functions.iter().filter(move |one| of.path(one) == *name));
        let world = &self.known.world;
        let signature = |function: &policy_core::model::Function| {
            let Returns::One(result) = &function.returns else { return None };
            let args = function.args.iter().map(|argument| world.find(&argument.kind)).collect::<Option<Vec<_>>>()?;
            Some(Signature { args, result: world.find(result)? })
        };
        all.map(signature).collect()
    }
}
