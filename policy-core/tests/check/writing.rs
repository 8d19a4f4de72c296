//! What several rules of one role come to together.

use policy_core::diag::{Part, RulePart, codes};
use policy_core::model::{Item, Rule, Table};

use super::build::*;

fn rules(rules: Vec<Rule>) -> Table {
    Table { rules, ..tenanted("Doc") }
}

fn other(rule: Rule) -> Rule {
    named("other", rule)
}

#[test]
fn columns_of_one_rule_go_with_rows_of_the_other() {
    let wide = rules(vec![permit_where("select(id)", "App", SHORT), other(permit_where("select", "App", MINE))]);
    only(of_table(wide), codes::COLUMNS_DIFFER, "Doc", Part::Rule(1, RulePart::Command(0)), "`select` differ for `App`");
    let public = rules(vec![permit_where("select(id)", "PUBLIC", SHORT), permit_where("select(note)", "App", MINE)]);
    only(of_table(public), codes::COLUMNS_DIFFER, "Doc", Part::Rule(1, RulePart::Command(0)), "for `App`");
    // Another role, the same rows, the same columns, or rows that the wider rule has anyway.
    clean(of_table(rules(vec![permit_where("select(id)", "Other", SHORT), permit_where("select", "App", MINE)])));
    clean(of_table(rules(vec![permit_where("select(id)", "App", MINE), other(permit_where("select(note)", "App", MINE))])));
    clean(of_table(rules(vec![permit_where("select(id, note)", "App", SHORT), other(permit_where("select(note, id)", "App", MINE))])));
    clean(of_table(rules(vec![permit_where("select(id)", "App", MINE), other(permit("select", "App"))])));
}

/// Nothing in the text of these says that one is a part of the other.
#[test]
fn rows_within_others_are_proved() {
    let one_of = "(in (self note) ((text short) (text long)) no)";
    let turned = "(op = (ctx user_id) (self owner_id))";
    let tenant = "(op = (ctx tenant_id) (self tenant_id))";
    let reads = |narrow, wide| rules(vec![permit_where("select(id)", "App", narrow), other(permit_where("select", "App", wide))]);
    for (narrow, wide) in [(SHORT, one_of), (MINE, turned), (MINE, tenant)] {
        clean(of_table(reads(narrow, wide)));
    }
    let place = Part::Rule(1, RulePart::Command(0));
    only(of_table(reads(one_of, SHORT)), codes::COLUMNS_DIFFER, "Doc", place, "`select` differ for `App`");
    let updates = |first, second| {
        rules(vec![permit("select", "App"), permit_where("update", "App", first), other(permit_where("update", "App", second))])
    };
    clean(of_table(updates(SHORT, one_of)));
    clean(of_table(updates(turned, MINE)));
    only(of_table(updates(MINE, one_of)), codes::CHECKS_CROSS, "Doc", Part::Rule(2, RulePart::Command(0)), "two `update` rules");
}

#[test]
fn rows_of_all_tenants_are_more_rows() {
    let table = rules(vec![across(permit("select(id)", "App")), other(permit("select", "App"))]);
    only(of_table(table), codes::COLUMNS_DIFFER, "Doc", Part::Rule(1, RulePart::Command(0)), "`select`");
    clean(of_table(rules(vec![permit("select(id)", "App"), other(across(permit("select", "App")))])));
}

#[test]
fn a_grant_widens_a_permit() {
    let with = |privileges| Table { grants: vec![grant(privileges, "App")], ..rules(vec![permit("select(id, note)", "App")]) };
    only(of_table(with("select")), codes::COLUMNS_DIFFER, "Doc", Part::Rule(0, RulePart::Command(0)), "`grant` opens more columns");
    clean(of_table(with("select(note)")));
    clean(of_table(with("references")));
}

#[test]
fn columns_meet_in_a_role_that_inherits_both() {
    let doc = rules(vec![permit_where("select(id)", "Reader", SHORT), permit_where("select", "App", MINE)]);
    let items = |app| {
        set(vec![
            Item::Role(role("Owner")),
            Item::Role(role("Reader")),
            Item::Role(app),
            Item::Context(request()),
            Item::Table(doc.clone()),
        ])
    };
    only(
        found(items(member_of(&["Reader"], login("App")))),
        codes::COLUMNS_DIFFER,
        "Doc",
        Part::Rule(1, RulePart::Command(0)),
        "for `App`",
    );
    let apart = policy_core::model::Role { noinherit: true, ..member_of(&["Reader"], login("App")) };
    clean(found(items(apart)));
}

