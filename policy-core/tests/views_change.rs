//! What a change means through views: with whose rights each reads, below another one too, and what is written through it.
//!
//! A case is a state edited in two ways, as a set never comes to but a database does. What is expected is the verdict on a view, which
//! PostgreSQL was asked about: `tests/conformance`, `changes`.
#![cfg(feature = "build")]
#![allow(clippy::unwrap_used, reason = "a failure here is a failed test")]

use policy_core::analyze::{Change, RelationKind, RelationState, State, changes};
use policy_core::build::{Source, assemble, scan_texts};
use policy_core::model::{Command, Expr, Grantee, Ident, Privilege, Relation};

const SET: &str = r#"
    #[derive(Role)] #[role(name = "app")] struct App;
    #[derive(Role)] #[role(name = "reader")] struct Reader;
    #[derive(Policy)] #[policy(table = "teams", no_tenant, permit(select, to = App, using(id = 1)),
        permit(select, to = Reader, using(id = 2)), permit(update, to = Reader, using(id = 2)))]
    struct Team { id: i32, size: i32 }
    #[derive(View)] #[view(name = "under", grant(select, to = App), query(SELECT t.id FROM Team t))]
    struct Inner { id: i32 }
    #[derive(View)] #[view(name = "over_it", grant(select, to = App), query(SELECT i.id FROM Inner i))]
    struct Outer { id: i32 }
    policy_set! { ALL { versions: 15..=18, items: [App, Reader, Team, Inner, Outer] } }
"#;

fn of<'s>(state: &'s mut State, name: &str) -> &'s mut RelationState {
    state.relations.get_mut(&Relation::parse(name).unwrap()).unwrap()
}

fn grant(state: &mut State, relation: &str, to: &str, privilege: Privilege) {
    of(state, relation).grants.entry(Grantee::Role(to.to_owned())).or_default().insert(privilege, None);
}

/// A view that reads with the rights of `reader`.
fn defined(state: &mut State, view: &str) {
    let found = of(state, view);
    found.owner = Some("reader".to_owned());
    if let RelationKind::View { invoker, .. } = &mut found.kind {
        *invoker = false;
    }
}

/// Lets the policies of a role for a command admit everything.
fn open(state: &mut State, role: &str, command: Command) {
    let to = Grantee::Role(role.to_owned());
    let policies = of(state, "public.teams").policies.iter_mut();
    policies
        .filter(|policy| policy.command == Some(command) && policy.to.contains(&to))
        .for_each(|policy| policy.using = Some(Expr::truth()));
}

/// What `edit` changes for `app`, after `before`.
fn changed(before: impl Fn(&mut State), edit: impl Fn(&mut State), view: &str, command: Command) -> Change {
    let source = Source { shown: "src/lib.rs".to_owned(), text: SET.to_owned(), folder: None };
    let assembly = assemble(scan_texts(vec![source]));
    let faults: Vec<String> = assembly.faults.iter().map(|fault| fault.diagnostic.text()).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let mut old = State::of(assembly.sets.first().unwrap().set());
    before(&mut old);
    let mut new = old.clone();
    edit(&mut new);
    let found = changes(&old, &new);
    let mut of_view = found.all.iter().filter(|one| one.role == "app" && one.object == view && one.what == command.word());
    of_view.next().map_or(Change::Equivalent, |one| one.change)
}

#[test]
fn what_is_written_through_a_view_hangs_on_what_is_below() {
    let before = |state: &mut State| {
        grant(state, "public.under", "app", Privilege::Update);
        defined(state, "public.under");
    };
    let edit = |state: &mut State| open(state, "reader", Command::Update);
    assert_eq!(changed(before, edit, "public.under", Command::Update), Change::Incomparable);
    assert_eq!(changed(before, |_| {}, "public.under", Command::Update), Change::Equivalent);
}

#[test]
fn a_view_asks_nobody_for_the_schema_below() {
    let before = |state: &mut State| {
        grant(state, "public.under", "app", Privilege::Update);
        defined(state, "public.under");
        state.schemas.entry(Ident::cut("public")).or_default().usage = [Grantee::Role("app".to_owned())].into();
    };
    let edit = |state: &mut State| open(state, "reader", Command::Update);
    assert_eq!(changed(before, edit, "public.under", Command::Update), Change::Incomparable);
}

#[test]
fn a_view_of_whoever_asks_reads_as_the_session_below_another_one() {
    let before = |state: &mut State| {
        grant(state, "public.under", "reader", Privilege::Select);
        defined(state, "public.over_it");
    };
    let edit = |state: &mut State| open(state, "app", Command::Select);
    assert_eq!(changed(before, edit, "public.over_it", Command::Select), Change::Incomparable);
}

#[test]
fn a_view_shows_nothing_that_its_reader_may_not_read() {
    let before = |state: &mut State| {
        defined(state, "public.under");
        let teams = of(state, "public.teams");
        teams.enabled = false;
        teams.grants.remove(&Grantee::Role("reader".to_owned()));
    };
    let whole = |state: &mut State| grant(state, "public.teams", "reader", Privilege::Select);
    let columns = |name: &'static str| {
        move |state: &mut State| {
            let held = of(state, "public.teams").grants.entry(Grantee::Role("reader".to_owned())).or_default();
            held.insert(Privilege::Select, Some(vec![Ident::cut(name)]));
        }
    };
    assert_eq!(changed(before, whole, "public.under", Command::Select), Change::Wider);
    assert_eq!(changed(before, columns("id"), "public.under", Command::Select), Change::Wider);
    assert_eq!(changed(before, columns("size"), "public.under", Command::Select), Change::Equivalent);
}
