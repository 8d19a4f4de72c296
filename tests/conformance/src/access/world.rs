//! Random worlds: roles and memberships, tables with flags, policies, grants and rows, views. In: numbers, a major. Out: a state that
//! `analyze` judges, and the rows. Must not know: SQL, nor what the state comes to.

use std::collections::{BTreeMap, BTreeSet};

use policy_core::analyze::effective::Who;
use policy_core::analyze::state::{FunctionState, SchemaState};
use policy_core::analyze::{RelationKind, RelationState, State};
use policy_core::model::{Column, Function, Grantee, Ident, Membership, Relation, Returns, Role, SqlType, Tenancy, Volatility};

use super::client::Value;
use super::policies;
use crate::Failure;
use crate::rng::Rng;

/// The columns that a table may have; the first is its key.
pub(crate) const COLUMNS: [&str; 4] = ["id", "a", "b", "c"];

/// What the others hold, NULL aside.
pub(crate) const VALUES: [&str; 2] = ["x", "y"];

/// What a column holds that may not be NULL, and is not told what.
pub(crate) const DEFAULT: &str = "x";

/// The key of a row that is not told which.
pub(crate) const DEFAULT_KEY: &str = "90";

/// A role that the state does not know.
pub(crate) const OUTSIDER: &str = "outsider";

/// A world.
#[derive(Clone, Debug)]
pub(crate) struct World {
    /// What it is, as far as access is concerned.
    pub(crate) state: State,
    /// The rows of its tables.
    pub(crate) rows: BTreeMap<Relation, Vec<Vec<Value>>>,
    /// What the session says of its caller.
    pub(crate) field: Option<String>,
    /// The major of the server.
    pub(crate) major: u32,
}

impl World {
    /// Every role, and one that the state does not know.
    pub(crate) fn askers(&self) -> impl Iterator<Item = Who<'_>> {
        self.state.roles.iter().map(|role| Who::Role(role.name.as_str())).chain([Who::Public])
    }

    /// The names of the columns of a relation.
    pub(crate) fn columns(&self, relation: &Relation) -> Vec<&'static str> {
        self.state.relations.get(relation).map_or_else(Vec::new, policies::names)
    }
}

/// A random world.
pub(crate) fn make(rng: &mut Rng, major: u32) -> Result<World, Failure> {
    let names: Vec<String> = (0..4 + rng.below(3)).map(|number| format!("h{number}")).collect();
    let grantees: Vec<Grantee> = names.iter().cloned().map(Grantee::Role).collect();
    let mut state = State {
        name: "world".to_owned(),
        roles: roles(&names, rng, major),
        owner: Some(rng.pick(&names).clone()),
        schemas: schemas(&grantees, rng),
        ..State::default()
    };
    if rng.chance(15) {
        state.superusers.insert(rng.pick(&names).clone());
    }
    let mut rows = BTreeMap::new();
    for number in 0..1 + rng.below(2) {
        let schema = if rng.chance(75) { "public" } else { "s" };
        let relation = Relation { schema: Ident::cut(schema), name: Ident::cut(&format!("t{number}")) };
        let table = table(&names, &grantees, rng)?;
        rows.insert(relation.clone(), (1..=2 + rng.below(4)).map(|key| row(&table, &key.to_string(), rng)).collect());
        state.relations.insert(relation, table);
    }
    for number in 0..rng.below(3) {
        let relation = Relation { schema: Ident::cut("public"), name: Ident::cut(&format!("v{number}")) };
        let below: Vec<Relation> = state.relations.keys().cloned().collect();
        let view = view(&state, rng.pick(&below), &names, rng, major)?;
        state.relations.insert(relation, view);
    }
    state.functions = state.relations.keys().map(|_| function(&names, &grantees, rng)).collect();
    for (number, function) in state.functions.iter_mut().enumerate() {
        function.path.name = Ident::cut(&format!("f{number}"));
    }
    let field = rng.chance(80).then(|| rng.word(&VALUES).to_owned());
    Ok(World { state, rows, field, major })
}

