//! Whole expressions, made as texts: those of the test that compares what they mean. In: the universe. Out: predicates as our own reader
//! reads them.

use super::Phase;
use crate::case::{Case, Wanted};
use crate::reader::read;
use crate::rng::Rng;
use crate::universe::Universe;

#[path = "../../../../policy-core/tests/expr_live/grammar.rs"]
mod grammar;
#[path = "../../../../policy-core/tests/expr_live/operands.rs"]
mod operands;
#[allow(clippy::unwrap_used, reason = "it belongs to a test")]
#[path = "../../../../policy-core/tests/expr_live/rng.rs"]
mod rng;

const COUNT: usize = 500_000;

pub(super) struct Texts<'a>(&'a Universe);

impl<'a> Texts<'a> {
    pub(super) fn new(universe: &'a Universe) -> Self {
        Texts(universe)
    }
}

impl Phase for Texts<'_> {
    fn name(&self) -> &'static str {
        "texts"
    }

    fn count(&self) -> usize {
        COUNT
    }

    fn case(&self, _: usize, rng: &mut Rng) -> Option<Case> {
        let value = rng.chance(25);
        let text = grammar::Grammar { rng: rng::Rng(rng.seed()) }.expression();
        let case = read(self.0, "text", &text)?;
        Some(if value { Case { wanted: Wanted::Value, ..case } } else { case })
    }
}
