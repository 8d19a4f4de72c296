//! The types that an expression can have: those of one PostgreSQL major, and those that are declared.
//!
//! In: a major, and declarations of enums, domains and other types. Out: what a type is: its category, elements, base.
//! Must not know expressions.

use std::collections::HashMap;

use super::TypeId;
use super::catalog::{Catalog, Method, Subscript, TypeRow};
use super::coerce::Context;
use super::extension;
use crate::model::{Base, Definition, SqlType, UserType};

/// Where the numbers of declared types begin: above every OID that a server gives out soon.
const OWN: u32 = 1 << 30;

/// A type of a user.
#[derive(Clone, Debug)]
struct Own {
    schema: Option<String>,
    name: String,
    row: TypeRow,
    kind: OwnKind,
}

#[derive(Clone, Debug)]
enum OwnKind {
    Enum(Vec<String>),
    Domain(TypeId),
    Composite,
    Array,
}

/// The types, operators, functions and casts of one major, and the types of a user.
#[derive(Clone, Debug)]
pub struct World {
    catalog: &'static Catalog,
    own: Vec<Own>,
    names: HashMap<String, Vec<TypeId>>,
    /// Domains over a type with a length or a precision.
    limited: Vec<TypeId>,
    /// Whether there is no type but those.
    closed: bool,
}

impl World {
    /// PostgreSQL's own types of that major.
    #[must_use]
    pub fn new(major: u32) -> World {
        World { catalog: Catalog::of(major), own: Vec::new(), names: HashMap::new(), limited: Vec::new(), closed: false }
    }

    /// The same with the types of a user.
    #[must_use]
    pub fn with(major: u32, types: &[UserType]) -> World {
        let mut world = World::new(major);
        // A domain may stand before what it is over.
        for _ in 0..=types.len() {
            let before = world.own.len();
            for one in types.iter() {
                if world.own_named(one.schema.as_deref(), &one.name).is_none() {
                    world.declare(one);
                }
            }
            if world.own.len() == before {
                break;
            }
        }
        world
    }

    /// The same, and no other type exists: a cast to one is refused.
    #[must_use]
    pub fn closed(self) -> World {
        World { closed: true, ..self }
    }

    /// Whether a declared type is in that schema.
    #[must_use]
    pub fn has_schema(&self, schema: &str) -> bool {
        matches!(schema, "pg_catalog" | "public") || self.own.iter().any(|own| own.schema.as_deref() == Some(schema))
    }

