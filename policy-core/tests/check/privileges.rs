//! Grants: what reaches whom, and what should not.

use policy_core::check;
use policy_core::diag::{Part, RulePart, codes};
use policy_core::model::{
    DefaultPrivilege, Grantee, Item, Membership, ObjectKind, PolicySet, Privilege, Role, Rule, Schema, SchemaGrant, Table,
};

use super::build::*;

fn doc(rules: Vec<Rule>, never: policy_core::model::Never) -> Item {
    Item::Table(Table { rules, nevers: vec![never], ..tenanted("Doc") })
}

/// The role that a `never` names.
fn anon() -> Role {
    role("Anon")
}

const NEVER: Part = Part::Never(0);

#[test]
fn never_looks_at_own_and_public_rights() {
    let own = with(vec![Item::Role(anon()), doc(vec![permit("select(id)", "Anon")], never("select", "Anon"))]);
    only(found(own), codes::NEVER_BROKEN, "Doc", NEVER, "`Anon` may `select` on `Doc`");
    let public = with(vec![Item::Role(anon()), doc(vec![permit("select", "PUBLIC")], never("all", "Anon"))]);
    only(found(public), codes::NEVER_BROKEN, "Doc", NEVER, "`Anon` may `select`");
    clean(found(with(vec![Item::Role(anon()), doc(vec![permit("select", "App")], never("select", "Anon"))])));
    clean(found(with(vec![Item::Role(anon()), doc(vec![permit("select", "Anon")], never("insert, update, delete, truncate", "Anon"))])));
}

#[test]
fn never_follows_memberships() {
    let set = |anon_role: Role, versions: u32| {
        let items = vec![
            Item::Role(role("Reader")),
            Item::Role(member_of(&["Reader"], role("Group"))),
            Item::Role(anon_role),
            doc(vec![permit("select", "Reader")], never("select", "Anon")),
        ];
        PolicySet { versions: policy_core::model::set::Versions { oldest: versions, newest: 18 }, ..with(items) }
    };
    only(found(set(member_of(&["Group"], anon()), 14)), codes::NEVER_BROKEN, "Doc", NEVER, "`Anon` may `select`");
    let become_only = Role { noinherit: true, ..member_of(&["Group"], anon()) };
    only(found(set(become_only, 14)), codes::NEVER_BROKEN, "Doc", NEVER, "`Anon` may `select`");
    let closed = Membership { inherit: Some(false), set: Some(false), ..member("Group") };
    clean(found(set(Role { member_of: vec![closed], ..anon() }, 16)));
}

#[test]
fn never_counts_grants_of_the_schema_and_the_future() {
    let set = |schema: Schema| with(vec![Item::Role(anon()), Item::Schema(schema), doc(vec![], never("update", "Anon"))]);
    let usage = || on_schema("usage", ObjectKind::Schema, "Anon");
    let main = |grants: Vec<SchemaGrant>| Schema { grants: [usage()].into_iter().chain(grants).collect(), ..schema("Main", "public") };
    only(found(set(main(vec![on_schema("update", ObjectKind::Tables, "Anon")]))), codes::NEVER_BROKEN, "Doc", NEVER, "`update`");
    let every = SchemaGrant { every: true, ..on_schema("update", ObjectKind::Tables, "PUBLIC") };
    let literal = Schema { allows: allow(codes::GRANTS_UNDECLARED), ..main(vec![every]) };
    only(found(set(literal)), codes::NEVER_BROKEN, "Doc", NEVER, "`update`");
    let later = Schema { defaults: vec![default_grant("update", ObjectKind::Tables, "Anon")], ..main(vec![]) };
    only(found(set(later)), codes::NEVER_BROKEN, "Doc", NEVER, "`update`");
    clean(found(set(main(vec![on_schema("select", ObjectKind::Tables, "Anon")]))));
    clean(found(set(Schema {
        item: "Second".to_owned(),
        name: ident("second"),
        ..main(vec![on_schema("update", ObjectKind::Tables, "Anon")])
    })));
}

#[test]
fn never_for_public_is_for_all_but_owner_and_bypass_roles() {
    let bypass = || Item::Role(Role { bypass_rls: Some("workers".to_owned()), external: true, ..role("Service") });
    let keeper = |to: &str| doc(vec![permit("select, update", to)], never("update", "PUBLIC"));
    only(found(with(vec![keeper("App")])), codes::NEVER_BROKEN, "Doc", NEVER, "`App` may `update`");
    only(found(with(vec![keeper("PUBLIC")])), codes::NEVER_BROKEN, "Doc", NEVER, "`PUBLIC` may `update`");
    clean(found(with(vec![keeper("Owner")])));
    clean(found(with(vec![bypass(), keeper("Service")])));
    // By way of a bypass role, which is an assumption; said of the role itself, it counts.
    let clerk = || Item::Role(Role { allows: allow(codes::REACHES_OWNER), ..member_of(&["Service"], login("Clerk")) });
    clean(found(with(vec![bypass(), clerk(), keeper("Service")])));
    let named = doc(vec![permit("select, update", "Service")], never("update", "Clerk"));
    only(found(with(vec![bypass(), clerk(), named])), codes::NEVER_BROKEN, "Doc", NEVER, "`Clerk` may `update`");
}

