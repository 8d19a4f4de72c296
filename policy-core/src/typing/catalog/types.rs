//! Rows of `pg_type`.

use super::super::TypeId;
use super::line::{self, Line};

const TYPES: &str = include_str!("types.txt");

/// How a type takes subscripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subscript {
    /// As an array.
    Array,
    /// As an array of fixed length: `point`, `name`.
    Raw,
    /// As `jsonb`.
    Json,
    /// As `hstore`: by a text.
    Key,
}

/// A type.
#[derive(Clone, Debug)]
pub struct TypeRow {
    /// Its OID.
    pub id: TypeId,
    /// Its name.
    pub name: &'static str,
    /// `typtype`: b, p, r, m, and for types of a user d, e, c.
    pub class: u8,
    /// `typcategory`.
    pub category: u8,
    /// Whether it is preferred in its category.
    pub preferred: bool,
    /// What its elements are.
    pub element: Option<TypeId>,
    /// The array of it.
    pub array: Option<TypeId>,
    /// What a range is over.
    pub subtype: Option<TypeId>,
    /// The multirange of a range.
    pub multirange: Option<TypeId>,
    /// How it takes subscripts.
    pub subscript: Option<Subscript>,
    /// Whether it has a collation.
    pub collatable: bool,
    /// Whether it takes a modifier.
    pub modifier: bool,
    /// Whether its input function is strict: NULL then passes any type.
    pub input_strict: bool,
    /// Whether equal values are the same value, to the byte.
    pub equal_image: bool,
    /// Whether it has an order.
    pub ordered: bool,
    /// Whether it has a hash.
    pub hashed: bool,
}

impl TypeRow {
    /// Whether it is a true array.
    #[must_use]
    pub fn is_array(&self) -> bool {
        self.subscript == Some(Subscript::Array) && self.element.is_some()
    }

    /// Whether it is a pseudo-type.
    #[must_use]
    pub fn is_pseudo(&self) -> bool {
        self.class == b'p'
    }
}

/// Reads a line.
pub(super) fn row(line: &Line<'static>) -> TypeRow {
    let byte = |index: usize| line.field(index).bytes().next().unwrap_or(b'-');
    let id = |index: usize| Some(line.number(index)).filter(|oid| *oid != 0).map(TypeId);
    TypeRow {
        id: TypeId(line.number(1)),
        name: line.field(2),
        class: byte(3),
        category: byte(4),
        preferred: line.flag(5),
        element: id(6),
        array: id(7),
        subtype: id(8),
        multirange: id(9),
        subscript: match line.field(10) {
            "a" => Some(Subscript::Array),
            "r" => Some(Subscript::Raw),
            "j" => Some(Subscript::Json),
            "k" => Some(Subscript::Key),
            _ => None,
        },
        collatable: line.flag(11),
        modifier: line.flag(12),
        input_strict: line.flag(13),
        equal_image: line.flag(15),
        ordered: line.flag(16),
        hashed: line.flag(17),
    }
}

pub(super) fn read(major: u32) -> impl Iterator<Item = TypeRow> {
    line::of(TYPES, major).map(|line| row(&line))
}
