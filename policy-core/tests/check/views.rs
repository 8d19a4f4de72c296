//! Views: with whose rights they read, what reads them, circles.

use policy_core::check;
use policy_core::diag::{Diagnostic, Part, RulePart, codes};
use policy_core::model::set::Versions;
use policy_core::model::*;

use super::build::*;

/// `SELECT x.<field>, .. FROM <item> x`
fn select(item: &str, fields: &[&str]) -> Query {
    let columns: String = fields.iter().map(|field| format!("(column x {field})")).collect();
    query(&format!("(select (columns ({columns})) (from ((from (source (item {item})) (alias x)))))"))
}

fn query(text: &str) -> Query {
    Query::read(&Node::parse(text).expect("a node")).expect("a query")
}

/// A view of `Reader` over some columns of an item, for `App`.
fn view(item: &str, of: &str, fields: &[&str]) -> View {
    View {
        item: item.to_owned(),
        relation: relation(&item.to_lowercase()),
        context: None,
        columns: fields.iter().map(|field| column(field, if *field == "note" { "text" } else { "uuid" }, false)).collect(),
        query: Some(select(of, fields)),
        definer: Some("Reader".to_owned()),
        grants: vec![grant("select", "App")],
        external: false,
        allows: Vec::new(),
    }
}

fn doc(rules: Vec<Rule>) -> Table {
    Table { rules, ..tenanted("Doc") }
}

fn of(items: Vec<Item>) -> Vec<Diagnostic> {
    let roles = [Item::Role(role("Reader")), Item::Role(role("Other"))];
    found(with(roles.into_iter().chain(items).collect()))
}

fn both(view: View, doc: Table) -> Vec<Diagnostic> {
    of(vec![Item::View(view), Item::Table(doc)])
}

#[test]
fn a_definer_needs_its_own_permit() {
    let open = || view("Open", "Doc", &["id", "note"]);
    let place = || predicate(Part::Query);
    let missing = both(open(), doc(vec![]));
    assert!(missing.iter().any(|fault| fault.help == ["add `permit(select(id, note), to = Reader)` to `Doc`"]), "{missing:?}");
    only(missing, codes::VIEW_CANNOT_READ, "Open", place(), "`Reader` may not select `id` and `note` of it");
    only(both(open(), doc(vec![permit("select(id)", "Reader")])), codes::VIEW_CANNOT_READ, "Open", place(), "`Reader` may not");
    clean(both(open(), doc(vec![permit("select(id, note)", "Reader")])));
    clean(both(open(), doc(vec![permit("select", "PUBLIC")])));
    clean(both(open(), Table { tenancy: Tenancy::External, ..table("Doc") }));
    // A grant alone opens the table and shows no row.
    let granted = Table { grants: vec![grant("select", "Reader")], ..doc(vec![]) };
    only(both(open(), granted.clone()), codes::VIEW_CANNOT_READ, "Open", place(), "no permit of it is for `Reader`");
    let no_rls = Table { tenancy: Tenancy::None, no_rls: Some("lookup".to_owned()), context: None, ..granted };
    clean(both(open(), no_rls));
    // In a subquery as well as in FROM.
    let nested = query(&format!(
        "(select (columns ((column x id))) (from ((from (source (item Doc)) (alias x)))) (filter {}))",
        "(exists (select (columns ((number 1))) (from ((from (source (item Doc)) (alias y)))) (filter (op = (column y note) (text a)))) no)"
    ));
    let nested = View { query: Some(nested), ..view("Open", "Doc", &["id"]) };
    only(both(nested, doc(vec![permit("select(id)", "Reader")])), codes::VIEW_CANNOT_READ, "Open", place(), "`id` and `note`");
}

#[test]
fn without_a_definer_whoever_asks_reads() {
    let open = || View { definer: None, ..view("Open", "Doc", &["id"]) };
    let set = |rules| {
        let set = with(vec![Item::Role(role("Reader")), Item::View(open()), Item::Table(doc(rules))]);
        found(PolicySet { versions: Versions { oldest: 15, newest: 18 }, ..set })
    };
    only(set(vec![]), codes::VIEW_CANNOT_READ, "Open", predicate(Part::Query), "`App` may not select `id` of it");
    clean(set(vec![permit("select(id)", "App")]));
    only(both(open(), doc(vec![permit("select", "App")])), codes::NEEDS_VERSION, "Open", Part::Name, "needs PostgreSQL 15");
}

#[test]
fn a_definer_is_a_role_for_that_alone() {
    let of_definer = |definer: Role| {
        let view = View { definer: Some(definer.item.clone()), ..view("Open", "Doc", &["id"]) };
        let docs = doc(vec![permit("select", &definer.item)]);
        let mut items = vec![Item::View(view), Item::Table(docs)];
        if definer.item != "Owner" {
            items.push(Item::Role(definer));
        }
        found(with(items))
    };
    only(of_definer(login("Clerk")), codes::BAD_DEFINER, "Open", Part::Definer, "`Clerk` is a role that logs in");
    only(of_definer(role("Owner")), codes::BAD_DEFINER, "Open", Part::Definer, "`Owner` is the owner of the tables");
    let bypass = Role { bypass_rls: Some("dumps".to_owned()), ..role("Dumper") };
    only(of_definer(bypass), codes::BAD_DEFINER, "Open", Part::Definer, "`bypass_rls`");
    clean(of_definer(role("Clerk")));
}

