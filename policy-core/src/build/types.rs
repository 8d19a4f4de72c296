//! Rust types that a macro cannot see through: newtypes and enums with `#[derive(sqlx::Type)]`.
//!
//! In: the items that derive it. Out: the SQL type of each name, and what that is if it is a type of the database.
//! Source: `derives/type.rs` and `derives/encode.rs` of sqlx-macros-core 0.9. A transparent newtype is its field,
//! whatever `type_name` says; a newtype that is not is written like its field under a name of its own, so that the
//! database has a domain of that name, unless the name is one that an extension brings.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use syn::{Data, DataEnum, DeriveInput, Field, Fields};

use super::attributes::{Attributes, split};
use super::labels;
use super::walk::FoundItem;
use crate::model::{Base, Definition, SqlType, Types, UserType};
use crate::syntax::rust_type::sql_type;
use crate::typing::{NEWEST, World};

/// An item with `#[derive(sqlx::Type)]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredType {
    /// Its Rust name.
    pub name: String,
    /// Its type; perhaps another opaque one.
    pub kind: SqlType,
    /// What the type of the database is, if it is one and its item says.
    pub definition: Option<Definition>,
}

/// What an item with `#[derive(sqlx::Type)]` is in the database; nothing if sqlx would refuse it.
pub(super) fn read(found: &FoundItem) -> Option<DeclaredType> {
    let input = syn::parse2::<DeriveInput>(found.tokens.clone()).ok()?;
    let words = Words::read(&found.attributes);
    let name = found.name.to_string();
    let (kind, definition) = match &input.data {
        Data::Struct(data) => match newtype(&data.fields, words.transparent)? {
            Some(field) if words.transparent => (sql_type(&field.ty).ok()?.0, None),
            Some(field) => of_struct(words.named(&name)?, sql_type(&field.ty).ok().map(|(base, _)| Definition::Domain(base))),
            None => of_struct(words.named(&name)?, Some(Definition::Composite)),
        },
        Data::Enum(_) if words.integer.is_some() => (words.integer?, None),
        Data::Enum(data) => (words.named(&name)?, words.labels(data).map(Definition::Enum)),
        Data::Union(_) => return None,
    };
    // An enum may well be kept as `text`.
    let definition = definition.filter(|_| matches!(kind.base, Base::User(..)) && !kind.array);
    Some(DeclaredType { name, kind, definition })
}

/// `struct Path(String)` with `type_name = "ltree"` is how Rust holds a type that is there: it does not say what that is.
fn of_struct(kind: SqlType, definition: Option<Definition>) -> (SqlType, Option<Definition>) {
    let is_there = World::new(NEWEST).find(&kind).is_some();
    (kind, definition.filter(|_| !is_there))
}

/// The field of a newtype, none if a struct stands for a row; nothing at all if sqlx refuses it.
fn newtype(fields: &Fields, transparent: bool) -> Option<Option<&Field>> {
    let mut all = fields.iter();
    match (fields, all.next(), all.next()) {
        (Fields::Unnamed(_), Some(field), None) => Some(Some(field)),
        (Fields::Named(_), Some(field), None) if transparent => Some(Some(field)),
        (Fields::Named(_), _, _) if !transparent => Some(None),
        _ => None,
    }
}

/// What `#[sqlx(..)]` and `#[repr(..)]` say of a type.
#[derive(Default)]
struct Words {
    transparent: bool,
    type_name: Option<String>,
    rename_all: Option<String>,
    integer: Option<SqlType>,
}

impl Words {
    fn read(attributes: &Attributes) -> Words {
        let said = attributes.arguments("sqlx");
        let reprs = attributes.arguments("repr").into_iter().flat_map(split);
        let mut integers = reprs.filter_map(|chunk| syn::parse2::<syn::Type>(chunk.into_iter().collect()).ok());
        let integer = integers.find_map(|kind| sql_type(&kind).ok()).map(|(kind, _)| kind);
        Words {
            transparent: said.iter().cloned().flat_map(split).any(|chunk| matches!(chunk.as_slice(), [word] if is(word, "transparent"))),
            type_name: text(&said, "type_name"),
            rename_all: text(&said, "rename_all"),
            integer: integer.filter(|kind| !matches!(kind.base, Base::Opaque(_))),
        }
    }

    /// The type of that name: `type_name`, or the Rust name.
    fn named(&self, rust: &str) -> Option<SqlType> {
        let rust = rust.strip_prefix("r#").unwrap_or(rust);
        SqlType::parse(self.type_name.as_deref().unwrap_or(rust)).ok()
    }

    /// The labels of an enum: nothing if one is not known.
    fn labels(&self, data: &DataEnum) -> Option<Vec<String>> {
        let label = |variant: &syn::Variant| {
            let name = variant.ident.to_string();
            let own = text(&Attributes::of_syn(&variant.attrs).arguments("sqlx"), "rename");
            own.or_else(|| self.rename_all.as_ref().map_or(Some(name.clone()), |style| labels::renamed(&name, style)))
        };
        data.variants.iter().map(label).collect()
    }
}

fn is(tree: &TokenTree, wanted: &str) -> bool {
    matches!(tree, TokenTree::Ident(word) if word == wanted)
}

/// The text of `key = "text"` in the arguments of some attributes.
fn text(arguments: &[TokenStream], key: &str) -> Option<String> {
    arguments.iter().cloned().flat_map(split).find_map(|chunk| match chunk.as_slice() {
        [word, TokenTree::Punct(_), TokenTree::Literal(text)] if is(word, key) => {
            syn::parse2::<syn::LitStr>(TokenTree::Literal(text.clone()).into()).ok().map(|text| text.value())
        }
        _ => None,
    })
}

/// The table of some declarations, newtypes of newtypes followed to their end. A name that stands for two types
/// stands for none, and so does one that leads back to itself; of a type that is described in two ways nothing is known.
pub(super) fn table(declared: &[DeclaredType]) -> Types {
    let known = agreed(declared.iter().map(|one| (one.name.clone(), one.kind.clone())));
    let named = declared.iter().filter_map(|one| match &one.kind.base {
        Base::User(schema, name) => Some(((schema.clone(), name.clone()), resolved(&known, one.definition.clone()?)?)),
        _ => None,
    });
    let types = agreed(named).into_iter().map(|((schema, name), definition)| UserType { schema, name, definition });
    Types { declared: types.collect(), rust: known.keys().filter_map(|name| Some((name.clone(), behind(&known, name)?))).collect() }
}

/// Every key with its value, unless it has two.
fn agreed<K: Ord + Clone, V: PartialEq>(pairs: impl Iterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let (mut known, mut unclear) = (BTreeMap::new(), BTreeSet::new());
    for (key, value) in pairs {
        if known.get(&key).is_some_and(|other| *other != value) {
            unclear.insert(key.clone());
        }
        known.insert(key, value);
    }
    known.retain(|key, _| !unclear.contains(key));
    known
}

/// A definition without Rust names; nothing if one is not known.
fn resolved(known: &BTreeMap<String, SqlType>, definition: Definition) -> Option<Definition> {
    let Definition::Domain(base) = &definition else { return Some(definition) };
    let Base::Opaque(name) = &base.base else { return Some(definition) };
    let found = behind(known, name).filter(|found| !(found.array && base.array))?;
    Some(Definition::Domain(SqlType { array: found.array || base.array, ..found }))
}

/// The type behind a Rust name.
fn behind(known: &BTreeMap<String, SqlType>, name: &str) -> Option<SqlType> {
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