#[test]
fn checks_of_two_updates_join() {
    let two = rules(vec![permit("select", "App"), permit_where("update", "App", MINE), other(permit_where("update", "App", SHORT))]);
    only(of_table(two), codes::CHECKS_CROSS, "Doc", Part::Rule(2, RulePart::Command(0)), "two `update` rules for `App`");
    clean(of_table(rules(vec![permit("all", "App"), permit_where("update", "App", MINE)])));
    clean(of_table(rules(vec![permit("select", "App"), permit_where("insert", "App", MINE), other(permit_where("insert", "App", SHORT))])));
    clean(of_table(rules(vec![
        permit("select", "App, Other"),
        permit_where("update", "App", MINE),
        permit_where("update", "Other", SHORT),
    ])));
}

#[test]
fn an_update_across_tenants_stands_alone() {
    let both = rules(vec![permit("select, update", "App"), other(across(permit("update", "App")))]);
    only(of_table(both), codes::EXEMPT_AND_FLOORED, "Doc", Part::Rule(1, RulePart::Command(0)), "across tenants by one rule");
    clean(of_table(rules(vec![permit("select, update", "App"), other(across(permit("select", "App")))])));
}

#[test]
fn who_writes_rows_can_read_them() {
    let blind = rules(vec![permit("update(note), delete", "App")]);
    only(
        of_table(blind),
        codes::BLIND_WRITE,
        "Doc",
        Part::Rule(0, RulePart::Command(0)),
        "`App` may `update` and `delete` but not `select`",
    );
    let insert = rules(vec![permit("insert, update", "App")]);
    only(of_table(insert), codes::BLIND_WRITE, "Doc", Part::Rule(0, RulePart::Command(1)), "`update`");
    clean(of_table(rules(vec![permit("delete", "App"), permit("select(id)", "App")])));
    clean(of_table(rules(vec![permit("delete", "App"), permit("select(id)", "PUBLIC")])));
    clean(of_table(Table { grants: vec![grant("select(id)", "App")], ..rules(vec![permit("delete", "App")]) }));
}

#[test]
fn who_inserts_rows_may_want_them_back() {
    let blind = rules(vec![permit("select", "Other"), permit("insert", "App, Other")]);
    only(of_table(blind), codes::INSERT_WITHOUT_SELECT, "Doc", Part::Rule(1, RulePart::Command(0)), "`App` may `insert`");
    clean(of_table(rules(vec![permit("insert, select(id)", "App")])));
}

#[test]
fn a_grant_without_select_is_blind_as_well() {
    let with = |privileges| Table { grants: vec![grant(privileges, "App")], ..tenanted("Doc") };
    only(of_table(with("update")), codes::BLIND_WRITE, "Doc", Part::Grant(0), "may update but not `select`");
    clean(of_table(with("select, update")));
}

#[test]
fn an_update_may_hide_its_row() {
    let alone = |rule: Rule| rules(vec![permit("select, update(note)", "App"), rule]);
    let hides = Part::Rule(0, RulePart::Command(1));
    only(of_table(alone(restrict("select", "App", SHORT))), codes::VANISHING, "Doc", hides, "an `update` of `note`");
    only(of_table(alone(restrict("select", "PUBLIC", SHORT))), codes::VANISHING, "Doc", hides, "an `update` of `note`");
    // Another role, a column that it may not write, or a check that keeps the row in sight.
    clean(of_table(alone(restrict("select", "Other", SHORT))));
    clean(of_table(alone(restrict("select", "App", MINE))));
    clean(of_table(rules(vec![permit_where("select, update(note)", "App", SHORT)])));
    let seen = vec![permit("select", "App"), named("short", permit_where("select, update(note)", "App", SHORT))];
    clean(of_table(rules(seen)));
    // In sight by two permits together, in other words.
    let not_short = "(or ((op <> (self note) (text short)) (is (self note) null no)))";
    let halves = vec![
        permit_where("select", "App", "(op = (text short) (self note))"),
        named("others", permit_where("select", "App", not_short)),
        named("all", permit("update(note)", "App")),
    ];
    clean(of_table(rules(halves)));
}
