//! Types of common extensions, with their operators, functions and casts.
//!
//! In: the number or name of a type; the name of an operator or function, with the types that it is given. Out: the rows of the
//! extensions that these may mean. Must not know expressions, nor whether a server has an extension: that a type of it is
//! declared says so.
//!
//! Each extension is a text file, written by `cargo run -p conformance -- extensions` from a server that has it, in the form of
//! the catalog's files but with the kind of row in place of the majors. The numbers of types are ours: an extension has those
//! from `first` on. Nothing of an extension is decoded before one of its types or names is asked for.

mod rows;

use super::TypeId;
use super::catalog::{Cast, Function, Operator, TypeRow};
pub use rows::Extension;

/// Where the numbers of the types begin: above the OIDs of a catalog, below those of a user's types.
const FIRST: u32 = 1_000_000;
/// How many numbers each extension has.
const BLOCK: u32 = 10_000;

macro_rules! extensions {
    ($($index:literal $name:literal,)*) => {
        [$(Extension::new($name, FIRST + BLOCK * $index, include_str!(concat!($name, ".txt")))),*]
    };
}

/// Every extension. A new one comes last, so that the others keep their numbers.
pub static ALL: [Extension; 8] = extensions! {
    0 "citext", 1 "hstore", 2 "ltree", 3 "pg_trgm", 4 "pgcrypto", 5 "unaccent", 6 "vector", 7 "postgis",
};

/// The extension that a type is of.
fn of(id: TypeId) -> Option<&'static Extension> {
    let index = id.0.checked_sub(FIRST)? / BLOCK;
    ALL.get(usize::try_from(index).ok()?)
}

/// Those that any of these types, or arrays of them, are of; each once.
fn involved(types: &[TypeId]) -> Vec<&'static Extension> {
    let mut found: Vec<&'static Extension> = types.iter().filter_map(|kind| of(*kind)).collect();
    found.sort_by_key(|one| one.first);
    found.dedup_by_key(|one| one.first);
    found
}

/// A type.
pub(super) fn row(id: TypeId) -> Option<&'static TypeRow> {
    of(id)?.type_row(id)
}

/// The type of that name.
pub(super) fn named(name: &str) -> Option<TypeId> {
    ALL.iter().find_map(|one| one.type_named(name))
}

/// The cast from one type to another.
pub(super) fn cast(from: TypeId, to: TypeId) -> Option<Cast> {
    involved(&[from, to]).into_iter().find_map(|one| one.cast(from, to))
}

/// The operators of that name that these operands may mean: those of the extensions that their types are of. `further` are those
/// of other extensions over PostgreSQL's own types: for a name that PostgreSQL itself has not.
pub(super) fn operators(name: &str, operands: &[TypeId], further: bool) -> Vec<Operator> {
    let own = involved(operands).into_iter().flat_map(|one| one.operators(name)).cloned();
    let mut all: Vec<Operator> = own.collect();
    let others = if further { plain_operators(name) } else { Vec::new() };
    for other in others {
        if all.iter().all(|own| own.function != other.function) {
            all.push(other);
        }
    }
    all
}

/// The operators of that name, of any extension, between types of PostgreSQL's own: `text % text` of `pg_trgm`.
pub(super) fn plain_operators(name: &str) -> Vec<Operator> {
    let all = ALL.iter().filter(|one| one.has_operator(name)).flat_map(|one| one.operators(name));
    all.filter(|one| one.left.into_iter().chain([one.right]).all(|kind| of(kind).is_none())).cloned().collect()
}

/// The functions of that name that these arguments may mean: those of the extensions that their types are of. With `further` those
/// of every extension: for a name that PostgreSQL itself has not.
pub(super) fn functions(name: &str, arguments: &[TypeId], further: bool) -> Vec<Function> {
    let asked = if further { ALL.iter().collect() } else { involved(arguments) };
    asked.into_iter().flat_map(|one| one.functions(name)).collect()
}

/// The functions of that name, of any extension.
#[must_use]
pub fn anywhere(name: &str) -> Vec<Function> {
    functions(name, &[], true)
}

#[cfg(test)]
mod tests;
