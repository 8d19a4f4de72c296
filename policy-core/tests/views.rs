//! Views, from their source to SQL: layout, names, order.
#![cfg(feature = "build")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a failure here is a failed test")]

use policy_core::build::{Source, assemble, scan_texts};
use policy_core::diag::codes;
use policy_core::render::render;

fn assembled(text: &str) -> policy_core::build::Assembly {
    assemble(scan_texts(vec![Source { shown: "src/lib.rs".to_owned(), text: text.to_owned(), folder: None }]))
}

const ITEMS: &str = r#"
    #[derive(Context)] #[context(prefix = "app", allow(H0514, reason = "codes of countries"))] struct Visit { tenant_code: String }
    #[derive(Role)] #[role()] struct Reader;
    #[derive(Role)] #[role(login)] struct Anonymous;
    #[derive(Policy)] #[policy(table = "Leak", rename_all = "camelCase", context = Visit, tenant(tenant_code = ctx.tenant_code),
        permit(select, to = Reader), never(all, to = Anonymous))]
    struct Leak { id: String, tenant_code: String, title: String, created_at: NaiveDateTime, parent_id: Option<String> }
"#;

#[test]
fn views_as_sql() {
    let text = format!(
        r#"{ITEMS}
        #[derive(View)] #[view(name = "over", definer = Reader, grant(select(id), to = Anonymous), query(SELECT p.id FROM Wide p))]
        struct Over {{ id: String }}
        #[derive(View)] #[view(name = "wide", definer = Reader, context = Visit, rename_all = "camelCase", query(
            SELECT DISTINCT COALESCE(p.title, l.title, "a title that is long enough to fill a line of its own") AS parent_title, l.id,
                l.title || " by nobody" AS title, l.created_at
            FROM Leak l LEFT JOIN Leak p ON p.id = l.parent_id, Leak Leak CROSS JOIN Leak other
            WHERE l.tenant_code = ctx.tenant_code AND (l.title LIKE "%open%" OR l.created_at > now() - interval "30 days")
                AND l.id IN (SELECT o.parent_id FROM Leak o WHERE o.title <> l.title) AND Leak.id = other.id
        ))]
        struct Wide {{ id: String, title: String, created_at: NaiveDateTime, parent_title: Option<String> }}
        policy_set! {{ LEAKS {{ items: [Visit, Reader, Anonymous, Over, Leak, Wide] }} }}"#
    );
    let assembly = assembled(&text);
    let faults: Vec<String> = assembly.faults.iter().map(|fault| fault.diagnostic.text()).collect();
    assert_eq!(faults, Vec::<String>::new());
    let sql = render(&assembly.sets[0]).sql();
    let (_, views) = sql.split_once("-- view ").unwrap();
    insta::assert_snapshot!(views.split_once("-- table ").unwrap().0);
}

/// The build edge points into the source, also where the query is text.
#[test]
fn a_definer_without_a_permit_is_found_at_the_build_edge() {
    let text = format!(
        r#"{ITEMS}
        #[derive(Role)] #[role()] struct Other;
        #[derive(View)] #[view(name = "v", definer = Other, query = "SELECT l.id FROM \"Leak\" l WHERE l.title <> ''")]
        struct V {{ id: String }}
        policy_set! {{ LEAKS {{ items: [Visit, Reader, Anonymous, Other, Leak, V] }} }}"#
    );
    let assembly = assembled(&text);
    let [fault] = assembly.faults.as_slice() else { panic!("{:?}", assembly.faults) };
    assert_eq!(fault.diagnostic.code, codes::VIEW_CANNOT_READ);
    assert_eq!(fault.diagnostic.help, ["add `permit(select(id, title), to = Other)` to `Leak`"]);
    assert!(fault.position.is_some());
}
