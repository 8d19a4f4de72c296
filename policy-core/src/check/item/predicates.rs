//! Which predicate a rule must have, and which it may not.

use crate::diag::{Diagnostic, RulePart, Sink, codes};
use crate::model::{Command, Rule, RuleKind, Table, Tenancy};

use super::super::words;
use super::rule_place;

pub(super) fn check(table: &Table, sink: &mut Sink) {
    for (i, rule) in table.rules.iter().enumerate() {
        if table.no_rls.is_none() {
            check_missing(table, i, rule, sink);
        }
        check_with_check(i, rule, sink);
    }
}

/// `permit(select, to = App)` on a `no_tenant` table; `restrict(select, to = App)`; either with a predicate for
/// other commands only.
fn check_missing(table: &Table, i: usize, rule: &Rule, sink: &mut Sink) {
    let permit = rule.kind == RuleKind::Permit;
    if rule.using.is_some() || (permit && table.tenancy != Tenancy::None) {
        return;
    }
    // A `with_check` by itself speaks for the new row alone; a permit must also say which old rows.
    let lacks = |command: Command| match command {
        Command::Insert => rule.with_check.is_none(),
        Command::Update => permit || rule.with_check.is_none(),
        Command::Select | Command::Delete => true,
    };
    let without: Vec<(usize, Command)> =
        rule.commands.iter().map(|on| on.command).enumerate().filter(|(_, command)| lacks(*command)).collect();
    let Some((first, _)) = without.first() else { return };
    // `with_check` on `select` and `delete` alone is H0401.
    if rule.with_check.is_some() && !writes(rule) {
        return;
    }
    let part = if rule.with_check.is_some() && !rule.all { RulePart::Command(*first) } else { RulePart::Whole };
    let commands = words::and(without.iter().map(|(_, command)| command.word()));
    let fault = |message: String| Diagnostic::new(codes::NO_PREDICATE, rule_place(i, part), message);
    sink.push(if permit {
        fault(format!("`permit` of {commands} on a `no_tenant` table says no rows"))
            .note("nothing else limits the rows of a table without a tenant")
            .help("add `using(..)`; `using(true)` means every row")
    } else {
        fault(format!("`restrict` of {commands} without a predicate"))
            .help("add `using(..)`: the rows that stay; or name only the commands that `with_check` is for")
    });
}

fn check_with_check(i: usize, rule: &Rule, sink: &mut Sink) {
    let Some(check) = &rule.with_check else { return };
    let fault = |code, part, message: String| Diagnostic::new(code, rule_place(i, part), message);
    if !writes(rule) {
        let commands = words::and(rule.commands.iter().map(|on| on.command.word()));
        sink.push(
            fault(codes::CHECK_NOT_ALLOWED, RulePart::WithCheck, format!("`with_check` on a rule for {commands} only"))
                .note("a check is for new rows, and these commands write none")
                .help("write `using(..)`, or add `insert` or `update` to the rule"),
        );
    } else if rule.using.as_ref() == Some(check) {
        sink.push(
            fault(codes::CHECK_EQUALS_USING, RulePart::WithCheck, "`with_check` repeats `using`".to_owned())
                .note("without `with_check`, new rows are checked by `using`")
                .help("leave `with_check` out"),
        );
    } else if rule.using.is_some() && rule.commands.iter().all(|on| on.command == Command::Insert) {
        sink.push(
            fault(codes::NOT_ALLOWED_HERE, RulePart::Using, "`using` without effect beside `with_check` on `insert`".to_owned())
                .note("an insert has no old row: `with_check` alone decides")
                .help("join both with AND in `with_check(..)`"),
        );
    }
}

fn writes(rule: &Rule) -> bool {
    rule.commands.iter().any(|on| matches!(on.command, Command::Insert | Command::Update))
}
