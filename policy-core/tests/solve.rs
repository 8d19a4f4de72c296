//! Named questions to the solver. In: formulas. Out: that the answer is right, and that the checker reads every proof again.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a failure here is a failed test")]

#[path = "solve/certificates.rs"]
mod certificates;
#[path = "solve/hard.rs"]
mod hard;
#[path = "solve/mutants.rs"]
mod mutants;
#[path = "solve/questions.rs"]
mod questions;

use policy_core::prove::{Answer, Constant, Ref, Sort, SortId, Space, TermId, UNIT, checker, solve};

pub(crate) const BUDGET: u64 = 200_000;

pub(crate) fn sort(space: &mut Space, name: &str, image: bool, ordered: bool) -> SortId {
    space.sort(Sort { name: name.to_owned(), image, ordered })
}

pub(crate) fn number(space: &mut Space, sort: SortId, whole: i128) -> TermId {
    space.constant(Constant::Number(whole * UNIT), sort)
}

pub(crate) fn never(space: &Space, root: Ref) {
    match solve(space, root, BUDGET) {
        Answer::Never(certificate) => assert!(checker::accepts(space, root, &certificate), "{certificate:?}"),
        other => panic!("{other:?}"),
    }
}

pub(crate) fn holds(space: &Space, root: Ref) -> policy_core::prove::Model {
    match solve(space, root, BUDGET) {
        Answer::Model(model) => {
            assert!(model.truth(root));
            model
        }
        other => panic!("{other:?}"),
    }
}
