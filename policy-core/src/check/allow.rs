//! `allow(CODE, reason = "..")`: which faults an item may accept, and which it accepts.
//!
//! In: items and faults. Out: the faults that stay. A warning may be accepted, an error only if it is listed here.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Part, Place, Severity, Sink, codes};
use crate::model::{Allow, Item, PolicySet};

/// The errors that an item may accept.
const ALLOWABLE: &[Code] = &[codes::REACHES_OWNER, codes::NEVER_UNPROVED, codes::VIEW_LEAKS];

/// The errors that an item may accept in part: the check that finds them knows which.
const IN_PART: &[Code] = &[codes::BAD_DEFINER];

/// Whether the item accepts faults of that code.
#[must_use]
pub fn accepts(item: &Item, code: Code) -> bool {
    allowable(code) && of(item).iter().any(|allow| allow.code == code.to_string())
}

/// The faults that no item accepts.
pub(crate) fn kept(set: &PolicySet, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if found.is_empty() {
        return found;
    }
    let items: BTreeMap<&str, &Item> = set.items.iter().map(|item| (item.name(), item)).collect();
    let accepted = |fault: &Diagnostic| items.get(fault.item.as_str()).is_some_and(|item| accepts(item, fault.code));
    found.into_iter().filter(|fault| !accepted(fault)).collect()
}

/// `allow(H0407, ..)`: an error that cannot be accepted is not accepted in silence.
pub(super) fn check_allows(item: &Item, sink: &mut Sink) {
    for (i, allow) in of(item).iter().enumerate() {
        let Some(code) = Code::find(&allow.code) else { continue };
        if !allowable(code) && !IN_PART.contains(&code) {
            let message = format!("`{code}` is an error that cannot be allowed");
            sink.push(
                Diagnostic::new(codes::NOT_ALLOWED_HERE, Place::Part(Part::Allow(i)), message)
                    .help(format!("leave `allow({code}, ..)` out and mend what it says")),
            );
        }
    }
}

fn allowable(code: Code) -> bool {
    code.severity() != Severity::Error || ALLOWABLE.contains(&code)
}

fn of(item: &Item) -> &[Allow] {
    match item {
        Item::Table(item) => &item.allows,
        Item::Role(item) => &item.allows,
        Item::Schema(item) => &item.allows,
        Item::Context(item) => &item.allows,
        Item::View(item) => &item.allows,
        Item::Functions(item) => &item.allows,
    }
}
