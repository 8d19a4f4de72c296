//! Traits of functions, from their source to SQL or to the faults of the whole set.
#![cfg(feature = "build")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a failure here is a failed test")]

use policy_core::analyze::lint_codes;
use policy_core::build::{Fault, Source, assemble, scan_texts};
use policy_core::migrate;
use policy_core::render::render;

/// Roles, a schema, a table and a context around what a test is about.
fn source(items: &str, names: &str) -> Vec<Source> {
    let text = format!(
        r#"
        #[derive(Role)] #[role(login)] struct App;
        #[derive(Role)] #[role()] struct Reader;
        #[derive(Role)] #[role()] struct Owner;
        #[derive(Schema)] #[schema(name = "queues", grant(usage, to = [App, Reader]))] struct Queues;
        #[derive(Context)] #[context(prefix = "app")] struct Request {{ team_id: Uuid, teams: Vec<Uuid> }}
        {items}
        policy_set! {{ ONE {{ owner: Owner, items: [App, Reader, Owner, Queues, Request, {names}] }} }}
        "#
    );
    vec![Source { shown: "src/lib.rs".to_owned(), text, folder: None }]
}

fn sql(items: &str, names: &str) -> String {
    let assembly = assemble(scan_texts(source(items, names)));
    let faults: Vec<String> = assembly.faults.iter().filter(|fault| is_no_lint(fault)).map(|fault| fault.diagnostic.text()).collect();
    assert_eq!(faults, Vec::<String>::new());
    let text = render(&assembly.sets[0]).sql();
    text.split_once("-- function ").map(|(_, rest)| format!("-- function {rest}")).unwrap_or(text)
}

/// Lints have tests of their own.
fn is_no_lint(fault: &Fault) -> bool {
    !lint_codes().any(|code| code == fault.diagnostic.code)
}

/// Every fault as `CODE item: message`.
fn faults(items: &str, names: &str) -> Vec<String> {
    let assembly = assemble(scan_texts(source(items, names)));
    assembly
        .faults
        .iter()
        .filter(|fault| is_no_lint(fault))
        .map(|fault| format!("{} {}: {}", fault.diagnostic.code, fault.diagnostic.item, fault.diagnostic.message))
        .collect()
}

fn one(items: &str, names: &str, wanted: &str) {
    let found = faults(items, names);
    assert!(found.len() == 1 && found[0].starts_with(wanted), "{found:#?}\nwanted {wanted}");
}

