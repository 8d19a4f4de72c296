//! What is known of a set while one of its items is read: items reduced to what predicates of others may name.
//!
//! In: a set as declared, the types of the sources. Out: a `KnownSet`, which goes from the build edge to the macros in a
//! file. Must not know the file.

use super::context::Context;
use super::function::{Function, Functions};
use super::notate::record;
use super::resolve::Types;
use super::set::{Item, PolicySet};
use super::table::{Column, Table, Tenancy};
use super::view::View;

/// A set of the package, as far as its items may need it. Nothing in it says who may do what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownSet {
    /// The set as declared, its items in outline, their types resolved. Items that could not be read are not in it.
    pub set: PolicySet,
    /// The Rust names of all that it lists, in order.
    pub entries: Vec<String>,
    /// What its items need to be resolved.
    pub types: Types,
}
record!(KnownSet "known" { set, entries, types });

impl KnownSet {
    /// Of a set without items, what it lists, and those of these items that could be read.
    pub fn of<'a>(set: PolicySet, entries: &[String], items: impl IntoIterator<Item = &'a Item>, types: &Types) -> KnownSet {
        let items: Vec<Item> = items.into_iter().filter_map(Item::outline).collect();
        let used = types.of_items(&items);
        let mut set = PolicySet { items, ..set };
        set.resolve(&used);
        KnownSet { set, entries: entries.to_vec(), types: used }
    }
}

impl Item {
    /// What predicates of other items may name of it. Nothing of a role or a schema.
    #[must_use]
    pub fn outline(&self) -> Option<Item> {
        Some(match self {
            Item::Table(table) => Item::Table(table_outline(table)),
            Item::View(view) => Item::View(view_outline(view)),
            Item::Context(context) => Item::Context(Context { allows: Vec::new(), ..context.clone() }),
            Item::Functions(of) => Item::Functions(functions_outline(of)),
            Item::Role(_) | Item::Schema(_) => return None,
        })
    }
}

fn columns(columns: &[Column]) -> Vec<Column> {
    let outline = |column: &Column| Column {
        field: column.field.clone(),
        name: column.name.clone(),
        kind: column.kind.clone(),
        nullable: column.nullable,
        sequence: None,
        default: None,
    };
    columns.iter().map(outline).collect()
}

fn table_outline(table: &Table) -> Table {
    Table {
        item: table.item.clone(),
        relation: table.relation.clone(),
        renamed_from: None,
        context: table.context.clone(),
        columns: columns(&table.columns),
        tenancy: if table.is_external() { Tenancy::External } else { Tenancy::None },
        rules: Vec::new(),
        grants: Vec::new(),
        nevers: Vec::new(),
        triggers: Vec::new(),
        log: None,
        partitioned: false,
        no_rls: None,
        allows: Vec::new(),
    }
}

fn view_outline(view: &View) -> View {
    View {
        item: view.item.clone(),
        relation: view.relation.clone(),
        context: view.context.clone(),
        columns: columns(&view.columns),
        query: None,
        definer: None,
        grants: Vec::new(),
        external: view.external,
        allows: Vec::new(),
    }
}

fn functions_outline(of: &Functions) -> Functions {
    let outline = |function: &Function| Function {
        method: function.method.clone(),
        name: function.name.clone(),
        args: function.args.clone(),
        returns: function.returns.clone(),
        definer: None,
        search_path: None,
        language: function.language.clone(),
        volatility: function.volatility,
        body: None,
        grants: Vec::new(),
    };
    let functions = of.functions.iter().map(outline).collect();
    Functions { item: of.item.clone(), schema: of.schema.clone(), external: of.external, functions, allows: Vec::new() }
}
