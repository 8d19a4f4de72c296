//! Comparisons that NULL leaves undecided, and constants that are read once: accepted by PostgreSQL, and seldom meant.

use policy_core::diag::{Diagnostic, Part, RulePart, codes};
use policy_core::model::{Item, Query, Rule, Table, View};
use policy_core::model::{Node, Notate};

use super::build::*;

const USING: Part = Part::Rule(0, RulePart::Using);
const CHECK: Part = Part::Rule(0, RulePart::WithCheck);

/// A table with columns that can be NULL.
fn orders(rules: Vec<Rule>) -> Table {
    let more = [column("amount", "bigint", true), column("due", "date", true), column("friend", "uuid", true)];
    let plain = table("Doc");
    Table { columns: plain.columns.iter().cloned().chain(more).collect(), rules, ..plain }
}

/// One table by itself.
fn using(predicate: &str) -> Vec<Diagnostic> {
    of_table(orders(vec![permit_where("select", "App", predicate)]))
}

/// The same in a set, where the context and the other tables are known.
fn in_a_set(predicate: &str) -> Vec<Diagnostic> {
    let members = Table {
        columns: vec![column("id", "uuid", false), column("friend", "uuid", true)],
        rules: vec![permit_where("select", "App", "true")],
        context: None,
        ..table("Member")
    };
    found(with(vec![Item::Table(orders(vec![permit_where("select", "App", predicate)])), Item::Table(members)]))
}

/// H0506: what the oldest major of a set lacks, whatever the newest has.
#[test]
fn a_function_of_a_later_major_needs_it() {
    let valid = "(call pg_input_is_valid ((self note) (text integer)))";
    let found = in_a_set(valid);
    only(
        found.clone(),
        codes::NEEDS_VERSION,
        "Doc",
        predicate(USING),
        "refused by PostgreSQL 14: function pg_input_is_valid(text, unknown)",
    );
    assert!(found[0].help.iter().any(|help| help.contains("from 16 on")), "{}", found[0].text());
    clean(using(valid));
}

#[test]
fn nothing_is_compared_with_null() {
    only(using("(op = (self friend) null)"), codes::NULL_COMPARED, "Doc", predicate(USING), "`=` with NULL");
    only(using("(between (self amount) null (number 5) no)"), codes::NULL_COMPARED, "Doc", predicate(USING), "`>=` with NULL");
    only(using("(in (self note) ((text a) null) yes)"), codes::NULL_COMPARED, "Doc", predicate(USING), "NULL in the list");
    clean(using("(is (self friend) null no)"));
    clean(using("(distinct (self friend) null no)"));
    clean(using("(in (self note) ((text a) null) no)"));
}

#[test]
fn a_value_that_is_missing_differs_from_nothing() {
    let says = "where `note` is NULL is not matched";
    only(using("(op <> (self note) (text short))"), codes::UNEQUAL_NULLABLE, "Doc", predicate(USING), says);
    only(using("(in (self note) ((text a) (text b)) yes)"), codes::UNEQUAL_NULLABLE, "Doc", predicate(USING), says);
    only(using("(any (self note) <> (array ((text a))) yes)"), codes::UNEQUAL_NULLABLE, "Doc", predicate(USING), says);
    // A column that is never NULL, another test, or one that somebody has thought of.
    clean(using("(op <> (self owner_id) (self id))"));
    clean(using("(op = (self note) (text short))"));
    clean(using("(distinct (self note) (text short) no)"));
    clean(using("(and ((op <> (self note) (text short)) (is (self note) null yes)))"));
    clean(using("(or ((op <> (self note) (text short)) (is (self note) null no)))"));
    clean(using("(op <> (call coalesce ((self note) (text long))) (text short))"));
}

