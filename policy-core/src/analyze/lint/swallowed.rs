//! H0947: a permit that another one makes idle.

use super::facts::{Facts, in_rule};
use super::pairs::pairs;
use crate::diag::{Diagnostic, RulePart, Sink, codes};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for pair in pairs(facts).iter().filter(|pair| pair.is_within() && !pair.is_equal()) {
        let place = in_rule(pair.rule.0, RulePart::Using);
        sink.push(
            Diagnostic::new(
                codes::SWALLOWED,
                place,
                "this condition is in force for nobody: another permit opens more rows to the same roles",
            )
            .note("permits are joined by OR: what one of them opens, no other closes")
            .help("take the wider permit away; or this one; or write the condition as `restrict(..)`, which is joined by AND")
            .of(&pair.table.item),
        );
    }
}
