//! What the macros leave in a program: traits to assert on, markers for SQL types, and one literal for each item.
//!
//! In: expansions. Out: assertions that rustc evaluates, and sets that can be read back at run time. Knows neither
//! syn nor sqlparser: this is all that a user's program links.

mod declared;
pub mod hash;
pub mod routine;
pub mod sql;

pub use declared::{PolicySet, SetError};

/// An annotated item.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an item of a policy set [H0604]",
    label = "not an item",
    note = "an item has `#[derive(Policy)]`, `#[derive(Role)]`, `#[derive(Schema)]`, `#[derive(Context)]`, `#[derive(View)]` or `#[functions]`"
)]
pub trait Item {
    /// The item in the notation of `policy.lock`, as declared.
    const NOTATION: &'static str;
    /// What predicates in the string form may name of it: hashes of the table, and of the table with each column.
    const NAMES: &'static [u64] = &[];
}

/// A `#[derive(Policy)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a declared table [H0304]",
    label = "not a table",
    note = "a table has `#[derive(Policy)]`; one of others has `external` in its `#[policy(..)]`"
)]
pub trait Table: Item {
    /// One public field for each column, of a marker type.
    type Columns;
    /// Its value.
    const COLUMNS: Self::Columns;
    /// Whether its rows belong to tenants.
    const HAS_TENANT: bool;
}

/// A `#[derive(Role)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a role [H0301]",
    label = "not a role",
    note = "a role is a unit struct with `#[derive(Role)]`; every role together is `PUBLIC`"
)]
pub trait Role: Item {
    /// What is asked for to see that it is one.
    const IS: () = ();
}

/// A `#[derive(Schema)]`.
pub trait Schema: Item {}

/// A `#[derive(Context)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a context [H0309]",
    label = "not a context",
    note = "a context is a struct with `#[derive(Context)]`"
)]
pub trait Context: Item {
    /// One public field for each field, of a marker type.
    type Fields;
    /// Its value.
    const FIELDS: Self::Fields;
}

/// A `#[functions]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a trait of functions [H0310]",
    label = "no functions are declared here",
    note = "functions are the methods of a trait with `#[functions(schema = \"..\")]`"
)]
pub trait Functions: Item {
    /// One public field for each function, a `routine::Function`.
    type Functions;
    /// Its value.
    const FUNCTIONS: Self::Functions;
}

/// A set, to the checks of names that only a set knows.
pub trait Set {
    /// Hashes of all names of its items, sorted.
    const NAMES: &'static [u64];
}

/// What an item asks of the set that it stands in.
pub trait Check<S: Set> {
    /// Evaluated by `policy_set!`; a failed assertion in it is a compile error.
    const OK: () = ();
}

/// Whether two values compare in PostgreSQL without a cast.
pub const fn compare<A, B>(_: &A, _: &B)
where
    A: sql::Compares<B>,
{
}

/// Whether a field of the second type can be read from a column of the first.
pub const fn reads<A, B>(_: &A, _: &B)
where
    A: sql::Reads<B>,
{
}

/// Whether a value compares with the elements of an array.
pub const fn compare_any<A, B>(_: &A, _: &B)
where
    B: sql::Elements,
    A: sql::Compares<B::Element>,
{
}
