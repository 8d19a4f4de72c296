//! H0948: two permits that say the same.

use super::facts::{Facts, in_rule};
use super::pairs::{Pair, pairs};
use crate::diag::{Diagnostic, RulePart, Sink, codes};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let pairs = pairs(facts);
    let equal: Vec<&Pair<'_>> = pairs.iter().filter(|pair| pair.is_equal()).collect();
    for pair in &equal {
        // Of two that are the same in everything, the later one is told.
        let back = |other: &&&Pair<'_>| {
            other.table.relation == pair.table.relation && other.rule.0 == pair.other.0 && other.other.0 == pair.rule.0
        };
        if equal.iter().any(|other| back(&other)) && pair.rule.0 < pair.other.0 {
            continue;
        }
        sink.push(
            Diagnostic::new(codes::DUPLICATE, in_rule(pair.rule.0, RulePart::Whole), "another permit says the same for the same roles")
                .note("they are joined by OR: whoever narrows one of them leaves the other open")
                .help("leave this one out")
                .of(&pair.table.item),
        );
    }
}