#[test]
fn never_sees_the_owner_behind_a_role() {
    let set = |group| with(vec![Item::Role(member_of(&[group], anon())), Item::Role(role("Group")), doc(vec![], never("all", "Anon"))]);
    only(found(set("Owner")), codes::NEVER_BROKEN, "Doc", NEVER, "`truncate`");
    clean(found(set("Group")));
    clean(found(with(vec![doc(vec![], never("all", "Owner"))])));
}

#[test]
fn never_knows_the_roles_of_postgresql() {
    let set = |name: &str| {
        let all = Role { external: true, name: ident(name), ..role("ReadAll") };
        with(vec![Item::Role(all), Item::Role(member_of(&["ReadAll"], anon())), doc(vec![], never("select", "Anon"))])
    };
    only(found(set("pg_read_all_data")), codes::NEVER_BROKEN, "Doc", NEVER, "`select`");
    clean(found(set("pg_monitor")));
}

#[test]
fn an_exempt_role_has_nothing_of_a_floored_one() {
    let set = |worker: Role, app: Role| {
        let rules = vec![permit("all", "App"), across(permit("select, update", "Worker"))];
        set(vec![
            Item::Role(role("Owner")),
            Item::Role(app),
            Item::Role(worker),
            Item::Context(request()),
            Item::Table(Table { rules, ..tenanted("Queue") }),
        ])
    };
    let place = Part::Rule(1, RulePart::To(0));
    only(
        found(set(member_of(&["App"], login("Worker")), login("App"))),
        codes::EXEMPT_AND_FLOORED,
        "Queue",
        place,
        "inherits `App`, which does not",
    );
    // The app inherits the worker: also the columns and checks of both would meet in it.
    let inherited = found(set(role("Worker"), member_of(&["Worker"], login("App"))));
    assert!(
        inherited.iter().any(|f| f.code == codes::EXEMPT_AND_FLOORED && f.message.contains("`App` inherits `Worker`")),
        "{inherited:#?}"
    );
    clean(found(set(Role { noinherit: true, ..member_of(&["App"], login("Worker")) }, login("App"))));
    clean(found(set(login("Worker"), login("App"))));
}

#[test]
fn a_role_of_a_schema_may_enter_it() {
    let table = || Table { relation: relation("main.doc"), rules: vec![permit("select", "App")], ..tenanted("Doc") };
    let set = |schema: Schema, app: Role| {
        set(vec![
            Item::Role(role("Owner")),
            Item::Role(role("Group")),
            Item::Role(app),
            Item::Context(request()),
            Item::Schema(schema),
            Item::Table(table()),
        ])
    };
    let open = |to: &str| Schema { grants: vec![on_schema("usage", ObjectKind::Schema, to)], ..schema("Main", "main") };
    let place = Part::Rule(0, RulePart::To(0));
    only(found(set(schema("Main", "main"), login("App"))), codes::NO_SCHEMA_USAGE, "Doc", place, "`App` has no USAGE on the schema `main`");
    only(found(set(schema("Other", "other"), login("App"))), codes::NO_SCHEMA_USAGE, "Doc", place, "`main` is not declared");
    clean(found(set(open("App"), login("App"))));
    clean(found(set(open("PUBLIC"), login("App"))));
    clean(found(set(open("Group"), member_of(&["Group"], login("App")))));
    only(
        found(set(open("Group"), Role { noinherit: true, ..member_of(&["Group"], login("App")) })),
        codes::NO_SCHEMA_USAGE,
        "Doc",
        place,
        "`App`",
    );
    clean(found(set(Schema { external: true, ..schema("Main", "main") }, login("App"))));
    clean(found(with(vec![Item::Table(Table { relation: relation("doc"), ..table() })])));
    let grants = Schema { grants: vec![on_schema("select", ObjectKind::Tables, "App")], ..schema("Main", "main") };
    only(found(with(vec![Item::Schema(grants)])), codes::NO_SCHEMA_USAGE, "Main", Part::Grant(0), "`App`");
}

#[test]
fn no_request_gets_past_row_security() {
    let set = |to: &str| {
        let doc = Table { grants: vec![grant("truncate, trigger", to)], ..tenanted("Doc") };
        with(vec![
            Item::Role(role("Batch")),
            Item::Role(role("Group")),
            Item::Role(member_of(&["Group"], login("Clerk"))),
            Item::Role(Role { external: true, ..role("Outside") }),
            Item::Table(doc),
        ])
    };
    for to in ["App", "Group", "Outside"] {
        only(
            found(set(to)),
            codes::UNGOVERNED_PRIVILEGE,
            "Doc",
            Part::Grant(0),
            &format!("`truncate` and `trigger` for `{to}`, which requests can use"),
        );
    }
    only(found(set("PUBLIC")), codes::UNGOVERNED_PRIVILEGE, "Doc", Part::Grant(0), "for `PUBLIC`");
    clean(found(set("Batch")));
}

