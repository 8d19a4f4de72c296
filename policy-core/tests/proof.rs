//! Proofs over whole sets: tenants kept apart, `never`, views, parents. Sources go through the build edge as a program's own do.
#![cfg(feature = "build")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a failure here is a failed test")]

use policy_core::build::{Source, assemble, scan_texts};

const AROUND: &str = r#"
    #[derive(Context)] #[context(prefix = "app")] struct Request { tenant_id: Uuid, user_id: Uuid, tags: Vec<String>, tenants: Vec<Uuid> }
    #[derive(Role)] #[role(name = "owner")] struct Owner;
    #[derive(Role)] #[role(name = "app", login, noinherit)] struct App;
    #[derive(Role)] #[role(name = "editor", login, noinherit)] struct Editor;
    #[derive(Role)] #[role(name = "reader")] struct Reader;
    #[derive(Policy)] #[policy(table = "members", context = Request, no_tenant, permit(select, to = [App, Reader], using(user_id = ctx.user_id)))]
    struct Member { team_id: Uuid, user_id: Uuid }
"#;

/// The codes of the proofs that a source raises, each once.
fn codes(items: &str, names: &str) -> (Vec<String>, String) {
    let text = format!(
        "{AROUND}\n{items}\npolicy_set! {{ pub SET {{ owner: Owner, items: [Request, Owner, App, Editor, Reader, Member, {names}] }} }}"
    );
    let assembly = assemble(scan_texts(vec![Source { shown: "src/lib.rs".to_owned(), text, folder: None }]));
    let mut codes: Vec<String> = Vec::new();
    let mut all = String::new();
    for fault in &assembly.faults {
        let code = fault.diagnostic.code.to_string();
        let of_proofs = ["H0901", "H0902", "H0903", "H0904", "H0905", "H0906", "H0907", "H0908", "H0909"].contains(&code.as_str());
        assert!(of_proofs || !fault.is_error(), "{items}\n{}", fault.diagnostic.text());
        if of_proofs && !codes.contains(&code) {
            codes.push(code);
        }
        all = format!("{all}\n{}", fault.diagnostic.text());
    }
    codes.sort();
    (codes, all)
}

#[track_caller]
fn raises(items: &str, names: &str, wanted: &[&str]) {
    let (found, all) = codes(items, names);
    assert_eq!(found, wanted, "{items}{all}");
}

/// A table with this tenant, which `App` may read and write.
fn doc(tenant: &str) -> String {
    format!(
        r#"#[derive(Policy)] #[policy(table = "docs", context = Request, tenant({tenant}), permit(all, to = App))]
        struct Doc {{ id: Uuid, tenant_id: Uuid, owner_id: Option<Uuid>, team_id: Uuid, public: bool, tags: Vec<String>, tenants: Vec<Uuid> }}"#
    )
}

#[track_caller]
fn tenant(tenant: &str, wanted: &[&str]) {
    raises(&doc(tenant), "Doc", wanted);
}

#[test]
fn ties_that_hold() {
    tenant("tenant_id = ctx.tenant_id", &[]);
    tenant("tenant_id IN (ctx.tenant_id, ctx.user_id)", &[]);
    tenant("tenant_id = ANY (ctx.tenants)", &[]);
    tenant("tenants @> ARRAY[ctx.tenant_id]", &[]);
    tenant("team_id IN (SELECT m.team_id FROM Member m WHERE m.user_id = ctx.user_id)", &[]);
    tenant("EXISTS (SELECT 1 FROM Member m WHERE m.team_id = self.team_id AND m.user_id = ctx.user_id)", &[]);
    tenant(
        "EXISTS (SELECT 1 FROM Member m JOIN Member k ON k.team_id = m.team_id WHERE m.team_id = self.team_id AND k.user_id = ctx.user_id)",
        &[],
    );
}

#[test]
fn ties_that_are_none() {
    tenant("tenant_id = ctx.tenant_id OR public", &["H0901"]);
    tenant("coalesce(owner_id = ctx.user_id, true)", &["H0901"]);
    tenant("tenant_id <> ctx.tenant_id", &["H0901"]);
}

