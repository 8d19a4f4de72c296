//! H0508: default privileges of a schema are those FOR the owner's objects, so the set must name the owner.

use super::Facts;
use crate::diag::{Diagnostic, Part, Place, Sink, codes};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    if facts.set.owner.is_some() {
        return;
    }
    for schema in facts.set.schemas() {
        for i in 0..schema.defaults.len() {
            sink.push(
                Diagnostic::new(codes::DEFAULT_WITHOUT_OWNER, Place::Part(Part::Default(i)), "`default` in a set without an owner")
                    .note("default privileges are for objects that one role creates: the owner of the set")
                    .help("name it in the `policy_set!`: `owner: <Role>`")
                    .of(&schema.item),
            );
        }
    }
}
