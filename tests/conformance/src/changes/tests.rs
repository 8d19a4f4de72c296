//! Single statements about single rows. In: a pair of worlds. Out: for each relation rows to write, and statements as SQL. Must not know:
//! what a statement comes to.

use std::collections::BTreeMap;

use policy_core::analyze::{RelationKind, State};
use policy_core::model::{Command, Expr, Kind, Literal, Query, Relation, Source};

use crate::access::client::Value;
use crate::access::policies;
use crate::access::world::{DEFAULT, DEFAULT_KEY, VALUES, World, value};
use crate::access::write::{constant, values};
use crate::rng::Rng;

/// The settings that a caller comes with; the empty one is NULL.
pub(super) const TENANTS: [&str; 3] = ["", "x", "y"];

/// How many rows are inserted, one by one, by each role.
const INSERTS: usize = 10;

/// How many rows are updated, one by one, by each role.
const UPDATES: usize = 20;

/// How many rows a table has at most.
const ROWS: usize = 70;

/// A statement about a table that holds only what `before` puts there.
#[derive(Clone, Debug)]
pub(super) struct Test {
    pub(super) command: Command,
    /// What is done first, by a superuser.
    pub(super) before: String,
    /// What is asked.
    pub(super) act: String,
    /// The setting of the caller.
    pub(super) tenant: String,
    /// The row that is there, and the one that is written in its place; of an INSERT the one that is written, twice.
    pub(super) rows: [Vec<Value>; 2],
}

/// The table below a relation, through views.
pub(super) fn base(state: &State, relation: &Relation) -> Relation {
    match state.relations.get(relation).map(|found| &found.kind) {
        Some(RelationKind::View { query: Some(query), .. }) => below(query).map_or_else(|| relation.clone(), |below| base(state, below)),
        _ => relation.clone(),
    }
}

pub(super) fn below(query: &Query) -> Option<&Relation> {
    query.sources().find_map(|(source, ..)| if let Source::Relation(relation) = source { Some(relation) } else { None })
}

/// The rows of every table: all values that predicates name, and one more key.
pub(super) fn rows(worlds: [&World; 2], rng: &mut Rng) -> BTreeMap<Relation, Vec<Vec<Value>>> {
    let keys = keys(worlds);
    let tables = worlds[0].state.relations.iter().filter(|(_, one)| !matches!(one.kind, RelationKind::View { .. }));
    let mut found = BTreeMap::new();
    for (relation, table) in tables {
        let mut all: Vec<Vec<Value>> = keys.iter().map(|key| vec![Some(key.clone())]).collect();
        for column in &table.columns[1..] {
            let domain: Vec<Value> = VALUES.iter().map(|text| Some((*text).to_owned())).chain(column.nullable.then_some(None)).collect();
            all = all.into_iter().flat_map(|row| domain.iter().map(move |one| [row.clone(), vec![one.clone()]].concat())).collect();
        }
        while all.len() > ROWS {
            all.swap_remove(rng.below(all.len()));
        }
        if *relation == super::worlds::members() {
            while all.len() > 2 {
                all.swap_remove(rng.below(all.len()));
            }
        }
        found.insert(relation.clone(), all);
    }
    found
}

/// The keys that are named somewhere, and another one.
fn keys(worlds: [&World; 2]) -> Vec<String> {
    let mut keys: Vec<String> = vec!["7".to_owned()];
    let mut note = |expr: &Expr| {
        expr.visit(&mut |part| {
            if let Kind::Binary(_, _, right) = &part.kind
                && let Kind::Literal(Literal::Number(text)) = &right.kind
                && !keys.contains(text)
            {
                keys.push(text.clone());
            }
        });
    };
    for relation in worlds.iter().flat_map(|world| world.state.relations.values()) {
        relation.policies.iter().flat_map(|policy| policy.using.iter().chain(&policy.with_check)).for_each(&mut note);
        if let RelationKind::View { query: Some(query), .. } = &relation.kind {
            query.filter.iter().for_each(&mut note);
        }
    }
    keys
}

/// Statements over a relation that every role tries in both worlds.
pub(super) fn of(world: &World, relation: &Relation, rows: &BTreeMap<Relation, Vec<Vec<Value>>>, rng: &mut Rng) -> Vec<Test> {
    let Some(state) = world.state.relations.get(relation) else { return Vec::new() };
    let base = base(&world.state, relation);
    let (names, there) = (policies::names(state), rows.get(&base).cloned().unwrap_or_default());
    let below = world.columns(&base);
    let mut all = Vec::new();
    for number in 0..INSERTS {
        let row = rng.pick(&there).clone();
        let mut sets: Vec<&str> = names.iter().copied().filter(|_| number % 2 == 0 || rng.chance(60)).collect();
        if sets.is_empty() {
            sets = names.clone();
        }
        let given: Vec<Value> = sets.iter().map(|name| below.iter().position(|own| own == name).and_then(|at| row[at].clone())).collect();
        let act = format!("INSERT INTO {relation} ({}) VALUES ({})", sets.join(", "), values(&given));
        let tenant = (*rng.pick(&TENANTS)).to_owned();
        let written: Vec<Value> = below
            .iter()
            .map(|name| {
                let given = sets.iter().position(|own| own == name).map(|at| given[at].clone());
                given.unwrap_or_else(|| other(name, is_nullable(world, &base, name)))
            })
            .collect();
        all.push(Test { command: Command::Insert, before: String::new(), act, tenant, rows: [written.clone(), written] });
    }
    for _ in 0..UPDATES {
        let row: &Vec<Value> = rng.pick(&there);
        let before = insertion(&base, &below, row);
        let name = *rng.pick(&names);
        let new = if name == "id" { rng.pick(&there)[0].clone() } else { value(is_nullable(world, &base, name), rng) };
        let written = below.iter().zip(row).map(|(own, value)| if *own == name { new.clone() } else { value.clone() }).collect();
        let act = format!("UPDATE {relation} SET {name} = {}", constant(&new));
        all.push(Test { command: Command::Update, before, act, tenant: (*rng.pick(&TENANTS)).to_owned(), rows: [row.clone(), written] });
    }
    all
}

fn is_nullable(world: &World, table: &Relation, name: &str) -> bool {
    let columns = world.state.relations.get(table).map_or(&[][..], |found| &found.columns);
    columns.iter().any(|column| column.name.as_str() == name && column.nullable)
}

/// A row, put in a table.
pub(super) fn insertion(table: &Relation, columns: &[&'static str], row: &[Value]) -> String {
    format!("INSERT INTO {table} ({}) VALUES ({})", columns.join(", "), values(row))
}

/// What a column holds of which nothing is said.
pub(super) fn other(column: &str, nullable: bool) -> Value {
    match column {
        "id" => Some(DEFAULT_KEY.to_owned()),
        _ if nullable => None,
        _ => Some(DEFAULT.to_owned()),
    }
}
