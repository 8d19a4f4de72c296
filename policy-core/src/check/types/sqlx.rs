//! Which SQL types a Rust type can hold, as sqlx decodes them.
//!
//! Source: `compatible` of the `Type<Postgres>` implementations of sqlx 0.9.

use crate::model::{Base, SqlType};
use crate::typing::{TypeId, World};

/// Types that are decoded alike.
const ALIKE: &[&[&str]] = &[
    &["text", "character varying", "character", "bpchar", "name", "citext", "varchar"],
    &["inet", "cidr"],
    &["json", "jsonb"],
    &["bit", "bit varying", "varbit"],
];

fn alike(a: &str, b: &str) -> bool {
    a == b || ALIKE.iter().any(|family| family.contains(&a) && family.contains(&b))
}

/// Whether a field of one type can be read from a column of another.
pub(super) fn decodes(world: &World, field: TypeId, column: TypeId) -> bool {
    match (world.element(field), world.element(column)) {
        (Some(field), Some(column)) => decodes(world, field, column),
        (None, None) => {
            let (field, column) = (world.base(field), world.base(column));
            field == column || alike(&world.name(field), &world.name(column))
        }
        _ => false,
    }
}

/// Whether a Rust type whose own SQL type is the first can hold the second; `None` where sqlx maps nothing to the second.
#[must_use]
pub fn holds(rust: &SqlType, sql: &SqlType) -> Option<bool> {
    let Base::Builtin(own) = &rust.base else { return Some(true) };
    let said = match &sql.base {
        Base::Builtin(said) => said,
        Base::User(_, name) if name == "citext" => name,
        Base::User(..) | Base::Opaque(_) => return None,
    };
    if own == "text" && said == "citext" {
        return Some(rust.array == sql.array);
    }
    if !MAPPED.contains(&said.as_str()) {
        return None;
    }
    Some(rust.array == sql.array && alike(own, said))
}

/// The types that some Rust type of sqlx stands for.
const MAPPED: &[&str] = &[
    "boolean",
    "\"char\"",
    "smallint",
    "integer",
    "bigint",
    "real",
    "double precision",
    "text",
    "character varying",
    "character",
    "bpchar",
    "name",
    "bytea",
    "numeric",
    "money",
    "uuid",
    "date",
    "time",
    "timetz",
    "timestamp",
    "timestamptz",
    "interval",
    "inet",
    "cidr",
    "macaddr",
    "bit",
    "bit varying",
    "json",
    "jsonb",
    "oid",
    "int4range",
    "int8range",
    "numrange",
    "daterange",
    "tsrange",
    "tstzrange",
    "point",
    "line",
    "lseg",
    "box",
    "path",
    "polygon",
    "circle",
];
