//! Verdicts on changes of whole sets: each artifact of a set changed, and what that means for whom.
//!
//! A case is a source and replacements in it. What is expected is the verdict on all of it, and some words of what was gained or lost.
#![cfg(feature = "build")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a failure here is a failed test")]

use policy_core::analyze::{Change, Differences, State, changes};
use policy_core::build::{Source, assemble, scan_texts};

const BASE: &str = r#"
    #[derive(Context)] #[context(prefix = "app")] struct Request { tenant_id: Uuid, user_id: Uuid, level: Option<i32> }
    #[derive(Role)] #[role(name = "owner")] struct Owner;
    #[derive(Role)] #[role(name = "app", login, noinherit)] struct App;
    #[derive(Role)] #[role(name = "editor", login, noinherit)] struct Editor;
    #[derive(Role)] #[role(name = "reader")] struct Reader;
    #[derive(Role)] #[role(name = "guest", login)] struct Guest;
    #[derive(Schema)] #[schema(name = "api", grant(usage, to = App))] struct Api;
    #[derive(Policy)]
    #[policy(table = "docs", context = Request, tenant(tenant_id = ctx.tenant_id), allow(H0941, reason = "a test"),
        permit(select, to = App, using(status = "open" OR owner_id = ctx.user_id)),
        permit(update(title), to = App, using(owner_id = ctx.user_id)),
        permit(select(id, tenant_id, owner_id, status, note), to = Reader, using(status = "open")))]
    struct Doc { id: Uuid, tenant_id: Uuid, owner_id: Uuid, status: String, title: String, note: Option<String> }
    #[derive(Policy)]
    #[policy(table = "members", context = Request, no_tenant, permit(select, to = [App, Reader], using(user_id = ctx.user_id)))]
    struct Member { team_id: Uuid, user_id: Uuid }
    #[derive(Policy)]
    #[policy(table = "boards", no_tenant,
        permit(select, to = App, using(team_id IN (SELECT m.team_id FROM Member m))))]
    struct Board { id: Uuid, team_id: Uuid }
    #[derive(View)] #[view(name = "open_docs", definer = Reader, grant(select, to = Editor),
        query(SELECT d.id, d.tenant_id FROM Doc d WHERE d.status = "open"))]
    struct OpenDoc { id: Uuid, tenant_id: Uuid }
    policy_set! { pub SET { owner: Owner, versions: 15..=18, items: [Request, Owner, App, Editor, Reader, Guest, Api, Doc, Member, Board, OpenDoc] } }
"#;

fn state(text: &str) -> State {
    let source = Source { shown: "src/lib.rs".to_owned(), text: text.to_owned(), folder: None };
    let assembly = assemble(scan_texts(vec![source]));
    let faults: Vec<String> = assembly.faults.iter().filter(|fault| fault.is_error()).map(|fault| fault.diagnostic.text()).collect();
    assert!(faults.is_empty(), "{text}\n{}", faults.join("\n"));
    State::of(assembly.sets[0].set())
}

fn changed(replace: &[(&str, &str)]) -> String {
    let mut text = BASE.to_owned();
    for (old, new) in replace {
        assert!(text.contains(old), "not in the source: {old}");
        text = text.replacen(old, new, 1);
    }
    text
}

