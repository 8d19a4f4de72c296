//! Internal to `hedgerow`: depend on that crate. Nothing here keeps still between patch versions.
//!
//! The floors, from the bottom: `diag` (words), `model` (data), then the passes `expr`, `typing`, `prove`, `plan`, `check`, `render`,
//! `migrate`, `analyze`, then `meta` (what a program links), the front end `syntax`, the edges. A floor does not know what stands above it.

pub mod analyze;
#[cfg(feature = "build")]
pub mod build;
pub mod check;
pub mod diag;
#[cfg(feature = "syntax")]
pub mod expr;
pub mod meta;
pub mod migrate;
pub mod model;
pub mod plan;
#[cfg(feature = "syntax")]
pub mod presets;
pub mod prove;
pub mod render;
pub mod report;
#[cfg(feature = "runtime")]
pub mod runtime;
#[cfg(feature = "syntax")]
pub mod syntax;
#[cfg(feature = "testing")]
pub mod testing;
pub mod typing;