#[test]
fn the_caller_is_named_beside_the_row_and_not_tied_to_it() {
    tenant("EXISTS (SELECT 1 FROM Member m WHERE m.user_id = ctx.user_id AND self.public)", &["H0902"]);
    tenant("EXISTS (SELECT 1 FROM Member m WHERE m.user_id = ctx.user_id OR m.team_id = self.team_id)", &["H0902"]);
    tenant("EXISTS (SELECT 1 FROM Member m, Member k WHERE m.user_id = ctx.user_id AND k.team_id = self.team_id)", &["H0902"]);
}

#[test]
fn a_query_without_the_caller_is_as_good_as_what_it_reads() {
    let doc = |tenant: &str| doc(tenant).replace("context = Request, ", "");
    raises(&doc("team_id IN (SELECT m.team_id FROM Member m)"), "Doc", &[]);
    let view = r#"#[derive(View)] #[view(name = "mine", context = Request, definer = Reader, grant(select, to = App),
        query(SELECT m.team_id FROM Member m WHERE m.user_id = ctx.user_id))] struct Mine { team_id: Uuid }"#;
    raises(&format!("{view}{}", doc("team_id IN (SELECT t.team_id FROM Mine t)")), "Mine, Doc", &[]);
}

#[test]
fn an_empty_list_is_within_every_other_one() {
    tenant("tags @> ctx.tags", &["H0902"]);
    tenant("tags <@ ctx.tags", &["H0902"]);
    tenant("tags && ctx.tags", &[]);
}

#[test]
fn children_are_as_apart_as_their_parents() {
    let pages = |tenant: &str| {
        format!(
            r#"{}
            #[derive(Policy)] #[policy(table = "pages", tenant(through(doc_id = Doc.id)), permit(all, to = App))]
            struct Page {{ id: Uuid, doc_id: Uuid }}
            #[derive(Policy)] #[policy(table = "lines", tenant(through(page_id = Page.id)), permit(select, to = App))]
            struct Line {{ id: Uuid, page_id: Uuid }}"#,
            doc(tenant)
        )
    };
    raises(&pages("tenant_id = ctx.tenant_id"), "Doc, Page, Line", &[]);
    raises(&pages("tenant_id = ctx.tenant_id OR public"), "Doc, Page, Line", &["H0901"]);
}

/// A table of one tenant each with these rules.
fn ruled(rules: &str) -> String {
    format!(
        r#"#[derive(Policy)] #[policy(table = "docs", context = Request, tenant(tenant_id = ctx.tenant_id), {rules})]
        struct Doc {{ id: Uuid, tenant_id: Uuid, owner_id: Option<Uuid>, status: String, note: Option<String> }}"#
    )
}

const ACROSS: &str = r#"permit(select, to = Reader, across_tenants = "a test")"#;

#[test]
fn who_inherits_a_way_across_tenants_has_it() {
    let member = r#"#[derive(Role)] #[role(name = "heir", login, noinherit, member_of(Reader))] struct Heir;"#;
    let rules = format!("{ACROSS}, permit(select, to = [App, Heir])");
    raises(&format!("{member}{}", ruled(&rules)), "Heir, Doc", &[]);
    raises(&ruled(&format!("{ACROSS}, permit(select, to = App), never(select, to = App, using(tenant_id <> ctx.tenant_id))")), "Doc", &[]);
    let forbidden = format!("{rules}, never(select, to = Heir, using(tenant_id <> ctx.tenant_id))");
    raises(&format!("{member}{}", ruled(&forbidden)), "Heir, Doc", &["H0907"]);
}

#[test]
fn a_restriction_of_one_role_binds_no_other() {
    let table = |more: &str| {
        format!(
            r#"#[derive(Policy)] #[policy(table = "docs", context = Request, tenant(tenant_id = ctx.tenant_id OR status = "public"),
            permit(select, to = App), {more} restrict(select, to = App, using(status <> "public")))]
            struct Doc {{ id: Uuid, tenant_id: Uuid, status: String }}"#
        )
    };
    raises(&table(""), "Doc", &[]);
    raises(&table("permit(select, to = Editor),"), "Doc", &["H0901"]);
}