fn told(found: &Differences) -> String {
    let lines = found.all.iter().map(|one| {
        let parts = [("gained", &one.gained), ("lost", &one.lost), ("unknown", &one.unknown)];
        let parts: Vec<String> =
            parts.iter().filter(|(_, all)| !all.is_empty()).map(|(word, all)| format!("{word}: {}", all.join("; "))).collect();
        format!("{} {} on {}: {}: {}", one.role, one.what, one.object, one.change.word(), parts.join(" | "))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A view over a view.
const NESTED: [(&str, &str); 2] = [
    (
        "policy_set! {",
        r#"#[derive(View)] #[view(name = "all_open", grant(select, to = Editor), query(SELECT o.id FROM OpenDoc o))]
        struct AllOpen { id: Uuid }
        policy_set! {"#,
    ),
    ("OpenDoc]", "OpenDoc, AllOpen]"),
];

/// The change, and the change back: what one gains the other loses.
#[track_caller]
fn verdict(replace: &[(&str, &str)], change: Change, words: &[&str]) {
    between(&state(BASE), &state(&changed(replace)), change, words);
}

/// The same with a view over a view.
#[track_caller]
fn nested(replace: &[(&str, &str)], change: Change, words: &[&str]) {
    let after: Vec<_> = NESTED.iter().chain(replace).copied().collect();
    between(&state(&changed(&NESTED)), &state(&changed(&after)), change, words);
}

#[track_caller]
fn between(old: &State, new: &State, change: Change, words: &[&str]) {
    let found = changes(old, new);
    let text = told(&found);
    assert_eq!(found.change(), change, "{text}");
    for word in words {
        assert!(text.contains(word), "no {word:?} in\n{text}");
    }
    let back = changes(new, old);
    let opposite = match change {
        Change::Wider => Change::Narrower,
        Change::Narrower => Change::Wider,
        same => same,
    };
    assert_eq!(back.change(), opposite, "and back\n{}", told(&back));
}

const PERMIT: &str = r#"permit(select, to = App, using(status = "open" OR owner_id = ctx.user_id))"#;

#[test]
fn nothing_changed() {
    verdict(&[], Change::Equivalent, &[]);
}

#[test]
fn other_words_for_the_same() {
    let same = r#"permit(select, to = App, using(owner_id = ctx.user_id OR status IN ("open")))"#;
    verdict(&[(PERMIT, same)], Change::Equivalent, &[]);
    let same = r#"permit(select, to = App, using(NOT (status <> "open" AND owner_id IS DISTINCT FROM ctx.user_id)))"#;
    verdict(&[(PERMIT, same)], Change::Equivalent, &[]);
}

#[test]
fn a_permit_that_grows_and_shrinks() {
    let wider = r#"permit(select, to = App, using(status = "open" OR status = "draft" OR owner_id = ctx.user_id))"#;
    verdict(&[(PERMIT, wider)], Change::Wider, &["app select on public.docs: wider: gained:", "status = 'draft'"]);
    let narrower = r#"permit(select, to = App, using(status = "open"))"#;
    verdict(&[(PERMIT, narrower)], Change::Narrower, &["app select on public.docs: narrower: lost:"]);
    let other = r#"permit(select, to = App, using(status = "draft" OR owner_id = ctx.user_id))"#;
    verdict(&[(PERMIT, other)], Change::Incomparable, &["status = 'draft'", "lost:", "status = 'open'"]);
}

#[test]
fn null_is_not_forgotten() {
    let no_null = r#"permit(select, to = App, using(note = note AND (status = "open" OR owner_id = ctx.user_id)))"#;
    verdict(&[(PERMIT, no_null)], Change::Narrower, &["note IS NULL"]);
}

#[test]
fn a_tenant_that_is_loosened() {
    let loose = (r#"tenant(tenant_id = ctx.tenant_id)"#, r#"tenant(tenant_id = ctx.tenant_id OR owner_id = ctx.user_id)"#);
    verdict(&[loose], Change::Wider, &["app select on public.docs: wider", "app update on public.docs: wider"]);
}

#[test]
fn a_restriction_comes() {
    let restrict = format!("{PERMIT}, restrict(select, to = App, using(note IS NOT NULL))");
    verdict(&[(PERMIT, &restrict)], Change::Narrower, &["app select on public.docs: narrower: lost: note IS NULL"]);
}

#[test]
fn a_command_and_a_column_more() {
    let delete = format!("{PERMIT}, permit(delete, to = App, using(owner_id = ctx.user_id))");
    verdict(&[(PERMIT, &delete)], Change::Wider, &["app delete on public.docs: wider"]);
    verdict(&[("update(title)", "update(title, note)")], Change::Wider, &["app update on public.docs: wider: gained: columns note"]);
    verdict(
        &[("status, note), to = Reader", "status), to = Reader")],
        Change::Narrower,
        &["reader select on public.docs: narrower: lost: columns note"],
    );
}

#[test]
fn a_role_becomes_a_member() {
    let member = ("#[role(name = \"guest\", login)]", "#[role(name = \"guest\", login, member_of(Editor))]");
    verdict(&[member], Change::Wider, &["guest select on public.open_docs: wider", "guest set role on editor: wider"]);
    let without = ("#[role(name = \"guest\", login)]", "#[role(name = \"guest\", login, noinherit, member_of(Editor))]");
    verdict(&[without], Change::Wider, &["guest set role on editor: wider"]);
}

/// A database of which these things changed behind the set.
#[test]
fn what_a_database_may_have_come_to() {
    let base = state(BASE);
    let altered = |alter: &dyn Fn(&mut State)| {
        let mut new = base.clone();
        alter(&mut new);
        new
    };
    let role = |state: &mut State, name: &str| state.roles.iter().position(|role| role.name.as_str() == name).unwrap();
    let bypass = altered(&|state| {
        let reader = role(state, "reader");
        state.roles[reader].bypass_rls = Some("reports".to_owned());
    });
    let words = ["reader select on public.docs: wider", "editor select on public.open_docs: wider"];
    between(&base, &bypass, Change::Wider, &words);
    let superuser = altered(&|state| state.superusers.extend(["guest".to_owned()]));
    between(&base, &superuser, Change::Wider, &["guest select on public.docs: wider", "guest set role on owner: wider"]);
    let unforced = altered(&|state| state.relations.values_mut().for_each(|one| one.forced = false));
    between(&base, &unforced, Change::Wider, &["owner select on public.docs: wider"]);
    let off = altered(&|state| state.relations.values_mut().for_each(|one| one.enabled = false));
    between(&base, &off, Change::Wider, &["app select on public.docs: wider", "app select on public.boards: wider"]);
    let nullable = altered(&|state| {
        state.relations.values_mut().flat_map(|one| &mut one.columns).for_each(|column| column.nullable = true);
    });
    between(&base, &nullable, Change::Equivalent, &[]);
}

#[test]
fn an_enum_with_labels_in_another_order() {
    use policy_core::model::{Base, Definition, UserType};
    let labelled = |labels: &[&str]| {
        let mut state = state(&changed(&[(PERMIT, r#"permit(select, to = App, using(status > "open"))"#)]));
        let labels = labels.iter().map(|label| (*label).to_owned()).collect();
        state.types.push(UserType { schema: None, name: "mood".to_owned(), definition: Definition::Enum(labels) });
        let columns = state.relations.values_mut().flat_map(|one| &mut one.columns);
        for column in columns.filter(|column| column.name.as_str() == "status") {
            column.kind.base = Base::User(None, "mood".to_owned());
        }
        state
    };
    let old = labelled(&["draft", "open", "done"]);
    between(&old, &labelled(&["draft", "open", "done", "gone"]), Change::Equivalent, &[]);
    between(&old, &labelled(&["done", "draft", "open"]), Change::Incomparable, &["public.docs.status is something else"]);
}

#[test]
fn a_table_without_row_security() {
    let off = (
        "context = Request, no_tenant, permit(select, to = [App, Reader], using(user_id = ctx.user_id))",
        "no_tenant, no_rls = \"static\", grant(select, to = [App, Reader])",
    );
    verdict(&[off], Change::Wider, &["app select on public.members: wider"]);
}

#[test]
fn a_schema_opens() {
    verdict(&[("grant(usage, to = App)", "grant(usage, to = [App, Guest])")], Change::Wider, &["guest usage on api: wider"]);
    verdict(&[("grant(usage, to = App)", "grant(usage, to = App), grant(create, to = App)")], Change::Wider, &["app create on api: wider"]);
}

#[test]
fn a_setting_is_another_one() {
    let prefix = ("#[context(prefix = \"app\")]", "#[context(prefix = \"request\")]");
    verdict(&[prefix], Change::Incomparable, &["app select on public.docs: incomparable: unknown: ctx.", "is something else"]);
}

#[test]
fn a_column_is_of_another_type() {
    let kind = ("status: String, title", "#[policy(type = \"citext\")] status: String, title");
    verdict(&[kind], Change::Incomparable, &["public.docs.status is something else"]);
}

#[test]
fn a_policy_below_a_policy() {
    let wider =
        ("to = [App, Reader], using(user_id = ctx.user_id)", "to = [App, Reader], using(user_id = ctx.user_id OR team_id = ctx.user_id)");
    verdict(&[wider], Change::Wider, &["app select on public.members: wider", "app select on public.boards: wider"]);
}

#[test]
fn a_view_shows_more() {
    let filter = ("FROM Doc d WHERE d.status = \"open\"", "FROM Doc d WHERE d.status = \"open\" AND d.note IS NULL");
    nested(
        &[filter],
        Change::Incomparable,
        &["editor select on public.open_docs: narrower", "editor select on public.all_open: incomparable"],
    );
}

#[test]
fn a_view_reads_with_the_rights_of_whoever_asks() {
    let invoker = ("name = \"open_docs\", definer = Reader, grant", "name = \"open_docs\", grant");
    let editor = ("to = Reader, using(status = \"open\")", "to = [Reader, Editor], using(status = \"open\")");
    nested(&[invoker, editor], Change::Incomparable, &["editor select on public.docs: wider", "editor select on public.all_open"]);
}

#[test]
fn the_reader_of_a_view_sees_more() {
    let reader = ("to = Reader, using(status = \"open\")", "to = Reader, using(status = \"open\" OR note IS NULL)");
    nested(&[reader], Change::Incomparable, &["reader select on public.docs: wider", "all_open"]);
}

#[test]
fn a_view_is_given_to_others() {
    let given = ("definer = Reader, grant(select, to = Editor)", "definer = Reader, grant(select, to = [Editor, Guest])");
    verdict(&[given], Change::Wider, &["guest select on public.open_docs: wider"]);
}

#[test]
fn a_view_is_filtered_by_a_table_that_its_definer_sees_more_of() {
    let within = (
        "FROM Doc d WHERE d.status = \"open\"",
        "FROM Doc d WHERE d.status = \"open\" AND EXISTS (SELECT 1 FROM Member m WHERE m.team_id = d.id)",
    );
    let (old, new) = (
        changed(&[within]),
        changed(&[
            within,
            (
                "to = [App, Reader], using(user_id = ctx.user_id)",
                "to = App, using(user_id = ctx.user_id)), permit(select, to = Reader, using(true)",
            ),
        ]),
    );
    let found = changes(&state(&old), &state(&new));
    assert!(told(&found).contains("editor select on public.open_docs: wider"), "{}", told(&found));
}

#[test]
fn a_table_comes() {
    let table = r#"#[derive(Policy)] #[policy(table = "notes", context = Request, tenant(tenant_id = ctx.tenant_id), permit(select, to = App))]
        struct Note { id: Uuid, tenant_id: Uuid }
        policy_set! {"#;
    verdict(&[("policy_set! {", table), ("Board, OpenDoc", "Board, Note, OpenDoc")], Change::Wider, &["app select on public.notes: wider"]);
}

#[test]
fn privileges_beside_rows() {
    let truncate = format!("{PERMIT}, grant(truncate, to = Reader)");
    verdict(&[(PERMIT, &truncate)], Change::Wider, &["reader truncate on public.docs: wider: gained: truncate"]);
}

#[test]
fn two_states_have_one_verdict_every_time() {
    let (old, new) = (state(BASE), state(&changed(&[("status = \"open\" OR owner_id", "status <> \"open\" OR owner_id")])));
    let first = told(&changes(&old, &new));
    for _ in 0..3 {
        assert_eq!(told(&changes(&old, &new)), first);
    }
}

#[test]
fn a_role_that_may_log_in_or_pass_policies() {
    let guest = r#"name = "guest", login"#;
    verdict(&[(guest, r#"name = "guest""#)], Change::Narrower, &["guest login on guest: narrower"]);
    verdict(&[(guest, r#"name = "guest", login, connect"#)], Change::Wider, &["guest connect on guest: wider"]);
    let (old, mut new) = (state(BASE), state(BASE));
    for role in new.roles.iter_mut().filter(|role| role.name.as_str() == "guest") {
        role.bypass_rls = Some("a test".to_owned());
    }
    between(&old, &new, Change::Wider, &["guest bypass row security on guest: wider"]);
}

/// A grant on a column of a view is a grant on what has that name.
#[test]
fn a_column_of_a_view_that_is_another_one() {
    let old = changed(&[("grant(select, to = Editor)", "grant(select(id), to = Editor)")]);
    let new = old.replacen("struct OpenDoc { id: Uuid, tenant_id: Uuid }", "struct OpenDoc { tenant_id: Uuid, id: Uuid }", 1);
    let new = new.replacen("SELECT d.id, d.tenant_id FROM", "SELECT d.id AS tenant_id, d.tenant_id AS id FROM", 1);
    between(&state(&old), &state(&new), Change::Incomparable, &["editor select on public.open_docs: incomparable"]);
}

#[test]
fn a_column_of_a_view_that_asks_a_table() {
    let view = r#"#[derive(View)] #[view(name = "teams", definer = Reader, grant(select, to = Editor), allow(H0902, reason = "a test"),
        query(SELECT d.id, (SELECT m.team_id FROM Member m WHERE m.user_id = d.owner_id) AS team FROM Doc d WHERE d.status = "open"))]
        struct TeamOfDoc { id: Uuid, team: Option<Uuid> }
        policy_set! {"#;
    let old = changed(&[("policy_set! {", view), ("OpenDoc]", "OpenDoc, TeamOfDoc]")]);
    let split = "permit(select, to = App, using(user_id = ctx.user_id)), permit(select, to = Reader, using(user_id IS NOT NULL))";
    let new = old.replacen("permit(select, to = [App, Reader], using(user_id = ctx.user_id))", split, 1);
    between(&state(&old), &state(&new), Change::Incomparable, &["editor select on public.teams: incomparable", "it shows that"]);
}
