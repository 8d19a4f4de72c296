//! The names of policies.
//!
//! In: a rule and the commands it is rendered for. Out: names that stay when other rules come and go. Must not know
//! whether two of them clash: `check` sees to that.

use crate::model::{Command, Grantee, Ident, Rule, RuleKind};

/// The word for a command in a name.
pub(super) fn word(command: Option<Command>) -> &'static str {
    command.map_or("all", Command::word)
}

/// `name` as given, with the command behind it if the rule renders several policies; else `select_ackify_app`,
/// `restrict_select_ackify_app`. Cut to 63 bytes by [`Ident::cut`].
pub(super) fn of_rule(rule: &Rule, command: Option<Command>, alone: bool) -> Ident {
    of_name(rule, rule.name.as_deref(), command, alone)
}

/// The names that the rule had under `renamed_from`.
pub(super) fn before(rule: &Rule, command: Option<Command>, alone: bool) -> Option<Ident> {
    rule.renamed_from.as_deref().map(|old| of_name(rule, Some(old), command, alone))
}

/// `tenant_floor`, or `tenant_floor_select`.
pub(super) fn of_floor(command: Option<Command>) -> Ident {
    Ident::cut(&command.map_or_else(|| "tenant_floor".to_owned(), |command| format!("tenant_floor_{}", command.word())))
}

fn of_name(rule: &Rule, name: Option<&str>, command: Option<Command>, alone: bool) -> Ident {
    let word = word(command);
    let full = match (name, rule.kind) {
        (Some(name), _) if alone => name.to_owned(),
        (Some(name), _) => format!("{name}_{word}"),
        (None, RuleKind::Permit) => format!("{word}_{}", first(rule)),
        (None, RuleKind::Restrict) => format!("restrict_{word}_{}", first(rule)),
    };
    Ident::cut(&full)
}

fn first(rule: &Rule) -> &str {
    match rule.to.first() {
        Some(Grantee::Role(name)) => name,
        Some(Grantee::Public) | None => "public",
    }
}
