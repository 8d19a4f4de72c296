//! Predicates, names and keys of the rules of one table.

use policy_core::diag::{Part, RulePart, codes};
use policy_core::model::{Command, Rule, Table, Tenancy};

use super::build::*;

fn rules(rules: Vec<Rule>) -> Table {
    Table { rules, ..tenanted("Doc") }
}

fn checked(check: &str, rule: Rule) -> Rule {
    Rule { with_check: Some(expr(check)), ..rule }
}

#[test]
fn with_check_needs_a_command_that_writes() {
    let table = rules(vec![checked(SHORT, permit("select", "App"))]);
    only(of_table(table), codes::CHECK_NOT_ALLOWED, "Doc", Part::Rule(0, RulePart::WithCheck), "for `select` only");
    clean(of_table(rules(vec![checked(SHORT, permit("select, insert", "App"))])));
}

#[test]
fn with_check_may_not_repeat_using() {
    let table = rules(vec![checked(MINE, permit_where("select, update", "App", MINE))]);
    only(of_table(table), codes::CHECK_EQUALS_USING, "Doc", Part::Rule(0, RulePart::WithCheck), "repeats `using`");
    let differs = rules(vec![checked(SHORT, permit_where("select, update", "App", MINE))]);
    clean(of_table(Table { allows: allow(codes::VANISHING), ..differs }));
}

#[test]
fn using_beside_with_check_decides_nothing_on_insert() {
    let table = rules(vec![permit("select", "App"), checked(SHORT, permit_where("insert", "App", MINE))]);
    only(of_table(table), codes::NOT_ALLOWED_HERE, "Doc", Part::Rule(1, RulePart::Using), "without effect");
    clean(of_table(rules(vec![permit("select", "App"), permit_where("insert", "App", MINE)])));
}

#[test]
fn without_a_tenant_every_rule_says_its_rows() {
    let plain = |rule: Rule| Table { rules: vec![rule], ..table("Doc") };
    let silent = plain(permit("select", "App"));
    only(of_table(silent), codes::NO_PREDICATE, "Doc", Part::Rule(0, RulePart::Whole), "`permit` of `select`");
    let half = plain(checked(SHORT, permit("select, insert", "App")));
    only(of_table(half), codes::NO_PREDICATE, "Doc", Part::Rule(0, RulePart::Command(0)), "says no rows");
    clean(of_table(plain(permit_where("select", "App", "true"))));
    clean(of_table(rules(vec![permit("select", "App")])));
    clean(of_table(Table { no_rls: Some("a lookup".to_owned()), ..plain(permit("select", "App")) }));
}

#[test]
fn a_restriction_has_a_predicate_for_each_command() {
    let bare = |rule: Rule| Rule { using: None, ..rule };
    let table = rules(vec![bare(restrict("select", "App", "true"))]);
    only(of_table(table), codes::NO_PREDICATE, "Doc", Part::Rule(0, RulePart::Whole), "`restrict` of `select`");
    let half = rules(vec![checked(SHORT, bare(restrict("all", "App", "true")))]);
    only(of_table(half), codes::NO_PREDICATE, "Doc", Part::Rule(0, RulePart::Whole), "`select` and `delete`");
    clean(of_table(rules(vec![checked(SHORT, bare(restrict("insert, update", "App", "true")))])));
}

#[test]
fn across_tenants_needs_a_tenant_a_permit_and_a_role() {
    let without = Table { rules: vec![across(permit_where("select", "App", "true"))], ..table("Doc") };
    only(of_table(without), codes::ACROSS_WITHOUT_TENANT, "Doc", Part::Rule(0, RulePart::Across), "without a tenant");
    let restricted = rules(vec![across(restrict("select", "App", SHORT))]);
    only(of_table(restricted), codes::ACROSS_WITHOUT_TENANT, "Doc", Part::Rule(0, RulePart::Across), "on a `restrict`");
    let public = rules(vec![across(permit("select", "App, PUBLIC"))]);
    only(of_table(public), codes::ACROSS_PUBLIC, "Doc", Part::Rule(0, RulePart::To(1)), "`PUBLIC`");
    clean(of_table(rules(vec![across(permit("select", "App"))])));
}

