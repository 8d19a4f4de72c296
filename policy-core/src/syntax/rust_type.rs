//! Rust types to SQL types, as sqlx maps them for PostgreSQL.
//!
//! Source: the `sqlx::postgres::types` documentation. A macro sees names, not types: the last segment of a path decides.

use quote::ToTokens;
use syn::{GenericArgument, PathArguments, Type};

use crate::model::SqlType;

/// The SQL type of a Rust type, and whether it is an `Option`.
///
/// # Errors
/// If no type of that shape can be a column: what to say about it.
pub fn sql_type(kind: &Type) -> Result<(SqlType, bool), String> {
    let kind = bare(kind);
    if let Some(inner) = argument_of(kind, "Option") {
        return not_null(inner).map(|kind| (kind, true));
    }
    not_null(kind).map(|kind| (kind, false))
}

/// Without brackets: a `$kind:ty` of macro_rules stands in invisible ones.
fn bare(kind: &Type) -> &Type {
    match kind {
        Type::Paren(inner) => bare(&inner.elem),
        Type::Group(inner) => bare(&inner.elem),
        other => other,
    }
}

fn not_null(kind: &Type) -> Result<SqlType, String> {
    let kind = bare(kind);
    match kind {
        Type::Reference(inner) => match inner.elem.as_ref() {
            Type::Slice(slice) => list(&slice.elem),
            other => not_null(other),
        },
        Type::Array(array) => list(&array.elem),
        Type::Path(path) if path.qself.is_none() => named(kind, path),
        other => Err(format!("`{}` has no SQL type", plain(other))),
    }
}

/// `Vec<u8>` is bytea, any other list an array.
fn list(element: &Type) -> Result<SqlType, String> {
    let element = bare(element);
    if matches!(element, Type::Path(path) if path.path.is_ident("u8")) {
        return builtin("bytea", element);
    }
    let element = match argument_of(element, "Option") {
        Some(inner) => not_null(inner)?,
        None => not_null(element)?,
    };
    if element.array { Err("an array of arrays has no SQL type of its own".to_owned()) } else { Ok(element.array_of()) }
}

fn builtin(name: &str, kind: &Type) -> Result<SqlType, String> {
    SqlType::builtin(name).or_else(|| SqlType::parse(name).ok()).ok_or_else(|| format!("`{}` has no SQL type", plain(kind)))
}

fn named(kind: &Type, path: &syn::TypePath) -> Result<SqlType, String> {
    let Some(last) = path.path.segments.last() else { return Err("a type is missing".to_owned()) };
    let name = last.ident.to_string();
    for wrapper in ["Vec", "VecDeque"] {
        if let Some(inner) = argument_of(kind, wrapper) {
            return list(inner);
        }
    }
    for wrapper in ["Box", "Arc", "Rc", "Cow"] {
        if let Some(inner) = argument_of(kind, wrapper) {
            return match inner {
                Type::Slice(slice) => list(&slice.elem),
                inner => not_null(inner),
            };
        }
    }
    if let Some(element) = argument_of(kind, "PgRange") {
        return range(element);
    }
    if let Some(sql) = by_name(&name) {
        return builtin(sql, kind);
    }
    match name.as_str() {
        "u8" | "u16" | "u32" | "u64" | "u128" | "i128" | "usize" | "isize" => {
            Err(format!("`{name}` has no SQL type: PostgreSQL's integers are i16, i32 and i64"))
        }
        "HashMap" | "BTreeMap" | "HashSet" | "BTreeSet" => Err(format!("`{name}` has no SQL type")),
        _ if matches!(last.arguments, PathArguments::None) => Ok(SqlType::opaque(name)),
        _ => Err(format!("`{}` has no SQL type that Hedgerow knows", plain(kind))),
    }
}

