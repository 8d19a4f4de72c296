//! A set by its names, so that a thousand tables do not search a thousand items each.
//!
//! In: a linked set. Out: look-ups. Must not know what for.

use std::collections::BTreeMap;

use crate::model::{Column, Context, Ident, PolicySet, Relation, RowOf, Schema, Table, View};

/// The items of a set by name.
#[derive(Debug)]
pub struct Index<'a> {
    pub(crate) set: &'a PolicySet,
    contexts: BTreeMap<&'a str, &'a Context>,
    tables: BTreeMap<&'a str, &'a Table>,
    relations: BTreeMap<&'a Relation, &'a Table>,
    views: BTreeMap<&'a Relation, &'a View>,
    schemas: BTreeMap<&'a Ident, Vec<&'a Schema>>,
    sequences: BTreeMap<Relation, Vec<&'a Table>>,
    logged: BTreeMap<&'a str, Vec<(&'a Table, &'a RowOf)>>,
}

impl<'a> Index<'a> {
    /// Of a linked set.
    #[must_use]
    pub fn new(set: &'a PolicySet) -> Index<'a> {
        let mut schemas: BTreeMap<&Ident, Vec<&Schema>> = BTreeMap::new();
        for schema in set.schemas().filter(|schema| !schema.external) {
            schemas.entry(&schema.name).or_default().push(schema);
        }
        let mut sequences: BTreeMap<Relation, Vec<&Table>> = BTreeMap::new();
        for table in set.tables().filter(|table| !table.is_external()) {
            for sequence in table.columns.iter().filter_map(|column| table.sequence(column)) {
                sequences.entry(sequence).or_default().push(table);
            }
        }
        let mut logged: BTreeMap<&str, Vec<(&Table, &RowOf)>> = BTreeMap::new();
        for (table, log) in set.tables().filter_map(|table| Some((table, table.log.as_ref()?))).filter(|(_, log)| log.writer.is_some()) {
            for row in &log.rows {
                logged.entry(&row.item).or_default().push((table, row));
            }
        }
        Index {
            set,
            contexts: set.contexts().map(|context| (context.item.as_str(), context)).collect(),
            tables: set.tables().map(|table| (table.item.as_str(), table)).collect(),
            relations: set.tables().map(|table| (&table.relation, table)).collect(),
            views: set.views().map(|view| (&view.relation, view)).collect(),
            schemas,
            sequences,
            logged,
        }
    }

    /// The context that an item reads.
    pub(crate) fn context(&self, item: Option<&str>) -> Option<&'a Context> {
        self.contexts.get(item?).copied()
    }

    /// The table of a Rust item.
    pub(crate) fn table(&self, item: &str) -> Option<&'a Table> {
        self.tables.get(item).copied()
    }

    /// The table of a relation.
    pub(crate) fn relation(&self, relation: &Relation) -> Option<&'a Table> {
        self.relations.get(relation).copied()
    }

    /// The view of a relation.
    pub(crate) fn view(&self, relation: &Relation) -> Option<&'a View> {
        self.views.get(relation).copied()
    }

    /// A column of a table or view.
    pub(crate) fn column(&self, relation: &Relation, name: &str) -> Option<&'a Column> {
        let columns = self.relation(relation).map(|table| &table.columns).or_else(|| self.view(relation).map(|view| &view.columns))?;
        columns.iter().find(|column| column.name.as_str() == name)
    }

    /// The schemas of that name that are ours.
    pub(crate) fn schemas(&self, name: &Ident) -> &[&'a Schema] {
        self.schemas.get(name).map_or(&[], Vec::as_slice)
    }

    /// The logs that a writer keeps of a table, each with the table's entry in it, in the order of the set.
    pub(crate) fn logs_of(&self, table: &Table) -> &[(&'a Table, &'a RowOf)] {
        self.logged.get(table.item.as_str()).map_or(&[], Vec::as_slice)
    }

    /// The tables that take their numbers from a sequence, in the order of the set.
    pub(crate) fn users(&self, sequence: &Relation) -> &[&'a Table] {
        self.sequences.get(sequence).map_or(&[], Vec::as_slice)
    }
}
