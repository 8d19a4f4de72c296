//! What is proved of a set before it is rendered: isolation, declared intent, rules that say nothing.
//!
//! In: items as declared, and checked sets. Out: diagnostics with rows. An item is judged by itself where it shows everything (`item`),
//! a set where several items count (`set`).

mod isolation;
mod item;
mod kept;
mod leak;
mod never;
mod rules;
mod told;
mod view;

use std::collections::BTreeMap;

pub use kept::Proved;

use self::kept::Kept;
use self::told::Told;
use super::effective::{Effective, Who};
use super::goal::leads;
use super::names::Shared;
use super::state::{RelationKind, State};
use crate::check::{self, Checked, Known, allow};
use crate::diag::{Diagnostic, Sink};
use crate::model::{Expr, Item, Join, JoinKind, Kind, PolicySet, Query, Relation, Table, Test};

/// What the proofs of a set read.
struct Facts<'a> {
    set: &'a PolicySet,
    effective: &'a Effective<'a>,
    shared: &'a Shared<'a>,
    tables: BTreeMap<&'a Relation, &'a Table>,
    kept: Kept,
}

impl<'a> Facts<'a> {
    /// Everyone but the owner and those whom row security is not for: PUBLIC first.
    fn askers(&self) -> impl Iterator<Item = Who<'a>> {
        let exempt = |name: &str| self.effective.roles().is_exempt(name);
        let roles = self.effective.roles().all().map(|role| role.name.as_str()).filter(move |name| !exempt(name));
        std::iter::once(Who::Public).chain(roles.map(Who::Role))
    }

    /// Whether what ties a row leads to the caller, as far as it can be followed.
    fn leads(&self, goal: &Expr) -> bool {
        let ours = |kind: &RelationKind| matches!(kind, RelationKind::Table | RelationKind::Partitioned);
        leads(goal, &|relation| self.effective.relation(relation).is_none_or(|of| !ours(&of.kind)))
    }

    /// `PUBLIC`, or the item of a role.
    fn said(&self, who: Who<'_>) -> String {
        match who {
            Who::Public => "PUBLIC".to_owned(),
            Who::Role(name) => self.effective.roles().item(name).to_owned(),
        }
    }

    /// Keeps the proofs of a claim, if it is proved and somebody asks for them.
    fn keeping(&self, told: Told, item: &str, claim: impl Fn() -> String) -> Told {
        match told {
            Told::Proved(proofs) => {
                self.kept.keep(item, claim, proofs);
                Told::Proved(Vec::new())
            }
            told => told,
        }
    }
}

/// Everything that is wrong with an item as declared, with what is known of the others of its set: the checks, then the proofs, which
/// need an item without errors.
#[must_use]
pub fn judge_item(item: &Item, known: &Known<'_>) -> Vec<Diagnostic> {
    let mut found = check::item_in(item, known);
    if !found.iter().any(Diagnostic::is_error) {
        let proved = item::check(item, known).into_iter().map(|fault| fault.of(item.name()));
        found.extend(proved.filter(|fault| !check::accepts(item, fault.code)));
    }
    found
}

/// Links, checks and proves a set; the warnings come back beside it.
///
/// # Errors
/// Every fault of the stage that stopped.
pub fn judge(set: PolicySet) -> Result<(Checked, Vec<Diagnostic>), Vec<Diagnostic>> {
    let (checked, mut warnings) = check::check(set)?;
    let mut sink = Sink::new();
    prove(checked.set(), &mut sink);
    let found = allow::kept(checked.set(), sink.finish());
    let (errors, more): (Vec<_>, Vec<_>) = found.into_iter().partition(Diagnostic::is_error);
    if errors.is_empty() {
        warnings.extend(more);
        Ok((checked, warnings))
    } else {
        Err(errors.into_iter().chain(more).collect())
    }
}

/// The proofs that need a whole set.
fn prove(set: &PolicySet, sink: &mut Sink) {
    sink.extend(leaks(set, &State::of(set)));
}

/// What a state breaks of the intent that a linked set declares: its tenants, its `never`.
#[must_use]
pub fn leaks(set: &PolicySet, state: &State) -> Vec<Diagnostic> {
    judged(set, state, Kept::default()).0
}

/// What is proved of the intent that a set declares, each with its proof.
#[must_use]
pub fn proofs(checked: &Checked) -> Vec<Proved> {
    judged(checked.set(), &State::of(checked.set()), Kept::all()).1
}

fn judged(set: &PolicySet, state: &State, kept: Kept) -> (Vec<Diagnostic>, Vec<Proved>) {
    let mut sink = Sink::new();
    let (effective, shared) = (Effective::of(state), Shared::of(state));
    let tables = set.tables().map(|table| (&table.relation, table)).collect();
    let facts = Facts { set, effective: &effective, shared: &shared, tables, kept };
    isolation::check(&facts, &mut sink);
    view::check(&facts, &mut sink);
    never::check(&facts, &mut sink);
    (sink.finish(), facts.kept.take())
}

/// That there is a row of a table behind an alias, where an outer join may leave it out: a column that is never NULL is not NULL. Nothing to
/// say where there always is one; none where no column shows it.
fn present(table: &Table, query: &Query, alias: &str) -> Option<Vec<Expr>> {
    let plain = |join: &Join| matches!(join.kind, JoinKind::Inner | JoinKind::Cross);
    if query.from.iter().flat_map(|from| &from.joins).all(plain) {
        return Some(Vec::new());
    }
    let column = table.columns.iter().find(|column| !column.nullable)?;
    let value = Expr::new(Kind::Column(alias.to_owned(), column.name.as_str().to_owned()));
    Some(vec![Expr::new(Kind::Is(Box::new(value), Test::Null, true))])
}