#[test]
fn a_caller_who_says_nothing_differs_from_nothing() {
    let unset = "(op <> (self owner_id) (ctx user_id))";
    only(in_a_set(unset), codes::UNEQUAL_NULLABLE, "Doc", predicate(USING), "a caller without `ctx.user_id` gets no row");
    clean(in_a_set("(op = (self owner_id) (ctx user_id))"));
    clean(in_a_set("(distinct (self owner_id) (ctx user_id) no)"));
    clean(in_a_set(&format!("(and ({unset} (is (ctx user_id) null yes)))")));
}

#[test]
fn one_null_empties_not_in() {
    let friends = |filter: &str, not: &str| {
        let query = format!("(select (columns ((column m friend))) (from ((from (source (item Member)) (alias m)))){filter})");
        format!("(in-query (self owner_id) {query} {not})")
    };
    only(in_a_set(&friends("", "yes")), codes::NOT_IN_NULLABLE, "Doc", predicate(USING), "`NOT IN` over `m.friend`");
    clean(in_a_set(&friends("", "no")));
    clean(in_a_set(&friends(" (filter (is (column m friend) null yes))", "yes")));
    clean(in_a_set(&friends(" (filter (op = (column m friend) (column m id)))", "yes")));
    clean(in_a_set(&friends("", "yes").replace("(columns ((column m friend)))", "(columns ((column m id)))")));
}

#[test]
fn a_check_is_no_check_constraint() {
    let check =
        |check: &str| of_table(orders(vec![Rule { with_check: Some(expr(check)), ..permit_where("select, insert", "App", "true") }]));
    let positive = "(op > (self amount) (number 0))";
    let says = "a new row where `amount` is NULL is refused";
    only(check(positive), codes::NULL_REFUSED, "Doc", predicate(CHECK), says);
    only(check("(op <> (self amount) (number 0))"), codes::NULL_REFUSED, "Doc", predicate(CHECK), says);
    clean(check(&format!("(or ({positive} (is (self amount) null no)))")));
    clean(check(&format!("(and ({positive} (is (self amount) null yes)))")));
    clean(check("(op = (self amount) (number 0))"));
    // Rows that are read are not refused.
    clean(using(positive));
}

#[test]
fn a_constant_is_not_read_again() {
    only(using("(op < (self due) (text today))"), codes::READ_ONCE, "Doc", predicate(USING), "a moment that is read once");
    only(using("(op < (self due) (text 01/02/2024))"), codes::READ_ONCE, "Doc", predicate(USING), "DateStyle");
    only(using("(op < (self due) (typed timestamptz \"2024-01-31 10:00\"))"), codes::READ_ONCE, "Doc", predicate(USING), "without a zone");
    clean(using("(op < (self due) (typed timestamptz \"2024-01-31 10:00+00\"))"));
    clean(using("(op < (self due) (keyword current_date))"));
    clean(using("(op < (self due) (text 2024-02-01))"));
    clean(using("(op = (self note) (text today))"));
}

#[test]
fn a_field_of_a_view_holds_its_column() {
    let with_a_field = |kind: &str| {
        let query = "(select (columns ((column x amount))) (from ((from (source (item Doc)) (alias x)))))";
        let view = View {
            item: "Amounts".to_owned(),
            relation: relation("amounts"),
            context: None,
            columns: vec![column("amount", kind, true)],
            query: Some(Query::read(&Node::parse(query).expect("a node")).expect("a query")),
            definer: Some("Reader".to_owned()),
            grants: vec![grant("select", "App")],
            external: false,
            allows: Vec::new(),
        };
        let open = orders(vec![permit_where("select", "Reader", "true")]);
        found(with(vec![Item::Role(role("Reader")), Item::Table(open), Item::View(view)]))
    };
    let says = "`amount` is integer, and the query gives bigint";
    only(with_a_field("integer"), codes::OTHER_RUST_TYPE, "Amounts", predicate(Part::Query), says);
    only(with_a_field("text"), codes::TYPE_MISMATCH, "Amounts", predicate(Part::Query), "and the query gives bigint");
    clean(with_a_field("bigint"));
}
