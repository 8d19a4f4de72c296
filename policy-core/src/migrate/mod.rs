//! From the set that the last migration reached to the set of the sources: SQL for both ways.
//!
//! In: two sets or their scripts. Out: the text of an up and a down file, or nothing. Must not know files, versions or
//! names of migrations, nor write a name or constant of SQL itself.

mod carry;
mod diff;
mod lock;

pub use lock::Lock;

use crate::check::{Checked, trusted};
use crate::render::{Script, render};

/// The two ways between two states. Each is one transaction's work: neither begins nor commits one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migration {
    /// From the old state to the new one.
    pub up: String,
    /// Back again.
    pub down: String,
}

/// What is between the lock and the set; from nothing if there is no lock yet. `None` if there is nothing to do or undo.
///
/// If the renderer writes the locked set otherwise than it did, every statement counts as changed.
#[must_use]
pub fn pending(lock: Option<&Lock>, new: &Checked) -> Option<Migration> {
    let wanted = render(new);
    let Some(lock) = lock else { return between(&Script::default(), &wanted) };
    if lock.set == *new.set() {
        let stale = wanted.fingerprint() != lock.fingerprint;
        return if stale { diff::migration(&wanted, &wanted, true) } else { None };
    }
    let locked = render(&lock.checked());
    let stale = locked.fingerprint() != lock.fingerprint;
    match carry::carry(&lock.set, new.set()) {
        Some(carried) => diff::migration(&carry::texts(render(&trusted(carried)), &locked), &wanted, stale),
        None => diff::migration(&locked, &wanted, stale),
    }
}

/// What is between two scripts: statements added, changed and removed, in an order that is safe.
///
/// Order: tables renamed, ENABLE and FORCE, what is gone removed, roles, policies, grants. Policies are dropped and made
/// anew in one transaction; between the two the table shows nothing.
#[must_use]
pub fn between(old: &Script, new: &Script) -> Option<Migration> {
    diff::migration(old, new, false)
}
