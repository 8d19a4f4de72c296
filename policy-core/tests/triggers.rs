//! What triggers and logs become.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use policy_core::check::trusted;
use policy_core::model::{Node, Notate, PolicySet};
use policy_core::render::{Script, render};

fn column(name: &str, kind: &str) -> String {
    format!("(column (field {name}) (name {name}) (kind {kind}))")
}

fn nullable(name: &str, kind: &str) -> String {
    format!("(column (field {name}) (name {name}) (kind {kind}) (nullable yes))")
}

/// A set of these items, with a context and three tables: a plain one, a partitioned one, one of another schema.
fn script(items: &str) -> Script {
    let table = |item: &str, relation: &str, key: &str, more: &str| {
        let columns = format!("{} {}", column(key, if item == "Note" { "bigint" } else { "uuid" }), column("tenant_id", "uuid"));
        format!("(table (item {item}) (relation ({relation})) (context Caller) (columns ({columns})) (tenancy none) {more})")
    };
    let set = format!(
        "(set (name S) (owner owner) (target postgres) (versions (versions (oldest 14) (newest 18))) (items (
            (role (item App) (name app)) (role (item Writer) (name writer))
            (context (item Caller) (fields (
                (field (name tenant_id) (source (setting app.tenant_id)) (kind uuid))
                (field (name status) (source (setting app.status)) (kind ((type Status) () no))))))
            {} {} {items})))",
        table("Todo", "public todos", "id", ""),
        table("Note", "app Notes", "noteId", "(partitioned yes)"),
    );
    render(&trusted(PolicySet::read(&Node::parse(&set).unwrap()).unwrap()))
}

/// The statements of triggers and of functions that return `trigger`.
fn generated(script: &Script) -> String {
    let all = script.statements.iter().map(|one| one.apply.as_str());
    let ours = all.filter(|sql| ["TRIGGER", "RETURNS trigger", "_of_", "_fill"].iter().any(|word| sql.contains(word)));
    ours.collect::<Vec<_>>().join("\n\n")
}

const ROWS: &str = "(rows ((row (item Todo) (key id) (copy (tenant_id))) (row (item Note) (key noteId) (copy (tenant_id)))))";

fn log(rest: &str, more: &str) -> String {
    let own = [column("id", "bigint"), column("table_name", "text"), nullable("row_id", "text"), nullable("tenant_id", "uuid")].join(" ");
    format!(
        "(table (item ModifiedRow) (relation (sync modified_rows)) (context Caller) (columns ({own} {more})) (tenancy none)
            (log (log {ROWS} (table table_name) (row row_id) (copy (tenant_id)) {rest})))"
    )
}

#[test]
fn a_log_that_the_application_writes() {
    insta::assert_snapshot!(generated(&script(&log("", ""))));
}

#[test]
fn a_log_that_triggers_write() {
    let rest = "(writer writer) (command command) (old old) (new new) (at at) (role role) (context context) (by ((said (ctx status))))";
    let kinds = [("command", "text"), ("at", "timestamptz"), ("role", "text"), ("context", "jsonb"), ("said", "text")];
    let more: Vec<String> =
        kinds.iter().map(|(name, kind)| column(name, kind)).chain(["old", "new"].map(|name| nullable(name, "jsonb"))).collect();
    insta::assert_snapshot!(generated(&script(&log(rest, &more.join(" ")))));
}

#[test]
fn triggers_as_declared() {
    let trigger = |rest: &str| format!("(trigger {rest} (execute (named (app touch))))");
    let own = [column("id", "bigint"), "(column (field order) (name order) (kind text))".to_owned()].join(" ");
    let table = format!(
        "(table (item Job) (relation (public jobs)) (columns ({own})) (tenancy none) (triggers ({} {} {})))",
        trigger("(timing before) (events ((event (kind insert)) (event (kind update) (columns (id order))))) (each_row yes)"),
        trigger(
            "(name \"my trigger\") (timing after) (events ((event (kind update)))) (each_row yes) (when (op <> (column new order) (column old order)))"
        ),
        trigger("(timing after) (events ((event (kind delete)) (event (kind truncate)))) (each_row no)"),
    );
    insta::assert_snapshot!(generated(&script(&table)));
}
