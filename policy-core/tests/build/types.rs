//! Rust types that only the sources explain.

use super::*;

#[test]
fn types_of_the_sources_are_seen_through() {
    let types = r#"
#[derive(sqlx::Type)] #[sqlx(transparent)] pub struct TenantId(pub Uuid);
#[derive(Clone, sqlx::Type)] #[sqlx(transparent)] pub struct Tenant { inner: TenantId }
#[derive(sqlx::Type)] #[sqlx(type_name = "app.status", rename_all = "snake_case")] pub enum Status { Draft, Signed }
#[derive(Type)] #[sqlx(type_name = "\"Mood\"")] enum Mood { Good }
#[derive(sqlx::Type)] #[repr(i16)] enum Level { Low = 1 }
#[derive(sqlx::Type)] pub enum Plain { A }
#[derive(sqlx::Type)] #[sqlx(type_name = "address")] struct Address { street: String, city: String }
#[derive(sqlx::Type)] #[sqlx(transparent)] struct Tags(Vec<String>);
#[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))] struct Shared(i64);
#[derive(sqlx::Type)] #[sqlx(transparent)] struct Circle(Circle2);
#[derive(sqlx::Type)] #[sqlx(transparent)] struct Circle2(Circle);
mod a { #[derive(sqlx::Type)] #[sqlx(transparent)] struct Two(i32); }
mod b { #[derive(sqlx::Type)] #[sqlx(transparent)] struct Two(i64); }
"#;
    let fields = "pub status: Status, pub a: Option<Tenant>, pub b: Mood, pub c: Level, pub d: Plain, pub e: Address, pub f: Tags, pub g: Vec<TenantId>, pub h: Shared";
    let text = SYSTEM.replace("pub status: String", fields).replace("status <> \"signed\"", "status <> \"signed\"::app.status");
    let package = Package::new("types").with("src/lib.rs", &text).with("src/types.rs", types);
    let outcome = package.build(PLAIN);
    assert_eq!(codes(&outcome), ["H0701"], "{}", said(&outcome));
    insta::assert_snapshot!(
        outcome.types,
        @"((Address ((type address) () no)) (Level smallint) (Mood ((type Mood) () no)) (Plain ((type plain) () no)) (Shared bigint) (Status ((type app status) () no)) (Tags (text () yes)) (Tenant uuid) (TenantId uuid))"
    );
    assert!(outcome.instructions().iter().any(|line| line.starts_with("cargo::rustc-env=HEDGEROW_TYPES=((Address")));
    let text = SYSTEM.replace("pub status: String", "pub status: String, pub x: Circle, pub y: Two, pub z: Unknown");
    let package = Package::new("unknown_types").with("src/lib.rs", &text).with("src/types.rs", types);
    insta::assert_snapshot!("unknown_types", said(&package.build(PLAIN)));
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
