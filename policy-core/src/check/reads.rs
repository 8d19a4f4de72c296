//! Which other tables the policies of a table read, for someone and a command.
//!
//! In: a linked set. Out: relations, the columns used of each, and where it is said. The rules of PostgreSQL: policies
//! follow inheritance; without a permissive one nothing is read; the tables below are read as by a SELECT.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Part, Place, RulePart};
use crate::model::{Command, Expr, Kind, PolicySet, Query, Relation, Rule, RuleKind, Source, Table, Tenancy, View};

use super::access::{reaches, who};
use super::roles::{Roles, Who};

/// One table that a predicate reads.
#[derive(Debug)]
pub(super) struct Read<'a> {
    pub(super) relation: &'a Relation,
    pub(super) columns: BTreeSet<&'a str>,
    pub(super) place: Place,
}

/// What one predicate reads, and whether it holds a sub-select at all (a context field is one).
#[derive(Debug, Default)]
struct Said<'a> {
    reads: Vec<Read<'a>>,
    sub_select: bool,
}

/// What the predicates of one table read.
#[derive(Debug)]
pub(super) struct TableReads<'a> {
    pub(super) table: &'a Table,
    tenant: Said<'a>,
    /// `using` and `with_check` of each rule.
    rules: Vec<(&'a Rule, Said<'a>, Said<'a>)>,
}

/// What the query of one view reads, and with whose rights.
#[derive(Debug)]
pub(super) struct ViewReads<'a> {
    pub(super) view: &'a View,
    pub(super) reads: Vec<Read<'a>>,
}

/// The predicates of every table of a set, and the queries of its views.
#[derive(Debug)]
pub(super) struct Reads<'a> {
    pub(super) tables: BTreeMap<&'a Relation, TableReads<'a>>,
    pub(super) views: BTreeMap<&'a Relation, ViewReads<'a>>,
}

impl<'a> Reads<'a> {
    pub(super) fn of(set: &'a PolicySet) -> Reads<'a> {
        let items: BTreeMap<&str, &Relation> = set.tables().map(|table| (table.item.as_str(), &table.relation)).collect();
        let of_view = |view: &'a View| ViewReads { view, reads: view.query.as_ref().map(of_query).unwrap_or_default() };
        Reads {
            tables: set.tables().map(|table| (&table.relation, of_table(table, &items))).collect(),
            views: set.views().map(|view| (&view.relation, of_view(view))).collect(),
        }
    }

    pub(super) fn get(&self, relation: &Relation) -> Option<&TableReads<'a>> {
        self.tables.get(relation)
    }
}

impl<'a> ViewReads<'a> {
    /// Who reads what the view reads, if someone reads the view.
    pub(super) fn reader(&self, who: Who<'a>) -> Who<'a> {
        self.view.definer.as_deref().map_or(who, Who::Role)
    }
}

impl<'a> TableReads<'a> {
    /// Whether some predicate of the table reads a table.
    pub(super) fn reads_any(&self) -> bool {
        !self.tenant.reads.is_empty() || self.rules.iter().any(|(_, using, check)| !using.reads.is_empty() || !check.reads.is_empty())
    }

    /// What the policies that apply to someone read for a command.
    pub(super) fn by(&self, roles: &Roles<'_>, who: Who<'_>, command: Command) -> Vec<&Read<'a>> {
        self.applying(roles, who, command).into_iter().flat_map(|said| &said.reads).collect()
    }

    /// Whether the policies that apply to someone hold a sub-select: then PostgreSQL refuses to meet the table again.
    pub(super) fn has_sub_select(&self, roles: &Roles<'_>, who: Who<'_>, command: Command) -> bool {
        self.applying(roles, who, command).iter().any(|said| said.sub_select)
    }

    /// The tenant's reads, whoever asks.
    pub(super) fn of_tenant(&self) -> &[Read<'a>] {
        &self.tenant.reads
    }

