//! H0938: an audit table whose rows a request may change or take away.

use super::facts::{Facts, in_rule};
use crate::diag::{Diagnostic, RulePart, Sink, codes};
use crate::model::Command;

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let audits = |name: &str| name.to_lowercase().split('_').any(|word| matches!(word, "audit" | "audits" | "auditlog"));
    for (table, i, rule) in facts.permits().filter(|(table, _, _)| table.log.is_none() && audits(table.relation.name.as_str())) {
        let alters = |command: Command| matches!(command, Command::Update | Command::Delete);
        let Some(k) = rule.commands.iter().position(|on| alters(on.command)) else { continue };
        let Some(to) = rule.to.iter().find(|to| facts.serves(to)) else { continue };
        let word = rule.commands.get(k).map_or("", |on| on.command.word());
        let message = format!("`{}` may {word} what `{}` tells", facts.said(to), table.relation);
        sink.push(
            Diagnostic::new(codes::AUDIT_ALTERED, in_rule(i, RulePart::Command(k)), message)
                .note("an audit that whoever is audited may change tells what they want told")
                .help("permit `insert` and `select` alone, and say `never(update, delete, truncate, to = PUBLIC)`")
                .of(&table.item),
        );
    }
}
