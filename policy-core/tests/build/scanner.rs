//! What the scanner sees, and how it says what is wrong.

use super::*;

#[test]
fn items_are_found_where_rust_allows_them() {
    let text = r##"
        #![allow(dead_code)]
        use hedgerow::{Policy, Role};
        /// docs with #[derive(Policy)] #[policy(table = "no")] struct No1;
        // #[derive(Policy)] #[policy(table = "no")] struct No2 { id: Uuid }
        const TEXT: &str = r#"#[derive(Policy)] #[policy(table = "no")] struct No3 { id: Uuid }"#;
        pub mod outer {
            mod inner {
                #[derive(Debug, hedgerow::Role, Clone)]
                #[doc = "x"]
                pub(crate) struct InModule;
            }
        }
        fn function() -> impl Fn(u8) -> u8 {
            #[derive(Role)] #[role(login)] struct InFunction;
            if !true { loop {} }
            |x| x
        }
        impl Thing { const X: () = { #[derive(Role)] #[role(login)] struct InConst; }; }
        macro_rules! table { ($name:ident) => { #[derive(Role)] #[role(login)] struct InMacro; } }
        quote! { #[derive(Role)] #[role(login)] struct InCall; }
        macro later($x:ident) { #[derive(Role)] #[role(login)] struct InMacro2; }
        #[cfg(test)] mod tests { #[derive(Role)] #[role(login)] struct InTests; }
        #[cfg(all(unix, test))] mod more_tests { #[derive(Role)] #[role(login)] struct InMoreTests; }
        #[tokio::test] async fn test() { #[derive(Role)] #[role(login)] struct InTest; }
        #[cfg(test)] #[derive(Role)] #[role(login)] struct ForTests;
        #[derive(Role)] #[role(login)] struct r#type;
        union Bits { a: u8 }
        enum Kind { #[allow(unused)] A { b: u8 }, B }
        hedgerow::policy_set! { pub ONE { items: [] } }
        fn more() { policy_set!(pub TWO { items: [outer::inner::InModule] }); }
    "##;
    let scan = scan_texts(vec![Source { shown: "src/lib.rs".to_owned(), text: text.to_owned(), folder: None }]);
    let mut items: Vec<&str> = scan.items.iter().map(|item| item.name.as_str()).collect();
    items.sort_unstable();
    assert_eq!(items, ["InConst", "InFunction", "InModule", "type"]);
    let mut sets: Vec<(&str, usize)> = scan.sets.iter().map(|set| (set.name.as_str(), set.entries.len())).collect();
    sets.sort_unstable();
    assert_eq!(sets, [("ONE", 0), ("TWO", 1)]);
}

#[test]
fn derives_of_other_crates_are_left_alone() {
    let text = r#"
        use anyhow::Context;
        #[derive(Debug, Context)] struct Theirs { a: u8 }
        #[derive(access::Policy)] struct AlsoTheirs;
        #[derive(Schema)] #[serde(rename = "x")] struct JsonSchema;
        #[derive(Role)] enum Role { Admin, User }
        #[derive(hedgerow::Policy)] struct Ours { id: Uuid }
    "#;
    let scan = scan_texts(vec![Source { shown: "src/lib.rs".to_owned(), text: text.to_owned(), folder: None }]);
    assert_eq!(scan.items.iter().map(|item| item.name.as_str()).collect::<Vec<_>>(), ["Ours"]);
    // Its attribute is missing: the macro says so too.
    assert_eq!(scan.faults.iter().map(|fault| fault.diagnostic.code.to_string()).collect::<Vec<_>>(), ["H0103"]);
}

#[test]
fn conditions_are_refused_where_they_matter() {
    let package = Package::new("conditions").with(
        "src/lib.rs",
        r#"
#[cfg(feature = "billing")]
#[derive(Role)]
#[role(login)]
pub struct Billing;

#[cfg(not(test))]
mod production {
    #[derive(Role)]
    #[role(login)]
    pub struct Operator;
}

#[cfg_attr(feature = "policies", derive(Role), role(login))]
pub struct Sometimes;

#[derive(Role)]
#[cfg_attr(feature = "login", role(login))]
#[role(connect)]
pub struct Changes;

#[derive(Context)]
#[context(prefix = "app")]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Request {
    #[cfg(feature = "tenants")]
    pub tenant_id: Uuid,
    #[cfg_attr(feature = "serde", serde(rename = "user"))]
    pub user_id: Uuid,
}

#[cfg(feature = "admin")]
mod admin;

#[cfg(test)]
mod fixtures;

#[cfg(feature = "all")]
policy_set! { pub ALL { items: [Billing, Operator, Sometimes, Changes, Request, Admin] } }
"#,
    );
    let package = package
        .with("src/admin/mod.rs", "#[derive(Role)]\n#[role(login)]\npub struct Admin;\n")
        .with("src/fixtures.rs", "#[derive(Role)]\n#[role(login, pemrit)]\npub struct Fixture;\n");
    insta::assert_snapshot!("conditions", said(&package.build(PLAIN)));
}

#[test]
fn faults_show_the_line_and_the_token() {
    let package = Package::new("faults").with(
        "src/lib.rs",
        &SYSTEM
            .replace("permit(select, insert, to = App)", "pemrit(select, to = App),\n\tpermit(select, insert, to = App)")
            .replace("Main, Document]", "Main, Documnet, Document]"),
    );
    let outcome = package.build(PLAIN);
    insta::assert_snapshot!("faults", said(&outcome));
    // rustc must run: nothing stops here, and the item's own fault is one line.
    insta::assert_snapshot!("faults_for_cargo", outcome.report.instructions().join("\n"));
    assert!(package.get("out/system.sql").starts_with("hedgerow: there is no SQL"));
}

#[test]
fn faults_of_the_whole_stop_the_build() {
    let text = SYSTEM
        .replace("owner_id = ctx.user_id", "owner_id = ctx.usr_id")
        .replace("pub status: String", "pub status: Status")
        .replace("tenant_id = ctx.tenant_id", "tenant_id\n        = ctx.tenant_id");
    let package = Package::new("whole").with("src/lib.rs", &text);
    let outcome = package.build(PLAIN);
    assert!(outcome.report.instructions().iter().all(|line| line.starts_with("cargo::error=")));
    insta::assert_snapshot!("whole", said(&outcome));
    let orphan = "#[derive(Role)]\n#[role(login)]\npub struct Orphan;\n\nmod other {\n    #[derive(Role)]\n    #[role(login)]\n    pub struct App;\n}\n";
    let package = system("orphans").with("src/more.rs", orphan).with("src/set.rs", "policy_set! { pub System { items: [Nobody] } }");
    insta::assert_snapshot!("orphans", said(&package.build(PLAIN)));
    let package = Package::new("no_set").with("src/lib.rs", orphan);
    insta::assert_snapshot!("no_set", said(&package.build(PLAIN)));
}

#[test]
fn what_is_not_rust_is_a_fault_and_never_a_panic() {
    for text in [
        "#[derive(Policy)] #[policy(table = \"a\")] struct",
        "#[derive(Policy)] #[policy(table = \"a\")] struct X { a: ",
        "#[derive(Policy)] #[policy] union X { a: u8 }",
        "#[derive(Policy)] #[policy(table = \"a\")] struct X { a }",
        "#[derive(Policy] struct X;",
        "#[derive(Policy)] #[policy(]",
        "policy_set! { \"",
        "policy_set!",
        "policy_set! {}",
        "policy_set! { pub }",
        "#!/bin/sh\n#[derive(Role)] #[role(login)] struct X;",
        "\u{feff}#[derive(Role)] #[role(login)] struct X;",
        "#[derive(Role)] #[role(login)] struct Ключ;",
        "#[derive(Role)]\r\n#[role(login)]\r\nstruct X;\r\n",
        "#[derive(Policy)] #[policy(table = \"\u{0}\")] struct X { a: u8 }",
        "#[derive",
        "derive(Policy)]",
        "#![cfg(x)] #[derive(Role)] #[role()] struct X;",
        "mod mod mod struct enum union macro ! # #! #[] #![] policy_set derive(Policy)]",
    ] {
        let scan = scan_texts(vec![Source { shown: "src/lib.rs".to_owned(), text: text.to_owned(), folder: None }]);
        let assembly = assemble(scan);
        let report = Report::new(assembly.faults);
        assert!(report.has_errors(), "{text}");
        assert!(!report.plain().is_empty() && !report.instructions().is_empty());
    }
}

#[test]
fn depth_does_not_end_the_build() {
    let deep = |open: &str, close: &str, n: usize| format!("{}{}", open.repeat(n), close.repeat(n));
    for text in [
        format!("fn f() {} #[derive(Role)] #[role(login)] struct X;", deep("{", "}", 20_000)),
        format!("#[derive(Policy)] #[policy(table = \"a\", no_tenant)] struct X {{ a: {} }}", deep("Vec<", ">", 1_000)),
        format!(
            "#[derive(Policy)] #[policy(table = \"a\", no_tenant, permit(select, to = X, using({}a{})))] struct X {{ a: i32 }}",
            "(".repeat(1_000),
            ")".repeat(1_000)
        ),
        format!("#[derive(Policy)] #[policy{}] struct X {{ a: i32 }}", deep("(", ")", 1_000)),
    ] {
        let _ = scan_texts(vec![Source { shown: "src/lib.rs".to_owned(), text, folder: None }]);
    }
}

#[test]
fn folders_are_read_whole_and_in_order() {
    let package = Package::new("folders")
        .with("src/lib.rs", "policy_set! { pub S { items: [B, A, M] } }")
        .with("src/z/a.rs", "#[derive(Role)] #[role(login)] struct A;")
        .with("src/b.rs", "#[derive(Role)] #[role(login)] struct B;")
        .with("src/notes.txt", "#[derive(Role)] #[role(login)] struct N;")
        .with("src/target/c.rs", "#[derive(Role)] #[role(login)] struct C;")
        .with("models/src/m.rs", "#[derive(Role)] #[role(login)] struct M;");
    let sources = [PathBuf::from("src"), PathBuf::from("./src/b.rs"), PathBuf::from("src/../models/src")];
    let found = scan(&package.root, &sources);
    assert_eq!(
        found.files.iter().map(|file| file.shown.as_str()).collect::<Vec<_>>(),
        ["src/../models/src/m.rs", "src/b.rs", "src/lib.rs", "src/z/a.rs"]
    );
    assert_eq!(found.items.iter().map(|item| item.name.as_str()).collect::<Vec<_>>(), ["M", "B", "A"]);
    assert!(assemble(found).faults.is_empty());
    let missing = package.build_with(&Builder::new().sources(["sorces"]), PLAIN);
    assert_eq!(codes(&missing), ["H0703", "H0704"]);
    fs::write(package.root.join("src/latin.rs"), b"// \xe9\n").unwrap();
    assert_eq!(codes(&package.build_with(&Builder::new().sources(["src", "models/src"]), PLAIN)), ["H0703"]);
}
