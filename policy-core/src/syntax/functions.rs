//! `#[functions(..)]` on a trait: signatures of functions.
