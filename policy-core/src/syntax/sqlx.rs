//! What `#[sqlx(..)]` says about names and types, so that it need not be said twice.

use syn::Type;

use super::entry::{self, Value};
use super::{Cx, Keep, Known};
use crate::diag::codes;

/// `#[sqlx(..)]` of a field.
#[derive(Default)]
pub(super) struct FieldWords {
    pub(super) rename: Option<String>,
    pub(super) skip: bool,
    pub(super) json: bool,
    pub(super) try_from: Option<Type>,
}

/// Reads the attributes of a field; what is not about columns is left alone.
pub(super) fn field(attributes: &[syn::Attribute], cx: &mut Cx) -> FieldWords {
    let mut words = FieldWords::default();
    for entry in list(attributes) {
        match (entry.name.as_str(), &entry.value) {
            ("rename", _) => words.rename = text(&entry),
            ("skip", _) => words.skip = true,
            ("json", _) => words.json = true,
            ("try_from", _) => words.try_from = text(&entry).and_then(|kind| syn::parse_str(&kind).ok()),
            ("flatten", _) => {
                cx.at(codes::SQLX_FLATTEN, &entry.key, "the columns of a flattened field are not visible here")
                    .help("mark the field `#[policy(skip)]` and declare its columns with `columns(name: Type, ..)`")
                    .keep(cx);
            }
            _ => {}
        }
    }
    words
}

/// `rename_all` of the struct.
pub(super) fn rename_all(attributes: &[syn::Attribute]) -> Option<String> {
    list(attributes).iter().find(|entry| entry.name == "rename_all").and_then(text)
}

/// The entries of `#[sqlx(..)]`; what does not read as entries is sqlx's to report.
fn list(attributes: &[syn::Attribute]) -> Vec<entry::Entry> {
    let mut quiet = Cx::new(std::rc::Rc::new(|_| Err(String::new())), Known::default());
    let lists = attributes.iter().filter(|a| a.path().is_ident("sqlx")).filter_map(|a| a.meta.require_list().ok());
    lists.flat_map(|list| entry::entries(list.tokens.clone(), &mut quiet)).collect()
}

fn text(entry: &entry::Entry) -> Option<String> {
    match &entry.value {
        Value::Assign(tokens) => syn::parse2::<syn::LitStr>(tokens.clone()).ok().map(|literal| literal.value()),
        _ => None,
    }
}
