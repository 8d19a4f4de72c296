//! Policies that read other tables: with which right, and in which circle.

use policy_core::diag::{Diagnostic, Part, RulePart, codes};
use policy_core::model::{Item, Node, Notate, PolicySet, Query, Role, Rule, Table, Tenancy, View};

use super::build::*;

fn doc(rules: Vec<Rule>) -> Table {
    Table { rules, ..tenanted("Doc") }
}

fn member_table(rules: Vec<Rule>) -> Table {
    Table { rules, ..tenanted("Member") }
}

fn both(doc: Table, member: Table) -> Vec<Diagnostic> {
    let roles = [Item::Role(role("Reader")), Item::Role(member_of(&["Reader"], login("Clerk")))];
    found(with(roles.into_iter().chain([Item::Table(doc), Item::Table(member)]).collect()))
}

const USING: Part = Part::Rule(0, RulePart::Using);

fn by_membership(to: &str) -> Rule {
    permit_where("select", to, &exists("Member", "owner_id", "id"))
}

#[test]
fn a_subquery_needs_select_on_its_tables() {
    let says = "reads `Member`, but `App` may not select `owner_id` of it";
    only(both(doc(vec![by_membership("App")]), member_table(vec![])), codes::CANNOT_READ_SOURCE, "Doc", predicate(USING), says);
    only(
        both(doc(vec![by_membership("App")]), member_table(vec![permit("select(id)", "App")])),
        codes::CANNOT_READ_SOURCE,
        "Doc",
        predicate(USING),
        "`App`",
    );
    clean(both(doc(vec![by_membership("App")]), member_table(vec![permit("select(owner_id)", "App")])));
    clean(both(doc(vec![by_membership("App")]), member_table(vec![permit("select", "PUBLIC")])));
    clean(both(doc(vec![by_membership("Clerk")]), member_table(vec![permit("select", "Reader")])));
    clean(both(doc(vec![by_membership("App")]), Table { grants: vec![grant("select", "App")], ..member_table(vec![]) }));
    clean(both(doc(vec![by_membership("App")]), Table { tenancy: Tenancy::External, ..table("Member") }));
}

#[test]
fn a_role_that_inherits_is_not_told_again() {
    let found = both(doc(vec![by_membership("Reader")]), member_table(vec![]));
    only(found, codes::CANNOT_READ_SOURCE, "Doc", predicate(USING), "but `Reader` may not");
}

#[test]
fn a_parent_and_a_restriction_are_read_as_well() {
    let child = |parent: Vec<Rule>| {
        both(Table { tenancy: through("owner_id", "Member", "id"), ..doc(vec![permit("select", "App")]) }, member_table(parent))
    };
    only(child(vec![]), codes::CANNOT_READ_SOURCE, "Doc", Part::Tenant, "`Member`");
    clean(child(vec![permit("select(id)", "App")]));
    let restricted = |to| doc(vec![permit("select", "App"), restrict("select", to, &exists("Member", "owner_id", "id"))]);
    only(
        both(restricted("PUBLIC"), member_table(vec![])),
        codes::CANNOT_READ_SOURCE,
        "Doc",
        predicate(Part::Rule(1, RulePart::Using)),
        "`App`",
    );
    clean(both(restricted("Reader"), member_table(vec![])));
}

#[test]
fn across_tenants_does_not_read_the_tenant() {
    let by = |rule: Rule| both(Table { tenancy: own(&exists("Member", "owner_id", "tenant_id")), ..doc(vec![rule]) }, member_table(vec![]));
    only(by(permit("select", "App")), codes::CANNOT_READ_SOURCE, "Doc", predicate(Part::Tenant), "`Member`");
    clean(by(across(permit("select", "App"))));
}

