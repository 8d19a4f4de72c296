//! Rows of `pg_operator`.

use super::super::TypeId;
use super::line::{self, Line};

const OPERATORS: &str = include_str!("operators.txt");

/// An operator.
#[derive(Clone, Debug)]
pub struct Operator {
    /// Its name.
    pub name: &'static str,
    /// The left operand; none for a prefix operator.
    pub left: Option<TypeId>,
    /// The right operand.
    pub right: TypeId,
    /// What it gives.
    pub result: TypeId,
    /// The function behind it.
    pub function: u32,
    /// Its places in btree operator families: family and strategy.
    pub btree: Vec<(u32, u8)>,
}

/// Reads a line.
pub(super) fn row(line: &Line<'static>) -> Operator {
    Operator {
        name: line.field(1),
        left: Some(line.number(2)).filter(|oid| *oid != 0).map(TypeId),
        right: TypeId(line.number(3)),
        result: TypeId(line.number(4)),
        function: line.number(5),
        btree: line.list(6).filter_map(place).collect(),
    }
}

pub(super) fn read(major: u32) -> impl Iterator<Item = Operator> {
    line::of(OPERATORS, major).map(|line| row(&line))
}

/// `1976:3`.
fn place(text: &str) -> Option<(u32, u8)> {
    let (family, strategy) = text.split_once(':')?;
    Some((family.parse().ok()?, strategy.parse().ok()?))
}
