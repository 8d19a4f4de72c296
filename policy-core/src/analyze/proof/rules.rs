//! Rules that say nothing: never true, always true, NULL for everyone, covered by another one.
//!
//! In: the rules of a table as declared. Out: faults. What is said plainly, `true` or `false`, is meant.

use crate::check::{Rows, is_plainly_within};
use crate::diag::{Diagnostic, Part, Place, RulePart, codes};
use crate::model::{Command, Expr, Grantee, Kind, Literal, Rule, RuleKind};
use crate::prove::Verdict;

pub(super) fn check(rows: &Rows<'_>, found: &mut Vec<Diagnostic>) {
    let before = found.len();
    for (number, rule) in rows.table.rules.iter().enumerate() {
        for (part, expr) in [(RulePart::Using, &rule.using), (RulePart::WithCheck, &rule.with_check)] {
            let Some(expr) = expr.as_ref().filter(|expr| !is_plain(expr)) else { continue };
            found.extend(alone(rows, rule, Place::Part(Part::Rule(number, part)), expr));
        }
    }
    // A rule that never holds is covered by every other one: one mistake is told once.
    if found.len() == before {
        covered(rows, found);
    }
}

/// TRUE or FALSE itself.
fn is_plain(expr: &Expr) -> bool {
    matches!(expr.kind, Kind::Literal(Literal::Bool(_)))
}

fn alone(rows: &Rows<'_>, rule: &Rule, place: Place, expr: &Expr) -> Option<Diagnostic> {
    let permit = rule.kind == RuleKind::Permit;
    let word = if permit { "permit" } else { "restrict" };
    let command = rule.commands.first().map_or(Command::Select, |on| on.command);
    let tenant = if permit && rule.across_tenants.is_none() { rows.tenant(command) } else { None };
    let within: Vec<&Expr> = tenant.iter().collect();
    let both: Vec<&Expr> = within.iter().copied().chain([expr]).collect();
    if let Verdict::Never(_) = rows.can_hold(&both, &[]) {
        let not = Expr::new(Kind::Not(Box::new(expr.clone())));
        if let Verdict::Never(_) = rows.can_hold(&[&not], &[])
            && let Verdict::Never(_) = rows.can_hold(&[expr], &[])
        {
            return Some(
                Diagnostic::new(codes::ALWAYS_NULL, place, format!("this `{word}` is NULL for every row and every caller"))
                    .note("NULL hides a row as FALSE does")
                    .help("compare with a value that is not NULL"),
            );
        }
        let what = if permit { "it gives a privilege, and no row" } else { "no row is left to the roles that it is for" };
        let with = if tenant.is_some() { ", together with the tenant," } else { "" };
        return Some(
            Diagnostic::new(codes::NEVER_HOLDS, place, format!("this `{word}` can never hold"))
                .note(format!("no row and no caller make it{with} true: {what}"))
                .help(if permit {
                    "mend the condition, or remove the rule"
                } else {
                    "mend the condition; no row at all is `using(false)`"
                }),
        );
    }
    let Verdict::Never(_) = rows.can_hold(&within, &[expr]) else { return None };
    let of = if tenant.is_some() { "every row of the tenant" } else { "every row, whoever asks" };
    Some(
        Diagnostic::new(codes::ALWAYS_HOLDS, place, format!("this condition holds for {of}"))
            .note("it reads like a limit and is none")
            .help(if permit {
                "mend it, or leave it out; every row on purpose is `using(true)`"
            } else {
                "mend it, or remove the restriction"
            }),
    )
}

/// Rules of which each row is one of another rule.
fn covered(rows: &Rows<'_>, found: &mut Vec<Diagnostic>) {
    let rules = &rows.table.rules;
    let mut told: Vec<usize> = Vec::new();
    for (i, one) in rules.iter().enumerate() {
        for (j, other) in rules.iter().enumerate().filter(|(j, _)| *j != i) {
            // Of two that are the same the second one is told of.
            let twin = i < j && is_covered(rows, other, one);
            if !told.contains(&j) && !told.contains(&i) && !twin && is_covered(rows, one, other) {
                told.push(i);
                found.push(fault(i, j, one));
            }
        }
    }
}

fn fault(i: usize, j: usize, rule: &Rule) -> Diagnostic {
    let place = Place::Part(Part::Rule(i, RulePart::Whole));
    let fault = |message: String| Diagnostic::new(codes::COVERED, place, message);
    if rule.kind == RuleKind::Permit {
        fault(format!("every row of this `permit` is one of rule {}", j + 1))
            .note("PostgreSQL joins permits with OR: this one changes nothing")
            .help("remove it, or mend the one that is too wide")
    } else {
        fault(format!("rule {} restricts at least as much as this `restrict`", j + 1))
            .note("PostgreSQL joins restrictions with AND: this one changes nothing")
            .help("remove it, or mend the one that is too narrow")
    }
}

/// Whether a rule changes nothing beside another one. Plain equality of what is said costs no proof and is left to others.
fn is_covered(rows: &Rows<'_>, one: &Rule, by: &Rule) -> bool {
    let permit = one.kind == RuleKind::Permit;
    let roles = by.to.is_empty() || by.to.contains(&Grantee::Public) || !one.to.is_empty() && one.to.iter().all(|to| by.to.contains(to));
    let commands = one.commands.iter().all(|on| {
        let columns = |other: &crate::model::CommandColumns| match (&on.columns, &other.columns) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(own), Some(their)) => own.iter().all(|column| their.contains(column)),
        };
        by.commands.iter().any(|other| other.command == on.command && columns(other))
    });
    if one.kind != by.kind || !roles || !commands || one.across_tenants.is_some() != by.across_tenants.is_some() {
        return false;
    }
    let truth = Expr::truth();
    let (own, their) = (one.using.as_ref().unwrap_or(&truth), by.using.as_ref().unwrap_or(&truth));
    let check = |rule: &Rule| rule.with_check.clone().or_else(|| rule.using.clone()).unwrap_or_else(Expr::truth);
    let (own_check, their_check) = (check(one), check(by));
    // A permit is covered by a wider one, a restriction by a narrower one.
    let pairs = [(own, their), (&own_check, &their_check)];
    let pairs = pairs.map(|(own, their)| if permit { (own, their) } else { (their, own) });
    // Of permits what is plainly so is a lint of its own, which looks at memberships as well.
    if permit && pairs.iter().all(|(narrow, wide)| is_plainly_within(&[narrow], wide)) {
        return false;
    }
    pairs.into_iter().all(|(narrow, wide)| wide.is_truth() || matches!(rows.can_hold(&[narrow], &[wide]), Verdict::Never(_)))
}
