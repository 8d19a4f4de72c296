//! What someone reaches with a command on a relation: on which columns, in which rows.
//!
//! In: effective access. Out: columns and predicates, simplified for reading; of a view, those of what it reads. The matrix prints it,
//! a verdict on a change compares it. Must not know how it is printed.

use std::collections::{BTreeMap, BTreeSet};

use super::effective::{Columns, Effective, Extent, Gate, Rows, Who};
use super::state::{RelationKind, RelationState};
use crate::model::{Command, Expr, Ident, Kind, Literal, Privilege, Query, Relation, Source};

/// What someone reaches with a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// On which columns; on none, if the schema is closed.
    pub columns: Columns,
    /// The rows that are there and are read, changed or removed.
    pub old: Side,
    /// The rows that are written.
    pub new: Side,
    /// What a view makes of them; empty for a table.
    pub shows: Vec<Expr>,
}

/// Rows on one side of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Side {
    /// The command has no such rows.
    Absent,
    /// Rows of a relation for which a condition is TRUE.
    Rows {
        /// The relation whose columns the condition names.
        of: Relation,
        /// The condition.
        condition: Expr,
    },
    /// What a query of several relations shows to a reader.
    Joined {
        /// The query.
        query: Query,
        /// Whose rights it reads with; absent: everybody's.
        reader: Option<String>,
        /// What that reader sees of each relation of the query; absent where that is not known.
        seen: BTreeMap<Relation, Option<Expr>>,
    },
    /// It is not known.
    Unknown,
}

impl Reach {
    /// Nothing at all.
    #[must_use]
    pub fn nothing() -> Reach {
        Reach { columns: Columns::None, old: Side::Absent, new: Side::Absent, shows: Vec::new() }
    }

    /// Whether it is nothing: no privilege, or certainly no row.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.columns == Columns::None || self.old.is_empty() || self.new.is_empty()
    }

    /// Whether it hangs on what whoever asks sees of other relations.
    #[must_use]
    pub fn reads(&self) -> bool {
        [&self.old, &self.new].into_iter().any(Side::reads) || self.shows.iter().any(reads)
    }
}

impl Side {
    /// The condition of rows of one relation.
    #[must_use]
    pub fn condition(&self) -> Option<&Expr> {
        if let Side::Rows { condition, .. } = self { Some(condition) } else { None }
    }

    /// Whether it is plainly no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Side::Rows { condition, .. } if condition.kind == Kind::Literal(Literal::Bool(false)))
    }

    fn reads(&self) -> bool {
        match self {
            Side::Absent => false,
            Side::Rows { condition, .. } => reads(condition),
            Side::Joined { .. } | Side::Unknown => true,
        }
    }

    /// Whether it is plainly every row.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        matches!(self, Side::Rows { condition, .. } if condition.is_truth())
    }
}

/// Whether there is a subquery in it.
pub(super) fn reads(expr: &Expr) -> bool {
    let mut reads = false;
    expr.visit(&mut |part| reads |= part.query().is_some());
    reads
}

/// What someone reaches.
#[must_use]
pub fn reach(effective: &Effective<'_>, who: Who<'_>, relation: &Relation, command: Command) -> Reach {
    if effective.enters(who, &relation.schema) { beneath(effective, who, relation, command) } else { Reach::nothing() }
}

/// The same below a view: the name was looked up when the view was made, so nobody asks whether whoever it reads as may use the schema.
pub(super) fn beneath(effective: &Effective<'_>, who: Who<'_>, relation: &Relation, command: Command) -> Reach {
    let columns = effective.privileges(who, relation, command.privilege());
    if columns == Columns::None {
        return Reach::nothing();
    }
    let Some(state) = effective.relation(relation) else { return Reach::nothing() };
    if let RelationKind::View { query, .. } = &state.kind {
        let old = match query {
            Some(query) if command == Command::Select => of_view(effective, who, relation, state, query),
            _ => Side::Unknown,
        };
        let passes = query.as_ref().is_none_or(|query| match command {
            Command::Select => may_read(effective, who, relation, query, DEPTH),
            _ => writes(effective, who, relation, query, command),
        });
        if !passes {
            return Reach::nothing();
        }
        let shows = query.iter().flat_map(|query| query.columns.clone()).collect();
        return Reach { columns, old, new: Side::Absent, shows };
    }
    let side = |gate| of_table(effective, who, relation, command, gate);
    let (old, new) = match command {
        Command::Select | Command::Delete => (side(Gate::Using), Side::Absent),
        Command::Insert => (Side::Absent, side(Gate::Check)),
        Command::Update => (side(Gate::Using), side(Gate::Check)),
    };
    Reach { columns, old, new, shows: Vec::new() }
}

/// How deep views read views.
const DEPTH: usize = 16;

/// Whether whoever a view reads as, in a session of someone, may read all that its query names, and so on below it.
fn may_read(effective: &Effective<'_>, session: Who<'_>, view: &Relation, query: &Query, depth: usize) -> bool {
    let Some(reader) = effective.reader(view, session) else { return true };
    let sources = query.all_sources();
    sources.iter().all(|(source, alias, _)| {
        let Source::Relation(of) = source else { return true };
        let mut named = BTreeSet::new();
        query.visit(&mut |part| {
            if let Kind::Column(from, column) = &part.kind
                && from == alias
            {
                named.insert(Ident::cut(column));
            }
        });
        let once = sources.iter().filter(|(_, other, _)| other == alias).count() == 1;
        let extent = if once { Extent::of(&named) } else { Extent::Any };
        let below = match effective.relation(of).map(|found| &found.kind) {
            Some(RelationKind::View { query: Some(query), .. }) if depth > 0 => may_read(effective, session, of, query, depth - 1),
            _ => true,
        };
        // Of a relation of others nothing is known.
        let ours = effective.relation(of).is_some_and(|found| found.kind != RelationKind::External);
        below && (!ours || effective.privileges(reader, of, Privilege::Select).cover(&extent))
    })
}

