//! Rust types that only the sources explain.

use super::*;
use policy_core::model::{KnownSet, Node, Notate};

/// What a build left for the macros of its only set.
fn known(package: &Package) -> KnownSet {
    KnownSet::read(&Node::parse(&package.get("out/hedgerow.items")).unwrap()).unwrap()
}

#[test]
fn types_of_the_sources_are_seen_through() {
    let types = r#"
#[derive(sqlx::Type)] #[sqlx(transparent)] pub struct TenantId(pub Uuid);
#[derive(Clone, sqlx::Type)] #[sqlx(transparent)] pub struct Tenant { inner: TenantId }
#[derive(sqlx::Type)] #[sqlx(type_name = "app.status", rename_all = "snake_case")] pub enum Status { Draft, InReview, #[sqlx(rename = "SIGNED")] Signed, #[cfg_attr(all(), sqlx(rename = "x y"))] Other }
#[derive(Type)] #[sqlx(type_name = "\"Mood\"")] enum Mood { Good }
#[derive(sqlx::Type)] #[repr(i16)] enum Level { Low = 1 }
#[derive(sqlx::Type)] pub enum Plain { A }
#[derive(sqlx::Type)] #[sqlx(type_name = "address")] struct Address { street: String, city: String }
#[derive(sqlx::Type)] #[sqlx(transparent)] struct Tags(Vec<String>);
#[derive(sqlx::Type)] #[sqlx(transparent, type_name = "title")] struct Title(String);
#[derive(sqlx::Type)] #[sqlx(type_name = "app.email")] struct Email(Words);
#[derive(sqlx::Type)] #[sqlx(type_name = "\"Words\"")] struct Words(Tags);
#[derive(sqlx::Type)] #[sqlx(type_name = "TEXT", rename_all = "lowercase")] enum InText { A }
#[derive(sqlx::Type)] #[sqlx(type_name = "ltree")] struct Branch(String);
#[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))] struct Shared(i64);
#[derive(sqlx::Type)] #[sqlx(transparent)] struct Circle(Circle2);
#[derive(sqlx::Type)] #[sqlx(transparent)] struct Circle2(Circle);
mod a { #[derive(sqlx::Type)] #[sqlx(transparent)] struct Two(i32); }
mod b { #[derive(sqlx::Type)] #[sqlx(transparent)] struct Two(i64); }
"#;
    let fields = "pub status: Status, pub a: Option<Tenant>, pub b: Mood, pub c: Level, pub d: Plain, pub e: Address, pub f: Tags, pub g: Vec<TenantId>, pub h: Shared, pub i: Title, pub j: Vec<Email>, pub k: InText, pub l: Branch";
    let text = SYSTEM.replace("pub status: String", fields).replace("status <> \"signed\"", "status <> \"SIGNED\"::app.status");
    let package = Package::new("types").with("src/lib.rs", &text).with("src/types.rs", types);
    let outcome = package.build(PLAIN);
    assert_eq!(codes(&outcome), ["H0701"], "{}", said(&outcome));
    let known = known(&package);
    insta::assert_snapshot!("types_of_the_sources", known.types.note().pretty());
    assert_eq!(known.set.types, known.types.declared);
    let text = SYSTEM.replace("pub status: String", "pub status: String, pub x: Circle, pub y: Two, pub z: Unknown");
    let package = Package::new("unknown_types").with("src/lib.rs", &text).with("src/types.rs", types);
    insta::assert_snapshot!("unknown_types", said(&package.build(PLAIN)));
}

#[test]
fn what_is_described_in_two_ways_is_not_known() {
    let types = r#"
mod a { #[derive(sqlx::Type)] #[sqlx(type_name = "mood")] pub enum Mood { Good } }
mod b { #[derive(sqlx::Type)] #[sqlx(type_name = "mood")] pub enum Feeling { Bad } }
#[derive(sqlx::Type)] #[sqlx(rename_all = "Title Case")] pub enum Odd { A }
#[derive(sqlx::Type)] pub struct Label(Nothing);
"#;
    let text = SYSTEM.replace("pub status: String", "pub status: String, pub a: Mood, pub b: Odd, pub c: Label");
    let package = Package::new("two_ways").with("src/lib.rs", &text).with("src/types.rs", types);
    package.build(PLAIN);
    insta::assert_snapshot!(known(&package).types.note().compact(), @"(((Label ((type label) () no)) (Mood ((type mood) () no)) (Odd ((type odd) () no))) ())");
}

#[test]
fn a_set_says_what_the_sources_do_not_hold() {
    let types = r#"types: ["status" = enum("draft", "signed"), "app.email" = domain("text"), "\"Point3\"" = composite], items"#;
    let text = SYSTEM.replace("items", types).replace("pub status: String", "#[policy(type = \"status\")] pub status: Status");
    let package = Package::new("types_of_a_set").with("src/lib.rs", &text);
    let outcome = package.build(WRITE);
    assert_eq!(codes(&outcome), [""; 0], "{}", said(&outcome));
    let declared: Vec<String> = known(&package).set.types.iter().map(|one| one.note().compact()).collect();
    assert_eq!(
        declared,
        [
            "(type (name Point3) (definition composite))",
            "(type (name status) (definition (enum (draft signed))))",
            "(type (schema app) (name email) (definition (domain text)))"
        ]
    );
    // No SQL depends on them: another label is no migration, and the lock does not move.
    assert!(!package.get("policy.lock").contains("draft"));
    package.put("src/lib.rs", &text.replace("\"draft\"", "\"filed\", \"draft\""));
    assert_eq!(codes(&package.build(PLAIN)), [""; 0]);
    assert!(package.get("out/hedgerow.items").contains("filed"));
}

/// H0236 and H0237: what sqlx reads, beside what the column is.
#[test]
fn a_field_is_held_against_its_sql_type() {
    let with_field = |name: &str, field: &str| {
        let text = SYSTEM.replace("pub status: String", &format!("pub status: String, {field}"));
        let outcome = Package::new(name).with("src/lib.rs", &text).build(PLAIN);
        codes(&outcome).into_iter().filter(|code| code != "H0701").collect::<Vec<_>>()
    };
    assert_eq!(with_field("held_integer", "#[policy(type = \"bigint\")] pub amount: i32"), ["H0236"]);
    assert_eq!(with_field("held_inet", "#[policy(type = \"inet\")] pub address: String"), ["H0236"]);
    assert_eq!(with_field("held_search", "#[policy(type = \"tsvector\")] pub search: String"), ["H0237"]);
    let none: [&str; 0] = [];
    let accepted = SYSTEM.replace("permit(select, insert", "allow(H0236, reason = \"each query casts it\"), permit(select, insert");
    let accepted = accepted.replace("pub status: String", "pub status: String, #[policy(type = \"bigint\")] pub amount: i32");
    let outcome = Package::new("held_accepted").with("src/lib.rs", &accepted).build(PLAIN);
    assert_eq!(codes(&outcome), ["H0701"], "{}", said(&outcome));
    assert_eq!(with_field("held_varchar", "#[policy(type = \"varchar(20)\")] pub code: String"), none);
    assert_eq!(with_field("held_bigint", "pub amount: i64"), none);
}
