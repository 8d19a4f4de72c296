//! The judgements that need more than one attribute: of one item, and of the whole set. Alone builds `Checked`.
//!
//! In: items and sets as declared. Out: a linked set that `render` can write without failing, or every fault of it.
//! Knows neither tokens nor files: a fault names a `Place`.
//!
//! A fault of an item carries the item's name, a fault of the set itself (`Part::Entry`, `Part::Owner`) the set's.

pub(crate) mod allow;
mod combine;
mod compare;
mod item;
mod link;
mod reads;
mod routines;
mod rows;
mod set;
mod types;
mod words;

pub mod access;
pub mod roles;

pub use allow::accepts;
pub use compare::{comparable, pairs};
pub use link::of_one_row;
pub use rows::{Rows, is_plainly_within, with_rows};
pub use types::{Known, holds, is_of_types};

use crate::diag::{Diagnostic, Sink};
use crate::model::{Item, PolicySet};

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

/// Judges one item as declared, by itself. What it accepts with `allow` is left out.
#[must_use]
pub fn item(item: &Item) -> Vec<Diagnostic> {
    item_in(item, &Known::nothing())
}

/// Judges one item as declared, with what is known of the others of its set.
#[must_use]
pub fn item_in(item: &Item, known: &Known<'_>) -> Vec<Diagnostic> {
    judged(item, known, known)
}

/// The rules of an item with what is known, and its types with what may be another thing.
fn judged(item: &Item, known: &Known<'_>, typed: &Known<'_>) -> Vec<Diagnostic> {
    let mut sink = Sink::new();
    item::check(item, known, &mut sink);
    sink.extend(types::item(item, typed));
    let found = sink.finish().into_iter().map(|fault| fault.of(item.name()));
    found.filter(|fault| !allow::accepts(item, fault.code)).collect()
}

/// Links and checks a set; the warnings come back beside it.
///
/// Four stages, each of which stops at its errors: names, items, links, rules. Of the items only errors count
/// here: an edge asks for their warnings with [`item`].
///
/// # Errors
/// Every fault of the stage that stopped.
pub fn check(mut set: PolicySet) -> Result<(Checked, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut sink = Sink::new();
    set::check_names(&set, &mut sink);
    if sink.has_errors() {
        return Err(sink.finish());
    }
    // What several items say about types is told of the linked set, in the names of the database.
    let (known, alone) = (Known::declared(&set), Known::nothing());
    sink.extend(set.items.iter().flat_map(|item| judged(item, &known, &alone)).filter(Diagnostic::is_error));
    if sink.has_errors() {
        return Err(sink.finish());
    }
    link::link(&mut set, &mut sink);
    if sink.has_errors() {
        return Err(sink.finish());
    }
    sink.extend(allow::kept(&set, set::check(&set)));
    if sink.has_errors() { Err(sink.finish()) } else { Ok((Checked { set }, sink.finish())) }
}

/// A set that was linked and checked before it was stored, as `policy.lock` holds it.
#[must_use]
pub fn trusted(set: PolicySet) -> Checked {
    Checked { set }
}
