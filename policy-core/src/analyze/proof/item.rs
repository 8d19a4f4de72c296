//! What one item shows by itself: that its tenant ties every row to the caller, and that its rules say something.
//!
//! In: a table as declared, and what is known of the others. Out: faults with their places. Must not know roles beyond their names.

use super::rules;
use super::told::{Told, leak};
use crate::analyze::goal::goal;
use crate::check::{Known, Rows, with_rows};
use crate::diag::{Diagnostic, Part, Place};
use crate::model::{Command, Expr, Grantee, Item, Kind, Rule, RuleKind, Table, Tenancy};
use crate::plan::ownerless;
use crate::prove::Verdict;

/// The faults that only a proof finds.
pub(super) fn check(item: &Item, known: &Known<'_>) -> Vec<Diagnostic> {
    let Item::Table(table) = item else { return Vec::new() };
    let mut found = Vec::new();
    if !table.is_external() && table.no_rls.is_none() {
        with_rows(table, known, &mut |rows| {
            found.extend(isolation(rows));
            rules::check(rows, &mut found);
        });
    }
    found
}

/// The first way in which a row of one tenant is reached by another one; a certain one before one that is not.
fn isolation(rows: &Rows<'_>) -> Option<Diagnostic> {
    let Tenancy::Own { predicate, .. } = &rows.table.tenancy else { return None };
    let Some(tie) = goal(predicate, &rows.table.columns) else {
        let why = Told::Unknown("no part of the tenant predicate compares one column with one field of the context".to_owned());
        return leak(why, Place::Part(Part::Tenant), "a role reaches");
    };
    let mut doubt = None;
    for (number, rule) in rows.table.rules.iter().enumerate() {
        if rule.kind == RuleKind::Restrict || rule.across_tenants.is_some() {
            continue;
        }
        for (command, own, is_new) in gates(rule) {
            let goal = Expr::any(std::iter::once(tie.clone()).chain(ownerless(rows.table, command)));
            let Some(fault) = judge(rows, rule, command, own, &goal, is_new) else { continue };
            let fault = fault.note(format!("by rule {}, {}", number + 1, command.word()));
            if fault.is_error() {
                return Some(fault);
            }
            doubt.get_or_insert(fault);
        }
    }
    doubt
}

/// What a rule says about rows: for each command, of rows that are there and of rows that are written.
fn gates(rule: &Rule) -> Vec<(Command, Option<&Expr>, bool)> {
    let check = rule.with_check.as_ref().or(rule.using.as_ref());
    let of = |command: Command| match command {
        Command::Select | Command::Delete => vec![(command, rule.using.as_ref(), false)],
        Command::Insert => vec![(command, check, true)],
        Command::Update => vec![(command, rule.using.as_ref(), false), (command, check, true)],
    };
    rule.commands.iter().flat_map(|on| of(on.command)).collect()
}

fn judge(rows: &Rows<'_>, rule: &Rule, command: Command, own: Option<&Expr>, goal: &Expr, is_new: bool) -> Option<Diagnostic> {
    let tenant = rows.tenant(command)?;
    let limits = restrictions(rows.table, rule, command, is_new);
    let assume: Vec<&Expr> = std::iter::once(&tenant).chain(own).chain(limits).collect();
    let told = Told::clearly(goal, |more| {
        let assume: Vec<&Expr> = assume.iter().copied().chain(more).collect();
        rows.can_hold(&assume, &[goal])
    });
    if let Told::Proved = told {
        return None;
    }
    let to: Vec<&str> = rule.to.iter().map(|to| if let Grantee::Role(name) = to { name } else { "PUBLIC" }).collect();
    let verb = if is_new { "writes" } else { "reaches" };
    leak(told, place(rows, goal), &format!("`{}` {verb}", to.join("`, `")))
}

/// The restrictions that certainly bind every role of a rule.
fn restrictions<'a>(table: &'a Table, rule: &Rule, command: Command, is_new: bool) -> impl Iterator<Item = &'a Expr> {
    let binds = move |other: &&Rule| {
        other.kind == RuleKind::Restrict
            && other.commands.iter().any(|on| on.command == command)
            && (other.to.is_empty() || other.to.contains(&Grantee::Public) || rule.to.iter().all(|to| other.to.contains(to)))
    };
    let all: Vec<&'a Rule> = table.rules.iter().filter(binds).collect();
    all.into_iter().filter_map(move |other| {
        let check = other.with_check.as_ref().filter(|_| is_new);
        check.or(other.using.as_ref())
    })
}

/// The first alternative of the tenant that is no tie; the whole of it if it has no alternatives.
fn place(rows: &Rows<'_>, goal: &Expr) -> Place {
    let Tenancy::Own { predicate, .. } = &rows.table.tenancy else { return Place::Part(Part::Tenant) };
    let leaks = |part: &&Expr| !matches!(rows.can_hold(&[part], &[goal]), Verdict::Never(_));
    let alternatives = if let Kind::Or(any) = &predicate.kind { any.as_slice() } else { &[] };
    let part = alternatives.iter().find(leaks).unwrap_or(predicate);
    Place::Predicate(Part::Tenant, part.at.into())
}
