//! What a set names twice, and what its target does not take.

use policy_core::diag::{Part, RulePart, codes};
use policy_core::model::{Item, PolicySet, Role, Table, Target};

use super::build::*;

#[test]
fn an_item_is_listed_once() {
    let twice = with(vec![Item::Table(table("Doc")), Item::Table(table("Doc"))]);
    only(found(twice), codes::ITEM_TWICE, "TEST", Part::Entry(4), "`Doc` is listed twice");
    let two = with(vec![Item::Table(table("Doc")), Item::Schema(schema("Doc", "public"))]);
    only(found(two), codes::NAME_TWICE, "TEST", Part::Entry(4), "a table and a schema");
    clean(found(with(vec![Item::Table(table("Doc")), Item::Table(table("Page"))])));
}

#[test]
fn a_relation_role_or_schema_has_one_item() {
    let page = Table { relation: relation("doc"), ..table("Page") };
    only(
        found(with(vec![Item::Table(table("Doc")), Item::Table(page.clone())])),
        codes::TABLE_TWICE,
        "Page",
        Part::Name,
        "`Doc` and `Page`",
    );
    clean(found(with(vec![Item::Table(table("Doc")), Item::Table(Table { relation: relation("other.doc"), ..page })])));
    let twin = Role { name: ident("app"), ..role("Twin") };
    only(found(with(vec![Item::Role(twin)])), codes::NAME_TWICE, "Twin", Part::Name, "both the role `app`");
    let schemas = |name| with(vec![Item::Schema(schema("Main", "public")), Item::Schema(schema("Second", name))]);
    only(found(schemas("public")), codes::NAME_TWICE, "Second", Part::Name, "both the schema `public`");
    clean(found(schemas("second")));
}

#[test]
fn names_are_compared_as_the_database_has_them() {
    let rules = |name: &str| {
        let rules = vec![permit("select", "App"), named(name, permit("select", "Other"))];
        with(vec![Item::Role(role("Other")), Item::Table(Table { rules, ..tenanted("Doc") })])
    };
    only(found(rules("select_app")), codes::SAME_RULE_NAME, "Doc", Part::Rule(1, RulePart::Name), "named `select_app`");
    clean(found(rules("select_app2")));
}

#[test]
fn faults_of_items_stop_a_set() {
    let blind = Table { rules: vec![permit("delete", "App")], ..tenanted("Doc") };
    only(found(with(vec![Item::Table(blind)])), codes::BLIND_WRITE, "Doc", Part::Rule(0, RulePart::Command(0)), "`delete`");
}

fn citus(tables: Vec<Table>) -> PolicySet {
    let roles =
        [Item::Role(login("App")), Item::Role(member_of(&["App"], login("Clerk"))), Item::Role(login("Other")), Item::Context(request())];
    let set = set(roles.into_iter().chain(tables.into_iter().map(Item::Table)).collect());
    PolicySet { target: Target::Citus, owner: None, ..set }
}

#[test]
fn citus_takes_no_subquery() {
    let member = Table { rules: vec![permit("select", "App")], ..tenanted("Member") };
    let doc = Table { rules: vec![permit_where("select", "App", &exists("Member", "id", "id"))], ..tenanted("Doc") };
    only(found(citus(vec![member, doc])), codes::CITUS, "Doc", predicate(Part::Rule(0, RulePart::Using)), "a subquery");
    let child = Table { tenancy: through("owner_id", "Parent", "id"), ..table("Child") };
    only(found(citus(vec![tenanted("Parent"), child])), codes::CITUS, "Child", Part::Tenant, "`through`");
    clean(found(citus(vec![Table {
        rules: vec![permit_where("select", "App", "(any (self owner_id) = (ctx org_ids) no)")],
        ..tenanted("Doc")
    }])));
}

#[test]
fn citus_folds_a_restriction_into_permits_of_the_same_role() {
    let doc = |to: &str| Table { rules: vec![permit("select", "Clerk"), restrict("select", to, SHORT)], ..tenanted("Doc") };
    only(found(citus(vec![doc("App")])), codes::CITUS, "Doc", Part::Rule(1, RulePart::Whole), "reaches `Clerk` by inheritance");
    clean(found(citus(vec![doc("Clerk")])));
    clean(found(citus(vec![doc("Other")])));
}
