//! Rust types that a macro cannot see through: newtypes and enums with `#[derive(sqlx::Type)]`.
//!
//! In: the items that derive it. Out: the SQL type of each name, for `PolicySet::resolve` and for rustc.
//! Source: the documentation of `sqlx::Type` (transparent newtypes, integer enums, named types).

use std::collections::BTreeSet;

use proc_macro2::TokenTree;
use syn::DeriveInput;

use super::attributes::split;
use super::walk::FoundItem;
use crate::model::set::Types;
use crate::model::{Base, Function, Item, SqlType};
use crate::syntax::rust_type::sql_type;

/// An item with `#[derive(sqlx::Type)]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredType {
    /// Its Rust name.
    pub name: String,
    /// Its type; perhaps another opaque one.
    pub kind: SqlType,
}

/// What an item with `#[derive(sqlx::Type)]` is in the database; nothing if sqlx would refuse it.
pub(super) fn read(found: &FoundItem) -> Option<DeclaredType> {
    let input = syn::parse2::<DeriveInput>(found.tokens.clone()).ok()?;
    let words = Words::read(found);
    let name = found.name.to_string();
    let kind = match &input.data {
        syn::Data::Struct(data) if words.transparent => {
            let mut fields = data.fields.iter();
            let (field, None) = (fields.next()?, fields.next()) else { return None };
            sql_type(&field.ty).ok()?.0
        }
        syn::Data::Enum(_) if words.integer.is_some() => words.integer?,
        syn::Data::Struct(_) | syn::Data::Enum(_) => {
            let name = words.type_name.unwrap_or_else(|| name.strip_prefix("r#").unwrap_or(&name).to_owned());
            SqlType::parse(&name).ok()?
        }
        syn::Data::Union(_) => return None,
    };
    Some(DeclaredType { name, kind })
}

/// What `#[sqlx(..)]` and `#[repr(..)]` say of a type.
#[derive(Default)]
struct Words {
    transparent: bool,
    type_name: Option<String>,
    integer: Option<SqlType>,
}

impl Words {
    fn read(found: &FoundItem) -> Words {
        let mut words = Words::default();
        for chunk in found.attributes.arguments("sqlx").into_iter().flat_map(split) {
            match chunk.as_slice() {
                [TokenTree::Ident(word)] if word == "transparent" => words.transparent = true,
                [TokenTree::Ident(word), TokenTree::Punct(_), TokenTree::Literal(text)] if word == "type_name" => {
                    let text = syn::parse2::<syn::LitStr>(TokenTree::Literal(text.clone()).into());
                    words.type_name = text.ok().map(|text| text.value());
                }
                _ => {}
            }
        }
        let reprs = found.attributes.arguments("repr").into_iter().flat_map(split);
        let mut integers = reprs.filter_map(|chunk| syn::parse2::<syn::Type>(chunk.into_iter().collect()).ok());
        words.integer =
            integers.find_map(|kind| sql_type(&kind).ok()).map(|(kind, _)| kind).filter(|kind| !matches!(kind.base, Base::Opaque(_)));
        words
    }
}

/// The table of some declarations, newtypes of newtypes followed to their end. A name that stands for two types
/// stands for none, and so does one that leads back to itself.
pub(super) fn table(declared: &[DeclaredType]) -> Types {
    let mut known: Types = Types::new();
    let mut unclear = BTreeSet::new();
    for one in declared {
        if known.get(&one.name).is_some_and(|other| *other != one.kind) {
            unclear.insert(one.name.clone());
        }
        known.insert(one.name.clone(), one.kind.clone());
    }
    known.retain(|name, _| !unclear.contains(name));
    known.keys().filter_map(|name| Some((name.clone(), behind(&known, name)?))).collect()
}

/// The type behind a Rust name.
fn behind(known: &Types, name: &str) -> Option<SqlType> {
    let (mut name, mut array) = (name, false);
    for _ in 0..=known.len() {
        let kind = known.get(name)?;
        if array && kind.array {
            return None;
        }
        array |= kind.array;
        match &kind.base {
            Base::Opaque(next) => name = next,
            _ => return Some(SqlType { array, ..kind.clone() }),
        }
    }
    None
}

/// The part of a table that some items use: what rustc must know to see the same types.
pub(super) fn used<'a>(table: &Types, items: impl IntoIterator<Item = &'a Item>) -> Types {
    let kinds = items.into_iter().flat_map(|item| match item {
        Item::Table(table) => table.columns.iter().map(|column| &column.kind).collect::<Vec<_>>(),
        Item::Context(context) => context.fields.iter().map(|field| &field.kind).collect(),
        Item::View(view) => view.columns.iter().map(|column| &column.kind).collect(),
        Item::Functions(functions) => functions.functions.iter().flat_map(Function::types).collect(),
        Item::Role(_) | Item::Schema(_) => Vec::new(),
    });
    let names = kinds.filter_map(|kind| if let Base::Opaque(name) = &kind.base { Some(name) } else { None });
    names.filter_map(|name| Some((name.clone(), table.get(name)?.clone()))).collect()
}