const QUEUES: &str = r##"
    /// What workers call.
    #[functions(schema = "queues", definer = Reader, search_path = "queues, pg_temp", grant(execute, to = App), language = "plpgsql")]
    pub trait QueueFns {
        fn dequeue_next_available_task() -> Option<Value>;
        #[function(grant(execute, to = Owner), body = "begin\n    raise notice '%', message;\nend")]
        fn append_error(task_id: i64, message: String);
        #[function(name = "append_error", language = "sql", body = "SELECT '$hedgerow$'", search_path = "queues, \"Other Schema\"")]
        fn last_error(r#type: String) -> String;
        #[function(returns = "trigger", body = "begin return new; end")]
        fn on_run();
        fn all() -> SetOf<Uuid>;
        #[function(volatility = stable)]
        fn may_see(team_id: Uuid) -> bool;
        #[function(volatility = stable)]
        fn my_team() -> Uuid;
    }
    #[hedgerow::functions(schema = "auth", external)]
    trait Auth { #[function(volatility = stable)] fn uid() -> Uuid; }
    #[functions(schema = "public")]
    trait Invoked { #[function(body = "SELECT 1")] fn one() -> i32; fn two(many: Vec<String>); }
"##;

const TABLE: &str = r#"
    #[derive(Policy)]
    #[policy(table = "teams", no_tenant,
        permit(select, to = App, using(QueueFns.may_see(id) AND owner = Auth.uid())),
        permit(insert, to = App, using = "queues.may_see(id) AND id = queues.my_team()"))]
    struct Team { id: Uuid, owner: Uuid }
"#;

#[test]
fn functions_and_their_calls_as_sql() {
    insta::assert_snapshot!(sql(&format!("{QUEUES}{TABLE}"), "QueueFns, Auth, Invoked, Team"));
}

#[test]
fn a_schema_grants_on_its_functions() {
    let items = r#"
        #[derive(Schema)] #[schema(name = "app", grant(usage, to = App), grant(execute on functions, to = App))] struct Main;
        #[functions(schema = "app")] trait F { fn f(a: i32); }
    "#;
    insta::assert_snapshot!(sql(items, "Main, F"));
}

#[test]
fn a_field_is_read_from_a_function() {
    let items = r#"
        #[functions(schema = "queues", external)]
        trait Auth { #[function(volatility = stable)] fn uid() -> Uuid; #[function(volatility = stable)] fn name() -> String; fn roll() -> Uuid; }
        #[derive(Context)] #[context(prefix = "app")] struct Caller { #[context(read = Auth.FIELD)] id: Uuid }
        #[derive(Policy)] #[policy(table = "notes", context = Caller, tenant(owner = ctx.id), permit(select, to = App))] struct Note { owner: Uuid }
    "#;
    let with = |name: &str| items.replace("FIELD", name);
    let text = sql(&with("uid"), "Auth, Caller, Note");
    assert!(text.contains("USING (owner = (SELECT queues.uid()));"), "{text}");
    one(&with("name"), "Auth, Caller, Note", "H0303 Caller: `id` is `uuid`, `queues.name()` is `text`");
    one(&with("roll"), "Auth, Caller, Note", "H0217 Caller: `queues.roll()` is volatile");
    one(&with("udi"), "Auth, Caller, Note", "H0310 Caller: `Auth` has no function `udi`");
}

#[test]
fn a_call_is_of_a_declared_function_with_its_arguments() {
    let call = |using: &str| {
        format!(
            r#"{QUEUES} #[derive(Policy)] #[policy(table = "teams", no_tenant, permit(select, to = App, using{using}))]
            struct Team {{ id: Uuid, title: String }}"#
        )
    };
    let names = "QueueFns, Auth, Invoked, Team";
    one(&call("(QueueFn.may_see(id))"), names, "H0307 Team: `QueueFn` is not a trait of functions of the set");
    one(&call("(QueueFns.may_seen(id))"), names, "H0310 Team: `QueueFns` has no function `may_seen`");
    one(&call("(QueueFns.may_see(title))"), names, "H0224 Team: `queues.may_see(uuid)` is called with (text)");
    one(&call("(QueueFns.may_see(id, title))"), names, "H0224 Team: `queues.may_see(uuid)` is called with (uuid, text)");
    one(&call("(QueueFns.my_team() = title)"), names, "H0303 Team: operator does not exist: uuid = text");
    one(&call(" = \"queues.my_team() = title\""), names, "H0303 Team: operator does not exist: uuid = text");
    one(&call(" = \"queues.may_see(title)\""), names, "H0224 Team: `queues.may_see(uuid)` is called with (text)");
    one(&call(" = \"queue.may_see(id)\""), names, "H0221 Team: no item of the set declares the function `queue.may_see`");
    one(&call("(QueueFns.all() = id)"), names, "H0224 Team: `queues.all()` gives no single value");
    one(&call("(Invoked.one() = 1 AND title = \"\")"), names, "H0217 Team: `one()` is volatile");
    one(&call("(title = \"x\" OR Auth.uid() IS NULL)"), names, "H0220 Team: ");
}

#[test]
fn a_signature_is_declared_once() {
    let items = r#"
        #[functions(schema = "queues")] trait A { fn f(a: i32, b: String); fn g(a: i32); }
        #[functions(schema = "queues")] trait B { #[function(name = "f")] fn h(x: i32, y: Option<&str>); #[function(name = "g")] fn k(a: i64); }
    "#;
    one(items, "A, B", "H0801 B: `queues.f(integer, text)` is declared by `A.f` already");
}

#[test]
fn nothing_stands_before_what_is_built_in() {
    let with = |path: &str| format!(r#"#[functions(schema = "queues", definer = Reader, search_path = "{path}")] trait F {{ fn f(); }}"#);
    one(&with("queues, pg_catalog"), "F", "H0803 F: `pg_catalog` stands behind another schema");
    assert_eq!(faults(&with("pg_catalog, queues, pg_temp"), "F"), Vec::<String>::new());
}

#[test]
fn a_definer_is_a_role_for_it_alone() {
    let with = |role: &str, more: &str| {
        format!(
            r#"#[derive(Role)] #[role(bypass_rls = "backups")] struct Bypass;
            #[functions(schema = "queues", definer = {role}, search_path = "queues"{more})] trait F {{ fn f(); fn g(); }}"#
        )
    };
    one(&with("App", ""), "Bypass, F", "H0804 F: `App` is a role that logs in");
    one(&with("Owner", ""), "Bypass, F", "H0804 F: `Owner` is the owner of the tables");
    one(&with("Bypass", ""), "Bypass, F", "H0804 F: `Bypass` is a role with `bypass_rls`");
    one(&with("App", ", allow(H0804, reason = \"x\")"), "Bypass, F", "H0804 F: `App` is a role that logs in");
    assert_eq!(faults(&with("Bypass", ", allow(H0804, reason = \"reads all\")"), "Bypass, F"), Vec::<String>::new());
    let member = format!("#[derive(Role)] #[role(login, member_of(Reader))] struct Person; {}", with("Reader", ""));
    one(&member, "Bypass, Person, F", "H0804 F: `Reader` is a role that others log in as");
}

#[test]
fn who_queries_must_be_let_execute() {
    let items = |grant: &str, to: &str| {
        format!(
            r#"#[functions(schema = "queues"{grant})] trait F {{ #[function(volatility = stable)] fn see(a: Uuid) -> bool; }}
            #[derive(Policy)] #[policy(table = "t", no_tenant, permit(select, to = {to}, using(F.see(id))))] struct T {{ id: Uuid }}"#
        )
    };
    one(&items("", "App"), "F, T", "H0805 T: `queues.see(uuid)` is called here, but `App` may not execute it");
    one(&items(", grant(execute, to = App)", "[App, Reader]"), "F, T", "H0805 T: `queues.see(uuid)` is called here, but `Reader` may not");
    assert_eq!(faults(&items(", grant(execute, to = [App, Reader])", "[App, Reader]"), "F, T"), Vec::<String>::new());
    assert_eq!(faults(&items(", external", "App"), "F, T"), Vec::<String>::new());
}

/// The function of an audit runs as its writer, and asks what the context is read from.
#[test]
fn the_writer_of_a_log_must_be_let_execute() {
    let items = |grant: &str, says: &str| {
        format!(
            r#"#[functions(schema = "public"{grant})] trait F {{ #[function(volatility = stable)] fn me() -> Uuid; }}
            #[derive(Role)] #[role()] struct Writer;
            #[derive(Context)] #[context(prefix = "x")] struct Asks {{ #[context(read = F.me)] me: Uuid, other: Uuid }}
            #[derive(Policy)] #[policy(table = "t", no_tenant, permit(select, to = App, using(true)))] struct T {{ id: Uuid }}
            #[derive(Policy)] #[policy(table = "a", context = Asks, no_tenant, permit(insert, to = Writer, using(other = ctx.other)),
                log(rows(T.id), table = name, row = row, writer = Writer, {says}))]
            struct A {{ name: String, row: String, other: Uuid, by: Uuid, context: Value }}"#
        )
    };
    for says in ["by(other = ctx.other, by = ctx.me)", "by(other = ctx.other), context = context"] {
        let fault = "H0805 A: `me()` is called here, but `Writer` may not execute it";
        one(&items("", says), "F, Writer, Asks, T, A", fault);
        assert_eq!(faults(&items(", grant(execute, to = Writer)", says), "F, Writer, Asks, T, A"), Vec::<String>::new());
    }
    assert_eq!(faults(&items("", "by(other = ctx.other)"), "F, Writer, Asks, T, A"), Vec::<String>::new());
}

#[test]
fn a_view_calls_with_the_rights_of_who_asks() {
    let items = |grant: &str| {
        format!(
            r#"#[functions(schema = "queues"{grant})] trait F {{ #[function(volatility = stable)] fn see(a: Uuid) -> bool; }}
            #[derive(Policy)] #[policy(table = "t", no_tenant, permit(select, to = Reader, using(true)))] struct T {{ id: Uuid }}
            #[derive(View)] #[view(name = "v", definer = Reader, grant(select, to = App), query(SELECT t.id FROM T t WHERE F.see(t.id)))]
            struct V {{ id: Uuid }}"#
        )
    };
    one(&items(", grant(execute, to = Reader)"), "F, T, V", "H0805 V: `queues.see(uuid)` is called here, but `App` may not execute it");
    assert_eq!(faults(&items(", grant(execute, to = App)"), "F, T, V"), Vec::<String>::new());
}

#[test]
fn whom_it_is_granted_enters_its_schema() {
    let items = r#"
        #[derive(Schema)] #[schema(name = "inner")] struct Inner;
        #[functions(schema = "inner", grant(execute, to = App))] trait F { fn f(); }
    "#;
    one(items, "Inner, F", "H0414 F: `App` has no USAGE on the schema `inner`");
    one(
        r#"#[functions(schema = "else", grant(execute, to = App))] trait F { fn f(); }"#,
        "F",
        "H0414 F: the schema `else` is not declared",
    );
}

#[test]
fn rows_that_a_function_looks_at_are_readable_by_key() {
    let items = |columns: &str, key: &str| {
        format!(
            r#"#[functions(schema = "queues", grant(execute, to = App))]
            trait F {{ #[function(visible(T.{key}))] fn visible(table_name: String, row_id: String) -> bool; }}
            #[derive(Policy)] #[policy(table = "t", no_tenant, permit(select{columns}, to = App, using(true)))] struct T {{ id: Uuid, paid: bool }}"#
        )
    };
    assert_eq!(faults(&items("", "id"), "F, T"), Vec::<String>::new());
    one(&items("", "paid"), "F, T", "H0833 F: `T.paid` is `boolean`, which is no key");
    one(&items("(paid)", "id"), "F, T", "H0418 F: `visible` reads `T`, but `App` may not select it");
    one(&items("", "ident"), "F, T", "H0305 F: `T` has no column `ident`");
}

#[test]
fn a_migration_follows_a_function() {
    let set = |method: &str| {
        let items = format!(r#"#[functions(schema = "queues", grant(execute, to = App))] trait F {{ {method} }}"#);
        assemble(scan_texts(source(&items, "F"))).sets.remove(0)
    };
    let (old, new) =
        (set(r#"#[function(body = "SELECT 1")] fn f(a: i32) -> i32;"#), set(r#"#[function(body = "SELECT 2")] fn f(a: i32) -> i32;"#));
    let replaced = migrate::between(&render(&old), &render(&new)).unwrap();
    assert!(!replaced.up.contains("DROP FUNCTION") && replaced.up.contains("SELECT 2"), "{}", replaced.up);
    let renamed = set(r#"#[function(body = "SELECT 2")] fn f(b: i32) -> i32;"#);
    // The new one is open to PUBLIC and belongs to whoever creates it.
    insta::assert_snapshot!(migrate::between(&render(&new), &render(&renamed)).unwrap().up);
    let called = |argument: &str| {
        let items = format!(
            r#"#[functions(schema = "queues", grant(execute, to = App))]
            trait F {{ #[function(volatility = stable, body = "SELECT true")] fn see({argument}: Uuid) -> bool; }}
            #[derive(Policy)] #[policy(table = "t", no_tenant, permit(select, to = App, using(F.see(id))))] struct T {{ id: Uuid }}"#
        );
        assemble(scan_texts(source(&items, "F, T"))).sets.remove(0)
    };
    let up = migrate::between(&render(&called("a")), &render(&called("b"))).unwrap().up;
    let steps =
        ["DROP POLICY IF EXISTS select_app", "DROP FUNCTION", "CREATE OR REPLACE FUNCTION", "FROM PUBLIC", "CREATE POLICY select_app"];
    let places: Vec<usize> = steps.iter().map(|step| up.find(step).unwrap_or_else(|| panic!("{step}\n{up}"))).collect();
    assert!(places[0] < places[1] && places[1] < places[2] && places[2] < places[4] && places[2] < places[3], "{up}");
    let left = set("fn f(a: i32) -> i32;");
    let kept = migrate::between(&render(&new), &render(&left)).unwrap();
    assert!(!kept.up.contains("DROP FUNCTION") && kept.up.contains("ALTER FUNCTION queues.f(integer) SECURITY INVOKER;"), "{}", kept.up);
    let gone = migrate::between(&render(&left), &render(&set("fn g();"))).unwrap();
    assert!(!gone.up.contains("DROP FUNCTION") && gone.up.contains("REVOKE ALL ON FUNCTION queues.f(integer) FROM app;"), "{}", gone.up);
}