/// The last segment of a path to a type that sqlx maps.
fn by_name(name: &str) -> Option<&'static str> {
    Some(match name {
        "bool" => "boolean",
        "i8" => "\"char\"",
        "i16" => "smallint",
        "i32" => "integer",
        "i64" => "bigint",
        "f32" => "real",
        "f64" => "double precision",
        "String" | "str" => "text",
        "Uuid" | "Hyphenated" | "Simple" => "uuid",
        "NaiveDate" | "Date" => "date",
        "NaiveTime" | "Time" => "time",
        "NaiveDateTime" | "PrimitiveDateTime" => "timestamp",
        "DateTime" | "OffsetDateTime" => "timestamptz",
        "PgTimeTz" => "timetz",
        "PgInterval" | "Duration" | "TimeDelta" => "interval",
        "Decimal" | "BigDecimal" => "numeric",
        "Value" | "Json" | "JsonValue" | "RawValue" => "jsonb",
        "IpNetwork" | "IpAddr" | "Ipv4Addr" | "Ipv6Addr" | "IpNet" => "inet",
        "MacAddress" => "macaddr",
        "BitVec" => "bit varying",
        "PgMoney" => "money",
        "Oid" => "oid",
        "PgPoint" => "point",
        "PgLine" => "line",
        "PgLSeg" => "lseg",
        "PgBox" => "box",
        "PgPath" => "path",
        "PgPolygon" => "polygon",
        "PgCircle" => "circle",
        _ => return None,
    })
}

fn range(element: &Type) -> Result<SqlType, String> {
    let name = match not_null(element)?.to_string().as_str() {
        "integer" => "int4range",
        "bigint" => "int8range",
        "numeric" => "numrange",
        "date" => "daterange",
        "timestamp" => "tsrange",
        "timestamptz" => "tstzrange",
        _ => return Err(format!("`PgRange<{}>` has no SQL type", plain(element))),
    };
    builtin(name, element)
}

/// The type below `Option`, `Vec` and the like: the one that decides.
#[must_use]
pub fn innermost(kind: &Type) -> &Type {
    let below = match kind {
        Type::Paren(inner) => Some(inner.elem.as_ref()),
        Type::Group(inner) => Some(inner.elem.as_ref()),
        Type::Reference(inner) => Some(inner.elem.as_ref()),
        Type::Slice(inner) => Some(inner.elem.as_ref()),
        Type::Array(inner) => Some(inner.elem.as_ref()),
        _ => ["Option", "Vec", "VecDeque", "Box", "Arc", "Rc", "Cow"].iter().find_map(|wrapper| argument_of(kind, wrapper)),
    };
    below.map_or(kind, innermost)
}

/// The last type argument of `Wrapper<..>`.
pub(super) fn argument_of<'a>(kind: &'a Type, wrapper: &str) -> Option<&'a Type> {
    let Type::Path(path) = kind else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == wrapper)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    arguments.args.iter().rev().find_map(|argument| if let GenericArgument::Type(kind) = argument { Some(kind) } else { None })
}

/// The type as written, without blanks.
pub(super) fn plain(kind: &Type) -> String {
    kind.to_token_stream().to_string().replace(' ', "")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failure here is a failed test")]
    use super::*;

    #[test]
    fn types_as_sqlx_maps_them() {
        for (rust, sql) in [
            ("Uuid", "uuid"),
            ("uuid::Uuid", "uuid"),
            ("Option<i64>", "bigint null"),
            ("Option<chrono::DateTime<chrono::Utc>>", "timestamptz null"),
            ("Vec<String>", "text[]"),
            ("Vec<Option<i32>>", "integer[]"),
            ("Vec<u8>", "bytea"),
            ("&'a [u8]", "bytea"),
            ("[u8; 32]", "bytea"),
            ("Cow<'a, str>", "text"),
            ("i8", "\"char\""),
            ("(Option<(i32)>)", "integer null"),
            ("Json<Settings>", "jsonb"),
            ("serde_json::Value", "jsonb"),
            ("PgRange<NaiveDate>", "daterange"),
            ("TenantId", "TenantId"),
        ] {
            let (kind, null) = sql_type(&syn::parse_str(rust).unwrap()).unwrap();
            assert_eq!(format!("{kind}{}", if null { " null" } else { "" }), sql, "{rust}");
        }
        for rust in ["u64", "(i32, i32)", "HashMap<String, String>", "Vec<Vec<i32>>", "fn()", "Wrapper<i32>"] {
            assert!(sql_type(&syn::parse_str(rust).unwrap()).is_err(), "{rust}");
        }
    }
}
