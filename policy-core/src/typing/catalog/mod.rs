//! What PostgreSQL 14 to 18 know: types, operators, casts, functions.
//!
//! In: four text files that `cargo run -p conformance -- catalog` writes from live servers. Out: the rows of one major,
//! decoded when they are first asked for; functions by name only. Must not know expressions, nor types of a user.
//!
//! The first field of a line says which majors have that row: bit 0 is 14, bit 4 is 18.

mod functions;
mod line;
mod operators;
mod types;

use std::collections::HashMap;
use std::sync::OnceLock;

pub use functions::{Function, FunctionKind};
pub use operators::Operator;
pub use types::{Subscript, TypeRow};

use super::TypeId;
use super::coerce::Context;
pub(super) use line::Line;

const CASTS: &str = include_str!("casts.txt");

/// The oldest major with a catalog.
pub const OLDEST: u32 = 14;
/// The newest major with a catalog.
pub const NEWEST: u32 = 18;

/// How a cast is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// By a function.
    Function,
    /// The bytes are the same.
    Binary,
    /// By way of the text.
    InOut,
}

/// A row of `pg_cast`.
#[derive(Clone, Copy, Debug)]
pub struct Cast {
    /// Where it may be done without being asked for.
    pub context: Context,
    /// How.
    pub method: Method,
}

/// The catalog of one major.
#[derive(Debug)]
pub struct Catalog {
    major: u32,
    types: HashMap<u32, TypeRow>,
    type_names: HashMap<&'static str, TypeId>,
    casts: HashMap<(u32, u32), Cast>,
    operators: HashMap<&'static str, Vec<Operator>>,
}

impl Catalog {
    /// The catalog of a major; of the nearest one that there is.
    #[must_use]
    pub fn of(major: u32) -> &'static Catalog {
        static ALL: [OnceLock<Catalog>; 5] = [const { OnceLock::new() }; 5];
        let major = major.clamp(OLDEST, NEWEST);
        let cell = ALL.get((major - OLDEST) as usize).unwrap_or(&ALL[0]);
        cell.get_or_init(|| Catalog::read(major))
    }

    fn read(major: u32) -> Catalog {
        let types: HashMap<u32, TypeRow> = types::read(major).map(|row| (row.id.0, row)).collect();
        let type_names = types.values().map(|row| (row.name, row.id)).collect();
        let mut operators: HashMap<&'static str, Vec<Operator>> = HashMap::new();
        for operator in operators::read(major) {
            operators.entry(operator.name).or_default().push(operator);
        }
        Catalog { major, types, type_names, casts: casts(major), operators }
    }

    /// Which major it is of.
    #[must_use]
    pub fn major(&self) -> u32 {
        self.major
    }

    /// A type.
    #[must_use]
    pub fn type_row(&self, id: TypeId) -> Option<&TypeRow> {
        self.types.get(&id.0)
    }

    /// The type of that name in `pg_type`: `int8`, `_text`.
    #[must_use]
    pub fn type_named(&self, name: &str) -> Option<TypeId> {
        self.type_names.get(name).copied()
    }

    /// Every type.
    pub fn types(&self) -> impl Iterator<Item = &TypeRow> {
        self.types.values()
    }

    /// The cast from one type to another.
    #[must_use]
    pub fn cast(&self, from: TypeId, to: TypeId) -> Option<Cast> {
        self.casts.get(&(from.0, to.0)).copied()
    }

    /// The operators of that name.
    #[must_use]
    pub fn operators(&self, name: &str) -> &[Operator] {
        self.operators.get(name).map_or(&[], Vec::as_slice)
    }

    /// The functions, aggregates and window functions of that name.
    #[must_use]
    pub fn functions(&self, name: &str) -> Vec<Function> {
        functions::named(name, self.major)
    }

    /// The functions of that name in any major.
    #[must_use]
    pub fn anywhere(name: &str) -> Vec<Function> {
        functions::anywhere(name)
    }

    /// The names of all functions, each once.
    pub fn names() -> impl Iterator<Item = &'static str> {
        functions::names()
    }

    /// The majors that have a function of that name and number of arguments, oldest first.
    #[must_use]
    pub fn majors_with(name: &str, arguments: usize) -> Vec<u32> {
        (OLDEST..=NEWEST).filter(|major| functions::named(name, *major).iter().any(|function| function.takes(arguments))).collect()
    }
}

fn casts(major: u32) -> HashMap<(u32, u32), Cast> {
    line::of(CASTS, major).map(|line| cast(&line)).collect()
}

/// Reads a line: from which type, to which, how.
fn cast(line: &Line<'static>) -> ((u32, u32), Cast) {
    let (source, target) = (line.number(1), line.number(2));
    let context = match line.field(3) {
        "i" => Context::Implicit,
        "a" => Context::Assignment,
        _ => Context::Explicit,
    };
    let method = match line.field(4) {
        "f" => Method::Function,
        "b" => Method::Binary,
        _ => Method::InOut,
    };
    ((source, target), Cast { context, method })
}

/// The lines of other files of the same form.
pub(super) mod decode {
    use super::{Cast, Function, Line, Operator, TypeRow, functions, operators, types};

    /// A type.
    pub(in crate::typing) fn type_row(line: &Line<'static>) -> TypeRow {
        types::row(line)
    }
    /// A cast: from which type, to which, how.
    pub(in crate::typing) fn cast(line: &Line<'static>) -> ((u32, u32), Cast) {
        super::cast(line)
    }
    /// An operator.
    pub(in crate::typing) fn operator(line: &Line<'static>) -> Operator {
        operators::row(line)
    }
    /// A function.
    pub(in crate::typing) fn function(line: &Line<'static>) -> Function {
        functions::row(line)
    }
    /// The lines of one name in a text of functions, which is sorted by name.
    pub(in crate::typing) fn functions(text: &'static str, name: &str) -> impl Iterator<Item = Line<'static>> + use<> {
        functions::lines_of(text, name)
    }
}
