//! Options, memberships and settings of roles.

use policy_core::check;
use policy_core::diag::{Diagnostic, Part, codes};
use policy_core::model::set::Versions;
use policy_core::model::{Item, Membership, PolicySet, Role, Setting, Target};

use super::build::*;

fn of(role: Role) -> Vec<Diagnostic> {
    check::item(&Item::Role(role))
}

fn roles(roles: Vec<Role>) -> PolicySet {
    with(roles.into_iter().map(Item::Role).collect())
}

#[test]
fn a_password_is_for_a_login_role() {
    let password = |role: Role| Role { password_env: Some("PASSWORD".to_owned()), ..role };
    only(of(password(role("Worker"))), codes::NEEDS_LOGIN, "Worker", Part::Key("password_env"), "`password_env`");
    clean(of(password(login("Worker"))));
    clean(of(Role { connection_limit: Some(3), ..role("Worker") }));
}

#[test]
fn an_external_role_has_facts_only() {
    let external = Role { external: true, ..login("Anon") };
    let options = Role { connect: true, password_env: Some("X".to_owned()), ..external.clone() };
    only(of(options), codes::EXTERNAL_OPTION, "Anon", Part::Key("connect"), "`connect` and `password_env` on an external role");
    clean(of(Role { bypass_rls: Some("it dumps".to_owned()), ..member_of(&["Group"], external) }));
}

#[test]
fn membership_goes_in_no_circle() {
    only(of(member_of(&["Group", "Worker"], role("Worker"))), codes::MEMBERSHIP_CYCLE, "Worker", Part::Membership(1), "of itself");
    let circle =
        roles(vec![role("Free"), member_of(&["Free", "B"], role("A")), member_of(&["C"], role("B")), member_of(&["A"], role("C"))]);
    only(found(circle), codes::MEMBERSHIP_CYCLE, "A", Part::Membership(1), "`A`, `B` and `C`");
    clean(found(roles(vec![member_of(&["B", "C"], role("A")), member_of(&["C"], role("B")), role("C")])));
}

#[test]
fn a_login_role_does_not_reach_the_owner() {
    let direct = roles(vec![member_of(&["Owner"], login("Migrator"))]);
    only(found(direct), codes::REACHES_OWNER, "Migrator", Part::Membership(0), "the owner `Owner`");
    // NOINHERIT does not help: it can become the owner.
    let far = roles(vec![
        role("Free"),
        member_of(&["Owner"], role("Group")),
        Role { noinherit: true, ..member_of(&["Free", "Group"], login("Migrator")) },
    ]);
    only(found(far), codes::REACHES_OWNER, "Migrator", Part::Membership(1), "`Owner`");
    let bypass = Role { bypass_rls: Some("it dumps".to_owned()), ..role("Dump") };
    only(
        found(roles(vec![bypass, member_of(&["Dump"], login("Clerk"))])),
        codes::REACHES_OWNER,
        "Clerk",
        Part::Membership(0),
        "bypass role `Dump`",
    );
    clean(found(roles(vec![member_of(&["Owner"], role("Group"))])));
    clean(found(roles(vec![Role { allows: allow(codes::REACHES_OWNER), ..member_of(&["Owner"], login("Migrator")) }])));
}

#[test]
fn options_of_a_membership_decide_what_it_gives() {
    let closed = |inherit, set, admin| {
        let membership = Membership { inherit: Some(inherit), set: Some(set), admin: Some(admin), ..member("Owner") };
        let roles = roles(vec![Role { member_of: vec![membership], ..login("Clerk") }]);
        PolicySet { versions: Versions { oldest: 16, newest: 18 }, ..roles }
    };
    clean(found(closed(false, false, false)));
    for (inherit, set, admin) in [(true, false, false), (false, true, false), (false, false, true)] {
        only(found(closed(inherit, set, admin)), codes::REACHES_OWNER, "Clerk", Part::Membership(0), "`Owner`");
    }
}

#[test]
fn the_oldest_version_has_everything() {
    let member = Membership { inherit: Some(true), ..member("Group") };
    let roles = roles(vec![role("Group"), Role { member_of: vec![member], ..role("Clerk") }]);
    only(
        found(roles.clone()),
        codes::NEEDS_VERSION,
        "Clerk",
        Part::Membership(0),
        "`inherit` of a membership needs PostgreSQL 16, and the set begins at 14",
    );
    clean(found(PolicySet { versions: Versions { oldest: 16, newest: 18 }, ..roles }));
    let maintain = |oldest| {
        let doc = policy_core::model::Table { grants: vec![grant("maintain", "Keeper")], ..table("Doc") };
        let set = with(vec![Item::Role(role("Keeper")), Item::Table(doc)]);
        PolicySet { versions: Versions { oldest, newest: 18 }, ..set }
    };
    only(found(maintain(16)), codes::NEEDS_VERSION, "Doc", Part::Grant(0), "`maintain` needs PostgreSQL 17");
    clean(found(maintain(17)));
}

#[test]
fn a_role_has_no_context_of_its_own() {
    let with_setting = |name: &str| {
        let setting = Setting { name: name.to_owned(), value: "x".to_owned() };
        roles(vec![Role {
            settings: vec![Setting { name: "statement_timeout".to_owned(), value: "5s".to_owned() }, setting],
            ..role("Worker")
        }])
    };
    only(found(with_setting("App.Tenant_Id")), codes::CONTEXT_SETTING, "Worker", Part::Setting(1), "`Request.tenant_id`");
    clean(found(with_setting("app.flavour")));
}

#[test]
fn every_role_of_citus_logs_in() {
    let citus = |roles: Vec<Role>| PolicySet { target: Target::Citus, owner: None, ..set(roles.into_iter().map(Item::Role).collect()) };
    only(found(citus(vec![login("App"), role("Worker")])), codes::CITUS, "Worker", Part::Item, "without `login`");
    clean(found(citus(vec![login("App")])));
    clean(found(PolicySet { target: Target::Postgres, ..citus(vec![role("Worker")]) }));
}
