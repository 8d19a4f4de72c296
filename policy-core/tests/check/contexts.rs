//! Settings of a context and what they can hold.

use policy_core::check;
use policy_core::diag::{Diagnostic, Part, codes};
use policy_core::model::context::{Field, Source};
use policy_core::model::{Context, Item, SqlType, Table};

use super::build::*;

fn fields(fields: Vec<Field>) -> Vec<Diagnostic> {
    check::item(&Item::Context(Context { item: "Request".to_owned(), fields, allows: Vec::new() }))
}

fn setting(name: &str, setting: &str) -> Field {
    Field { source: Source::Setting(setting.to_owned()), ..field(name, "uuid") }
}

#[test]
fn a_setting_has_the_name_of_an_applications_setting() {
    for name in ["tenant", "App.tenant", "app.tenant-id", "app.", "app.1x", "pg_stat_statements.max", "citus.x", "plpgsql.y"] {
        let prefix = name.split('.').next().unwrap_or_default();
        only(fields(vec![setting("x", name)]), codes::SETTING_NAME, "Request", Part::Column(0), prefix);
    }
    clean(fields(vec![setting("x", "app.tenant_id"), setting("y", "_a.b2.c")]));
}

#[test]
fn two_fields_have_two_settings() {
    // A name in capitals is refused by itself; a name twice by whatever case.
    only(
        fields(vec![setting("a", "app.x"), setting("b", "app.x")]),
        codes::SETTING_TWICE,
        "Request",
        Part::Column(1),
        "`a` and `b` are both the setting `app.x`",
    );
    only(
        fields(vec![claim("sub", "uuid"), Field { name: "user".to_owned(), ..claim("sub", "text") }]),
        codes::SETTING_TWICE,
        "Request",
        Part::Column(1),
        "the claim `sub`",
    );
    only(
        fields(vec![claim("sub", "uuid"), setting("all", "request.jwt.claims")]),
        codes::SETTING_TWICE,
        "Request",
        Part::Column(1),
        "the whole setting",
    );
    clean(fields(vec![setting("a", "app.x"), setting("b", "app.y"), claim("sub", "uuid"), claim("role", "text")]));
}

#[test]
fn a_setting_holds_what_has_one_text_form() {
    for kind in ["double precision", "numeric", "bytea", "json", "jsonb", "interval", "inet", "real[]"] {
        only(fields(vec![field("x", kind)]), codes::CONTEXT_TYPE, "Request", Part::Column(0), kind);
    }
    for kind in ["uuid", "bigint[]", "boolean", "text", "varchar(20)", "date", "timestamptz", "\"Status\"", "uuid[]"] {
        clean(fields(vec![field("x", kind)]));
    }
    clean(fields(vec![claim("x", "jsonb"), Field { kind: SqlType::opaque("Status"), ..field("y", "uuid") }]));
    only(fields(vec![claim("x", "jsonb[]")]), codes::CONTEXT_TYPE, "Request", Part::Column(0), "jsonb[]");
}

#[test]
fn an_empty_text_tenant_is_no_tenant() {
    let doc = |predicate| Table { tenancy: own(predicate), ..table("Doc") };
    let two = |predicate| {
        with(vec![
            Item::Table(doc(predicate)),
            Item::Table(Table { item: "Page".to_owned(), relation: relation("page"), ..doc(predicate) }),
        ])
    };
    only(found(two("(op = (self note) (ctx word))")), codes::TEXT_TENANT, "Request", Part::Column(3), "tenant key of `Doc` and `Page`");
    clean(found(two("(op = (self tenant_id) (ctx tenant_id))")));
    let allowed = Context { allows: allow(codes::TEXT_TENANT), ..request() };
    clean(found(set(vec![Item::Role(role("Owner")), Item::Context(allowed), Item::Table(doc("(op = (self note) (ctx word))"))])));
}

#[test]
fn types_are_resolved_by_then() {
    let doc = || {
        let mut doc = table("Doc");
        doc.columns.push(policy_core::model::Column { kind: SqlType::opaque("Status"), ..column("status", "text", false) });
        doc
    };
    only(found(with(vec![Item::Table(doc())])), codes::UNRESOLVED_TYPE, "Doc", Part::Column(4), "`Status`");
    // One fault, whatever the column is compared with.
    let compared = Table { tenancy: own("(op = (self status) (ctx tenant_id))"), ..doc() };
    only(found(with(vec![Item::Table(compared)])), codes::UNRESOLVED_TYPE, "Doc", Part::Column(4), "`Status`");
    let strange = Context {
        item: "Other".to_owned(),
        fields: vec![Field { kind: SqlType::opaque("Kind"), ..field("kind", "text") }],
        allows: Vec::new(),
    };
    only(found(with(vec![Item::Context(strange)])), codes::UNRESOLVED_TYPE, "Other", Part::Column(0), "`Kind`");
    clean(found(with(vec![Item::Table(table("Doc"))])));
}