/// Whether a view can pass a command on to what it reads: with the rights of whom it reads as.
fn writes(effective: &Effective<'_>, who: Who<'_>, view: &Relation, query: &Query, command: Command) -> bool {
    let Some(reader) = effective.reader(view, who) else { return true };
    query.sources().any(|(source, ..)| match source {
        Source::Relation(of) => effective.privileges(reader, of, command.privilege()) != Columns::None,
        Source::Item(_) => true,
    })
}

fn of_table(effective: &Effective<'_>, who: Who<'_>, relation: &Relation, command: Command, gate: Gate) -> Side {
    match governing(&effective.rows(who, relation, command, gate)) {
        Some(condition) => Side::Rows { of: relation.clone(), condition },
        None => Side::Unknown,
    }
}

/// The predicate that governs, without a restriction that is a part of every permit: a floor below tenants that are folded in.
#[must_use]
pub fn governing(rows: &Rows<'_>) -> Option<Expr> {
    let Rows::Some { permissive, restrictive } = rows else { return rows.predicate() };
    let mut parts: Vec<&Expr> = Vec::new();
    for part in permissive.iter().map(|part| part.predicate) {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    let conditions = |expr: &Expr| -> Vec<Expr> { if let Kind::And(all) = &expr.kind { all.clone() } else { vec![expr.clone()] } };
    let shared = |condition: &Expr| parts.iter().all(|part| conditions(part).contains(condition));
    let any = if parts.iter().any(|part| part.is_truth()) { Expr::truth() } else { Expr::any(parts.iter().map(|part| (*part).clone())) };
    let mut more: Vec<Expr> = Vec::new();
    for condition in restrictive.iter().flat_map(|part| conditions(part.predicate)) {
        if !shared(&condition) && !more.contains(&condition) {
            more.push(condition);
        }
    }
    Some(Expr::all(std::iter::once(any).chain(more)))
}

/// What a view shows to someone: of one table, its rows; of several, what the query makes of them.
fn of_view(effective: &Effective<'_>, who: Who<'_>, view: &Relation, state: &RelationState, query: &Query) -> Side {
    let Some(reader) = effective.reader(view, who) else { return Side::Unknown };
    let seen = |relation: &Relation| governing(&effective.rows(reader, relation, Command::Select, Gate::Using));
    if let [from] = query.from.as_slice()
        && from.joins.is_empty()
        && query.all_sources().iter().filter(|(_, alias, _)| *alias == from.alias).count() == 1
        && let Source::Relation(relation) = &from.source
        && let Some(source) = effective.relation(relation)
        && !matches!(source.kind, RelationKind::View { .. })
        && state.context.as_ref().is_none_or(|_| state.context == source.context || source.context.is_none())
    {
        let Some(rows) = seen(relation) else { return Side::Unknown };
        let filter = query.filter.as_ref().map_or_else(Expr::truth, |filter| of_row(filter, &from.alias));
        return Side::Rows { of: relation.clone(), condition: without_twins(Expr::all([filter, rows])) };
    }
    let sources =
        query.all_sources().into_iter().filter_map(|(source, ..)| if let Source::Relation(of) = source { Some(of) } else { None });
    let reader = if let Who::Role(name) = reader { Some(name.to_owned()) } else { None };
    Side::Joined { query: query.clone(), reader, seen: sources.map(|of| (of.clone(), seen(of))).collect() }
}

/// What is joined by AND, each part once.
fn without_twins(expr: Expr) -> Expr {
    let Kind::And(parts) = expr.kind else { return expr };
    let mut once: Vec<Expr> = Vec::new();
    for part in parts {
        if !once.contains(&part) {
            once.push(part);
        }
    }
    Expr::all(once)
}

/// A condition on an alias as one on the row itself.
#[must_use]
pub fn of_row(expr: &Expr, alias: &str) -> Expr {
    let mut changed = expr.clone();
    changed.visit_mut(&mut |part| {
        if let Kind::Column(of, column) = &part.kind
            && of == alias
        {
            part.kind = Kind::Own(column.clone());
        }
    });
    changed
}

/// A condition on the row itself as one on an alias. A row of its own subqueries that has the same alias is given another one.
#[must_use]
pub fn of_alias(expr: &Expr, alias: &str) -> Expr {
    let (mut changed, within) = (expr.clone(), format!("{alias}#within"));
    changed.visit_mut(&mut |part| {
        match &mut part.kind {
            Kind::Own(column) => part.kind = Kind::Column(alias.to_owned(), std::mem::take(column)),
            Kind::Column(of, _) if of == alias => of.clone_from(&within),
            _ => {}
        }
        for from in part.query_mut().into_iter().flat_map(|query| &mut query.from) {
            let aliases = std::iter::once(&mut from.alias).chain(from.joins.iter_mut().map(|join| &mut join.alias));
            aliases.filter(|of| *of == alias).for_each(|of| of.clone_from(&within));
        }
    });
    changed
}
