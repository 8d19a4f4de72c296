//! Database names, as PostgreSQL stores them: never quoted, never folded, at most 63 bytes.
//!
//! Source: PostgreSQL documentation, 4.1.1 "Identifiers and Key Words"; `NAMEDATALEN` is 64.

use std::fmt;

/// A validated identifier.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ident(String);

/// Why a text cannot be an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadName {
    /// No characters.
    Empty,
    /// More than 63 bytes: PostgreSQL would cut it silently.
    TooLong(usize),
    /// A NUL byte.
    Nul,
    /// A schema, a name and more.
    TooManyParts,
}

impl fmt::Display for BadName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BadName::Empty => f.write_str("a name cannot be empty"),
            BadName::TooLong(bytes) => write!(f, "a name has at most 63 bytes, this one has {bytes}"),
            BadName::Nul => f.write_str("a name cannot hold a NUL byte"),
            BadName::TooManyParts => f.write_str("a relation is a schema and a name, joined by one `.`"),
        }
    }
}

impl Ident {
    /// Checks a name.
    ///
    /// # Errors
    /// If it is empty, longer than 63 bytes or holds a NUL byte.
    pub fn new(text: impl Into<String>) -> Result<Ident, BadName> {
        let text = text.into();
        match text.len() {
            0 => Err(BadName::Empty),
            1..=63 if text.contains('\0') => Err(BadName::Nul),
            1..=63 => Ok(Ident(text)),
            bytes => Err(BadName::TooLong(bytes)),
        }
    }

    /// A name cut to what fits: 54 bytes on a character boundary, `_`, and 8 hexadecimal digits of FNV-1a-32
    /// of the whole (docs/surface.md, names). A name that fits is kept. NUL bytes are dropped.
    #[must_use]
    pub fn cut(text: &str) -> Ident {
        let text = text.replace('\0', "");
        if text.len() <= 63 {
            return Ident(text);
        }
        let mut short = String::new();
        for c in text.chars() {
            if short.len() + c.len_utf8() > 54 {
                break;
            }
            short.push(c);
        }
        let hash = text.bytes().fold(0x811c_9dc5_u32, |h, byte| (h ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        Ident(format!("{short}_{hash:08x}"))
    }

    /// The bare text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A relation, function or sequence with its schema; never without one.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Relation {
    /// The schema, `public` where none was written.
    pub schema: Ident,
    /// The name in it.
    pub name: Ident,
}

impl Relation {
    /// Reads `name` or `schema.name`, each part taken as it is written (no quotes, no folding).
    ///
    /// # Errors
    /// If a part is not a name.
    pub fn parse(text: &str) -> Result<Relation, BadName> {
        let (schema, name) = text.split_once('.').unwrap_or(("public", text));
        if name.contains('.') {
            return Err(BadName::TooManyParts);
        }
        Ok(Relation { schema: Ident::new(schema)?, name: Ident::new(name)? })
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.schema.as_str() == "public" { write!(f, "{}", self.name) } else { write!(f, "{}.{}", self.schema, self.name) }
    }
}

/// `AckifyApp` to `ackify_app`.
#[must_use]
pub fn snake_case(item: &str) -> String {
    let mut name = String::new();
    let mut before = '_';
    for c in item.chars() {
        if c.is_uppercase() && before != '_' && !before.is_uppercase() {
            name.push('_');
        }
        name.extend(c.to_lowercase());
        before = c;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_in_snake_case() {
        assert_eq!(snake_case("AckifyApp"), "ackify_app");
        assert_eq!(snake_case("App2"), "app2");
        assert_eq!(snake_case("HTTPWorker"), "httpworker");
    }

    #[test]
    fn long_names_are_cut_on_a_boundary_and_stay_apart() {
        let a = Ident::cut(&format!("{}é_one", "x".repeat(60)));
        let b = Ident::cut(&format!("{}é_two", "x".repeat(60)));
        assert_eq!(a.as_str().len(), 63);
        assert_ne!(a, b);
        assert_eq!(Ident::cut("short").as_str(), "short");
    }

    #[test]
    fn what_postgresql_would_cut_or_refuse_is_refused() {
        assert_eq!(Ident::new("x".repeat(64)), Err(BadName::TooLong(64)));
        assert_eq!(Ident::new("a\0b"), Err(BadName::Nul));
        assert_eq!(Ident::new(""), Err(BadName::Empty));
        assert!(Ident::new("x".repeat(63)).is_ok());
    }
}