fn roles(names: &[String], rng: &mut Rng, major: u32) -> Vec<Role> {
    let mut roles = Vec::new();
    for (number, name) in names.iter().enumerate() {
        let mut groups: Vec<String> = names[..number].iter().filter(|_| rng.chance(25)).cloned().collect();
        groups.extend(["pg_read_all_data", "pg_write_all_data"].into_iter().filter(|_| rng.chance(12)).map(str::to_owned));
        let mut option = || (major >= 16 && rng.chance(45)).then(|| rng.chance(50));
        let member_of = groups.into_iter().map(|role| Membership { role, inherit: option(), set: option(), admin: None }).collect();
        let bypass_rls = rng.chance(12).then(|| "it is tried".to_owned());
        roles.push(Role {
            item: name.clone(),
            name: Ident::cut(name),
            noinherit: rng.chance(25),
            member_of,
            bypass_rls,
            ..Role::default()
        });
    }
    roles
}

/// What is known of the schemas: everybody enters `public`, some enter the other one.
fn schemas(grantees: &[Grantee], rng: &mut Rng) -> BTreeMap<Ident, SchemaState> {
    let public = SchemaState { usage: BTreeSet::from([Grantee::Public]), create: BTreeSet::new() };
    let usage = policies::grantees(grantees, rng).into_iter().collect();
    BTreeMap::from([(Ident::cut("public"), public), (Ident::cut("s"), SchemaState { usage, create: BTreeSet::new() })])
}

fn table(names: &[String], grantees: &[Grantee], rng: &mut Rng) -> Result<RelationState, Failure> {
    let columns = &COLUMNS[..2 + rng.below(3)];
    let policies = (0..rng.below(7)).map(|number| policies::policy(number, columns, grantees, rng)).collect();
    Ok(RelationState {
        exceptions: Vec::new(),
        item: "Table".to_owned(),
        kind: if rng.chance(15) { RelationKind::Partitioned } else { RelationKind::Table },
        owner: rng.chance(30).then(|| rng.pick(names).clone()),
        context: None,
        columns: columns.iter().map(|name| column(name, *name != "id" && rng.chance(80))).collect::<Result<_, _>>()?,
        tenancy: Tenancy::None,
        enabled: rng.chance(85),
        forced: rng.chance(50),
        policies,
        grants: policies::grants(columns, grantees, rng),
    })
}

fn view(state: &State, of: &Relation, names: &[String], rng: &mut Rng, major: u32) -> Result<RelationState, Failure> {
    let below = state.relations.get(of).ok_or("a relation that is not there")?;
    let grantees: Vec<Grantee> = names.iter().cloned().map(Grantee::Role).collect();
    let (query, kept) = policies::query(of, &policies::names(below), &grantees, rng);
    let invoker = major >= 15 && rng.chance(50);
    Ok(RelationState {
        exceptions: Vec::new(),
        item: "View".to_owned(),
        kind: RelationKind::View { query: Some(query), invoker, barrier: rng.chance(30) },
        owner: Some(rng.pick(names).clone()),
        context: None,
        columns: kept.iter().map(|name| column(name, true)).collect::<Result<_, _>>()?,
        tenancy: Tenancy::None,
        enabled: false,
        forced: false,
        policies: Vec::new(),
        grants: policies::grants(&kept, &grantees, rng),
    })
}

fn function(names: &[String], grantees: &[Grantee], rng: &mut Rng) -> FunctionState {
    let definer = Some(rng.pick(names).clone());
    FunctionState {
        item: "Function".to_owned(),
        path: Relation { schema: Ident::cut("public"), name: Ident::default() },
        function: Function {
            method: "f".to_owned(),
            name: Ident::cut("f"),
            args: Vec::new(),
            returns: Returns::Void,
            definer,
            search_path: None,
            language: Ident::cut("sql"),
            volatility: Volatility::Volatile,
            body: None,
            grants: Vec::new(),
        },
        executors: policies::grantees(grantees, rng).into_iter().collect(),
        external: false,
    }
}

pub(crate) fn column(name: &str, nullable: bool) -> Result<Column, Failure> {
    let kind = SqlType::builtin(if name == "id" { "integer" } else { "text" }).ok_or("a type that is not there")?;
    Ok(Column { field: name.to_owned(), name: Ident::cut(name), kind, nullable, sequence: None, default: None })
}

fn row(table: &RelationState, key: &str, rng: &mut Rng) -> Vec<Value> {
    let others = table.columns[1..].iter().map(|column| value(column.nullable, rng));
    std::iter::once(Some(key.to_owned())).chain(others).collect()
}

/// A value for a column that is not the key.
pub(crate) fn value(nullable: bool, rng: &mut Rng) -> Value {
    (!nullable || rng.chance(75)).then(|| rng.word(&VALUES).to_owned())
}
