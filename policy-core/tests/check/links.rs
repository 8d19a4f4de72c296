//! Names that lead to other items, and types on both sides of them.

use policy_core::check;
use policy_core::diag::{Part, RulePart, codes};
use policy_core::model::{Column, Item, Kind, PolicySet, Table, Tenancy};

use super::build::*;

fn reading(predicate: &str) -> PolicySet {
    let member = Table { rules: vec![permit("select", "App")], ..tenanted("Member") };
    let doc = Table { rules: vec![permit_where("select", "App", predicate)], ..tenanted("Doc") };
    with(vec![Item::Table(member), Item::Table(doc)])
}

#[test]
fn what_is_named_is_in_the_set() {
    let using = predicate(Part::Rule(0, RulePart::Using));
    only(found(reading(&exists("Nobody", "id", "id"))), codes::NOT_IN_SET, "Doc", using, "`Nobody`");
    only(found(reading(&exists("Member", "idd", "id"))), codes::NO_SUCH_COLUMN, "Doc", using, "`idd`");
    only(found(reading("(op = (self owner_id) (ctx nobody))")), codes::NO_SUCH_SETTING, "Doc", using, "`nobody`");
    only(found(reading("(op = (self nothing) (ctx user_id))")), codes::UNKNOWN_COLUMN, "Doc", using, "`nothing`");
    only(found(reading("(op = (column z id) (ctx user_id))")), codes::UNKNOWN_ALIAS, "Doc", using, "`z`");
    let roleless = Table { rules: vec![permit("select", "Nobody")], ..tenanted("Doc") };
    only(found(with(vec![Item::Table(roleless)])), codes::NOT_IN_SET, "Doc", Part::Rule(0, RulePart::To(0)), "`Nobody`");
    let bare = Table { context: None, ..tenanted("Doc") };
    only(found(with(vec![Item::Table(bare)])), codes::NO_CONTEXT, "Doc", predicate(Part::Tenant), "`ctx.tenant_id`");
    only(found(PolicySet { owner: Some("Nobody".to_owned()), ..with(vec![]) }), codes::NOT_IN_SET, "TEST", Part::Owner, "`Nobody`");
    clean(found(reading(&exists("Member", "id", "id"))));
}

#[test]
fn both_sides_have_types_that_compare() {
    let using = predicate(Part::Rule(0, RulePart::Using));
    only(found(reading("(op = (self owner_id) (ctx word))")), codes::TYPE_MISMATCH, "Doc", using, "uuid = text");
    only(found(reading(&exists("Member", "note", "id"))), codes::TYPE_MISMATCH, "Doc", using, "text = uuid");
    clean(found(reading("(any (self owner_id) = (ctx org_ids) no)")));
}

/// Fields `a` and `b` are the columns `b` and `c`: after `FROM Item` a name is a field, in SQL text a column.
#[test]
fn fields_are_not_taken_for_columns() {
    let named = |field: &str, name: &str| Column { name: ident(name), ..column(field, "uuid", false) };
    let member =
        Table { columns: vec![named("a", "b"), named("b", "c")], rules: vec![permit_where("select", "App", "true")], ..table("Member") };
    let linked = |predicate: String| {
        let doc = Table { rules: vec![permit_where("select", "App", &predicate)], ..table("Doc") };
        let (checked, _) = check::check(with(vec![Item::Table(member.clone()), Item::Table(doc)])).expect("a sound set");
        let mut columns = Vec::new();
        for expr in checked.set().tables().flat_map(|table| &table.rules).filter_map(|rule| rule.using.as_ref()) {
            expr.visit(&mut |expr| columns.extend(if let Kind::Column(_, column) = &expr.kind { Some(column.clone()) } else { None }));
        }
        columns
    };
    let fields = exists("Member", "b", "id");
    assert_eq!(linked(fields.clone()), ["c"]);
    assert_eq!(linked(fields.replace("(item Member)", "(table (public member))")), ["b"]);
}

#[test]
fn a_parent_has_a_tenant() {
    let child = |parent: Table| {
        let child = Table { tenancy: through("owner_id", "Parent", "id"), ..table("Child") };
        with(vec![Item::Table(parent), Item::Table(child)])
    };
    only(found(child(table("Parent"))), codes::PARENT_WITHOUT_TENANT, "Child", Part::Tenant, "`Parent` has no tenant");
    only(
        found(child(Table { tenancy: Tenancy::External, ..table("Parent") })),
        codes::PARENT_WITHOUT_TENANT,
        "Child",
        Part::Tenant,
        "`Parent`",
    );
    clean(found(child(tenanted("Parent"))));
}

#[test]
fn types_compare_within_their_family() {
    let compare = |a: &str, b: &str| check::comparable(&sql_type(a), &sql_type(b));
    for (a, b) in [
        ("int", "numeric(10,2)"),
        ("text", "varchar(3)"),
        ("date", "timestamptz"),
        ("cidr", "inet"),
        ("bit", "varbit"),
        ("status", "public.status"),
    ] {
        assert!(compare(a, b) && compare(b, a), "{a} {b}");
    }
    for (a, b) in [
        ("date", "time"),
        ("text[]", "varchar[]"),
        ("text", "text[]"),
        ("int[]", "bigint[]"),
        ("\"number\"", "int"),
        ("a.status", "b.status"),
    ] {
        assert!(!compare(a, b) && !compare(b, a), "{a} {b}");
    }
}
