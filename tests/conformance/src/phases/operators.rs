//! Every operator name between every two types. In: the universe. Out: `a op b`, `op a`.

use policy_core::model::{Expr, Kind};

use super::Phase;
use crate::case::Case;
use crate::rng::Rng;
use crate::universe::Universe;

const CATALOG: &str = include_str!("../../../../policy-core/src/typing/catalog/operators.txt");

/// Infix names first, then every name as a prefix.
pub(super) struct Operators<'a> {
    operands: &'a [Expr],
    names: Vec<&'static str>,
}

/// Every name of an operator, once.
pub(super) fn names() -> Vec<&'static str> {
    let mut names: Vec<&str> = CATALOG.lines().filter_map(|line| line.split(' ').nth(1)).collect();
    names.dedup();
    names
}

impl<'a> Operators<'a> {
    pub(super) fn new(universe: &'a Universe) -> Self {
        Operators { operands: &universe.operands, names: names() }
    }
}

impl Phase for Operators<'_> {
    fn name(&self) -> &'static str {
        "operators"
    }

    fn count(&self) -> usize {
        self.names.len() * self.operands.len() * (self.operands.len() + 1)
    }

    fn case(&self, index: usize, _: &mut Rng) -> Option<Case> {
        let size = self.operands.len();
        let (first, rest) = (index % size, index / size);
        let (second, name) = (rest % (size + 1), self.names.get(rest / (size + 1))?);
        let operand = Box::new(self.operands.get(first)?.clone());
        let kind = match self.operands.get(second) {
            Some(left) => Kind::Binary((*name).to_owned(), Box::new(left.clone()), operand),
            None => Kind::Unary((*name).to_owned(), operand),
        };
        Some(Case::value(*name, Expr::new(kind)))
    }
}