    fn applying(&self, roles: &Roles<'_>, who: Who<'_>, command: Command) -> Vec<&Said<'a>> {
        let rules: Vec<_> = self.rules.iter().filter(|(rule, ..)| applies(roles, rule, who, command)).collect();
        let permits = || rules.iter().filter(|(rule, ..)| rule.kind == RuleKind::Permit);
        if permits().next().is_none() {
            return Vec::new();
        }
        // The tenant stands in every permit but those across tenants, and one of these lifts the floor.
        let tenant = permits().any(|(rule, ..)| rule.across_tenants.is_none());
        let mut found: Vec<&Said<'a>> = tenant.then_some(&self.tenant).into_iter().collect();
        for (rule, using, check) in rules {
            let old = command != Command::Insert || rule.with_check.is_none();
            let new = matches!(command, Command::Insert | Command::Update);
            found.extend(old.then_some(using).into_iter().chain(new.then_some(check)));
        }
        found
    }
}

/// Whether a rule is for someone and a command.
pub(super) fn applies(roles: &Roles<'_>, rule: &Rule, role: Who<'_>, command: Command) -> bool {
    let to_all = rule.to.is_empty() && rule.kind == RuleKind::Restrict;
    rule.commands.iter().any(|on| on.command == command) && (to_all || rule.to.iter().any(|to| reaches(roles, role, who(to))))
}

fn of_table<'a>(table: &'a Table, items: &BTreeMap<&str, &'a Relation>) -> TableReads<'a> {
    let tenant = match &table.tenancy {
        Tenancy::Own { predicate, .. } => of_predicate(predicate, Part::Tenant),
        Tenancy::Through { parent, key, .. } => of_parent(items.get(parent.as_str()).copied(), key),
        Tenancy::None | Tenancy::External => Said::default(),
    };
    let said = |expr: Option<&'a Expr>, i, part| expr.map(|e| of_predicate(e, Part::Rule(i, part))).unwrap_or_default();
    let rules = table
        .rules
        .iter()
        .enumerate()
        .map(|(i, rule)| (rule, said(rule.using.as_ref(), i, RulePart::Using), said(rule.with_check.as_ref(), i, RulePart::WithCheck)));
    // Without row security no policy reads anything.
    let rules = if table.no_rls.is_some() { Vec::new() } else { rules.collect() };
    TableReads { table, tenant, rules }
}

/// `through(column = Parent.key)` is a sub-select of the parent's key.
fn of_parent<'a>(parent: Option<&'a Relation>, key: &'a str) -> Said<'a> {
    let read = |relation| Read { relation, columns: BTreeSet::from([key]), place: Place::Part(Part::Tenant) };
    Said { reads: parent.map(read).into_iter().collect(), sub_select: true }
}

fn of_predicate(expr: &Expr, part: Part) -> Said<'_> {
    let mut said = Said::default();
    expr.visit(&mut |one| said.sub_select |= matches!(one.kind, Kind::Ctx(_)) || one.query().is_some());
    Walk { part, scope: Vec::new(), reads: &mut said.reads }.expr(expr);
    said
}

/// What the query of a view reads.
fn of_query(query: &Query) -> Vec<Read<'_>> {
    let mut reads = Vec::new();
    Walk { part: Part::Query, scope: Vec::new(), reads: &mut reads }.query(query);
    reads
}

/// Follows aliases to the relations that they stand for.
struct Walk<'r, 'a> {
    part: Part,
    /// Aliases in force, innermost last, and the number of the read that each is.
    scope: Vec<(&'a str, usize)>,
    reads: &'r mut Vec<Read<'a>>,
}

impl<'a> Walk<'_, 'a> {
    fn expr(&mut self, expr: &'a Expr) {
        if let Kind::Column(alias, column) = &expr.kind {
            let index = self.scope.iter().rev().find(|(name, _)| name == alias).map(|(_, index)| *index);
            index.and_then(|index| self.reads.get_mut(index)).into_iter().for_each(|read| read.columns.extend([column.as_str()]));
        }
        let outer = self.scope.len();
        expr.query().into_iter().for_each(|query| self.enter(query));
        expr.children().into_iter().for_each(|child| self.expr(child));
        self.scope.truncate(outer);
    }

    fn query(&mut self, query: &'a Query) {
        self.enter(query);
        query.parts().into_iter().for_each(|expr| self.expr(expr));
    }

    fn enter(&mut self, query: &'a Query) {
        for (source, alias, at) in query.sources() {
            if let Source::Relation(relation) = source {
                self.scope.push((alias, self.reads.len()));
                self.reads.push(Read { relation, columns: BTreeSet::new(), place: Place::Predicate(self.part, at.into()) });
            }
        }
    }
}
