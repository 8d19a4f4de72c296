//! SQL types, by the name that PostgreSQL prints.
//!
//! Source: PostgreSQL documentation, chapter 8 "Data Types", table 8.1 for the aliases.

use super::notation::{Node, Notate, NotationError};

/// A type, perhaps an array of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SqlType {
    /// The type or element type.
    pub base: Base,
    /// `(10,2)`, as numbers.
    pub modifier: Vec<u32>,
    /// Whether it is an array.
    pub array: bool,
}

/// A type by itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Base {
    /// One of PostgreSQL's own, under one name only (`bigint`, never `int8`).
    Builtin(String),
    /// A type of the database: schema if one was written, and name.
    User(Option<String>, String),
    /// A Rust type that the macro cannot see through; the build edge resolves it.
    Opaque(String),
}

/// The canonical name of one of PostgreSQL's own types, by any spelling of it.
fn canonical(name: &str) -> Option<&'static str> {
    Some(match name {
        "bigint" | "int8" => "bigint",
        "bit" => "bit",
        "bit varying" | "varbit" => "bit varying",
        "boolean" | "bool" => "boolean",
        "bytea" => "bytea",
        "character" | "char" => "character",
        "character varying" | "varchar" => "character varying",
        "cidr" => "cidr",
        "date" => "date",
        "daterange" => "daterange",
        "double precision" | "float8" | "float" => "double precision",
        "inet" => "inet",
        "int4range" => "int4range",
        "int8range" => "int8range",
        "integer" | "int" | "int4" => "integer",
        "interval" => "interval",
        "json" => "json",
        "jsonb" => "jsonb",
        "jsonpath" => "jsonpath",
        "macaddr" => "macaddr",
        "macaddr8" => "macaddr8",
        "money" => "money",
        "name" => "name",
        "numeric" | "decimal" => "numeric",
        "numrange" => "numrange",
        "oid" => "oid",
        "pg_lsn" => "pg_lsn",
        "point" => "point",
        "line" => "line",
        "lseg" => "lseg",
        "box" => "box",
        "path" => "path",
        "polygon" => "polygon",
        "circle" => "circle",
        "real" | "float4" => "real",
        "regclass" => "regclass",
        "regrole" => "regrole",
        "smallint" | "int2" => "smallint",
        "text" => "text",
        "time" | "time without time zone" => "time",
        "timestamp" | "timestamp without time zone" => "timestamp",
        "timestamptz" | "timestamp with time zone" => "timestamptz",
        "timetz" | "time with time zone" => "timetz",
        "tsquery" => "tsquery",
        "tsrange" => "tsrange",
        "tstzrange" => "tstzrange",
        "tsvector" => "tsvector",
        "uuid" => "uuid",
        "xml" => "xml",
        "bpchar" => "bpchar",
        _ => return None,
    })
}

impl SqlType {
    /// One of PostgreSQL's own types, by any of its names.
    #[must_use]
    pub fn builtin(name: &str) -> Option<SqlType> {
        Some(SqlType { base: Base::Builtin(canonical(name)?.to_owned()), modifier: Vec::new(), array: false })
    }

    /// A Rust type that only the build edge can resolve.
    #[must_use]
    pub fn opaque(rust: impl Into<String>) -> SqlType {
        SqlType { base: Base::Opaque(rust.into()), modifier: Vec::new(), array: false }
    }

    /// The same as an array.
    #[must_use]
    pub fn array_of(mut self) -> SqlType {
        self.array = true;
        self
    }

    /// The element of an array.
    #[must_use]
    pub fn element(mut self) -> SqlType {
        self.array = false;
        self
    }

    /// Whether it is the built-in type of that canonical name, not an array.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        !self.array && matches!(&self.base, Base::Builtin(own) if own == name)
    }

    /// Reads SQL text: aliases, several words, modifiers, `[]`, `"quoted"."Names"`. Names fold as in SQL.
    ///
    /// # Errors
    /// With what is wrong, in words.
    pub fn parse(text: &str) -> Result<SqlType, String> {
        let mut rest = text.trim();
        let mut array = false;
        while let Some(shorter) = rest.strip_suffix(']') {
            let shorter = shorter.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
            rest = shorter.strip_suffix('[').ok_or_else(|| "`]` without its `[`".to_owned())?.trim_end();
            array = true;
        }
        let (words, modifier) = split_modifier(rest)?;
        let base = parse_base(&words)?;
        Ok(SqlType { base, modifier, array })
    }
}

/// `numeric(10, 2)` is `numeric` and 10, 2; `timestamp(3) with time zone` keeps the words after the bracket.
fn split_modifier(text: &str) -> Result<(String, Vec<u32>), String> {
    if text.contains('"') {
        return Ok((text.to_owned(), Vec::new()));
    }
    let Some((before, rest)) = text.split_once('(') else {
        return Ok((text.to_owned(), Vec::new()));
    };
    let (inside, after) = rest.split_once(')').ok_or_else(|| "`(` without its `)`".to_owned())?;
    let numbers: Result<Vec<u32>, _> = inside.split(',').map(|n| n.trim().parse::<u32>()).collect();
    let numbers = numbers.map_err(|_| format!("`({inside})` is not a type modifier"))?;
    Ok((format!("{} {}", before.trim(), after.trim()).trim().to_owned(), numbers))
}