#[test]
fn forbidden_rows() {
    let never =
        |permit: &str, never: &str| ruled(&format!("permit(select, to = App, using({permit})), never(select, to = App, using({never}))"));
    raises(&never(r#"status = "open""#, r#"status <> "open""#), "Doc", &[]);
    raises(&never(r#"status <> "draft""#, r#"status = "secret""#), "Doc", &["H0907"]);
    raises(&never(r#"status = "open""#, "note IS NULL"), "Doc", &["H0907"]);
    raises(&never(r#"note = "x""#, "note IS NULL"), "Doc", &[]);
    raises(&never(r#"lower(status) = "open""#, r#"status = "OPEN""#), "Doc", &["H0907"]);
}

/// A view with the rights of a reader of all tenants.
/// The rows that are there are its own; what an update makes of them is not.
#[test]
fn a_row_is_moved_to_other_tenants() {
    let table = |check: &str| {
        doc("tenant_id = ctx.tenant_id OR public").replace(
            "permit(all, to = App)",
            &format!("permit(select, to = App, using(NOT public)), permit(update, to = App, using(NOT public), with_check({check}))"),
        )
    };
    raises(&table("NOT public AND owner_id IS NOT NULL"), "Doc", &[]);
    let (found, all) = codes(&table("true"), "Doc");
    assert_eq!(found, ["H0901"], "{all}");
    assert!(all.contains("`App` writes rows of other tenants"), "{all}");
}

#[test]
fn truncate_asks_no_condition() {
    let with = |privileges: &str| {
        ruled(&format!(
            r#"permit(select, to = App, using(status = "open")), never({privileges}, to = Reader, using(status = "signed")), grant(truncate, to = Reader)"#
        ))
    };
    raises(&with("truncate"), "Doc", &["H0907"]);
    raises(&with("all"), "Doc", &["H0907"]);
    raises(&with("delete"), "Doc", &[]);
}

fn view(query: &str, never: &str) -> String {
    let view = format!(
        r#"#[derive(View)] #[view(name = "shown", context = Request, definer = Reader, grant(select, to = App), query({query}))]
        struct Shown {{ what: Option<Uuid> }}"#
    );
    format!("{}{view}", ruled(&format!("{ACROSS}, permit(select, to = App){never}")))
}

#[test]
fn a_view_of_all_tenants_filters_itself() {
    raises(&view("SELECT d.id AS what FROM Doc d WHERE d.tenant_id = ctx.tenant_id", ""), "Doc, Shown", &[]);
    // A row that the view itself ties to the caller is the caller's; one that it only limits is anybody's.
    raises(&view("SELECT d.id AS what FROM Doc d WHERE d.owner_id = ctx.user_id", ""), "Doc, Shown", &[]);
    raises(&view("SELECT d.id AS what FROM Doc d WHERE d.owner_id = ctx.user_id OR d.status = \"x\"", ""), "Doc, Shown", &["H0909"]);
    let joined = "SELECT d.id AS what FROM Doc d JOIN Doc e ON e.tenant_id = d.tenant_id WHERE e.tenant_id = ctx.tenant_id";
    raises(&view(joined, ""), "Doc, Shown", &[]);
    let left = "SELECT d.id AS what FROM Doc d LEFT JOIN Doc e ON e.tenant_id = d.tenant_id AND e.tenant_id = ctx.tenant_id";
    raises(&view(left, ""), "Doc, Shown", &["H0909"]);
}

#[test]
fn a_column_that_asks_a_table_shows_it() {
    let column = "SELECT (SELECT d.id FROM Doc d WHERE d.owner_id = m.user_id) AS what FROM Member m WHERE m.user_id = ctx.user_id";
    raises(&view(column, ""), "Doc, Shown", &["H0902"]);
    let never = r#", never(select, to = App, using(status = "secret")), restrict(select, to = App, using(status <> "secret"))"#;
    raises(&view(column, never), "Doc, Shown", &["H0902", "H0908"]);
}

#[test]
fn a_view_is_a_way_to_forbidden_rows() {
    let never = r#", never(select, to = App, using(status = "secret")), restrict(select, to = App, using(status <> "secret"))"#;
    raises(&view("SELECT d.id AS what FROM Doc d WHERE d.tenant_id = ctx.tenant_id", never), "Doc, Shown", &["H0907"]);
    let filtered = r#"SELECT d.id AS what FROM Doc d WHERE d.tenant_id = ctx.tenant_id AND d.status = "open""#;
    raises(&view(filtered, never), "Doc, Shown", &[]);
}

#[test]
fn proofs_can_be_read() {
    let items = r#"
        #[derive(Role)] #[role(name = "lister")] struct Lister;
        #[derive(Policy)] #[policy(table = "docs", context = Request, tenant(tenant_id = ctx.tenant_id), permit(select, to = App),
            permit(select(id, tenant_id, status), to = Lister, across_tenants = "lists", using(true)),
            never(select, to = App, using(status = "secret" AND tenant_id <> ctx.tenant_id)))]
        struct Doc { id: Uuid, tenant_id: Uuid, status: String }
        #[derive(View)] #[view(name = "listed", context = Request, definer = Lister, grant(select, to = App),
            query(SELECT d.id FROM Doc d WHERE d.tenant_id = ctx.tenant_id))]
        struct Listed { id: Uuid }
    "#;
    let text = format!(
        "{AROUND}\n{items}\npolicy_set! {{ pub SET {{ owner: Owner, items: [Request, Owner, App, Editor, Reader, Member, Lister, Doc, Listed] }} }}"
    );
    let assembly = assemble(scan_texts(vec![Source { shown: "src/lib.rs".to_owned(), text, folder: None }]));
    let faults: Vec<_> = assembly.faults.iter().filter(|fault| fault.is_error()).map(|fault| fault.diagnostic.text()).collect();
    assert_eq!(faults, Vec::<String>::new());
    let proofs = policy_core::analyze::proofs(&assembly.sets[0]);
    insta::assert_snapshot!(proofs.iter().map(policy_core::analyze::Proved::text).collect::<Vec<_>>().join("\n"));
    insta::assert_snapshot!("question", proofs[0].smtlib());
}

/// Views that show what other views show.
#[test]
fn a_view_of_a_view_shows_what_that_shows() {
    let views = |inner: &str, outer: &str, filter: &str| {
        format!(
            r#"{} #[derive(Role)] #[role(name = "audit")] struct Audit;
            #[derive(View)] #[view(name = "inner_docs", {inner}, query(SELECT d.id, d.tenant_id FROM Doc d))] struct Inner {{ id: Uuid, tenant_id: Uuid }}
            #[derive(View)] #[view(name = "outer_docs", {outer}, grant(select, to = App), query(SELECT i.id FROM Inner i {filter}))]
            struct Outer {{ id: Uuid }}"#,
            ruled(&format!("{ACROSS}, permit(select, to = App)"))
        )
    };
    let all = "Doc, Audit, Inner, Outer";
    raises(&views("definer = Reader", "definer = Reader", ""), all, &["H0909"]);
    let accepted = r#"definer = Reader, grant(select, to = Audit), allow(H0909, reason = "auditors see all")"#;
    raises(&views(accepted, "definer = Audit", ""), all, &["H0909"]);
    let tied = "WHERE i.tenant_id = ctx.tenant_id";
    raises(&views("definer = Reader", "definer = Reader, context = Request", tied), all, &[]);
    let open = "WHERE i.tenant_id = ctx.tenant_id OR i.id = i.tenant_id";
    raises(&views("definer = Reader", "definer = Reader, context = Request", open), all, &["H0909"]);
}

#[test]
fn what_row_and_caller_have_in_common_is_no_truth_value() {
    tenant("(owner_id IS NULL) = (ctx.user_id IS NULL)", &["H0901", "H0902"]);
    tenant("EXISTS (SELECT 1 FROM Member m WHERE m.team_id = self.team_id AND (m.user_id IS NULL) = (ctx.user_id IS NULL))", &["H0902"]);
    let flag = r#"#[derive(Context)] #[context(prefix = "flag")] struct Flag { public: bool }"#;
    raises(&format!("{flag}{}", doc("public = ctx.public").replace("Request", "Flag")), "Flag, Doc", &["H0902"]);
}

/// The caller on both sides of a list, as of `=`.
#[test]
fn a_row_that_the_caller_fills_in_is_no_tie() {
    let filled = "CASE WHEN public THEN ctx.tenant_id ELSE tenant_id END";
    tenant(&format!("{filled} = ctx.tenant_id"), &["H0902"]);
    tenant(&format!("{filled} IN (ctx.tenant_id)"), &["H0902"]);
    tenant(&format!("{filled} = ANY (ctx.tenants)"), &["H0902"]);
}

#[test]
fn an_outer_join_leaves_columns_of_a_view_empty() {
    let joined = r#"#[derive(View)] #[view(name = "joined", definer = Reader, grant(select, to = App), allow(H0909, reason = "a test"),
        query(SELECT m.team_id, d.tenant_id FROM Member m LEFT JOIN Doc d ON d.id = m.team_id))]
        struct Joined { team_id: Uuid, tenant_id: Uuid }"#;
    let never = r#"#[derive(Policy)] #[policy(table = "others", no_tenant,
        permit(select, to = App, using(EXISTS (SELECT 1 FROM Joined j WHERE j.team_id = self.id))),
        never(select, to = App, using(EXISTS (SELECT 1 FROM Joined j WHERE j.team_id = self.id AND j.tenant_id IS NULL))))]
        struct Other { id: Uuid }"#;
    raises(&format!("{}{joined}{never}", ruled(&format!("{ACROSS}, permit(select, to = App)"))), "Doc, Joined, Other", &["H0907"]);
}

/// An alias of the view that a predicate uses as well, for another row.
#[test]
fn aliases_of_two_queries_are_two_rows() {
    let asks = "EXISTS (SELECT 1 FROM Member k WHERE k.user_id = ctx.user_id)";
    let by_team = r#"#[derive(Policy)] #[policy(table = "docs", context = Request,
        tenant(EXISTS (SELECT 1 FROM Member d WHERE d.team_id = self.team_id AND d.user_id = ctx.user_id)),
        permit(select, to = Reader, across_tenants = "a test"), permit(select, to = App))] struct Doc { id: Uuid, team_id: Uuid }"#;
    let shown = |query: &str| {
        format!(
            r#"{by_team} #[derive(View)] #[view(name = "shown", context = Request, definer = Reader, grant(select, to = App), query({query}))]
            struct Shown {{ what: Option<Uuid> }}"#
        )
    };
    let joined = "SELECT d.id AS what FROM Doc d JOIN Member k ON k.user_id = ctx.user_id";
    raises(&shown(joined), "Doc, Shown", &["H0909"]);
    let never = r#", never(select, to = App, using(NOT EXISTS (SELECT 1 FROM Member d WHERE d.team_id = self.owner_id))),
        restrict(select, to = App, using(EXISTS (SELECT 1 FROM Member d WHERE d.team_id = self.owner_id)))"#;
    let filtered = format!("SELECT d.id AS what FROM Doc d WHERE d.tenant_id = ctx.tenant_id AND {asks}");
    raises(&view(&filtered, never), "Doc, Shown", &["H0907"]);
}