#[test]
fn explicit_names_of_one_table_differ() {
    let twice = rules(vec![named("x", permit("select", "App")), named("x", permit_where("select", "Other", MINE))]);
    only(of_table(twice), codes::SAME_RULE_NAME, "Doc", Part::Rule(1, RulePart::Name), "name `x`");
    // Several commands put the command behind the name.
    let behind = rules(vec![named("x", permit("select, insert", "App")), named("x_insert", permit("insert", "App"))]);
    only(of_table(behind), codes::SAME_RULE_NAME, "Doc", Part::Rule(1, RulePart::Name), "`x_insert`");
    clean(of_table(rules(vec![named("x", permit("select, insert", "App")), named("x", permit("select", "Other"))])));
}

#[test]
fn default_names_of_one_table_differ() {
    let twice = rules(vec![permit("select", "App"), permit("select, insert", "App, Other")]);
    only(of_table(twice), codes::SAME_RULE_NAME, "Doc", Part::Rule(1, RulePart::Whole), "`select` to `App`");
    clean(of_table(rules(vec![permit("select", "App"), permit("select, insert", "Other, App")])));
    clean(of_table(rules(vec![permit("all", "App"), restrict("all", "App", MINE), permit("select", "App")])));
    let split = Tenancy::Own { predicate: expr("(op = (self note) (ctx word))"), shared: vec![Command::Select] };
    let table = Table { tenancy: split, ..rules(vec![permit("all", "App"), permit("select", "App")]) };
    only(of_table(table), codes::SAME_RULE_NAME, "Doc", Part::Rule(1, RulePart::Whole), "`select` to `App`");
}

#[test]
fn some_names_are_reserved() {
    for name in ["tenant_floor", "tenant_floor_x", "restrict_all"] {
        let table = rules(vec![named(name, permit("select", "App"))]);
        only(of_table(table), codes::RESERVED_NAME, "Doc", Part::Rule(0, RulePart::Name), name);
    }
    clean(of_table(rules(vec![named("the_tenant_floor", permit("select", "App"))])));
}

#[test]
fn shared_rows_need_one_nullable_key() {
    let shared =
        |predicate: &str| Table { tenancy: Tenancy::Own { predicate: expr(predicate), shared: vec![Command::Select] }, ..table("Doc") };
    let strict = shared("(op = (self tenant_id) (ctx tenant_id))");
    only(of_table(strict), codes::SHARED_KEY, "Doc", Part::Shared, "not nullable: `tenant_id`");
    let two = Table { columns: vec![column("a", "uuid", true), column("b", "uuid", true)], ..shared("(op = (self a) (self b))") };
    only(of_table(two), codes::SHARED_KEY, "Doc", Part::Shared, "nullable: `a` and `b`");
    clean(of_table(shared("(op = (self note) (ctx word))")));
}

#[test]
fn nothing_governs_rows_without_row_security() {
    let off = |table: Table| Table { no_rls: Some("public data".to_owned()), ..table };
    only(of_table(off(tenanted("Doc"))), codes::NOT_ALLOWED_HERE, "Doc", Part::Tenant, "`tenant` on a table with `no_rls`");
    let using = off(Table { rules: vec![permit_where("select", "App", MINE)], ..table("Doc") });
    only(of_table(using), codes::NOT_ALLOWED_HERE, "Doc", Part::Rule(0, RulePart::Using), "`using`");
    let restricted = off(Table { rules: vec![restrict("select", "App", MINE)], ..table("Doc") });
    only(of_table(restricted), codes::NOT_ALLOWED_HERE, "Doc", Part::Rule(0, RulePart::Whole), "`restrict`");
    clean(of_table(off(Table { rules: vec![permit("select", "App")], ..table("Doc") })));
}

#[test]
fn an_allow_takes_warnings_and_no_errors() {
    let insert = Table { rules: vec![permit("insert", "App")], ..tenanted("Doc") };
    only(of_table(insert.clone()), codes::INSERT_WITHOUT_SELECT, "Doc", Part::Rule(0, RulePart::Command(0)), "`insert`");
    clean(of_table(Table { allows: allow(codes::INSERT_WITHOUT_SELECT), ..insert }));
    let vain = Table { allows: allow(codes::BLIND_WRITE), ..tenanted("Doc") };
    only(of_table(vain), codes::NOT_ALLOWED_HERE, "Doc", Part::Allow(0), "`H0407` is an error that cannot be allowed");
}
