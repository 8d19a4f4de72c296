//! H0948: two permits that say the same.

use super::facts::{Facts, command, in_rule};
use super::pairs::{asked, pairs};
use crate::diag::{Diagnostic, RulePart, Sink, codes};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for pair in pairs(facts) {
        let (own, other) = (asked(pair.rule, pair.command), asked(pair.other, pair.command));
        let same = own.len() == other.len() && own.iter().all(|one| other.contains(one));
        let first = pair.table.rules.iter().position(|rule| rule == pair.other);
        let (Some(k), true) = (command(pair.rule, pair.command), same && first.is_some_and(|first| first < pair.number)) else { continue };
        let message = format!("another permit says the same of `{}` for the same roles", pair.command.word());
        sink.push(
            Diagnostic::new(codes::DUPLICATE, in_rule(pair.number, RulePart::Command(k)), message)
                .note("they are joined by OR: whoever narrows one of them leaves the other open")
                .help("leave one of them out")
                .of(&pair.table.item),
        );
    }
}
