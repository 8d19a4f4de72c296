//! What one item shows by itself: that its tenant ties every row to the caller, and that its rules say something.
//!
//! In: a table as declared, and what is known of the others. Out: faults with their places. Must not know roles beyond their names.

use super::leak::Reached;
use super::rules;
use super::told::Told;
use crate::analyze::goal::goal;
use crate::check::{Known, Rows, with_rows};
use crate::diag::{Diagnostic, Part, Place};
use crate::model::{Command, Expr, Grantee, Item, Kind, Rule, RuleKind, Table, Tenancy};
use crate::plan::ownerless;

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
    let tie = goal(predicate, &rows.table.columns);
    let mut doubt = None;
    for (number, rule) in rows.table.rules.iter().enumerate() {
        if rule.kind == RuleKind::Restrict || rule.across_tenants.is_some() {
            continue;
        }
        for (command, own, is_new) in gates(rule) {
            let Some(fault) = judge(rows, (number, rule), command, own, tie.as_ref(), is_new) else { continue };
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

fn judge(
    rows: &Rows<'_>,
    (number, rule): (usize, &Rule),
    command: Command,
    own: Option<&Expr>,
    tie: Option<&Expr>,
    is_new: bool,
) -> Option<Diagnostic> {
    let tenant = rows.tenant(command)?;
    let goal = tie.map(|tie| Expr::any(std::iter::once(tie.clone()).chain(ownerless(rows.table, command))));
    let limits = restrictions(rows.table, rule, command, is_new);
    let assume: Vec<&Expr> = std::iter::once(&tenant).chain(own).chain(limits).collect();
    let told = match &goal {
        Some(goal) => Told::clearly(goal, |more| {
            let assume: Vec<&Expr> = assume.iter().copied().chain(more).collect();
            rows.can_hold(&assume, &[goal])
        }),
        None => Told::Unknown("no part of the tenant predicate compares one column with one field of the context".to_owned()),
    };
    if let Told::Proved(_) = told {
        return None;
    }
    let to: Vec<&str> = rule.to.iter().map(|to| if let Grantee::Role(name) = to { name } else { "PUBLIC" }).collect();
    let commands: Vec<&str> = rule.commands.iter().map(|on| on.command.word()).collect();
    let place = goal.as_ref().map_or(Place::Part(Part::Tenant), |goal| place(rows, goal));
    let reached = Reached {
        table: rows.table,
        tie,
        who: to.join("`, `"),
        is_public: rule.to.contains(&Grantee::Public),
        command,
        is_new,
        by: format!("rule {}, `permit({}, ..)`", number + 1, commands.join(", ")),
        place,
    };
    reached.told(told)
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

/// The alternative of the tenant that is no tie; the whole of it if it has no alternatives.
fn place(rows: &Rows<'_>, goal: &Expr) -> Place {
    let Tenancy::Own { predicate, .. } = &rows.table.tenancy else { return Place::Part(Part::Tenant) };
    Place::Predicate(Part::Tenant, loose(rows, predicate, goal).at.into())
}

/// The smallest part that lets other rows through beside a tie.
fn loose<'e>(rows: &Rows<'_>, expr: &'e Expr, goal: &Expr) -> &'e Expr {
    let leaks = |part: &&'e Expr| !rows.can_hold(&[part], &[goal]).is_never();
    let has_tie = |part: &&'e Expr| if let Kind::Or(any) = &part.kind { any.iter().any(|one| !leaks(&one)) } else { false };
    let inner = match &expr.kind {
        Kind::Or(any) => any.iter().find(leaks),
        Kind::And(all) => all.iter().find(has_tie),
        _ => None,
    };
    inner.map_or(expr, |inner| loose(rows, inner, goal))
}
