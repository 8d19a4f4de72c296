//! Random policies, grants and views of a world. In: numbers. Out: parts of a state. Must not know: what they come to.

use std::collections::{BTreeMap, BTreeSet};

use policy_core::analyze::RelationState;
use policy_core::model::{Command, Expr, From, Grantee, Ident, Kind, Literal, Privilege, Query, Relation, Source, Test};
use policy_core::plan::PlannedPolicy;

use super::world::VALUES;
use crate::rng::Rng;

/// Privileges, each on all columns or on these.
type Privileges = BTreeMap<Privilege, Option<Vec<Ident>>>;

/// A predicate over some columns; `roles` are whom `current_user` is compared with.
pub(crate) fn predicate(columns: &[&'static str], roles: &[Grantee], rng: &mut Rng) -> Expr {
    match rng.below(10) {
        0 | 1 => Expr::new(Kind::And(vec![leaf(columns, roles, rng), leaf(columns, roles, rng)])),
        2 | 3 => Expr::new(Kind::Or(vec![leaf(columns, roles, rng), leaf(columns, roles, rng)])),
        4 => Expr::new(Kind::Not(Box::new(leaf(columns, roles, rng)))),
        5 => Expr::truth(),
        _ => leaf(columns, roles, rng),
    }
}

fn leaf(columns: &[&'static str], roles: &[Grantee], rng: &mut Rng) -> Expr {
    let own = |name: &str| Expr::new(Kind::Own(name.to_owned()));
    let text = |text: &str| Expr::new(Kind::Literal(Literal::Text(text.to_owned())));
    let equal = |left, right| Expr::new(Kind::Binary("=".to_owned(), Box::new(left), Box::new(right)));
    let column = columns[1 + rng.below(columns.len() - 1)];
    match rng.below(16) {
        0 => Expr::new(Kind::Literal(Literal::Bool(rng.chance(60)))),
        1 => Expr::new(Kind::Literal(Literal::Null)),
        2..=4 => equal(own(column), text(rng.word(&VALUES))),
        5..=7 => equal(own(column), Expr::new(Kind::Ctx("tenant".to_owned()))),
        8 => equal(own(column), own(columns[1 + rng.below(columns.len() - 1)])),
        9 | 10 => Expr::new(Kind::Is(Box::new(own(column)), Test::Null, rng.chance(60))),
        11 => Expr::new(Kind::Is(Box::new(Expr::new(Kind::Ctx("tenant".to_owned()))), Test::Null, rng.chance(70))),
        12 => {
            let role = if let Grantee::Role(name) = rng.pick(roles) { name.clone() } else { String::new() };
            equal(Expr::new(Kind::Keyword("current_user".to_owned())), text(&role))
        }
        _ => equal(own("id"), Expr::new(Kind::Literal(Literal::Number((1 + rng.below(6)).to_string())))),
    }
}

/// A policy: which predicates it may have hangs on its command.
pub(crate) fn policy(number: usize, columns: &[&'static str], roles: &[Grantee], rng: &mut Rng) -> PlannedPolicy {
    let command = [None, None, Some(Command::Select), Some(Command::Insert), Some(Command::Update), Some(Command::Delete)][rng.below(6)];
    let (using, check) = match command {
        Some(Command::Select | Command::Delete) => (rng.chance(95), false),
        Some(Command::Insert) => (false, rng.chance(95)),
        Some(Command::Update) | None => (rng.chance(85), rng.chance(45)),
    };
    let mut own = |wanted: bool| wanted.then(|| predicate(columns, roles, rng));
    let (using, with_check) = (own(using), own(check));
    // Names whose order is not that of their making.
    let name = Ident::cut(&format!("{}{number}", rng.word(&["m", "a", "z"])));
    let permissive = rng.chance(70);
    PlannedPolicy { name, before: None, rule: None, command, permissive, to: grantees(roles, rng), using, with_check }
}

/// PUBLIC, or a few roles.
pub(crate) fn grantees(roles: &[Grantee], rng: &mut Rng) -> Vec<Grantee> {
    if rng.chance(40) {
        return vec![Grantee::Public];
    }
    let some: BTreeSet<Grantee> = (0..=rng.below(3)).map(|_| rng.pick(roles).clone()).collect();
    some.into_iter().collect()
}

/// Grants on a relation: whole rows of privileges for some, single ones and columns for others.
pub(crate) fn grants(columns: &[&'static str], roles: &[Grantee], rng: &mut Rng) -> BTreeMap<Grantee, Privileges> {
    let row = [Privilege::Select, Privilege::Insert, Privilege::Update, Privilege::Delete];
    let mut all: BTreeMap<Grantee, Privileges> = BTreeMap::new();
    for to in roles.iter().cloned().chain([Grantee::Public]) {
        let held = all.entry(to.clone()).or_default();
        let public = to == Grantee::Public;
        match rng.below(if public { 30 } else { 10 }) {
            0..=2 => held.extend(row.map(|privilege| (privilege, None))),
            3 if !public => held.extend(row.into_iter().chain([Privilege::All]).map(|privilege| (privilege, None))),
            4 | 5 => {
                for privilege in row.into_iter().chain([Privilege::Truncate]).filter(|_| rng.chance(55)).collect::<Vec<_>>() {
                    held.insert(privilege, None);
                }
            }
            6..=8 => {
                for privilege in row.into_iter().filter(|_| rng.chance(70)).collect::<Vec<_>>() {
                    let whole = privilege == Privilege::Delete || rng.chance(25);
                    let some = columns.iter().filter(|_| rng.chance(65)).map(|name| Ident::cut(name)).collect::<Vec<_>>();
                    held.insert(privilege, if whole || some.is_empty() { None } else { Some(some) });
                }
            }
            _ => {}
        }
    }
    all.retain(|_, held| !held.is_empty());
    all
}

/// A query of a view over a relation: the key and some columns, perhaps not all rows.
pub(crate) fn query(of: &Relation, columns: &[&'static str], roles: &[Grantee], rng: &mut Rng) -> (Query, Vec<&'static str>) {
    let kept: Vec<&'static str> = columns.iter().copied().filter(|name| *name == "id" || rng.chance(70)).collect();
    let kept = if kept.len() < 2 { columns.to_vec() } else { kept };
    let aliased = |name: &str| Expr::new(Kind::Column("o".to_owned(), name.to_owned()));
    let mut filter = rng.chance(50).then(|| predicate(columns, roles, rng));
    if let Some(filter) = &mut filter {
        filter.visit_mut(&mut |one| {
            if let Kind::Own(name) = &one.kind {
                *one = aliased(name);
            }
        });
    }
    let from = From { source: Source::Relation(of.clone()), alias: "o".to_owned(), joins: Vec::new(), at: Default::default() };
    let query = Query { distinct: false, columns: kept.iter().map(|name| aliased(name)).collect(), from: vec![from], filter };
    (query, kept)
}

/// The columns of a relation that a query reads.
pub(crate) fn read(query: &Query) -> BTreeSet<Ident> {
    let mut names = BTreeSet::new();
    query.visit(&mut |one| {
        if let Kind::Column(_, name) = &one.kind {
            names.insert(Ident::cut(name));
        }
    });
    names
}

/// The names of the columns of a relation.
pub(crate) fn names(relation: &RelationState) -> Vec<&'static str> {
    let all = super::world::COLUMNS.iter().copied();
    all.filter(|name| relation.columns.iter().any(|column| column.name.as_str() == *name)).collect()
}
