//! Which policies and privileges a set comes to, before any of it is SQL.
//!
//! In: a linked set. Out: planned policies with their names and predicates, privileges by grantee. Must not know how SQL is
//! written; `check` judges the plan, `render` writes it.

mod floor;
mod index;
mod names;
mod policy;
pub(crate) mod privileges;
pub(crate) mod triggers;

pub use index::Index;
pub(crate) use policy::ownerless;
pub use policy::{PlannedPolicy, plan, plan_in};
