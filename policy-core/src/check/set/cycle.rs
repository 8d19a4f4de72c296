//! H0415: policies that read each other, which PostgreSQL refuses when a query meets them (42P17).
//!
//! While it expands the policies of a table for a role it keeps the table on a list; a table met again whose policies
//! hold a sub-select is refused. Below the first table all are read as by a SELECT.

use std::collections::{BTreeMap, BTreeSet};

use super::Facts;
use crate::diag::{Diagnostic, Sink, codes};
use crate::model::{Command, Relation, Tenancy};

use super::super::reads::{Read, TableReads};
use super::super::roles::Who;
use super::super::words;

/// The tables of a circle, each once, and who meets it.
type Circles<'f, 'a> = BTreeMap<Vec<&'a Relation>, Circle<'f, 'a>>;

struct Circle<'f, 'a> {
    way: Vec<&'a Relation>,
    first: &'f Read<'a>,
    who: Vec<Who<'a>>,
    command: Command,
}

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let reading: Vec<&TableReads<'_>> =
        facts.set.tables().filter_map(|table| facts.reads.get(&table.relation)).filter(|reads| reads.reads_any()).collect();
    let mut circles: Circles<'_, '_> = BTreeMap::new();
    let mut order = Vec::new();
    for reads in &reading {
        for who in &facts.askers {
            for command in Command::ALL {
                if let Some(circle) = circle(facts, reads, *who, *command) {
                    keep(&mut circles, &mut order, circle, Some(*who));
                }
            }
        }
        if let Some(circle) = parents(facts, reads) {
            keep(&mut circles, &mut order, circle, None);
        }
    }
    for key in order {
        if let Some(circle) = circles.remove(&key) {
            sink.extend(fault(facts, &circle));
        }
    }
}

fn keep<'f, 'a>(circles: &mut Circles<'f, 'a>, order: &mut Vec<Vec<&'a Relation>>, circle: Circle<'f, 'a>, who: Option<Who<'a>>) {
    let mut key = circle.way.clone();
    key.sort();
    if !circles.contains_key(&key) {
        order.push(key.clone());
    }
    let who_else = &mut circles.entry(key).or_insert(circle).who;
    who_else.extend(who.filter(|who| !who_else.contains(who)));
}

/// The shortest way from a table's policies for a command back to the table.
fn circle<'f, 'a>(facts: &'f Facts<'a>, start: &'f TableReads<'a>, who: Who<'a>, command: Command) -> Option<Circle<'f, 'a>> {
    let below = |table: &'f TableReads<'a>| table.by(&facts.roles, who, Command::Select);
    let (first, way) = way_back(facts, start, start.by(&facts.roles, who, command), &below)?;
    // Met again, the table is read as by a SELECT: without a sub-select in those policies PostgreSQL goes on.
    let refused = command == Command::Select || start.has_sub_select(&facts.roles, who, Command::Select);
    refused.then_some(Circle { way, first, who: Vec::new(), command })
}

/// `through(..)` from parent to parent in a circle: wrong for every role, and for none.
fn parents<'f, 'a>(facts: &'f Facts<'a>, start: &'f TableReads<'a>) -> Option<Circle<'f, 'a>> {
    let through = |table: &'f TableReads<'a>| {
        if matches!(table.table.tenancy, Tenancy::Through { .. }) { table.of_tenant().iter().collect() } else { Vec::new() }
    };
    let (first, way) = way_back(facts, start, through(start), &through)?;
    Some(Circle { way, first, who: Vec::new(), command: Command::Select })
}

/// Breadth first: the first read of the way, and the tables on it from the start on.
fn way_back<'f, 'a>(
    facts: &'f Facts<'a>,
    start: &'f TableReads<'a>,
    first: Vec<&'f Read<'a>>,
    below: &dyn Fn(&'f TableReads<'a>) -> Vec<&'f Read<'a>>,
) -> Option<(&'f Read<'a>, Vec<&'a Relation>)> {
    let from = &start.table.relation;
    let mut seen: BTreeSet<&Relation> = BTreeSet::new();
    let mut todo: Vec<(&'f Read<'a>, Vec<&'a Relation>, &'a Relation)> =
        first.into_iter().map(|read| (read, vec![from], read.relation)).collect();
    while !todo.is_empty() {
        let mut next = Vec::new();
        for (first, way, table) in todo {
            if table == from {
                return Some((first, way));
            }
            let Some(reads) = facts.reads.get(table).filter(|_| seen.insert(table)) else { continue };
            for read in below(reads) {
                next.push((first, way.iter().copied().chain([table]).collect(), read.relation));
            }
        }
        todo = next;
    }
    None
}

fn fault(facts: &Facts<'_>, circle: &Circle<'_, '_>) -> Option<Diagnostic> {
    let item = |relation: &&Relation| facts.tables.get(*relation).map(|table| table.item.as_str());
    let names: Vec<&str> = circle.way.iter().filter_map(item).collect();
    let first = *names.first()?;
    let message = match names.as_slice() {
        [one] => format!("the policies of `{one}` read `{one}` itself"),
        more => format!("the policies of {} read each other", words::and(more)),
    };
    let way = names.iter().chain([&first]).copied().collect::<Vec<_>>().join("` -> `");
    let who = circle.who.iter().map(|who| match who {
        Who::Public => "PUBLIC",
        Who::Role(name) => facts.roles.item(name),
    });
    let what = match circle.command.word() {
        _ if circle.who.is_empty() => "the tenant".to_owned(),
        command => format!("a `{command}` by {}", words::and(who)),
    };
    Some(
        Diagnostic::new(codes::POLICY_CYCLE, circle.first.place, message)
            .note(format!("{what} goes `{way}`: PostgreSQL fails with 42P17, infinite recursion"))
            .help("take membership from the context instead of a table: `org_id = ANY(ctx.org_ids)`")
            .help(format!(
                "or read the membership as a role of its own: a definer function of a NOLOGIN role with `permit(select, .., across_tenants = \"..\")` on `{}`",
                names.last().unwrap_or(&first)
            ))
            .of(first),
    )
}
