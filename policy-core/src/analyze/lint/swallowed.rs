//! H0947: a permit that another one makes idle.

use super::facts::{Facts, command, in_rule};
use super::pairs::{Pair, asked, pairs};
use crate::diag::{Diagnostic, RulePart, Sink, codes};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for pair in pairs(facts).iter().filter(|pair| is_wider(pair)) {
        let Some(k) = command(pair.rule, pair.command) else { continue };
        let word = pair.command.word();
        let message = format!("this `{word}` narrows nothing: another permit opens more rows to the same roles");
        sink.push(
            Diagnostic::new(codes::SWALLOWED, in_rule(pair.number, RulePart::Command(k)), message)
                .note("permits are joined by OR: the condition of this one is in force for nobody")
                .help("take the wider permit away; or this one; or write the condition as `restrict(..)`, which is joined by AND")
                .of(&pair.table.item),
        );
    }
}

/// Whether the other permit asks a part of what this one asks, and not all of it.
fn is_wider(pair: &Pair<'_>) -> bool {
    let (own, other) = (asked(pair.rule, pair.command), asked(pair.other, pair.command));
    other.iter().all(|one| own.contains(one)) && !own.iter().all(|one| other.contains(one))
}
