//! H0923: a table that says nothing of anybody.

use super::facts::Facts;
use crate::diag::{Diagnostic, Part, Place, Sink, codes};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for table in facts.set.tables().filter(|table| !table.is_external() && table.log.is_none()) {
        let held = facts.state.relations.get(&table.relation).is_some_and(|state| !state.grants.is_empty());
        if held || !table.rules.is_empty() || !table.nevers.is_empty() {
            continue;
        }
        sink.push(
            Diagnostic::new(codes::NOBODY, Place::Part(Part::Name), format!("nobody may use `{}`", table.relation))
                .note("without a permit every role is refused with 42501: this may be meant, or a rule may be missing")
                .help("add `permit(..)`; if it is meant, say so: `never(all, to = PUBLIC)`")
                .of(&table.item),
        );
    }
}
