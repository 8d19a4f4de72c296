//! H0812, H0813, H0804: whether a view may read what it reads, with the rights of its definer or of whoever asks.
//!
//! PostgreSQL asks for SELECT on the columns, and of the definer for no USAGE on their schemas: a view knows its tables.

use std::collections::BTreeSet;

use super::{Facts, definer};
use crate::diag::{Diagnostic, Part, Sink, codes};
use crate::model::{Command, Privilege, Relation, RuleKind, Table, Tenancy};

use super::super::access::who;
use super::super::reads::{Read, ViewReads, applies};
use super::super::roles::Who;
use super::super::words;

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let views = facts.set.views().filter_map(|view| facts.reads.views.get(&view.relation)).filter(|reads| !reads.view.external);
    let mut circles: BTreeSet<BTreeSet<&Relation>> = BTreeSet::new();
    for reads in views {
        let view = reads.view;
        if let Some(fault) = view.definer.as_ref().and_then(|name| definer::fault(facts, name, "a view", Part::Definer)) {
            sink.push(fault.of(&view.item));
        } else {
            readers(facts, reads).into_iter().for_each(|reader| judge(facts, reads, reader, sink));
        }
        if let Some((first, way)) = way_back(facts, reads)
            && circles.insert(way.iter().copied().collect())
        {
            sink.push(circle(facts, first, &way).of(&view.item));
        }
    }
}

/// With whose rights the tables are read.
fn readers<'a>(facts: &Facts<'a>, reads: &ViewReads<'a>) -> Vec<Who<'a>> {
    if let Some(definer) = &reads.view.definer {
        return vec![Who::Role(definer)];
    }
    let mut all: Vec<Who<'a>> = reads.view.grants.iter().flat_map(|grant| &grant.to).map(who).collect();
    all.sort_unstable();
    all.dedup();
    // The owner reads its own tables.
    all.retain(|who| facts.roles.owner().map(Who::Role) != Some(*who));
    all
}

fn judge<'a>(facts: &Facts<'a>, reads: &ViewReads<'a>, reader: Who<'a>, sink: &mut Sink) {
    let mut told = BTreeSet::new();
    for read in &reads.reads {
        if facts.is_external(read.relation) || !told.insert(read.relation) {
            continue;
        }
        // A table that is named twice is told once, with all of its columns.
        let same = reads.reads.iter().filter(|other| other.relation == read.relation);
        let columns: BTreeSet<&str> = same.flat_map(|other| other.columns.iter().copied()).collect();
        let may = facts.access.may(&facts.roles, reader, read.relation, Privilege::Select, &columns);
        let rows = reads.view.definer.is_none() || has_permit(facts, read.relation, reader);
        if !may || !rows {
            sink.push(fault(facts, reads, read, &columns, reader, may).of(&reads.view.item));
        }
    }
}

/// Whether some policy shows someone a row.
fn has_permit(facts: &Facts<'_>, relation: &Relation, reader: Who<'_>) -> bool {
    let Some(table) = facts.tables.get(relation).filter(|table| table.no_rls.is_none()) else { return true };
    let mut permits = table.rules.iter().filter(|rule| rule.kind == RuleKind::Permit);
    permits.any(|rule| applies(&facts.roles, rule, reader, Command::Select))
}

fn fault(facts: &Facts<'_>, reads: &ViewReads<'_>, read: &Read<'_>, columns: &BTreeSet<&str>, reader: Who<'_>, may: bool) -> Diagnostic {
    let (role, source) = (facts.said(&reader), facts.item(read.relation).unwrap_or_default());
    let fields: Vec<&str> = columns.iter().map(|column| facts.field(read.relation, column)).collect();
    let on = if fields.is_empty() { String::new() } else { format!(" {} of", words::and(&fields)) };
    let line = match facts.tables.get(read.relation) {
        Some(table) => missing(table, &fields, role),
        None => format!("grant(select, to = {role})"),
    };
    let fault = |message: String| Diagnostic::new(codes::VIEW_CANNOT_READ, read.place, message);
    let fault = match (reads.view.definer.is_some(), may) {
        (true, true) => fault(format!("the view reads `{source}`, and no permit of it is for `{role}`"))
            .note("without a policy for its definer the view shows no row"),
        (true, false) => fault(format!("the view reads `{source}`, but `{role}` may not select{on} it"))
            .note("it reads with the rights of its definer: PostgreSQL refuses every query on it with 42501"),
        (false, _) => fault(format!("the view reads `{source}`, but `{role}` may not select{on} it"))
            .note("without `definer` it reads with the rights of whoever asks: PostgreSQL refuses with 42501"),
    };
    let fault = fault.help(format!("add `{line}` to `{source}`"));
    if reads.view.definer.is_some() { fault } else { fault.help("or let the view read as a role of its own: `definer = Reader`") }
}

/// The line that a table lacks.
fn missing(table: &Table, fields: &[&str], role: &str) -> String {
    let list = if fields.is_empty() { String::new() } else { format!("({})", fields.join(", ")) };
    match (&table.no_rls, &table.tenancy) {
        (Some(_), _) => format!("grant(select{list}, to = {role})"),
        (None, Tenancy::None) => format!("permit(select{list}, to = {role}, using(..))"),
        (None, _) => format!("permit(select{list}, to = {role})"),
    }
}

/// The shortest way from a view back to it, through views.
fn way_back<'f, 'a>(facts: &'f Facts<'a>, start: &'f ViewReads<'a>) -> Option<(&'f Read<'a>, Vec<&'a Relation>)> {
    let from = &start.view.relation;
    let mut seen: BTreeSet<&Relation> = BTreeSet::new();
    let mut todo: Vec<(&Read<'_>, Vec<&Relation>)> = start.reads.iter().map(|read| (read, vec![from, read.relation])).collect();
    while !todo.is_empty() {
        let mut next = Vec::new();
        for (first, way) in todo {
            let here = *way.last()?;
            if here == from {
                return Some((first, way));
            }
            let Some(reads) = facts.reads.views.get(here).filter(|_| seen.insert(here)) else { continue };
            next.extend(reads.reads.iter().map(|read| (first, way.iter().copied().chain([read.relation]).collect::<Vec<_>>())));
        }
        todo = next;
    }
    None
}

fn circle(facts: &Facts<'_>, first: &Read<'_>, way: &[&Relation]) -> Diagnostic {
    let names: Vec<&str> = way.iter().filter_map(|relation| facts.item(relation)).collect();
    let message = match names.as_slice() {
        [one, _] => format!("the view `{one}` reads itself"),
        more => format!("the views {} read each other", words::and(more.iter().skip(1))),
    };
    Diagnostic::new(codes::VIEW_CYCLE, first.place, message)
        .note(format!("the way is `{}`: none of them could be made first, and PostgreSQL would not end reading them", names.join("` -> `")))
        .help("read the tables themselves in one of them")
}
