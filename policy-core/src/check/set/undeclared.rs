//! H0516: `ALL .. IN SCHEMA` also covers what the set does not declare.

use super::Facts;
use crate::diag::{Diagnostic, Part, Place, Sink, codes};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for schema in facts.set.schemas() {
        for (i, grant) in schema.grants.iter().enumerate().filter(|(_, grant)| grant.every) {
            let kind = grant.on.word();
            let message = format!("`all {kind}` also covers {kind} of `{}` that are not declared", schema.name);
            sink.push(
                Diagnostic::new(codes::GRANTS_UNDECLARED, Place::Part(Part::Grant(i)), message)
                    .note("nothing is known of them: neither their owner nor whether row security is on")
                    .help(format!("write `on {kind}` for the declared ones, or accept it with `allow(H0516, reason = \"..\")`"))
                    .of(&schema.item),
            );
        }
    }
}
