//! The names of functions of PostgreSQL and of common extensions, by what a policy may do with them.
//!
//! In: a name. Out: what stands behind it in the catalogs of all majors. Which function a call means, and whether a major
//! has it, is for `typing`. COALESCE, NULLIF, GREATEST and LEAST are expressions for PostgreSQL, and calls here.

use crate::typing::TypeId;
use crate::typing::catalog::{Catalog, Function, FunctionKind};
use crate::typing::extension;

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

const EXPRESSIONS: [&str; 4] = ["coalesce", "nullif", "greatest", "least"];

/// Whether it is an expression for PostgreSQL, with arguments by position alone.
pub(super) fn is_expression(name: &str) -> bool {
    EXPRESSIONS.contains(&name)
}

/// What the function is; `None` if PostgreSQL has none of that name. One that is scalar for some arguments is allowed.
pub(super) fn find(name: &str) -> Option<Builtin> {
    if matches!(name, "current_setting" | "set_config") {
        return Some(Builtin::Session);
    }
    if EXPRESSIONS.contains(&name) {
        return Some(Builtin::Scalar);
    }
    let own = Catalog::anywhere(name);
    let further = if own.is_empty() { extension::anywhere(name) } else { Vec::new() };
    let all: Vec<Builtin> = own.iter().chain(&further).filter_map(kind).collect();
    [Builtin::Scalar, Builtin::Aggregate, Builtin::Volatile, Builtin::NotScalar].into_iter().find(|kind| all.contains(kind))
}

/// What one function is; none if it is the server's own business.
fn kind(function: &Function) -> Option<Builtin> {
    if function.args.iter().chain([&function.result]).any(|kind| is_internal(*kind)) {
        return None;
    }
    Some(match function.kind {
        FunctionKind::Aggregate => Builtin::Aggregate,
        FunctionKind::Function if !function.set && function.volatility == b'v' => Builtin::Volatile,
        FunctionKind::Function if !function.set => Builtin::Scalar,
        FunctionKind::Function | FunctionKind::Window => Builtin::NotScalar,
    })
}

/// `cstring`, `internal`, `trigger` and the types of handlers.
fn is_internal(kind: TypeId) -> bool {
    matches!(kind.0, 2275 | 2279..=2281 | 3838 | 3115 | 325 | 269 | 3310)
}

/// The names that a policy may call.
pub(super) fn scalars() -> impl Iterator<Item = &'static str> {
    Catalog::names().filter(|name| find(name) == Some(Builtin::Scalar)).chain(EXPRESSIONS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fall_into_one_kind() {
        assert_eq!(find("now"), Some(Builtin::Scalar));
        assert_eq!(find("coalesce"), Some(Builtin::Scalar));
        assert_eq!(find("random"), Some(Builtin::Volatile));
        assert_eq!(find("clock_timestamp"), Some(Builtin::Volatile));
        assert_eq!(find("count"), Some(Builtin::Aggregate));
        assert_eq!(find("generate_series"), Some(Builtin::NotScalar));
        assert_eq!(find("current_setting"), Some(Builtin::Session));
        for name in ["st_contains", "similarity", "nlevel", "akeys", "cosine_distance", "unaccent", "digest", "crypt"] {
            assert_eq!(find(name), Some(Builtin::Scalar), "{name}");
        }
        assert_eq!(find("gen_salt"), Some(Builtin::Volatile));
        assert_eq!(find("st_extent"), Some(Builtin::Aggregate));
        assert_eq!(find("st_dump"), Some(Builtin::NotScalar));
        assert_eq!(find("is_admin"), None);
        assert_eq!(find("textin"), None);
        assert!(scalars().any(|name| name == "lower") && scalars().all(|name| name != "random"));
    }
}
