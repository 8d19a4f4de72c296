//! Whether a condition can hold at all: a decision procedure for SQL's three-valued logic.
//!
//! In: expressions and the types of what they name. Out: a proof that a small checker of its own accepts, or a row that an
//! evaluator of its own has looked at again, or neither, with the reason. Counts steps, never time: the same question has the
//! same answer everywhere. Must not know roles, policies, or how SQL is written.
//!
//! `space` is what a question is made of, `solve` answers it. Neither knows SQL.

pub mod encode;
mod facts;
pub mod space;

pub use facts::Facts;
pub use space::{Atom, Constant, Node, Ref, Sort, SortId, Space, SymbolId, Term, TermId};