#[test]
fn names_lead_somewhere() {
    let open = || view("Open", "Doc", &["id"]);
    let docs = || doc(vec![permit("select", "Reader")]);
    only(both(View { definer: Some("Raeder".to_owned()), ..open() }, docs()), codes::NOT_IN_SET, "Open", Part::Definer, "`Raeder`");
    only(both(View { grants: vec![grant("select", "Ap")], ..open() }, docs()), codes::NOT_IN_SET, "Open", Part::Grant(0), "`Ap`");
    only(both(View { context: Some("Nobody".to_owned()), ..open() }, docs()), codes::NOT_IN_SET, "Open", Part::Context, "`Nobody`");
    only(both(view("Open", "Dog", &["id"]), docs()), codes::NOT_IN_SET, "Open", predicate(Part::Query), "`Dog`");
    only(both(view("Open", "Doc", &["ix"]), docs()), codes::NO_SUCH_COLUMN, "Open", predicate(Part::Query), "`ix`");
    let typed = View { columns: vec![column("id", "bigint", false)], ..open() };
    only(both(typed, docs()), codes::TYPE_MISMATCH, "Open", predicate(Part::Query), "`id` is bigint, and the query gives uuid");
    let fewer = View { columns: Vec::new(), ..open() };
    only(check::item(&Item::View(fewer)), codes::VIEW_COLUMNS, "Open", Part::Query, "yields 1 columns");
    // A view is nobody's parent.
    let child = Table { tenancy: through("owner_id", "Open", "id"), ..table("Child") };
    only(of(vec![Item::View(open()), Item::Table(docs()), Item::Table(child)]), codes::NOT_IN_SET, "Child", Part::Tenant, "`Open`");
}

#[test]
fn a_view_is_read_by_who_may_select_it() {
    let using = Part::Rule(0, RulePart::Using);
    let note = |to: &str| Table { rules: vec![permit_where("select", to, &exists("Open", "id", "id"))], ..table("Note") };
    let set = |to: &str| {
        let docs = Item::Table(doc(vec![permit("select", "Reader")]));
        of(vec![Item::View(view("Open", "Doc", &["id"])), docs, Item::Table(note(to))])
    };
    clean(set("App"));
    // The definer owns it.
    clean(set("Reader"));
    let refused = set("Other");
    assert!(refused.iter().any(|fault| fault.help == ["add `grant(select, to = Other)` to `Open`"]), "{refused:?}");
    only(refused, codes::CANNOT_READ_SOURCE, "Note", predicate(using), "reads `Open`, but `Other` may not select `id`");
    // So does another view.
    let over = |definer: &str| View { definer: Some(definer.to_owned()), ..view("Over", "Open", &["id"]) };
    let two = |definer| {
        of(vec![Item::View(over(definer)), Item::View(view("Open", "Doc", &["id"])), Item::Table(doc(vec![permit("select", "Reader")]))])
    };
    clean(two("Reader"));
    only(two("Other"), codes::VIEW_CANNOT_READ, "Over", predicate(Part::Query), "reads `Open`, but `Other` may not");
}

#[test]
fn views_in_a_circle() {
    let open = |of: &str| Item::View(view("Open", of, &["id"]));
    only(of(vec![open("Open")]), codes::VIEW_CYCLE, "Open", predicate(Part::Query), "reads itself");
    only(
        of(vec![open("Over"), Item::View(view("Over", "Open", &["id"]))]),
        codes::VIEW_CYCLE,
        "Open",
        predicate(Part::Query),
        "`Over` and `Open` read each other",
    );
}

/// PostgreSQL expands the policies of a table that is met again through a view, for the view's definer: 42P17.
#[test]
fn a_policy_that_reads_its_own_table_through_a_view() {
    let using = Part::Rule(0, RulePart::Using);
    let set = |reader: Rule| {
        let docs = doc(vec![permit_where("select", "App", &exists("Open", "id", "id")), reader]);
        both(view("Open", "Doc", &["id"]), docs)
    };
    // The tenant holds a sub-select: what the caller said.
    only(set(permit("select", "Reader")), codes::POLICY_CYCLE, "Doc", predicate(using), "read `Doc` itself");
    clean(set(across(permit("select", "Reader"))));
}

#[test]
fn usage_of_the_schema_and_citus() {
    let open = View { relation: relation("api.open"), ..view("Open", "Doc", &["id"]) };
    let docs = || Item::Table(doc(vec![permit("select", "Reader")]));
    let api = |to: &str| Item::Schema(Schema { grants: vec![on_schema("usage", ObjectKind::Schema, to)], ..schema("Api", "api") });
    clean(of(vec![Item::View(open.clone()), docs(), api("App")]));
    only(of(vec![Item::View(open), docs(), api("Other")]), codes::NO_SCHEMA_USAGE, "Open", Part::Grant(0), "`App` has no USAGE");
    let items = vec![Item::Role(login("Reader")), Item::View(view("Open", "Doc", &["id"])), docs()];
    let citus = found(PolicySet { target: Target::Citus, ..with(items) });
    assert!(citus.iter().any(|fault| fault.code == codes::CITUS && fault.message.contains("a view with a `definer`")), "{citus:?}");
}
