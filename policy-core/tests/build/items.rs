//! What the build edge leaves for the macros.

use policy_core::model::Base;
use policy_core::syntax::{self, Derive, Files, Known, Parsed};

use super::*;

/// The lines that hand the files over.
fn variables(outcome: &Outcome) -> Vec<String> {
    outcome.instructions().into_iter().filter(|line| line.starts_with("cargo::rustc-env=")).collect()
}

#[test]
fn what_others_may_name_and_nothing_more() {
    let rest = r#"
#[derive(View)]
#[view(name = "titles", grant(select, to = App), query(SELECT d.id FROM Document d))]
pub struct Titles { pub id: Uuid }

#[functions(schema = "public", grant(execute, to = App))]
pub trait Fns { fn my_team(id: Team) -> Option<Team>; }

#[derive(sqlx::Type)] #[sqlx(transparent)] pub struct Team(Uuid);
"#;
    let text =
        SYSTEM.replace("Main, Document]", "Main, Titles, Document, Fns]").replace("owner: Owner", "owner: Owner, versions: 15..=18") + rest;
    let package = Package::new("items").with("src/lib.rs", &text);
    let outcome = package.build(PLAIN);
    assert_eq!(codes(&outcome), ["H0701"], "{}", said(&outcome));
    let file = package.root.join("out/hedgerow.items");
    assert_eq!(variables(&outcome), [format!("cargo::rustc-env=HEDGEROW_ITEMS={}", file.display())]);
    let nodes = policy_core::model::Node::parse_all(&package.get("out/hedgerow.items")).unwrap();
    insta::assert_snapshot!(nodes.iter().map(policy_core::model::Node::pretty).collect::<String>());
}

#[test]
fn items_that_could_be_read_are_known_beside_faults() {
    let text = SYSTEM.replace("prefix = \"app\"", "prefixes = \"app\"");
    let package = Package::new("items_and_faults").with("src/lib.rs", &text);
    let outcome = package.build(PLAIN);
    assert!(outcome.report.has_errors());
    assert_eq!(variables(&outcome).len(), 1);
    let known = package.get("out/hedgerow.items");
    assert!(known.contains("(item Document)") && !known.contains("(item Request)") && known.contains("(entries (Request Owner"), "{known}");
    // Without a place to write nothing is handed over.
    let environment = Environment { manifest_dir: package.root.clone(), ..Environment::default() };
    assert_eq!(variables(&Builder::new().build(&environment)), [""; 0]);
}

#[test]
fn two_builders_of_one_build_script_both_count() {
    let package = Package::new("two_builders").with("src/a/lib.rs", SYSTEM).with("src/b/lib.rs", &SYSTEM.replace("title", "name"));
    let (a, b) = (Builder::new().sources(["src/a"]), Builder::new().sources(["src/b"]).lock("b.lock").migrations("b"));
    let files = |names: &[&str]| {
        let paths = std::env::join_paths(names.iter().map(|name| package.root.join("out").join(name))).unwrap();
        [format!("cargo::rustc-env=HEDGEROW_ITEMS={}", paths.display())]
    };
    assert_eq!(variables(&package.build_with(&a, PLAIN)), files(&["hedgerow.items"]));
    assert_eq!(variables(&package.build_with(&b, PLAIN)), files(&["hedgerow.items", "hedgerow.2.items"]));
    // Again, as a test does: nothing is added, and what did not change is not written.
    let written = || fs::metadata(package.root.join("out/hedgerow.items")).unwrap().modified().unwrap();
    let before = written();
    assert_eq!(variables(&package.build_with(&a, PLAIN)), files(&["hedgerow.items", "hedgerow.2.items"]));
    assert_eq!(written(), before);
}

#[test]
fn an_item_is_judged_beside_those_that_the_file_tells_of() {
    let text = SYSTEM.replace("status: String", "status: Status").replace("Option<Uuid>", "Option<Person>")
        + "#[derive(sqlx::Type)] #[sqlx(rename_all = \"lowercase\")] pub enum Status { Draft, Signed }\n\
           #[derive(sqlx::Type)] #[sqlx(transparent)] pub struct Person(i64);";
    let package = Package::new("judged").with("src/lib.rs", &text);
    package.build(PLAIN);
    let known = Known::read([package.get("out/hedgerow.items").as_str()]);
    let parse = |text: &str, known: &Known| {
        let from = text.find("#[derive(Policy)]").unwrap();
        let item = &text[from..text.find("policy_set!").unwrap()];
        let files: Files = std::rc::Rc::new(|_| Err(String::new()));
        syntax::parse(&syn::parse_str(item).unwrap(), Derive::Policy, &files, known)
    };
    let errors = |parsed: &Parsed| parsed.faults.iter().filter(|fault| fault.is_error()).map(|fault| fault.text()).collect::<Vec<_>>();
    // By itself nothing is wrong: neither `Status` nor what `ctx` holds can be seen.
    let alone = parse(&text, &Known::default());
    assert_eq!(errors(&alone), [""; 0]);
    let kinds = |parsed: &Parsed| parsed.item.as_ref().map(|item| item.kinds().iter().map(ToString::to_string).collect::<Vec<_>>());
    assert_eq!(kinds(&alone).unwrap(), ["uuid", "uuid", "uuid", "Status"]);
    // `owner_id` is a uuid, `ctx.user_id` a bigint.
    insta::assert_snapshot!(errors(&parse(&text, &known)).join("\n"));
    let sound = text.replace("owner_id = ctx.user_id", "true");
    let resolved = parse(&sound, &known);
    assert_eq!(errors(&resolved), [""; 0]);
    assert_eq!(kinds(&resolved).unwrap(), ["uuid", "uuid", "uuid", "status"]);
    assert!(matches!(&resolved.fields[3].kind.base, Base::Opaque(name) if name == "Status"), "rustc compares it as written");
    let misspelt = sound.replace("\"signed\"", "\"singed\"");
    insta::assert_snapshot!(errors(&parse(&misspelt, &known)).join("\n"));
    // An item that only has the name of a listed one is not part of the set.
    let other = misspelt.replace("pub id: Uuid", "pub id: i64");
    assert_eq!(errors(&parse(&other, &known)), [""; 0]);
}