#[test]
fn policies_do_not_read_each_other() {
    let back = |to: &str| {
        member_table(vec![
            permit("select(owner_id)", "Reader"),
            permit_where("select(owner_id, tenant_id)", to, &exists("Doc", "id", "owner_id")),
        ])
    };
    let circle = both(doc(vec![by_membership("App")]), back("App"));
    only(circle, codes::POLICY_CYCLE, "Doc", predicate(USING), "`Doc` and `Member` read each other");
    // Another role reads the other way.
    let apart = both(doc(vec![by_membership("Reader"), permit_where("select", "App", MINE)]), back("App"));
    clean(apart);
}

#[test]
fn a_membership_table_does_not_read_itself() {
    let itself = Table { tenancy: own(&exists("Member", "tenant_id", "tenant_id")), ..member_table(vec![permit("select", "App")]) };
    let found = both(doc(vec![by_membership("App")]), itself.clone());
    only(found, codes::POLICY_CYCLE, "Member", predicate(Part::Tenant), "the policies of `Member` read `Member` itself");
    // From the context, and by a reader that crosses tenants.
    let context = Table { tenancy: own("(any (self tenant_id) = (ctx org_ids) no)"), ..itself.clone() };
    clean(both(doc(vec![by_membership("App")]), context));
    let reader = Table { rules: vec![across(permit("select", "Reader"))], ..itself };
    clean(both(doc(vec![permit("select", "App")]), reader));
}

#[test]
fn the_circle_is_told_with_its_way() {
    let next =
        |item: &str, of: &str| Item::Table(Table { rules: vec![permit_where("select", "App", &exists(of, "id", "id"))], ..tenanted(item) });
    let found = found(with(vec![next("Start", "A"), next("A", "B"), next("B", "C"), next("C", "A")]));
    let way: Vec<&String> = found.iter().flat_map(|fault| &fault.notes).collect();
    assert!(way.iter().any(|note| note.contains("`A` -> `B` -> `C` -> `A`") && note.contains("by `App`")), "{way:?}");
    only(found, codes::POLICY_CYCLE, "A", predicate(USING), "`A`, `B` and `C`");
}

/// What PostgreSQL expands again on the second meeting are the policies of a SELECT.
#[test]
fn a_write_that_reads_its_own_table_is_judged_by_the_select_policies() {
    let own_rows = |select: Rule| Table {
        context: None,
        rules: vec![select, permit_where("update", "App", &exists("Member", "owner_id", "id"))],
        ..table("Member")
    };
    let open = own_rows(permit_where("select", "App", "true"));
    clean(both(doc(vec![]), open));
    let ours = Table { context: Some("Request".to_owned()), ..own_rows(permit_where("select", "App", MINE)) };
    only(both(doc(vec![]), ours), codes::POLICY_CYCLE, "Member", predicate(Part::Rule(1, RulePart::Using)), "`Member` itself");
}

#[test]
fn parents_go_in_no_circle_even_without_rules() {
    let tree = Table { tenancy: through("owner_id", "Member", "id"), ..member_table(vec![]) };
    only(both(doc(vec![]), tree), codes::POLICY_CYCLE, "Member", Part::Tenant, "`Member` itself");
}

#[test]
fn a_bypass_role_meets_no_policy() {
    let service = Role { bypass_rls: Some("workers".to_owned()), ..role("Service") };
    let items = vec![Item::Role(service), Item::Table(doc(vec![by_membership("Service")])), Item::Table(member_table(vec![]))];
    clean(found(with(items)));
}

