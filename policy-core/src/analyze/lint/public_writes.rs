//! H0925: a write for PUBLIC.

use super::facts::{Facts, in_rule};
use crate::diag::{Diagnostic, RulePart, Sink, codes};
use crate::model::{Command, Grantee};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for (table, i, rule) in facts.permits().filter(|(_, _, rule)| rule.to.contains(&Grantee::Public)) {
        let Some(k) = rule.commands.iter().position(|on| on.command != Command::Select) else { continue };
        let words: Vec<&str> = rule.commands.iter().map(|on| on.command).filter(|c| *c != Command::Select).map(|c| c.word()).collect();
        sink.push(
            Diagnostic::new(codes::PUBLIC_WRITES, in_rule(i, RulePart::Command(k)), format!("PUBLIC may {}", words.join(", ")))
                .note("PUBLIC is every role of the server, and a setting such as `app.user_id` is whatever the session says it is")
                .help("name the roles that write: `to = App`")
                .of(&table.item),
        );
    }
}
