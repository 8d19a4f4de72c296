//! What one item shows by itself: that its tenant ties every row to the caller, and that its rules say something.
//!
//! In: a table as declared, and what is known of the others. Out: faults with their places. Must not know roles beyond their names.

use std::collections::BTreeMap;

use super::rules;
use super::told::{Told, leak};
use crate::analyze::goal::goal;
use crate::check::{Known, with_names};
use crate::diag::{Diagnostic, Part, Place};
use crate::model::{Command, Expr, Grantee, Item, Kind, Routine, Rule, RuleKind, Source, Table, Tenancy, Volatility};
use crate::plan::ownerless;
use crate::prove::{BUDGET, Facts, Question, Verdict, can_hold};
use crate::typing::{Given, Names, Signature, TypeId, World};

/// Conditions over the rows of one table.
pub(super) struct Rows<'a> {
    pub(super) table: &'a Table,
    world: &'a World,
    facts: Plain<'a>,
}

/// Names, and the types of fields that only their comparisons show.
struct Plain<'a> {
    names: &'a dyn Names,
    fields: BTreeMap<&'a str, TypeId>,
}

impl<'a> Plain<'a> {
    /// A field of which nothing is known is taken to be of the type of the column that it is compared with: rustc sees to it that
    /// they compare.
    fn of(table: &'a Table, names: &'a dyn Names, world: &World) -> Plain<'a> {
        let mut fields = BTreeMap::new();
        let tenant = if let Tenancy::Own { predicate, .. } = &table.tenancy { Some(predicate) } else { None };
        let rules = table.rules.iter().flat_map(|rule| rule.using.iter().chain(&rule.with_check));
        for predicate in tenant.into_iter().chain(rules) {
            predicate.visit(&mut |part| {
                let sides = part.children();
                let column = sides.iter().find_map(|side| if let Kind::Own(column) = &side.kind { names.own(column)?.kind } else { None });
                let array = matches!(&part.kind, Kind::AnyArray(..));
                let kind = if array { column.and_then(|kind| world.array_of(kind)) } else { column };
                let (Some(kind), true) = (kind, array || compares(&part.kind)) else { return };
                for side in sides {
                    if let Kind::Ctx(field) = &side.kind {
                        fields.entry(field.as_str()).or_insert(kind);
                    }
                }
            });
        }
        Plain { names, fields }
    }
}

/// Whether the values directly below are of one type.
fn compares(kind: &Kind) -> bool {
    match kind {
        Kind::Binary(op, ..) => matches!(op.as_str(), "=" | "<>" | "!=" | "<" | "<=" | ">" | ">="),
        Kind::Call(name, _) => matches!(name.as_str(), "coalesce" | "nullif" | "greatest" | "least"),
        Kind::Distinct(..) | Kind::In(..) | Kind::Between(..) => true,
        _ => false,
    }
}

impl Names for Plain<'_> {
    fn own(&self, column: &str) -> Option<Given> {
        self.names.own(column)
    }
    fn column(&self, source: &Source, column: &str) -> Option<Given> {
        self.names.column(source, column)
    }
    /// A setting may be absent or empty, whatever the field's Rust type says.
    fn ctx(&self, field: &str) -> Option<Given> {
        let inferred = || self.fields.get(field).map(|kind| Given { kind: Some(*kind), nullable: true });
        self.names.ctx(field).filter(|given| given.kind.is_some()).map(|given| Given { nullable: true, ..given }).or_else(inferred)
    }
    fn routine(&self, routine: &Routine) -> Option<Vec<Signature>> {
        self.names.routine(routine)
    }
}

impl Facts for Plain<'_> {
    /// A volatile function in a predicate is a fault that was told before.
    fn volatility(&self, _: &Routine) -> Volatility {
        Volatility::Stable
    }
}

impl Rows<'_> {
    /// Whether all of these can be TRUE where none of those is.
    pub(super) fn can_hold(&self, assume: &[&Expr], deny: &[&Expr]) -> Verdict {
        let question = Question { world: self.world, facts: &self.facts, assume, wish: &[], deny };
        can_hold(&question, BUDGET)
    }

    /// When a row is of the caller's tenant, if the item shows it.
    pub(super) fn tenant(&self, command: Command) -> Option<Expr> {
        let Tenancy::Own { predicate, .. } = &self.table.tenancy else { return None };
        Some(Expr::any(std::iter::once(predicate.clone()).chain(ownerless(self.table, command))))
    }
}

/// The faults that only a proof finds.
pub(super) fn check(item: &Item, known: &Known<'_>) -> Vec<Diagnostic> {
    let Item::Table(table) = item else { return Vec::new() };
    let mut found = Vec::new();
    if !table.is_external() && table.no_rls.is_none() {
        with_names(table, known, &mut |world, names| {
            let rows = Rows { table, world, facts: Plain::of(table, names, world) };
            found.extend(isolation(&rows));
            rules::check(&rows, &mut found);
        });
    }
    found
}

/// The first way in which a row of one tenant is reached by another one; a certain one before one that is not.
fn isolation(rows: &Rows<'_>) -> Option<Diagnostic> {
    let Tenancy::Own { predicate, .. } = &rows.table.tenancy else { return None };
    let Some(tie) = goal(predicate) else {
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
