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

/// A relation that is met while policies are expanded, and for whom: a view with a definer reads as that.
type Met<'a> = (&'a Relation, Who<'a>);

/// The shortest way from a table's policies for a command back to the table.
fn circle<'f, 'a>(facts: &'f Facts<'a>, start: &'f TableReads<'a>, who: Who<'a>, command: Command) -> Option<Circle<'f, 'a>> {
    let below = |(relation, who): Met<'a>| match (facts.reads.get(relation), facts.reads.views.get(relation)) {
        (Some(table), _) => met(table.by(&facts.roles, who, Command::Select), who),
        (None, Some(view)) => met(view.reads.iter().collect(), view.reader(who)),
        (None, None) => Vec::new(),
    };
    // Met again, the table is read as by a SELECT: without a sub-select in those policies PostgreSQL goes on.
    let refused = |again| command == Command::Select && again == who || start.has_sub_select(&facts.roles, again, Command::Select);
    let first = met(start.by(&facts.roles, who, command), who);
    let (first, way) = way_back(&start.table.relation, first, &below, &refused)?;
    Some(Circle { way, first, who: Vec::new(), command })
}

fn met<'f, 'a>(reads: Vec<&'f Read<'a>>, who: Who<'a>) -> Vec<(&'f Read<'a>, Who<'a>)> {
    reads.into_iter().map(|read| (read, who)).collect()
}

/// `through(..)` from parent to parent in a circle: wrong for every role, and for none.
fn parents<'f, 'a>(facts: &'f Facts<'a>, start: &'f TableReads<'a>) -> Option<Circle<'f, 'a>> {
    let through = |table: &'f TableReads<'a>| {
        if matches!(table.table.tenancy, Tenancy::Through { .. }) { table.of_tenant().iter().collect() } else { Vec::new() }
    };
    let below = |(relation, who): Met<'a>| met(facts.reads.get(relation).map(through).unwrap_or_default(), who);
    let (first, way) = way_back(&start.table.relation, met(through(start), Who::Public), &below, &|_| true)?;
    Some(Circle { way, first, who: Vec::new(), command: Command::Select })
}

/// Breadth first: the first read of the way, and the relations on it from the start on.
fn way_back<'f, 'a>(
    from: &'a Relation,
    first: Vec<(&'f Read<'a>, Who<'a>)>,
    below: &dyn Fn(Met<'a>) -> Vec<(&'f Read<'a>, Who<'a>)>,
    refused: &dyn Fn(Who<'a>) -> bool,
) -> Option<(&'f Read<'a>, Vec<&'a Relation>)> {
    let mut seen: BTreeSet<Met<'a>> = BTreeSet::new();
    let mut todo: Vec<(&'f Read<'a>, Vec<&'a Relation>, Met<'a>)> =
        first.into_iter().map(|(read, who)| (read, vec![from], (read.relation, who))).collect();
    while !todo.is_empty() {
        let mut next = Vec::new();
        for (first, way, here) in todo {
            if here.0 == from && refused(here.1) {
                return Some((first, way));
            }
            if !seen.insert(here) {
                continue;
            }
            for (read, who) in below(here) {
                next.push((first, way.iter().copied().chain([here.0]).collect(), (read.relation, who)));
            }
        }
        todo = next;
    }
    None
}

fn fault(facts: &Facts<'_>, circle: &Circle<'_, '_>) -> Option<Diagnostic> {
    let names: Vec<&str> = circle.way.iter().filter_map(|relation| facts.item(relation)).collect();
    let first = *names.first()?;
    // A view on the way has no policies of its own.
    let tables: Vec<&str> = circle.way.iter().filter_map(|relation| facts.tables.get(*relation)).map(|table| table.item.as_str()).collect();
    let message = match tables.as_slice() {
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
            .help(recipe(facts, circle))
            .of(first),
    )
}

/// A reader that no policy of the circle applies to. What it may read must say nothing of the caller: a sub-select there
/// would be met again.
fn recipe(facts: &Facts<'_>, circle: &Circle<'_, '_>) -> String {
    let table = circle.way.iter().rev().find_map(|relation| facts.tables.get(*relation));
    let (item, tenant) = table.map_or(("", false), |table| (table.item.as_str(), table.has_tenant()));
    let rows = if tenant { "across_tenants = \"..\"" } else { "using(true)" };
    format!(
        "or let a NOLOGIN role read the members for the policies: `permit(select, to = Reader, {rows})` on `{item}`, and where the policies read \
         `{item}` a view of the caller's own rows with `definer = Reader`"
    )
}
