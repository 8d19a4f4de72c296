//! The type that PostgreSQL would give an expression, or its refusal.
//!
//! In: an expression, the types of what it names, a PostgreSQL major. Out: a type, whether it can be NULL, every fault
//! with its SQLSTATE, and what is left to the server. Does no IO: the catalogs of PostgreSQL 14 to 18 are embedded.
//! Must not know items, attributes or how SQL is written.
//!
//! The algorithms are PostgreSQL's own, one file for each of its own: `operator` and `function` find candidates, `select`
//! chooses among them, `polymorphic` makes `anyelement` plain, `coerce` says what becomes what, `literal` reads texts as the
//! input functions do. `walk` goes through the expression. A fault leaves a value without a type, which fits everywhere,
//! so that one fault breeds no other.
//!
//! That the verdicts are the server's is shown by `cargo run --release -p conformance -- typing`.

pub mod catalog;
mod coerce;
pub mod extension;
mod fault;
mod function;
pub mod literal;
pub mod meaning;
mod operator;
mod polymorphic;
mod select;
mod walk;
mod world;

pub use catalog::{NEWEST, OLDEST};
pub use coerce::{Context, can_coerce};
pub use fault::{Fault, Refusal, Subject};
pub use walk::{Given, Judgement, Names, Signature, Trap, TrapKind, columns, condition, predicate, value};
pub use world::World;

/// A type: the OID of one of PostgreSQL's own, a number of ours for others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub u32);

macro_rules! known {
    ($($name:ident $oid:literal,)*) => { $(#[doc = concat!("`", stringify!($name), "`")] pub const $name: TypeId = TypeId($oid);)* };
}

impl TypeId {
    known! {
        BOOL 16, INT8 20, INT2VECTOR 22, INT4 23, TEXT 25, OIDVECTOR 30, UNKNOWN 705, NUMERIC 1700, NAME 19, DATE 1082,
        TIMESTAMPTZ 1184, TIMESTAMP 1114, TIMETZ 1266, TIME 1083, JSONB 3802, RECORD 2249, RECORD_ARRAY 2287, ANY 2276,
        ANYARRAY 2277, ANYELEMENT 2283, ANYNONARRAY 2776, ANYENUM 3500, ANYRANGE 3831, ANYMULTIRANGE 4537,
        ANYCOMPATIBLEMULTIRANGE 4538, ANYCOMPATIBLE 5077, ANYCOMPATIBLEARRAY 5078, ANYCOMPATIBLENONARRAY 5079,
        ANYCOMPATIBLERANGE 5080,
    }

    /// Whether it stands for whatever the arguments decide.
    #[must_use]
    pub fn is_polymorphic(self) -> bool {
        matches!(self.0, 2277 | 2283 | 2776 | 3500 | 3831 | 4537 | 4538 | 5077..=5080)
    }
}
