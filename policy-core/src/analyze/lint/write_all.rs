//! H0956: every row may be changed or taken away by whoever makes requests.

use super::facts::{Facts, in_rule};
use crate::diag::{Diagnostic, RulePart, Sink, codes};
use crate::model::{Command, Expr, Rule, RuleKind, Table};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for (table, i, rule) in facts.permits().filter(|(table, _, _)| !table.has_tenant()) {
        let open = rule.using.as_ref().is_some_and(Expr::is_truth) && rule.with_check.as_ref().is_none_or(Expr::is_truth);
        let alters = |command: Command| matches!(command, Command::Update | Command::Delete) && !restricted(table, command);
        let Some(k) = rule.commands.iter().position(|on| alters(on.command) && on.columns.is_none()).filter(|_| open) else { continue };
        let Some(to) = rule.to.iter().find(|to| facts.serves(to)) else { continue };
        let word = rule.commands.get(k).map_or("", |on| on.command.word());
        sink.push(
            Diagnostic::new(codes::WRITE_ALL, in_rule(i, RulePart::Command(k)), format!("`{}` may {word} every row", facts.said(to)))
                .note("row security decides nothing here: a statement without WHERE takes the whole table")
                .help("say whose rows: `using(author = ctx.user_id)`; list the columns of `update`; or let another role write")
                .help("if it is meant: `allow(H0956, reason = \"..\")`")
                .of(&table.item),
        );
    }
}

fn restricted(table: &Table, command: Command) -> bool {
    let on = |rule: &Rule| rule.commands.iter().any(|on| on.command == command);
    table.rules.iter().any(|rule| rule.kind == RuleKind::Restrict && on(rule))
}
