//! The names of PostgreSQL's own functions, by what a policy may do with them.
//!
//! Source: `pg_proc` of PostgreSQL 15, without functions on internal types; plus the four that SQL makes
//! expressions of (COALESCE, NULLIF, GREATEST, LEAST).

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a function of that name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Builtin {
    /// Stable or immutable, one value: allowed.
    Scalar,
    /// Another value at each call.
    Volatile,
    /// Over several rows.
    Aggregate,
    /// Set-returning or window.
    NotScalar,
    /// Reads or writes the session.
    Session,
}

const LISTS: &[(Builtin, &str)] = &[
    (Builtin::Scalar, include_str!("builtin/stable.txt")),
    (Builtin::Aggregate, include_str!("builtin/aggregates.txt")),
    (Builtin::Volatile, include_str!("builtin/volatile.txt")),
    (Builtin::NotScalar, include_str!("builtin/not_scalar.txt")),
];

/// What the function is; `None` if PostgreSQL has none of that name.
pub(super) fn find(name: &str) -> Option<Builtin> {
    if matches!(name, "current_setting" | "set_config") {
        return Some(Builtin::Session);
    }
    NAMES.get(name).copied().or_else(|| crate::typing::extension::is_function(name).then_some(Builtin::Scalar))
}

/// Every name once: searching the lists for each call is what an unoptimised build script would do longest.
static NAMES: LazyLock<HashMap<&'static str, Builtin>> = LazyLock::new(|| {
    // The first list that has a name decides: one that is scalar for some arguments is allowed.
    LISTS.iter().rev().flat_map(|(kind, list)| list.lines().map(|name| (name, *kind))).collect()
});

/// The names that a policy may call.
pub(super) fn scalars() -> impl Iterator<Item = &'static str> {
    LISTS.iter().filter(|(kind, _)| *kind == Builtin::Scalar).flat_map(|(_, list)| list.lines())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fall_into_one_list() {
        assert_eq!(find("now"), Some(Builtin::Scalar));
        assert_eq!(find("coalesce"), Some(Builtin::Scalar));
        assert_eq!(find("random"), Some(Builtin::Volatile));
        assert_eq!(find("clock_timestamp"), Some(Builtin::Volatile));
        assert_eq!(find("count"), Some(Builtin::Aggregate));
        assert_eq!(find("generate_series"), Some(Builtin::NotScalar));
        assert_eq!(find("current_setting"), Some(Builtin::Session));
        assert_eq!(find("is_admin"), None);
    }
}
