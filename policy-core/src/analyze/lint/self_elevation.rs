//! H0959: a person who may change what it is allowed to do.

use super::facts::{Facts, in_rule, new_rows, writes};
use super::shape::{conditions, names, own_is_caller};
use crate::diag::{Diagnostic, RulePart, Sink, codes};
use crate::model::{Command, Rule, RuleKind, Table};

/// Columns that by their name say what a person may do.
const POWERS: &[&str] =
    &["is_admin", "is_superuser", "is_staff", "is_owner", "is_moderator", "admin", "role", "roles", "permissions", "privileges", "scopes"];

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for (table, i, rule) in facts.permits() {
        let own = conditions(rule.using.as_ref()).into_iter().any(|one| own_is_caller(one).is_some());
        let Some(k) = super::facts::command(rule, Command::Update).filter(|_| own) else { continue };
        let Some(to) = rule.to.iter().find(|to| facts.serves(to)) else { continue };
        let free = |name: &str| POWERS.contains(&name) && writes(rule, Command::Update, name) && !held(table, rule, name);
        let Some(column) = table.columns.iter().find(|column| free(column.name.as_str())) else { continue };
        let message = format!("`{}` may set `{}` in its own row", facts.said(to), column.field);
        sink.push(
            Diagnostic::new(codes::SELF_ELEVATION, in_rule(i, RulePart::Command(k)), message)
                .note("by its name the column says what its person may do; the rule is for the person's own row")
                .help(format!("list the columns of `update` without `{}`", column.field))
                .of(&table.item),
        );
    }
}

/// Whether a check says what the column may become.
fn held(table: &Table, own: &Rule, column: &str) -> bool {
    let says = |rule: &Rule| new_rows(rule).is_some_and(|check| names(check, column));
    says(own) || table.rules.iter().any(|rule| rule.kind == RuleKind::Restrict && says(rule))
}