    /// Whether every type is known.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    fn declare(&mut self, one: &UserType) {
        let schema = one.schema.as_deref();
        match &one.definition {
            Definition::Enum(labels) => {
                self.enumeration(schema, &one.name, labels);
            }
            Definition::Domain(base) => {
                if let Some(over) = self.find(base) {
                    let id = self.domain(schema, &one.name, over);
                    self.limited.extend((!base.modifier.is_empty() || self.is_limited(over)).then_some(id));
                }
            }
            Definition::Composite => {
                self.add(schema, &one.name, OwnKind::Composite, b'c', b'C', None);
            }
        }
    }

    /// Declares an enum.
    pub fn enumeration(&mut self, schema: Option<&str>, name: &str, labels: &[String]) -> TypeId {
        self.add(schema, name, OwnKind::Enum(labels.to_vec()), b'e', b'E', None)
    }

    /// Declares a domain.
    pub fn domain(&mut self, schema: Option<&str>, name: &str, base: TypeId) -> TypeId {
        let category = self.category(base);
        self.add(schema, name, OwnKind::Domain(base), b'd', category, Some(base))
    }

    /// A type and the array of it.
    fn add(&mut self, schema: Option<&str>, name: &str, kind: OwnKind, class: u8, category: u8, base: Option<TypeId>) -> TypeId {
        let id = TypeId(OWN + u32::try_from(self.own.len()).unwrap_or(0));
        let array = TypeId(id.0 + 1);
        let under = base.and_then(|base| self.row(base)).cloned();
        let sorted = matches!(kind, OwnKind::Enum(_)) || under.as_ref().is_some_and(|row| row.ordered);
        let row = TypeRow {
            id,
            name: "",
            class,
            category,
            preferred: false,
            element: None,
            array: Some(array),
            subtype: None,
            multirange: None,
            subscript: None,
            collatable: under.as_ref().is_some_and(|row| row.collatable),
            modifier: false,
            input_strict: true,
            equal_image: matches!(kind, OwnKind::Enum(_)) || under.as_ref().is_some_and(|row| row.equal_image),
            ordered: sorted,
            hashed: sorted,
        };
        let of = TypeRow {
            id: array,
            class: b'b',
            category: b'A',
            element: Some(id),
            array: None,
            subscript: Some(Subscript::Array),
            ..row.clone()
        };
        for (row, kind) in [(row, kind), (of, OwnKind::Array)] {
            self.own.push(Own { schema: schema.map(str::to_owned), name: name.to_owned(), row, kind });
        }
        self.names.entry(name.to_owned()).or_default().push(id);
        id
    }

    fn own_of(&self, id: TypeId) -> Option<&Own> {
        self.own.get(usize::try_from(id.0.checked_sub(OWN)?).ok()?)
    }

    fn own_named(&self, schema: Option<&str>, name: &str) -> Option<TypeId> {
        let all = self.names.get(name)?;
        let same = |id: &&TypeId| {
            let own = self.own_of(**id).and_then(|own| own.schema.as_deref());
            schema.is_none() || own.is_none() || own == schema
        };
        all.iter().find(same).copied()
    }

    /// The catalog.
    #[must_use]
    pub fn catalog(&self) -> &'static Catalog {
        self.catalog
    }

    /// The major.
    #[must_use]
    pub fn major(&self) -> u32 {
        self.catalog.major()
    }

    /// What is known of a type.
    #[must_use]
    pub fn row(&self, id: TypeId) -> Option<&TypeRow> {
        self.catalog.type_row(id).or_else(|| extension::row(id)).or_else(|| self.own_of(id).map(|own| &own.row))
    }

    /// The type of a column or cast; none if it is not declared.
    #[must_use]
    pub fn find(&self, kind: &SqlType) -> Option<TypeId> {
        let element = match &kind.base {
            Base::Builtin(name) => self.catalog.type_named(catalog_name(name))?,
            Base::User(schema, name) => self
                .own_named(schema.as_deref(), name)
                .or_else(|| self.catalog.type_named(name).filter(|_| schema.as_deref().is_none_or(|schema| schema == "pg_catalog")))
                .or_else(|| extension::named(name))?,
            Base::Opaque(_) => return None,
        };
        if kind.array { self.array_of(element) } else { Some(element) }
    }

    /// The type of a function whose name is a type's: `date(x)`.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<TypeId> {
        let further = || extension::named(name).filter(|_| !self.names.contains_key(name));
        self.catalog.type_named(name).or_else(further)
    }

    /// The name of a type, as PostgreSQL prints it.
    #[must_use]
    pub fn name(&self, id: TypeId) -> String {
        if let Some(element) = self.element(id) {
            return format!("{}[]", self.name(element));
        }
        if let Some(own) = self.own_of(id) {
            return own.schema.as_ref().map_or_else(|| own.name.clone(), |schema| format!("{schema}.{}", own.name));
        }
        self.row(id).map_or_else(|| "?".to_owned(), |row| printed(row.name).to_owned())
    }

    /// The name in `pg_type`, for what reads literals.
    #[must_use]
    pub fn catalog_name(&self, id: TypeId) -> &'static str {
        self.row(id).map_or("", |row| row.name)
    }

    /// The labels of an enum.
    #[must_use]
    pub fn labels(&self, id: TypeId) -> Option<&[String]> {
        match &self.own_of(id)?.kind {
            OwnKind::Enum(labels) => Some(labels),
            _ => None,
        }
    }

    /// What a domain is over at last; any other type itself.
    #[must_use]
    pub fn base(&self, id: TypeId) -> TypeId {
        match self.own_of(id).map(|own| &own.kind) {
            Some(OwnKind::Domain(base)) => self.base(*base),
            _ => id,
        }
    }

    /// Whether it is a domain over a type with a length or a precision: what is cast to it may be cut or rounded.
    #[must_use]
    pub fn is_limited(&self, id: TypeId) -> bool {
        self.limited.contains(&id)
    }

    /// `typcategory`.
    #[must_use]
    pub fn category(&self, id: TypeId) -> u8 {
        self.row(id).map_or(b'X', |row| row.category)
    }

    /// Whether it is preferred in its category.
    #[must_use]
    pub fn is_preferred(&self, id: TypeId) -> bool {
        self.row(id).is_some_and(|row| row.preferred)
    }

    /// The element of a true array.
    #[must_use]
    pub fn element(&self, id: TypeId) -> Option<TypeId> {
        self.row(id).filter(|row| row.is_array()).and_then(|row| row.element)
    }

    /// The array of a type.
    #[must_use]
    pub fn array_of(&self, id: TypeId) -> Option<TypeId> {
        self.row(id).and_then(|row| row.array)
    }

    /// The array of a type, or an array itself.
    #[must_use]
    pub fn promoted_array(&self, id: TypeId) -> Option<TypeId> {
        self.array_of(id).or_else(|| self.element(id).map(|_| id))
    }

    /// What a range is over.
    #[must_use]
    pub fn range_subtype(&self, id: TypeId) -> Option<TypeId> {
        self.row(id).and_then(|row| row.subtype)
    }

    /// The multirange of a range.
    #[must_use]
    pub fn multirange_of(&self, range: TypeId) -> Option<TypeId> {
        self.row(range).and_then(|row| row.multirange)
    }

    /// The range of a multirange.
    #[must_use]
    pub fn multirange_range(&self, id: TypeId) -> Option<TypeId> {
        self.row(id).filter(|row| row.class == b'm')?;
        self.catalog.types().find(|row| row.multirange == Some(id)).map(|row| row.id)
    }

    /// Whether it is an enum.
    #[must_use]
    pub fn is_enum(&self, id: TypeId) -> bool {
        self.row(id).is_some_and(|row| row.class == b'e')
    }

    /// Whether it is a composite type of a user.
    #[must_use]
    pub fn is_complex(&self, id: TypeId) -> bool {
        self.row(self.base(id)).is_some_and(|row| row.class == b'c')
    }

    /// Whether it is an array or a domain over one.
    #[must_use]
    pub fn is_array_domain(&self, id: TypeId) -> bool {
        self.element(self.base(id)).is_some()
    }

    /// Whether its values have a collation.
    #[must_use]
    pub fn is_collatable(&self, id: TypeId) -> bool {
        self.row(id).is_some_and(|row| row.collatable)
    }

    /// Whether values of two types compare without a cast.
    #[must_use]
    pub fn compares(&self, a: TypeId, b: TypeId) -> bool {
        super::operator::infix(self, "=", a, b).is_ok()
    }

    /// Whether one type is another by a new label.
    fn is_labelled(&self, from: TypeId, to: TypeId) -> bool {
        self.catalog.cast(from, to).is_some_and(|cast| cast.method == Method::Binary && cast.context == Context::Implicit)
    }

    /// Whether values of it can be told apart: DISTINCT needs that.
    #[must_use]
    pub fn has_equality(&self, id: TypeId) -> bool {
        let id = self.base(id);
        match self.element(id) {
            Some(element) => self.has_equality(element),
            None => {
                let own = |row: &TypeRow| row.ordered || row.hashed || matches!(row.class, b'c' | b'r' | b'm' | b'e');
                id == TypeId::RECORD
                    || self.row(id).is_none_or(own)
                    || self.catalog.types().any(|row| row.ordered && self.is_labelled(id, row.id))
            }
        }
    }
}

/// Our name of a built-in type to that of `pg_type`.
fn catalog_name(name: &str) -> &str {
    match name {
        "bigint" => "int8",
        "bit varying" => "varbit",
        "boolean" => "bool",
        "character" => "bpchar",
        "character varying" => "varchar",
        "double precision" => "float8",
        "integer" => "int4",
        "real" => "float4",
        "smallint" => "int2",
        "\"char\"" => "char",
        other => other,
    }
}

/// A name of `pg_type` as `format_type` prints it.
fn printed(name: &'static str) -> &'static str {
    match name {
        "int8" => "bigint",
        "varbit" => "bit varying",
        "bool" => "boolean",
        "bpchar" => "character",
        "varchar" => "character varying",
        "float8" => "double precision",
        "int4" => "integer",
        "float4" => "real",
        "int2" => "smallint",
        "char" => "\"char\"",
        "timestamp" => "timestamp without time zone",
        "timestamptz" => "timestamp with time zone",
        "time" => "time without time zone",
        "timetz" => "time with time zone",
        other => other,
    }
}
