//! Whether a condition can hold at all: a decision procedure for SQL's three-valued logic.
//!
//! In: expressions and the types of what they name. Out: a proof that a small checker of its own accepts, or a row that an
//! evaluator of its own has looked at again, or neither, with the reason. Counts steps, never time: the same question has the
//! same answer everywhere. Must not know roles, policies, or how SQL is written.
//!
//! `space` is what a question is made of, `solve` answers it: `certificate` is what it says where nothing can hold, `checker`
//! reads that again, `model` is what it says where something can. `smtlib` asks the same of another solver. None knows SQL.
//! `encode` makes formulas of expressions, `evaluate` says what an expression is for one row and knows no formulas, `witness` makes rows
//! of models. `verdict` is what everybody else asks.

pub mod certificate;
pub mod checker;
pub mod encode;
pub mod evaluate;
mod facts;
pub mod model;
mod parts;
pub mod smtlib;
pub mod solve;
pub mod space;
mod verdict;
mod witness;

pub use certificate::Certificate;
pub use facts::Facts;
pub use model::{Model, Value};
pub use solve::{Answer, solve};
pub use space::{Atom, Bound, Constant, Node, Ref, Sort, SortId, Space, SymbolId, Term, TermId, UNIT};
pub use verdict::{BUDGET, Proof, Question, Verdict, can_hold, equivalent, implies};
pub use witness::{Found, Witness};
