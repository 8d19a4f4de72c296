//! Ready-made items of systems that bring roles and claims of their own: one text for each, which both edges read.
//!
//! Out: texts of Rust. The macro makes a module of the facade of each, the build edge reads it where a set names it. The
//! other files of this folder are those texts, no modules of this crate.

/// The modules and their texts.
pub const ALL: &[(&str, &str)] =
    &[("postgrest", include_str!("postgrest.rs")), ("supabase", include_str!("supabase.rs")), ("neon", include_str!("neon.rs"))];

/// The name and text of a module.
#[must_use]
pub fn find(module: &str) -> Option<(&'static str, &'static str)> {
    ALL.iter().find(|(name, _)| *name == module).copied()
}

/// The module that the path of a set's entry names: `supabase::Anon`, `hedgerow::presets::supabase::Anon`.
///
/// A module of the same name in the application's own crate is named with `crate::`.
#[must_use]
pub fn of_path(segments: &[String]) -> Option<&'static str> {
    match segments {
        [module, _] => find(module),
        [.., presets, module, _] if presets == "presets" => find(module),
        _ => None,
    }
    .map(|(name, _)| name)
}
