//! The types of what predicates name: own columns, the context, other relations, declared functions.

use std::collections::HashMap;

use super::of_one_item;
use crate::model::{Column, Context, Function, Item, PolicySet, Relation, Returns, Routine, Source, SqlType, UserType};
use crate::typing::{Given, NEWEST, Names, Signature, TrapKind, World};

/// What is known beside one item: the other items of its set, as declared or linked. Perhaps nothing.
#[derive(Debug)]
pub struct Known<'a> {
    set: Option<&'a PolicySet>,
    /// Whether the item has been judged by itself before.
    again: bool,
    relations: Relations<'a>,
}

/// Columns by item and by relation.
#[derive(Debug, Default)]
struct Relations<'a> {
    items: HashMap<&'a str, &'a [Column]>,
    tables: HashMap<&'a Relation, &'a [Column]>,
}

impl<'a> Known<'a> {
    /// Nothing.
    #[must_use]
    pub fn nothing() -> Known<'a> {
        Known { set: None, again: false, relations: Relations::default() }
    }

    /// The items of a set, as declared.
    #[must_use]
    pub fn declared(set: &'a PolicySet) -> Known<'a> {
        Known { set: Some(set), again: false, relations: relations(set) }
    }

    /// The items of a linked set, each of which has been judged by itself.
    pub(in crate::check) fn linked(set: &'a PolicySet) -> Known<'a> {
        Known { set: Some(set), again: true, relations: relations(set) }
    }

    /// The types of the database that are declared.
    pub(super) fn types(&self) -> &'a [UserType] {
        self.set.map_or(&[], |set| &set.types)
    }

    /// The majors to judge by: the oldest and the newest of the set; the newest that there is where no set is known.
    pub(super) fn majors(&self) -> Vec<u32> {
        let Some(set) = self.set else { return vec![NEWEST] };
        let (oldest, newest) = (set.versions.oldest, set.versions.newest);
        if oldest == newest { vec![oldest] } else { vec![oldest, newest] }
    }

    fn context(&self, name: &str) -> Option<&'a Context> {
        self.set?.contexts().find(|one| one.item == name)
    }

    fn columns(&self, source: &Source) -> Option<&'a [Column]> {
        match source {
            Source::Item(item) => self.relations.items.get(item.as_str()).copied(),
            Source::Relation(relation) => self.relations.tables.get(relation).copied(),
        }
    }

    fn functions(&self, routine: &Routine) -> Vec<&'a Function> {
        let all = self.set.into_iter().flat_map(PolicySet::functions);
        match routine {
            Routine::Method(item, method) => {
                all.filter(|of| of.item == *item).flat_map(|of| &of.functions).filter(|one| one.method == *method).collect()
            }
            Routine::Named(name) => all.flat_map(|of| of.functions.iter().filter(move |one| of.path(one) == *name)).collect(),
        }
    }
}

fn relations(set: &PolicySet) -> Relations<'_> {
    let mut found = Relations::default();
    for item in &set.items {
        let (name, relation, columns) = match item {
            Item::Table(table) => (&table.item, &table.relation, &table.columns),
            Item::View(view) => (&view.item, &view.relation, &view.columns),
            _ => continue,
        };
        found.items.insert(name, columns);
        found.tables.insert(relation, columns);
    }
    found
}

/// What the predicates of one item may name.
pub(super) struct Scope<'a> {
    known: &'a Known<'a>,
    context: Option<&'a Context>,
    own: &'a [Column],
}

impl<'a> Scope<'a> {
    pub(super) fn new(known: &'a Known<'a>, context: Option<&str>, own: &'a [Column]) -> Scope<'a> {
        let context = context.and_then(|name| known.context(name));
        Scope { known, context, own }
    }

    /// The same with the types of one major.
    pub(super) fn of<'s>(&'s self, world: &'s World) -> InWorld<'s, 'a> {
        InWorld { scope: self, world }
    }

    /// Whether a trap is told here, and not where the item was judged by itself.
    pub(super) fn is_told(&self, kind: &TrapKind) -> bool {
        !self.known.again || !of_one_item(kind)
    }

    /// How a column of the row is written in Rust.
    pub(super) fn field<'n>(&'n self, column: &'n str) -> &'n str {
        self.own.iter().find(|own| own.name.as_str() == column).map_or(column, |own| own.field.as_str())
    }
}

/// A scope in one major.
pub(super) struct InWorld<'s, 'a> {
    scope: &'s Scope<'a>,
    world: &'s World,
}

impl InWorld<'_, '_> {
    fn given(&self, kind: &SqlType, nullable: bool) -> Given {
        Given { kind: self.world.find(kind), nullable }
    }
}

impl Names for InWorld<'_, '_> {
    fn own(&self, column: &str) -> Option<Given> {
        let column = self.scope.own.iter().find(|own| own.name.as_str() == column)?;
        Some(self.given(&column.kind, column.nullable))
    }

    fn column(&self, source: &Source, column: &str) -> Option<Given> {
        let columns = self.scope.known.columns(source)?;
        let is_item = matches!(source, Source::Item(_));
        let named = |own: &&Column| if is_item { own.field == column } else { own.name.as_str() == column };
        columns.iter().find(named).map(|found| self.given(&found.kind, found.nullable))
    }

    fn ctx(&self, field: &str) -> Option<Given> {
        let field = self.scope.context?.field(field)?;
        Some(self.given(&field.kind, field.nullable))
    }

    fn routine(&self, routine: &Routine) -> Option<Vec<Signature>> {
        let functions = self.scope.known.functions(routine);
        if functions.is_empty() {
            return None;
        }
        functions.into_iter().map(|function| signature(self.world, function)).collect()
    }

    fn said(&self, column: &str) -> String {
        self.scope.field(column).to_owned()
    }

    fn own_columns(&self) -> Vec<(String, Given)> {
        self.scope.own.iter().map(|own| (own.field.clone(), self.given(&own.kind, own.nullable))).collect()
    }
}

/// The types of a function; none if one of them is not known, or it gives no value.
fn signature(world: &World, function: &Function) -> Option<Signature> {
    let Returns::One(result) = &function.returns else { return None };
    let args = function.args.iter().map(|argument| world.find(&argument.kind)).collect::<Option<Vec<_>>>()?;
    Some(Signature { args, result: world.find(result)? })
}
