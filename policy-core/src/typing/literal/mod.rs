//! Literals of a type. In: the name of a type and a text. Out: what the type's input function does with the text on a major,
//! `'text'::type`. Must not know: the statement that the text stands in, and any session.
//!
//! INVARIANT: a text is [`Input::Valid`] or [`Input::Depends`] only if every server of the major accepts it, [`Input::Invalid`]
//! only if every one refuses it with this SQLSTATE. A form that is not read here is [`Input::Unjudged`].
//! The order of dates is MDY or DMY: under YMD a text that is `Depends("DateStyle")` may be refused, and an array or a range
//! with such a part may be refused with the SQLSTATE of that part.
//! `tests/literals_live.rs` holds this against servers. Assumed are a database in UTF-8 and PostgreSQL's own settings of
//! `array_nulls` and `timezone_abbreviations`.

mod array;
mod bits;
mod cursor;
mod float;
mod geometry;
mod integer;
mod json;
mod mac;
mod network;
mod numeric;
mod outcome;
mod path;
mod range;
mod simple;
mod time;

#[cfg(test)]
mod tests;

use outcome::{Reading, Sense, Stop};

/// The types that have a reader. An array of any of them has one too.
pub const KINDS: &[&str] = &[
    "bit",
    "bool",
    "box",
    "bpchar",
    "bytea",
    "char",
    "cidr",
    "circle",
    "date",
    "datemultirange",
    "daterange",
    "float4",
    "float8",
    "inet",
    "int2",
    "int4",
    "int4multirange",
    "int4range",
    "int8",
    "int8multirange",
    "int8range",
    "interval",
    "json",
    "jsonb",
    "jsonpath",
    "line",
    "lseg",
    "macaddr",
    "macaddr8",
    "money",
    "name",
    "numeric",
    "nummultirange",
    "numrange",
    "oid",
    "path",
    "pg_lsn",
    "point",
    "polygon",
    "regclass",
    "regcollation",
    "regconfig",
    "regdictionary",
    "regnamespace",
    "regoper",
    "regoperator",
    "regproc",
    "regprocedure",
    "regrole",
    "regtype",
    "text",
    "time",
    "timestamp",
    "timestamptz",
    "timetz",
    "tsmultirange",
    "tsrange",
    "tstzmultirange",
    "tstzrange",
    "uuid",
    "varbit",
    "varchar",
];

/// What the input function of a type does with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// It is a value of the type, the same in every session.
    Valid,
    /// It is a value whose meaning depends on when or where the statement is read; the text says on what.
    Depends(&'static str),
    /// The server refuses it.
    Invalid {
        /// The code of the error.
        sqlstate: &'static str,
        /// The error in PostgreSQL's words.
        message: String,
    },
    /// Not judged here: an exotic form, or a type without a reader.
    Unjudged,
}

/// Reads `text` as the input function of the type `kind` does on PostgreSQL `major`. `kind` is `pg_type.typname`: `int4`,
/// `timestamptz`, `_int4` for an array.
#[must_use]
pub fn read(kind: &str, text: &str, major: u32) -> Input {
    if text.contains('\0') {
        return Input::Unjudged;
    }
    input(judge(kind, text, major))
}

/// Reads `text` as an array of an enum of that name with these labels.
#[must_use]
pub fn labels(name: &str, labels: &[String], text: &str, major: u32) -> Input {
    input(array::read(array::Element::Label(name, labels), text, major))
}

/// The instant of a text as `date`, `timestamp` or `timestamptz` in microseconds since 2000; none if it is not one and the same finite
/// instant in every session.
#[must_use]
pub fn instant(kind: &str, text: &str, major: u32) -> Option<i128> {
    if text.contains('\0') {
        return None;
    }
    time::fixed(kind, text, major)
}

fn input(reading: Reading<Sense>) -> Input {
    match reading {
        Ok(Sense::Fixed) => Input::Valid,
        Ok(Sense::Depends(on)) => Input::Depends(on),
        Err(Stop::Refused { sqlstate, message }) => Input::Invalid { sqlstate, message },
        Err(Stop::Unjudged) => Input::Unjudged,
    }
}

/// The reader of every type.
fn judge(kind: &str, text: &str, major: u32) -> Reading<Sense> {
    match kind {
        "text" | "varchar" | "bpchar" | "name" | "char" => Ok(Sense::Fixed),
        "bool" => simple::boolean(text),
        "int2" | "int4" | "int8" => integer::read(kind, text, major).map(|_| Sense::Fixed),
        "oid" => integer::oid(text, major),
        "float4" => float::read(text, float::Width::Single),
        "float8" => float::read(text, float::Width::Double),
        "numeric" => numeric::read(text, major).map(|_| Sense::Fixed),
        "money" => simple::money(text),
        "uuid" => simple::uuid(text),
        "bytea" => bits::bytea(text),
        "bit" | "varbit" => bits::string(text),
        "pg_lsn" => simple::lsn(text),
        "inet" => network::inet(text),
        "cidr" => network::cidr(text),
        "macaddr" => mac::six(text),
        "macaddr8" => mac::eight(text),
        "json" => json::read(text, json::Form::Text, major),
        "jsonb" => json::read(text, json::Form::Binary, major),
        "jsonpath" => path::read(text),
        "date" => time::date(text, major).map(|(_, sense)| sense),
        "timestamp" => time::timestamp(text, major).map(|(_, sense)| sense),
        "timestamptz" => time::timestamptz(text, major).map(|(_, sense)| sense),
        "time" => time::time(text, major),
        "timetz" => time::timetz(text, major),
        "interval" => time::interval(text, major),
        _ => composed(kind, text, major),
    }
}

/// Types that are made of others, and types whose texts name things.
fn composed(kind: &str, text: &str, major: u32) -> Reading<Sense> {
    match kind {
        "point" | "lseg" | "box" | "path" | "polygon" | "circle" | "line" => geometry::read(kind, text),
        "int4range" | "int8range" | "numrange" | "daterange" | "tsrange" | "tstzrange" => range::one(kind, text, major),
        "int4multirange" | "int8multirange" | "nummultirange" | "datemultirange" | "tsmultirange" | "tstzmultirange" => {
            range::many(kind, text, major)
        }
        "regclass" | "regtype" | "regproc" | "regprocedure" | "regoper" | "regoperator" | "regrole" | "regnamespace" | "regcollation"
        | "regconfig" | "regdictionary" => simple::registered(kind, text, major),
        _ => kind.strip_prefix('_').map_or(Err(Stop::Unjudged), |element| array::read(array::Element::Kind(element), text, major)),
    }
}
