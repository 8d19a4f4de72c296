//! H0601, H0602, H0606: what a set names twice. Judged before linking, which needs names to be unique.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Part, Place, Sink, codes};
use crate::model::{Item, PolicySet, Relation};

pub(in crate::check) fn check_names(set: &PolicySet, sink: &mut Sink) {
    let mut items: BTreeMap<&str, &Item> = BTreeMap::new();
    let mut relations: BTreeMap<&Relation, &str> = BTreeMap::new();
    let mut named: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for (i, item) in set.items.iter().enumerate() {
        if let Some(other) = items.insert(item.name(), item) {
            sink.push(same_item(i, item, other).of(&set.name));
            continue;
        }
        match item {
            Item::Table(table) => {
                if let Some(other) = relations.insert(&table.relation, &table.item) {
                    sink.push(same_table(&table.relation, other, &table.item).of(&table.item));
                }
            }
            Item::Role(role) => {
                if let Some(other) = named.insert(("role", role.name.as_str()), &role.item) {
                    sink.push(same_name("role", role.name.as_str(), other, &role.item).of(&role.item));
                }
            }
            Item::Schema(schema) => {
                if let Some(other) = named.insert(("schema", schema.name.as_str()), &schema.item) {
                    sink.push(same_name("schema", schema.name.as_str(), other, &schema.item).of(&schema.item));
                }
            }
            Item::View(view) => {
                if let Some(other) = relations.insert(&view.relation, &view.item) {
                    sink.push(same_table(&view.relation, other, &view.item).of(&view.item));
                }
            }
            Item::Context(_) | Item::Functions(_) => {}
        }
    }
}

fn same_item(i: usize, item: &Item, other: &Item) -> Diagnostic {
    let place = Place::Part(Part::Entry(i));
    if item == other {
        let message = format!("`{}` is listed twice", item.name());
        return Diagnostic::new(codes::ITEM_TWICE, place, message).help("leave one of them out");
    }
    let message = format!("a {} and a {} of the set are both named `{}`", other.kind(), item.kind(), item.name());
    Diagnostic::new(codes::NAME_TWICE, place, message)
        .note("items of a set refer to each other by the last part of their path")
        .help("rename one of them")
}

fn same_table(relation: &Relation, other: &str, item: &str) -> Diagnostic {
    let message = format!("`{other}` and `{item}` both declare the table `{relation}`");
    Diagnostic::new(codes::TABLE_TWICE, Place::Part(Part::Name), message)
        .note("each table has one item, and all its rules stand there")
        .help("leave the derive off one of them; columns that the other lacks go into its `columns(..)`")
}

fn same_name(kind: &str, name: &str, other: &str, item: &str) -> Diagnostic {
    let message = format!("`{other}` and `{item}` are both the {kind} `{name}`");
    Diagnostic::new(codes::NAME_TWICE, Place::Part(Part::Name), message).help("leave one of them out, or give it another `name`")
}
