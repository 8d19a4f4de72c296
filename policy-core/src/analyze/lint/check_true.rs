//! H0935: a check that lets every new row pass, beside a `using` that asks something.

use super::facts::{Facts, in_rule};
use crate::diag::{Diagnostic, RulePart, Sink, codes};
use crate::model::{Command, Expr};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for (table, i, rule) in facts.permits() {
        let asks = rule.using.as_ref().is_some_and(|using| !using.is_truth());
        let open = rule.with_check.as_ref().is_some_and(Expr::is_truth);
        let written = rule.commands.iter().any(|on| matches!(on.command, Command::Insert | Command::Update));
        if !(asks && open && written) {
            continue;
        }
        sink.push(
            Diagnostic::new(codes::CHECK_TRUE, in_rule(i, RulePart::WithCheck), "every new row passes this check")
                .note("`using` is asked of the old row alone: the new one may say anything of its owner, and still be stored")
                .help("leave `with_check` out: then `using` holds for the new row too")
                .of(&table.item),
        );
    }
}
