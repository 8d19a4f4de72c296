//! Rust types that a macro cannot see through: newtypes and enums with `#[derive(sqlx::Type)]`.
//!
//! In: the items that derive it. Out: the SQL type of each name, applied to columns and context fields.
//! Source: the documentation of `sqlx::Type` (transparent newtypes, integer enums, named types).

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenTree;
use syn::DeriveInput;

use super::attributes::split;
use super::walk::FoundItem;
use crate::model::{Base, Item, Node, Notate, SqlType};
use crate::syntax::rust_type::sql_type;

/// An item with `#[derive(sqlx::Type)]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredType {
    /// Its Rust name.
    pub name: String,
    /// Its type; perhaps another opaque one.
    pub kind: SqlType,
}

/// The SQL types of Rust names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Types {
    known: BTreeMap<String, SqlType>,
    used: BTreeMap<String, SqlType>,
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
        words.integer = integers.find_map(|kind| sql_type(&kind).ok()).map(|(kind, _)| kind).filter(|kind| !matches!(kind.base, Base::Opaque(_)));
        words
    }
}

impl Types {
    /// The table of some declarations. A name that stands for two types stands for none.
    pub(super) fn new(declared: &[DeclaredType]) -> Types {
        let mut known: BTreeMap<String, SqlType> = BTreeMap::new();
        let mut unclear = BTreeSet::new();
        for one in declared {
            if known.get(&one.name).is_some_and(|other| *other != one.kind) {
                unclear.insert(one.name.clone());
            }
            known.insert(one.name.clone(), one.kind.clone());
        }
        known.retain(|name, _| !unclear.contains(name));
        Types { known, used: BTreeMap::new() }
    }

    /// The type behind a Rust name, through newtypes of newtypes.
    fn behind(&self, name: &str) -> Option<SqlType> {
        let (mut name, mut array) = (name.to_owned(), false);
        for _ in 0..=self.known.len() {
            let kind = self.known.get(&name)?;
            array |= kind.array;
            match &kind.base {
                Base::Opaque(next) => name.clone_from(next),
                _ => return Some(SqlType { array, ..kind.clone() }),
            }
        }
        None
    }

    fn resolve(&mut self, kind: &mut SqlType) {
        if let Base::Opaque(name) = &kind.base
            && let Some(found) = self.behind(name)
        {
            self.used.insert(name.clone(), found.clone());
            *kind = SqlType { array: kind.array || found.array, ..found };
        }
    }

    /// Resolves the types of an item.
    pub(super) fn apply(&mut self, item: &mut Item) {
        match item {
            Item::Table(table) => table.columns.iter_mut().for_each(|column| self.resolve(&mut column.kind)),
            Item::Context(context) => context.fields.iter_mut().for_each(|field| self.resolve(&mut field.kind)),
            Item::Role(_) | Item::Schema(_) => {}
        }
    }

    /// Every name that was resolved, with its type, in the notation and on one line: `((TenantId uuid) ..)`.
    #[must_use]
    pub fn notation(&self) -> String {
        let pair = |(name, kind): (&String, &SqlType)| Node::List(vec![Node::Word(name.clone()), kind.note()]);
        Node::List(self.used.iter().map(pair).collect()).compact()
    }
}
