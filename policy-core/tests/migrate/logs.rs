//! Logs: their functions and triggers, when tables are renamed or leave.

use super::{APP, migration, permit, set};

/// A function knows its tables by name, so what a log generates is made anew when one of them is renamed, either way.
#[test]
fn a_log_follows_renamed_tables() {
    let column = |name: &str, kind: &str| format!("(column (field {name}) (name {name}) (kind {kind}))");
    let tables = |doc: &str, from: &str, log: &str, log_from: &str| {
        let own = [("id", "bigint"), ("table_name", "text"), ("row_id", "text")].map(|(name, kind)| column(name, kind)).join(" ");
        set(&format!(
            "{APP}
             (table (item Document) (relation (public {doc})) {from} (columns ({})) (tenancy none) (rules ({})))
             (table (item Patch) (relation (public {log})) {log_from} (columns ({own})) (tenancy none) (rules ({}))
                (log (log (rows ((row (item Document) (key id)))) (table table_name) (row row_id))))",
            column("id", "bigint"),
            permit("select", ""),
            permit("insert", ""),
        ))
    };
    let before = tables("documents", "", "patches", "");
    let after = tables("papers", "(renamed_from (public documents))", "patch_log", "(renamed_from (public patches))");
    let moved = migration(&before, &after).unwrap();
    let at = |text: &str, what: &str| text.find(what).unwrap_or_else(|| panic!("no `{what}` in {text}"));
    assert!(at(&moved.up, "RENAME TO papers") < at(&moved.up, "FROM public.papers AS seen"));
    assert!(at(&moved.up, "FROM public.papers AS seen") < at(&moved.up, "BEFORE INSERT OR UPDATE ON public.patch_log"));
    assert!(!moved.up.contains("DROP FUNCTION") && !moved.up.contains("public.patches AS"), "{}", moved.up);
    assert!(at(&moved.down, "RENAME TO documents") < at(&moved.down, "FROM public.documents AS seen"));
    assert!(at(&moved.down, "FROM public.documents AS seen") < at(&moved.down, "BEFORE INSERT OR UPDATE ON public.patches"));
    assert_eq!(migration(&after, &after), None);
}

/// A table that leaves a log loses its triggers, then the function goes; and back.
#[test]
fn a_table_leaves_a_log() {
    let column = |name: &str, kind: &str| format!("(column (field {name}) (name {name}) (kind {kind}))");
    let tables = |rows: &str| {
        let own = [("id", "bigint"), ("table_name", "text"), ("row_id", "text")].map(|(name, kind)| column(name, kind)).join(" ");
        let table = |item: &str, name: &str| {
            format!(
                "(table (item {item}) (relation (public {name})) (columns ({})) (tenancy none) (rules ({})))",
                column("id", "bigint"),
                permit("select", "")
            )
        };
        set(&format!(
            "{APP} (role (item Writer) (name writer)) {} {}
             (table (item Audit) (relation (public audit)) (columns ({own})) (tenancy none)
                (log (log (rows ({rows})) (table table_name) (row row_id) (writer writer))))",
            table("Document", "documents"),
            table("Note", "notes"),
        ))
    };
    let row = |item: &str| format!("(row (item {item}) (key id))");
    let left = migration(&tables(&format!("{} {}", row("Document"), row("Note"))), &tables(&row("Document"))).unwrap();
    for event in ["insert", "update", "delete", "truncate"] {
        assert!(left.up.contains(&format!("DROP TRIGGER IF EXISTS audit_{event} ON public.notes;")), "{}", left.up);
    }
    assert!(left.up.find("DROP TRIGGER").unwrap() < left.up.find("DROP FUNCTION IF EXISTS public.audit_of_note();").unwrap());
    assert!(!left.up.contains("documents"), "{}", left.up);
    assert!(
        left.down.find("CREATE OR REPLACE FUNCTION public.audit_of_note()").unwrap() < left.down.find("CREATE OR REPLACE TRIGGER").unwrap()
    );
}
