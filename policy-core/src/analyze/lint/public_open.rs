//! H0924: every row for PUBLIC.

use super::facts::{Facts, command, in_rule};
use crate::diag::{Diagnostic, RulePart, Sink, codes};
use crate::model::{Command, Expr, Grantee};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for (table, i, rule) in facts.permits().filter(|(table, _, _)| !table.has_tenant()) {
        let open = command(rule, Command::Select).is_some() && rule.using.as_ref().is_some_and(Expr::is_truth);
        let Some(k) = rule.to.iter().position(|to| *to == Grantee::Public).filter(|_| open) else { continue };
        sink.push(
            Diagnostic::new(codes::PUBLIC_OPEN, in_rule(i, RulePart::To(k)), format!("every role reads every row of `{}`", table.relation))
                .note("PUBLIC is every role of the server: those of other applications, and those that are created later")
                .help("name the roles that read it")
                .help("if it is meant: `allow(H0924, reason = \"..\")`")
                .of(&table.item),
        );
    }
}
