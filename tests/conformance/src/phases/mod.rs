//! The phases of a run. In: the universe. Out: for each phase its name, how many cases it has, and any one of them. Must not know: what
//! becomes of a case.

mod casts;
mod forms;
mod functions;
mod literals;
mod mixes;
mod operators;
mod texts;
mod trees;

use crate::case::Case;
use crate::rng::Rng;
use crate::universe::Universe;

/// A family of cases.
pub trait Phase: Sync {
    /// Its name in the report.
    fn name(&self) -> &'static str;
    /// How many cases a whole run has.
    fn count(&self) -> usize;
    /// One of them; none where our own reader refuses the text.
    fn case(&self, index: usize, rng: &mut Rng) -> Option<Case>;
}

/// All, in the order of a run.
#[must_use]
pub fn all(universe: &Universe) -> Vec<Box<dyn Phase + '_>> {
    vec![
        Box::new(operators::Operators::new(universe)),
        Box::new(functions::One::new(universe)),
        Box::new(functions::Two::new(universe)),
        Box::new(functions::Near::new(universe)),
        Box::new(casts::Casts::new(universe)),
        Box::new(mixes::Mixes::new(universe)),
        Box::new(literals::Literals::new(universe)),
        Box::new(trees::Trees::new(universe)),
        Box::new(texts::Texts::new(universe)),
        Box::new(forms::Forms::new(universe)),
    ]
}
