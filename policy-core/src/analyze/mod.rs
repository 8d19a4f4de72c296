//! Who gets at which rows, and what follows from it: proofs, declared intent, lints, the matrix, verdicts on a change.
//!
//! In: a checked set, or a `State` that something else came to. Out: predicates for (role, relation, command), verdicts with
//! witnesses, diagnostics, texts. `state` is what a database holds as far as access is concerned; `effective` alone says
//! which predicate governs, and everything else here reads it. Writes no SQL and does no IO.

mod alike;
pub mod ask;
pub mod change;
mod compare;
pub mod effective;
pub mod goal;
mod inline;
mod json;
pub mod lint;
pub mod matrix;
pub mod names;
mod openings;
mod proof;
pub mod reach;
mod same;
pub mod state;
pub mod statement;
mod verdicts;

pub use change::{Change, Difference, Differences, changes};
pub use effective::Effective;
pub use lint::{lint_codes, lints};
pub use matrix::Matrix;
pub use proof::{Proved, judge, judge_item, leaks, proofs};
pub use state::{RelationKind, RelationState, State};
