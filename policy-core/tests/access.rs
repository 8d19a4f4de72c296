//! The ways to the rows of a relation, and what a state leaves unknown. What statements come to is asked of servers, in `tests/conformance`.
#![allow(clippy::unwrap_used, reason = "a failure here is a failed test")]

use std::collections::{BTreeMap, BTreeSet};

use policy_core::analyze::effective::{By, Columns, Door, Gate, Rows, Security, Way, Who};
use policy_core::analyze::state::{FunctionState, SchemaState};
use policy_core::analyze::{Effective, RelationKind, RelationState, State};
use policy_core::model::{
    Command, Expr, From, Function, Grantee, Ident, Membership, Privilege, Query, Relation, Returns, Role, Source, Tenancy, Volatility,
};

fn relation(name: &str) -> Relation {
    Relation::parse(name).unwrap()
}

fn role(name: &str, member_of: &[&str]) -> Role {
    let member = |role: &&str| Membership { role: (*role).to_owned(), inherit: None, set: None, admin: None };
    Role { item: name.to_owned(), name: Ident::cut(name), member_of: member_of.iter().map(member).collect(), ..Role::default() }
}

fn of_kind(kind: RelationKind, owner: Option<&str>, grants: &[(&str, Privilege)]) -> RelationState {
    let mut all: BTreeMap<Grantee, BTreeMap<Privilege, Option<Vec<Ident>>>> = BTreeMap::new();
    for (to, privilege) in grants {
        all.entry(Grantee::Role((*to).to_owned())).or_default().insert(*privilege, None);
    }
    RelationState {
        exceptions: Vec::new(),
        item: "Item".to_owned(),
        kind,
        owner: owner.map(str::to_owned),
        context: None,
        columns: Vec::new(),
        tenancy: Tenancy::None,
        enabled: true,
        forced: false,
        policies: Vec::new(),
        grants: all,
    }
}

fn view(of: &str, invoker: bool) -> RelationKind {
    let from = From { source: Source::Relation(relation(of)), alias: "o".to_owned(), joins: Vec::new(), at: Default::default() };
    let query = Query { distinct: false, columns: vec![Expr::truth()], from: vec![from], filter: None };
    RelationKind::View { query: Some(query), invoker, barrier: false }
}

fn definer(name: &str, owner: &str, executors: &[&str]) -> FunctionState {
    let function = Function {
        method: name.to_owned(),
        name: Ident::cut(name),
        args: Vec::new(),
        returns: Returns::Void,
        definer: Some(owner.to_owned()),
        search_path: None,
        language: Ident::cut("sql"),
        volatility: Volatility::Volatile,
        body: None,
        grants: Vec::new(),
    };
    let executors = executors.iter().map(|name| Grantee::Role((*name).to_owned())).collect();
    FunctionState { item: name.to_owned(), path: relation(name), function, executors, external: false }
}

fn state(roles: Vec<Role>, relations: Vec<(&str, RelationState)>) -> State {
    let relations = relations.into_iter().map(|(name, found)| (relation(name), found)).collect();
    State { roles, owner: Some("keeper".to_owned()), relations, ..State::default() }
}

/// Each door in a few words.
fn said(doors: &[Door<'_>]) -> Vec<String> {
    let name = |who: Who<'_>| match who {
        Who::Public => "PUBLIC".to_owned(),
        Who::Role(name) => name.to_owned(),
    };
    let path = |path: &[&Relation]| path.iter().map(ToString::to_string).collect::<Vec<_>>().join(" > ");
    let door = |door: &Door<'_>| {
        let way = match &door.way {
            Way::Direct => "direct".to_owned(),
            Way::View(views) => format!("view {}", path(views)),
            Way::Opaque(views) => format!("opaque {}", path(views)),
            Way::Function(function) => format!("function {}", function.path),
            Way::Beside(privilege) => format!("{privilege:?}").to_lowercase(),
            Way::Partitions => "partitions".to_owned(),
        };
        format!("{}: {way} as {}", name(door.identity), door.acting.map_or_else(|| "?".to_owned(), name))
    };
    doors.iter().map(door).collect()
}

#[test]
fn an_invoker_view_inside_another_reads_as_the_session() {
    let select = |to| (to, Privilege::Select);
    let state = state(
        vec![role("app", &[]), role("seer", &[])],
        vec![
            ("t", of_kind(RelationKind::Table, None, &[select("app"), select("seer")])),
            ("inner", of_kind(view("t", true), Some("seer"), &[select("seer")])),
            ("outer", of_kind(view("inner", false), Some("seer"), &[select("app")])),
            ("straight", of_kind(view("t", false), Some("seer"), &[select("app")])),
        ],
    );
    let effective = Effective::of(&state);
    let doors = effective.doors(Who::Role("app"), &relation("t"));
    assert_eq!(said(&doors), ["app: direct as app", "app: view outer > inner as app", "app: view straight as seer"]);
}

