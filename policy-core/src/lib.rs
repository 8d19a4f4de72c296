//! Internal to `hedgerow`: depend on that crate. Nothing here keeps still between patch versions.
//!
//! The floors, from the bottom: `diag` (words), `model` (data), then the passes `expr`, `check`,
//! `render`, `migrate`, then the front end `syntax`, then the edges. A floor does not know what stands above it.

pub mod check;
pub mod diag;
pub mod model;
#[cfg(feature = "testing")]
pub mod testing;
