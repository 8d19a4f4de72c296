//! Isolation over a whole set: no role reaches a row of another tenant, by its own permits, inherited ones, or a parent's.
//!
//! In: effective access. Out: leaks with rows. What a rule declares with `across_tenants` or `shared` is an exception, not a leak.

use std::collections::BTreeMap;

use super::Facts;
use super::leak::Reached;
use super::told::Told;
use crate::analyze::ask::Asker;
use crate::analyze::effective::{Columns, Gate, Part as Applied, Rows, Who};
use crate::analyze::goal::goal;
use crate::analyze::reach::{of_alias, reads};
use crate::diag::{Part, Place, Sink};
use crate::model::{Command, Expr, From, Kind, Literal, Query, Source, Table, Tenancy};
use crate::plan::ownerless;

/// Verdicts on predicates under restrictions: whose they are if they hold subqueries, and their text. Where proofs are kept each is
/// asked for again.
type Known = BTreeMap<(Option<String>, String, bool), bool>;

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for table in facts.set.tables().filter(|table| table.has_tenant() && table.no_rls.is_none()) {
        let mut known = Known::new();
        for who in facts.askers() {
            for command in Command::ALL {
                judge(facts, table, who, *command, &mut known, sink);
            }
        }
    }
}

fn judge<'a>(facts: &Facts<'a>, table: &'a Table, who: Who<'a>, command: Command, known: &mut Known, sink: &mut Sink) {
    if facts.effective.privileges(who, &table.relation, command.privilege()) == Columns::None {
        return;
    }
    let gates: &[Gate] = match command {
        Command::Select | Command::Delete => &[Gate::Using],
        Command::Insert => &[Gate::Check],
        Command::Update => &[Gate::Using, Gate::Check],
    };
    for gate in gates {
        let (permissive, restrictive) = match facts.effective.rows(who, &table.relation, command, *gate) {
            Rows::Some { permissive, restrictive } => (permissive, restrictive),
            Rows::None | Rows::Unknown => continue,
            Rows::All => {
                let by = "no policy: those of the table are not for this role".to_owned();
                let everything = Told::Row(Box::default(), Vec::new());
                sink.extend(reached(facts, table, None, who, command, *gate, by).told(everything).map(|fault| fault.of(&table.item)));
                return;
            }
        };
        for part in permissive.iter().filter(|part| !is_exception(table, part)) {
            let all: Vec<&Expr> = std::iter::once(part.predicate).chain(restrictive.iter().map(|limit| limit.predicate)).collect();
            let reader = all.iter().any(|expr| reads(expr)).then(|| facts.said(who));
            let key = (reader, format!("{all:?}"), ownerless(table, command).is_some());
            let mut ask = || one(facts, table, who, command, *gate, part, &restrictive, sink);
            if if facts.kept.wanted() { ask() } else { *known.entry(key).or_insert_with(ask) } {
                return;
            }
        }
    }
}

/// Whether the rule that a policy comes from declares that it crosses tenants.
fn is_exception(table: &Table, part: &Applied<'_>) -> bool {
    part.policy.rule.and_then(|rule| table.rules.get(rule)).is_some_and(|rule| rule.across_tenants.is_some())
}

/// Asks about one permissive policy under the restrictions beside it; whether a fault was told.
#[expect(clippy::too_many_arguments, reason = "each of them is a part of the question")]
fn one<'a>(
    facts: &Facts<'a>,
    table: &'a Table,
    who: Who<'a>,
    command: Command,
    gate: Gate,
    part: &Applied<'_>,
    restrictive: &[Applied<'_>],
    sink: &mut Sink,
) -> bool {
    let asker = Asker::new(facts.effective, facts.shared, who, &table.relation);
    let goal = belongs(facts, table, command);
    let told = match (&goal, asker.inlined(part.predicate)) {
        (Some(goal), Some(own)) => {
            let limits: Vec<Expr> = restrictive.iter().filter_map(|part| asker.inlined(part.predicate)).collect();
            let assume: Vec<&Expr> = std::iter::once(&own).chain(&limits).collect();
            // What ties a row asks tables, too: as whoever asks.
            let goal = asker.inlined(goal).unwrap_or_else(|| goal.clone());
            if facts.leads(&goal) {
                Told::clearly(&goal, |more| {
                    let assume: Vec<&Expr> = assume.iter().copied().chain(more).collect();
                    asker.can_hold(&assume, &[&goal])
                })
            } else {
                Told::Unknown("its tenant is read from tables that show the rows of everybody there".to_owned())
            }
        }
        (None, _) => Told::Unknown("its tenant is not tied to the caller in a way that is understood".to_owned()),
        (_, None) => Told::Unknown("a policy reads tables in a way that is not followed".to_owned()),
    };
    let by = format!("the policy `{}`, {}", part.policy.name, command.word());
    let reached = reached(facts, table, goal.as_ref(), who, command, gate, by);
    let told = facts.keeping(told, &table.item, || reached.claim());
    let fault = reached.told(told);
    let found = fault.is_some();
    sink.extend(fault.map(|fault| fault.of(&table.item)));
    found
}

fn reached<'t>(
    facts: &Facts<'_>,
    table: &'t Table,
    tie: Option<&'t Expr>,
    who: Who<'_>,
    command: Command,
    gate: Gate,
    by: String,
) -> Reached<'t> {
    let (is_public, is_new) = (who == Who::Public, gate == Gate::Check);
    Reached { table, tie, who: facts.said(who), is_public, command, is_new, by, place: Place::Part(Part::Tenant) }
}

/// What ties a row of a table to the caller: its own tie, or that of the parent that it leads to.
pub(super) fn belongs(facts: &Facts<'_>, table: &Table, command: Command) -> Option<Expr> {
    match &table.tenancy {
        Tenancy::None | Tenancy::External => None,
        Tenancy::Own { predicate, .. } => {
            goal(predicate, &table.columns).map(|tie| Expr::any(std::iter::once(tie).chain(ownerless(table, command))))
        }
        Tenancy::Through { column, parent, key } => {
            let parent = facts.set.tables().find(|other| other.item == *parent)?;
            // What every tenant sees of the parent, declared, every tenant sees of the child.
            let tie = belongs(facts, parent, Command::Select)?;
            Some(of_parent(parent, key, column.as_str(), &facts.shared.carried(&tie, &parent.relation, &table.relation)))
        }
    }
}

/// `EXISTS (SELECT 1 FROM parent WHERE parent.key = self.column AND tie)`
fn of_parent(parent: &Table, key: &str, column: &str, tie: &Expr) -> Expr {
    let alias = format!("{}#parent", parent.relation.name);
    let theirs = Expr::new(Kind::Column(alias.clone(), key.to_owned()));
    let own = Expr::new(Kind::Own(column.to_owned()));
    let same = Expr::new(Kind::Binary("=".to_owned(), Box::new(theirs), Box::new(own)));
    let query = Query {
        distinct: false,
        columns: vec![Expr::new(Kind::Literal(Literal::Number("1".to_owned())))],
        from: vec![From {
            source: Source::Relation(parent.relation.clone()),
            alias: alias.clone(),
            joins: Vec::new(),
            at: Default::default(),
        }],
        filter: Some(Expr::all([same, of_alias(tie, &alias)])),
    };
    Expr::new(Kind::Exists(Box::new(query), false))
}