/// A tenant that names nothing of the caller is as apart as the table that it reads, for each who reads it.
#[test]
fn a_query_without_the_caller_ties_nobody_who_reads_all_of_it() {
    let around = |reads: &str| {
        format!(
            r#"#[derive(Policy)] #[policy(table = "links", context = Request, no_tenant, permit(select, to = App, using(user_id = ctx.user_id)), {reads})]
            struct Link {{ team_id: Uuid, user_id: Uuid }}
            #[derive(Policy)] #[policy(table = "docs", tenant(team_id IN (SELECT l.team_id FROM Link l)),
                permit(select, to = App), permit(select, to = Editor), permit(select, to = Reader, across_tenants = "a test"))]
            struct Doc {{ id: Uuid, team_id: Uuid }}"#
        )
    };
    let all = |role: &str| around(&format!("permit(select, to = {role}, using(user_id <> team_id))"));
    raises(&around("permit(select, to = [Editor, Reader], using(user_id = ctx.user_id))"), "Link, Doc", &[]);
    raises(&all("[Editor, Reader]"), "Link, Doc", &["H0902"]);
    let view = r#"#[derive(View)] #[view(name = "shown", definer = Reader, grant(select, to = App),
        query(SELECT d.id FROM Doc d JOIN Link l ON l.team_id = d.team_id))] struct Shown { id: Uuid }"#;
    let mine = around("permit(select, to = Editor, using(user_id = ctx.user_id)), permit(select, to = Reader, using(user_id <> team_id))");
    raises(&format!("{mine}{view}"), "Link, Doc, Shown", &["H0902"]);
}