fn parse_base(text: &str) -> Result<Base, String> {
    if !text.contains('"') {
        let folded = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let bare = folded.strip_prefix("pg_catalog.").unwrap_or(&folded);
        if let Some(found) = SqlType::builtin(bare) {
            return Ok(found.base);
        }
    }
    if text.trim() == "\"char\"" {
        return Ok(Base::Builtin("\"char\"".to_owned()));
    }
    let parts = split_name(text)?;
    match parts.as_slice() {
        [name] => Ok(Base::User(None, name.clone())),
        [schema, name] => Ok(Base::User(Some(schema.clone()), name.clone())),
        _ => Err(format!("`{text}` is not a type name")),
    }
}

/// The parts of a dotted name, unquoted and folded.
fn split_name(text: &str) -> Result<Vec<String>, String> {
    let bad = || format!("`{text}` is not a type name");
    let mut parts = Vec::new();
    let mut chars = text.trim().chars().peekable();
    loop {
        let mut part = String::new();
        if chars.next_if_eq(&'"').is_some() {
            loop {
                match chars.next() {
                    Some('"') if chars.next_if_eq(&'"').is_some() => part.push('"'),
                    Some('"') => break,
                    Some(c) => part.push(c),
                    None => return Err(bad()),
                }
            }
        } else {
            while let Some(c) = chars.next_if(|c| c.is_alphanumeric() || *c == '_' || *c == '$') {
                part.extend(c.to_lowercase());
            }
        }
        if part.is_empty() || part.len() > 63 || part.contains('\0') {
            return Err(bad());
        }
        parts.push(part);
        match chars.next() {
            None => return Ok(parts),
            Some('.') => {}
            Some(_) => return Err(bad()),
        }
    }
}

impl std::fmt::Display for SqlType {
    /// For messages. SQL is written by `render` alone.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.base {
            Base::Builtin(name) | Base::User(None, name) | Base::Opaque(name) => f.write_str(name)?,
            Base::User(Some(schema), name) => write!(f, "{schema}.{name}")?,
        }
        if !self.modifier.is_empty() {
            let numbers: Vec<String> = self.modifier.iter().map(u32::to_string).collect();
            write!(f, "({})", numbers.join(","))?;
        }
        f.write_str(if self.array { "[]" } else { "" })
    }
}

impl Notate for SqlType {
    fn note(&self) -> Node {
        let word = |w: &str| Node::Word(w.to_owned());
        let base = match &self.base {
            Base::Builtin(name) if self.modifier.is_empty() && !self.array => return word(name),
            Base::Builtin(name) => word(name),
            Base::User(schema, name) => Node::list("type", schema.iter().chain([name]).map(|w| word(w))),
            Base::Opaque(rust) => Node::list("rust", [word(rust)]),
        };
        Node::List(vec![base, self.modifier.note(), self.array.note()])
    }

    fn read(node: &Node) -> Result<Self, NotationError> {
        match node {
            Node::Word(name) => Ok(SqlType { base: Base::Builtin(name.clone()), modifier: Vec::new(), array: false }),
            Node::List(parts) => match parts.as_slice() {
                [base, modifier, array] => {
                    Ok(SqlType { base: read_base(base)?, modifier: Vec::read(modifier)?, array: bool::read(array)? })
                }
                _ => super::notate::fail("a type", node),
            },
        }
    }
}

fn read_base(node: &Node) -> Result<Base, NotationError> {
    match (node, node.head()) {
        (Node::Word(name), _) => Ok(Base::Builtin(name.clone())),
        (_, Some(("type", [name]))) => Ok(Base::User(None, String::read(name)?)),
        (_, Some(("type", [schema, name]))) => Ok(Base::User(Some(String::read(schema)?), String::read(name)?)),
        (_, Some(("rust", [rust]))) => Ok(Base::Opaque(String::read(rust)?)),
        _ => super::notate::fail("a type", node),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_meet_in_one_name() {
        for (written, canonical) in [
            ("int8", "bigint"),
            ("TIMESTAMP WITH TIME ZONE", "timestamptz"),
            ("varchar(20)[]", "character varying(20)[]"),
            ("numeric ( 10 , 2 )", "numeric(10,2)"),
            ("timestamp(3) with time zone", "timestamptz(3)"),
            ("\"LeakStatus\"", "LeakStatus"),
            ("App.Status[]", "app.status[]"),
            ("text[][]", "text[]"),
        ] {
            let parsed = SqlType::parse(written).map(|t| t.to_string());
            assert_eq!(parsed.as_deref(), Ok(canonical));
            if let Ok(kind) = SqlType::parse(written) {
                assert_eq!(SqlType::read(&kind.note()), Ok(kind));
            }
        }
        for bad in ["", "a b c", "text]", "x(", "numeric(a)", "\"open", "text; drop"] {
            assert!(SqlType::parse(bad).is_err(), "{bad}");
        }
    }
}