#[test]
fn no_request_gets_everything() {
    let set = |to: &str| {
        let service = Role { external: true, bypass_rls: Some("workers".to_owned()), ..role("Service") };
        let grants = vec![on_schema("usage", ObjectKind::Schema, "App, Service"), on_schema("all", ObjectKind::Tables, to)];
        with(vec![Item::Role(service), Item::Schema(Schema { grants, ..schema("Main", "public") })])
    };
    only(found(set("App")), codes::TOO_WIDE, "Main", Part::Grant(1), "`all on tables` for `App`");
    clean(found(set("Service")));
    let later = Schema { defaults: vec![default_grant("all", ObjectKind::Sequences, "App")], ..schema("Main", "public") };
    only(found(with(vec![Item::Schema(later)])), codes::TOO_WIDE, "Main", Part::Default(0), "`all on sequences`");
}

#[test]
fn defaults_are_of_the_owner() {
    let main = |defaults: Vec<DefaultPrivilege>| Schema { defaults, ..schema("Main", "public") };
    let items = || vec![Item::Role(login("App")), Item::Schema(main(vec![default_grant("select", ObjectKind::Tables, "App")]))];
    only(found(PolicySet { owner: None, ..set(items()) }), codes::DEFAULT_WITHOUT_OWNER, "Main", Part::Default(0), "without an owner");
    clean(found(set(items().into_iter().chain([Item::Role(role("Owner"))]).collect())));
    let revoke = |to: &str| main(vec![DefaultPrivilege { revoke: true, ..default_grant("execute", ObjectKind::Functions, to) }]);
    only(
        check::item(&Item::Schema(revoke("PUBLIC"))),
        codes::INEFFECTIVE_DEFAULT,
        "Main",
        Part::Default(0),
        "`default(revoke(execute on functions, from = PUBLIC))`",
    );
    clean(check::item(&Item::Schema(revoke("App"))));
}

#[test]
fn all_in_schema_covers_what_is_not_declared() {
    let set = |every, allows| {
        let grants = vec![
            on_schema("usage", ObjectKind::Schema, "App"),
            SchemaGrant { every, ..on_schema("execute", ObjectKind::Functions, "App") },
        ];
        with(vec![Item::Schema(Schema { grants, allows, ..schema("Api", "api") })])
    };
    only(found(set(true, Vec::new())), codes::GRANTS_UNDECLARED, "Api", Part::Grant(1), "`all functions` also covers functions of `api`");
    clean(found(set(false, Vec::new())));
    clean(found(set(true, allow(codes::GRANTS_UNDECLARED))));
}

#[test]
fn columns_that_other_grants_open_count() {
    let narrow = |rules| Item::Table(Table { rules, ..tenanted("Doc") });
    let usage = || on_schema("usage", ObjectKind::Schema, "App");
    let wide = Schema { grants: vec![usage(), on_schema("select", ObjectKind::Tables, "App")], ..schema("Main", "public") };
    let place = Part::Rule(0, RulePart::Command(0));
    let both = with(vec![narrow(vec![permit("select(id)", "App")]), Item::Schema(wide.clone())]);
    only(found(both), codes::COLUMNS_DIFFER, "Doc", place, "by the grant of schema `Main`");
    // The whole table, or another role.
    clean(found(with(vec![narrow(vec![permit("select", "App")]), Item::Schema(wide)])));
    // A grant of the table to a role that the other one inherits.
    let web = Item::Role(member_of(&["Reader"], role("Web")));
    let table = Table { rules: vec![permit("select(id)", "Web")], grants: vec![grant("select", "Reader")], ..tenanted("Doc") };
    let inherited = with(vec![Item::Role(role("Reader")), web, Item::Table(table)]);
    only(found(inherited), codes::COLUMNS_DIFFER, "Doc", place, "`Web` may `select` more columns");
}

#[test]
fn a_default_is_not_given_and_taken_back() {
    let default = |revoke, privileges: &[Privilege], on, to: &[Grantee]| DefaultPrivilege {
        revoke,
        privileges: privileges.to_vec(),
        on,
        grantees: to.to_vec(),
    };
    let (tables, app) = (ObjectKind::Tables, Grantee::Role("App".to_owned()));
    let of = |defaults: Vec<DefaultPrivilege>| check::item(&Item::Role(Role { defaults, ..role("Owner") }));
    let give = default(false, &[Privilege::Select], tables, std::slice::from_ref(&app));
    let both = vec![give.clone(), default(true, &[Privilege::All], tables, &[Grantee::Public, app.clone()])];
    only(of(both), codes::INEFFECTIVE_DEFAULT, "Owner", Part::Default(1), "takes away");
    clean(of(vec![give.clone(), default(true, &[Privilege::Insert], tables, std::slice::from_ref(&app))]));
    clean(of(vec![give.clone(), default(true, &[Privilege::Select], tables, &[Grantee::Public])]));
    clean(of(vec![give, default(true, &[Privilege::Select], ObjectKind::Sequences, &[app])]));
}
