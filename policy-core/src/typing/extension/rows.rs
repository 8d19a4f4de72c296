//! The file of one extension. In: its text. Out: its rows: types, casts and operators decoded together, functions by name. Must not know
//! when which of them are candidates.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::super::TypeId;
use super::super::catalog::{Cast, Function, Line, Operator, TypeRow, decode};

/// An extension.
#[derive(Debug)]
pub struct Extension {
    /// Its name.
    pub name: &'static str,
    /// The number of its first type.
    pub first: u32,
    /// Its file: types, casts and operators, then functions, sorted by name.
    pub text: &'static str,
    rows: OnceLock<Rows>,
}

/// What is decoded when the first of it is asked for.
#[derive(Debug, Default)]
struct Rows {
    /// The first one has the first number.
    types: Vec<TypeRow>,
    casts: HashMap<(u32, u32), Cast>,
    operators: HashMap<&'static str, Vec<Operator>>,
}

impl Extension {
    pub(super) const fn new(name: &'static str, first: u32, text: &'static str) -> Extension {
        Extension { name, first, text, rows: OnceLock::new() }
    }

    /// The two parts of the file: what is decoded as a whole, and the functions.
    fn parts(&self) -> (&'static str, &'static str) {
        let from =
            if self.text.starts_with("function ") { 0 } else { self.text.find("\nfunction ").map_or(self.text.len(), |end| end + 1) };
        self.text.split_at_checked(from).unwrap_or((self.text, ""))
    }

    fn rows(&self) -> &Rows {
        self.rows.get_or_init(|| {
            let mut rows = Rows::default();
            for line in self.parts().0.lines().map(Line::new) {
                match line.field(0) {
                    "type" => rows.types.push(decode::type_row(&line)),
                    "cast" => {
                        let (types, cast) = decode::cast(&line);
                        rows.casts.insert(types, cast);
                    }
                    _ => {
                        let operator = decode::operator(&line);
                        rows.operators.entry(operator.name).or_default().push(operator);
                    }
                }
            }
            rows
        })
    }

    pub(super) fn type_row(&self, id: TypeId) -> Option<&TypeRow> {
        self.rows().types.get(usize::try_from(id.0.checked_sub(self.first)?).ok()?)
    }

    /// Looks through the first lines only, and decodes nothing.
    pub(super) fn type_named(&self, name: &str) -> Option<TypeId> {
        let mut types = self.text.lines().map_while(|line| line.strip_prefix("type "));
        types.find_map(|line| {
            let (number, rest) = line.split_once(' ')?;
            (rest.split(' ').next() == Some(name)).then(|| number.parse().ok().map(TypeId))?
        })
    }

    pub(super) fn cast(&self, from: TypeId, to: TypeId) -> Option<Cast> {
        self.rows().casts.get(&(from.0, to.0)).copied()
    }

    /// Whether it has an operator of that name. Decodes nothing.
    pub(super) fn has_operator(&self, name: &str) -> bool {
        let of = |line: &str| line.strip_prefix("operator ").and_then(|rest| rest.split(' ').next()) == Some(name);
        self.parts().0.lines().any(of)
    }

    pub(super) fn operators(&self, name: &str) -> &[Operator] {
        self.rows().operators.get(name).map_or(&[], Vec::as_slice)
    }

    pub(super) fn functions(&self, name: &str) -> impl Iterator<Item = Function> + use<> {
        decode::functions(self.parts().1, name).map(|line| decode::function(&line))
    }
}
