//! Every type cast to every other. In: the universe. Out: `a::t`.

use policy_core::model::{Expr, Kind, SqlType};

use super::Phase;
use crate::case::Case;
use crate::rng::Rng;
use crate::universe::Universe;

/// Types with a modifier, pseudo-types, types that are not there.
const FURTHER: [&str; 20] = [
    "varchar(3)",
    "char(3)",
    "numeric(10,2)",
    "numeric(5)",
    "timestamp(3)",
    "timestamptz(0)",
    "time(2)",
    "bit(4)",
    "varbit(7)",
    "varchar(3)[]",
    "numeric(10,2)[]",
    "record",
    "anyelement",
    "anyarray",
    "cstring",
    "unknown",
    "void",
    "nosuchtype",
    "nosuch.mood",
    "integer(3)",
];

pub(super) struct Casts<'a> {
    operands: &'a [Expr],
    targets: Vec<SqlType>,
}

impl<'a> Casts<'a> {
    pub(super) fn new(universe: &'a Universe) -> Self {
        let plain = universe.k.iter().map(|(_, kind)| kind.clone());
        let arrays = universe.k.iter().filter(|(_, kind)| !kind.array).map(|(_, kind)| kind.clone().array_of());
        let further = FURTHER.iter().filter_map(|text| SqlType::parse(text).ok());
        Casts { operands: &universe.operands, targets: plain.chain(arrays).chain(further).collect() }
    }
}

impl Phase for Casts<'_> {
    fn name(&self) -> &'static str {
        "casts"
    }

    fn count(&self) -> usize {
        self.targets.len() * self.operands.len() * 2
    }

    fn case(&self, index: usize, _: &mut Rng) -> Option<Case> {
        let (listed, rest) = (index % 2 == 1, index / 2);
        let size = self.operands.len();
        let target = self.targets.get(rest / size)?;
        let operand = self.operands.get(rest % size)?.clone();
        let operand = if listed { Expr::new(Kind::Array(vec![operand])) } else { operand };
        Some(Case::value(format!("::{target}"), Expr::new(Kind::Cast(Box::new(operand), target.clone()))))
    }
}