#[test]
fn a_view_whose_owner_may_not_read_is_no_door() {
    let state = state(
        vec![role("app", &[]), role("seer", &[])],
        vec![("t", of_kind(RelationKind::Table, None, &[])), ("v", of_kind(view("t", false), Some("seer"), &[("app", Privilege::Select)]))],
    );
    assert!(Effective::of(&state).doors(Who::Role("app"), &relation("t")).is_empty());
}

#[test]
fn functions_open_what_their_owners_reach_also_through_further_functions() {
    let mut state = state(
        vec![role("app", &[]), role("first", &[]), role("second", &[])],
        vec![("t", of_kind(RelationKind::Table, None, &[("second", Privilege::Update)]))],
    );
    state.functions = vec![definer("f", "first", &["app"]), definer("g", "second", &["first"]), definer("h", "first", &[])];
    let effective = Effective::of(&state);
    assert_eq!(said(&effective.doors(Who::Role("app"), &relation("t"))), ["app: function f as first"]);
    let own: Vec<String> = said(&effective.doors(Who::Role("first"), &relation("t")));
    assert_eq!(own, ["first: function f as first", "first: function g as second", "first: function h as first"]);
}

#[test]
fn what_a_relation_of_others_reads_is_not_known() {
    let state = state(
        vec![role("app", &[])],
        vec![
            ("t", of_kind(RelationKind::Table, None, &[])),
            ("theirs", of_kind(RelationKind::External, None, &[("app", Privilege::Select)])),
            ("shown", of_kind(RelationKind::View { query: None, invoker: false, barrier: false }, None, &[("app", Privilege::Select)])),
        ],
    );
    let effective = Effective::of(&state);
    let app = Who::Role("app");
    assert_eq!(said(&effective.doors(app, &relation("t"))), ["app: opaque shown as ?"]);
    for unknown in ["theirs", "nowhere"] {
        assert_eq!(effective.security(app, &relation(unknown)), Security::Unknown);
        let rows = effective.rows(app, &relation(unknown), Command::Select, Gate::Using);
        assert_eq!((rows.predicate(), rows), (None, Rows::Unknown));
    }
}

#[test]
fn a_session_takes_the_doors_of_whom_it_becomes() {
    let mut keeper = role("keeper", &[]);
    keeper.bypass_rls = Some("it restores".to_owned());
    let mut app = role("app", &["keeper"]);
    app.noinherit = true;
    let state = state(vec![keeper, app], vec![("t", of_kind(RelationKind::Partitioned, None, &[("app", Privilege::Truncate)]))]);
    let effective = Effective::of(&state);
    let (app, t) = (Who::Role("app"), relation("t"));
    assert_eq!(effective.security(app, &t), Security::On);
    assert_eq!(effective.security(Who::Role("keeper"), &t), Security::Bypassed(By::BypassRls));
    let said = said(&effective.doors(app, &t));
    assert_eq!(said.first().unwrap(), "app: truncate as app");
    assert!(said.contains(&"keeper: direct as keeper".to_owned()) && said.contains(&"keeper: partitions as keeper".to_owned()));
    assert_eq!(effective.identities(app), BTreeSet::from(["app", "keeper"]));
    assert_eq!(effective.privileges(app, &t, Privilege::Select), Columns::None);
}

#[test]
fn a_superuser_is_everybody_and_a_closed_schema_hides_what_is_in_it() {
    let mut state =
        state(vec![role("app", &[]), role("root", &[])], vec![("s.t", of_kind(RelationKind::Table, None, &[("app", Privilege::Select)]))]);
    state.superusers.insert("root".to_owned());
    state.schemas.insert(Ident::cut("s"), SchemaState::default());
    let effective = Effective::of(&state);
    let t = relation("s.t");
    assert!(effective.doors(Who::Role("app"), &t).is_empty());
    assert_eq!(effective.security(Who::Role("root"), &t), Security::Bypassed(By::Superuser));
    assert_eq!(effective.identities(Who::Role("root")), BTreeSet::from(["app", "keeper", "root"]));
    assert_eq!(effective.privileges(Who::Role("root"), &t, Privilege::Truncate), Columns::All);
}
