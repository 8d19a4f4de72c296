//! The whole set: links names, judges what needs more than one item, and alone builds `Checked`.
//!
//! In: a set as declared. Out: a linked set that `render` can write without failing, or every fault of it.

mod link;

pub use link::{comparable, pairs};

use crate::diag::{Diagnostic, Sink};
use crate::model::PolicySet;

/// A linked set without errors. INVARIANT: every name in it is a database name that exists in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    set: PolicySet,
}

impl Checked {
    /// The linked set.
    #[must_use]
    pub fn set(&self) -> &PolicySet {
        &self.set
    }
}

/// Links and checks a set; the warnings come back beside it.
///
/// # Errors
/// Every fault found, if one of them is an error.
pub fn check(mut set: PolicySet) -> Result<(Checked, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut sink = Sink::new();
    link::link(&mut set, &mut sink);
    if sink.has_errors() { Err(sink.finish()) } else { Ok((Checked { set }, sink.finish())) }
}

/// A set that was linked and checked before it was stored, as `policy.lock` holds it.
#[must_use]
pub fn trusted(set: PolicySet) -> Checked {
    Checked { set }
}