/// A tenant may take the caller from what it reads; something there must know the caller.
#[test]
fn a_tenant_by_membership_knows_the_caller_somewhere() {
    let doc_of = |tenancy: Tenancy| Table { tenancy, ..doc(vec![permit("select", "App")]) };
    let by_members = || own(&exists("Member", "owner_id", "tenant_id"));
    let open = |using: &str| Table { tenancy: Tenancy::None, ..member_table(vec![permit_where("select", "App", using)]) };
    let says = "this tenant names nothing of the caller, and neither does `Member`";
    only(both(doc_of(by_members()), Table { context: None, ..open("true") }), codes::TENANT_OF_NOBODY, "Doc", Part::Tenant, says);
    // Its own tenant, its rules.
    clean(both(doc_of(by_members()), member_table(vec![permit("select", "App")])));
    clean(both(doc_of(by_members()), open(MINE)));
    let external = Table { tenancy: Tenancy::External, context: None, ..table("Member") };
    only(both(doc_of(by_members()), external), codes::TENANT_OF_NOBODY, "Doc", Part::Tenant, says);

    // A view of a definer passes the rules by: its query must say it.
    let mine = |filter: &str, definer: Option<&str>| View {
        item: "Mine".to_owned(),
        relation: relation("mine"),
        context: filter.contains("ctx").then(|| "Request".to_owned()),
        columns: vec![column("owner_id", "uuid", false)],
        query: Some(
            Query::read(
                &Node::parse(&format!(
                    "(select (columns ((column m owner_id))) (from ((from (source (item Member)) (alias m)))) (filter {filter}))"
                ))
                .expect("a node"),
            )
            .expect("a query"),
        ),
        definer: definer.map(str::to_owned),
        grants: vec![grant("select", "App")],
        external: false,
        allows: Vec::new(),
    };
    let through_view = |view: View| {
        let members = Table { rules: vec![permit_where("select", "App, Reader", MINE)], ..open(MINE) };
        let items = vec![
            Item::Role(role("Reader")),
            Item::Table(doc_of(own(&exists("Mine", "owner_id", "tenant_id")))),
            Item::Table(members),
            Item::View(view),
        ];
        found(PolicySet { versions: policy_core::model::set::Versions { oldest: 15, newest: 18 }, ..with(items) })
    };
    clean(through_view(mine("(op = (column m owner_id) (ctx user_id))", Some("Reader"))));
    clean(through_view(mine("true", None)));
    only(through_view(mine("true", Some("Reader"))), codes::TENANT_OF_NOBODY, "Doc", Part::Tenant, "neither does `Mine`");
}

/// A membership that could be a set of the caller's is told of; what means something else is not.
#[test]
fn a_membership_is_a_set_of_the_caller() {
    let asked = |kind: &str, filter: &str| {
        let from = "(from ((from (source (item Member)) (alias m))))";
        let query = |column: &str| format!("(select (columns ({column})) {from} (filter {filter}))");
        match kind {
            "in" => format!("(in-query (ctx user_id) {} no)", query("(column m owner_id)")),
            "exists" => format!("(exists {} no)", query("(number 1)")),
            _ => format!("(exists {} yes)", query("(number 1)")),
        }
    };
    let joined = "(op = (column m tenant_id) (self tenant_id))";
    let mine = "(op = (column m owner_id) (ctx user_id))";
    let of = |rule: Rule| of_table(Table { rules: vec![rule], ..table("Doc") });
    let told = |using: &str| {
        let place = predicate(USING);
        only(of(permit_where("select", "App", using)), codes::EACH_ROW, "Doc", place, "asked for each row");
    };
    told(&asked("exists", &format!("(and ({joined} {mine}))")));
    told(&asked("in", joined));
    told(&format!("(or ({MINE} {}))", asked("exists", &format!("(and ({mine} {joined}))"))));
    let found = of(permit_where("select", "App", &asked("in", joined)));
    let help: Vec<&String> = found.iter().flat_map(|fault| &fault.help).collect();
    assert!(help.iter().any(|help| help.contains("`tenant_id IN (SELECT m.tenant_id FROM Member m ..)`")), "{help:?}");

    let quiet = |commands: &str, using: &str| clean(of(permit_where(commands, "App", using)));
    // No row, two columns of the row, no caller, a NOT: another meaning, or no better form.
    quiet("select", &asked("exists", mine));
    quiet("select", &asked("exists", &format!("(and ({joined} {mine} (op <> (column m id) (self id))))")));
    quiet("select", &asked("exists", joined));
    quiet("select", &asked("not exists", &format!("(and ({joined} {mine}))")));
    let insert =
        Table { rules: vec![permit_where("select", "App", MINE), permit_where("insert", "App", &asked("in", joined))], ..table("Doc") };
    clean(of_table(insert));
}
