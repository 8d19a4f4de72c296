//! Two permits for one role: PostgreSQL joins their columns, their USINGs and their checks separately.
//!
//! In: two rules of a table, as declared or linked. Out: whether the whole is wider than the two statements.
//! Knows nothing of roles: the callers say which rules meet in one.

use std::collections::BTreeSet;

use super::rows::{Conditions, tenant};
use crate::diag::{Diagnostic, Part, Place, RulePart, codes};
use crate::model::{Command, Expr, Grant, Ident, Privilege, Rule};

/// A command that two rules share: its index in the second one, and the columns of both.
pub(super) struct Shared<'a> {
    pub(super) command: Command,
    pub(super) index: usize,
    first: Option<&'a Vec<Ident>>,
    second: Option<&'a Vec<Ident>>,
}

/// The commands that both rules have.
pub(super) fn shared<'a>(first: &'a Rule, second: &'a Rule) -> Vec<Shared<'a>> {
    let mut found = Vec::new();
    for (index, b) in second.commands.iter().enumerate() {
        for a in first.commands.iter().filter(|a| a.command == b.command) {
            found.push(Shared { command: b.command, index, first: a.columns.as_ref(), second: b.columns.as_ref() });
        }
    }
    found
}

/// Whether the columns of one rule would go with the rows of the other.
pub(super) fn columns_join(of: Conditions<'_>, first: &Rule, second: &Rule, on: &Shared<'_>) -> bool {
    let (there, back) = (covers(on.second, on.first), covers(on.first, on.second));
    if there && back {
        return false;
    }
    // The same rows, or the rule with more columns has all rows of the other.
    let (first_in, second_in) = (within(of, first, second, on.command), within(of, second, first, on.command));
    !(first_in && (second_in || there) || second_in && back)
}

/// Whether an old row of one rule could become a new row of the other.
pub(super) fn checks_join(of: Conditions<'_>, first: &Rule, second: &Rule, on: &Shared<'_>) -> bool {
    on.command == Command::Update && !within(of, first, second, on.command) && !within(of, second, first, on.command)
}

/// Whether one of the rules alone crosses tenants.
pub(super) fn tenants_join(first: &Rule, second: &Rule, on: &Shared<'_>) -> bool {
    on.command == Command::Update && first.across_tenants.is_some() != second.across_tenants.is_some()
}

/// The columns of a privilege that a grant has and a rule's command has not.
pub(super) fn grant_widens(rule: &Rule, grant: &Grant) -> Option<usize> {
    rule.commands.iter().position(|on| {
        let same = |p: &Privilege| *p == on.command.privilege() || *p == Privilege::All;
        grant.privileges.iter().any(|(p, columns)| same(p) && !covers(on.columns.as_ref(), columns.as_ref()))
    })
}

/// H0406 for two rules.
pub(super) fn columns_differ(rule: usize, on: &Shared<'_>, who: &str) -> Diagnostic {
    let place = Place::Part(Part::Rule(rule, RulePart::Command(on.index)));
    let message = format!("column lists of `{}` differ for `{who}`", on.command.word());
    Diagnostic::new(codes::COLUMNS_DIFFER, place, message)
        .note("PostgreSQL joins the columns of all grants and the rows of all policies separately: every column listed is open in every row permitted")
        .help("give both rules one column list or one `using`, or give the other columns to a role of their own")
}

/// H0417 for two rules.
pub(super) fn checks_cross(rule: usize, on: &Shared<'_>, who: &str) -> Diagnostic {
    let place = Place::Part(Part::Rule(rule, RulePart::Command(on.index)));
    Diagnostic::new(codes::CHECKS_CROSS, place, format!("two `update` rules for `{who}` combine"))
        .note("PostgreSQL joins USING and WITH CHECK separately: an old row of one rule may become a new row of the other")
        .help("give the second rule to a role of its own, or give both rules one `using` and one `with_check`")
        .help("if the whole is meant: `allow(H0417, reason = \"..\")`")
}

/// H0413 for two rules of which one alone crosses tenants.
pub(super) fn tenants_cross(rule: usize, on: &Shared<'_>, who: &str) -> Diagnostic {
    let place = Place::Part(Part::Rule(rule, RulePart::Command(on.index)));
    Diagnostic::new(
        codes::EXEMPT_AND_FLOORED,
        place,
        format!("`{who}` updates across tenants by one rule and within the tenant by another"),
    )
    .note("PostgreSQL joins USING and WITH CHECK separately: a row of another tenant may become a row of this one, and the reverse")
    .help("give `across_tenants` to a role of its own")
}

/// Whether `wide` has every column of `narrow`; an absent list has all.
fn covers(wide: Option<&Vec<Ident>>, narrow: Option<&Vec<Ident>>) -> bool {
    match (wide, narrow) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(wide), Some(narrow)) => {
            let wide: BTreeSet<&Ident> = wide.iter().collect();
            narrow.iter().all(|column| wide.contains(column))
        }
    }
}

/// Whether each row of `narrow` is one of `wide`, before a write and after it.
fn within(of: Conditions<'_>, narrow: &Rule, wide: &Rule, command: Command) -> bool {
    let (truth, tenant) = (Expr::truth(), tenant(of.table, command).filter(|_| narrow.across_tenants.is_none()));
    let implied = |narrow: Option<&Expr>, wide: Option<&Expr>| {
        let narrow: Vec<&Expr> = narrow.into_iter().chain(&tenant).collect();
        of.imply(&narrow, &[wide.unwrap_or(&truth)])
    };
    let across = narrow.across_tenants.is_none() || wide.across_tenants.is_some();
    let old = command == Command::Insert || implied(narrow.using.as_ref(), wide.using.as_ref());
    let written = matches!(command, Command::Insert | Command::Update);
    across && old && (!written || implied(check(narrow), check(wide)))
}

/// What a row must pass that a rule lets in.
pub(super) fn check(rule: &Rule) -> Option<&Expr> {
    rule.with_check.as_ref().or(rule.using.as_ref())
}
