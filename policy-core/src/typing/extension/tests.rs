//! Notable calls over types of extensions.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failure here is a failed test")]

use super::*;
use crate::model::{Definition, Expr, Kind, Literal, Routine, Source, SqlType, UserType};
use crate::typing::{Given, Names, Signature, World, value};

/// A row with a column of each of these types, called after them.
struct Row<'a>(&'a World);

impl Names for Row<'_> {
    fn own(&self, column: &str) -> Option<Given> {
        let kind = self.0.find(&SqlType::parse(column).ok()?)?;
        Some(Given { kind: Some(kind), nullable: false })
    }
    fn column(&self, _: &Source, _: &str) -> Option<Given> {
        None
    }
    fn ctx(&self, _: &str) -> Option<Given> {
        None
    }
    fn routine(&self, _: &Routine) -> Option<Vec<Signature>> {
        None
    }
}

fn operand(text: &str) -> Expr {
    let constant = text.strip_prefix('\'');
    Expr::new(constant.map_or_else(|| Kind::Own(text.to_owned()), |text| Kind::Literal(Literal::Text(text.to_owned()))))
}

fn infix(left: &str, op: &str, right: &str) -> Expr {
    Expr::new(Kind::Binary(op.to_owned(), Box::new(operand(left)), Box::new(operand(right))))
}

fn call(name: &str, args: &[&str]) -> Expr {
    Expr::new(Kind::Call(name.to_owned(), args.iter().map(|arg| operand(arg)).collect()))
}

/// The name of the type, or the SQLSTATE.
fn judged(expr: &Expr) -> String {
    let world = World::new(17);
    let found = value(&world, &Row(&world), expr);
    match (found.faults.first(), found.kind) {
        (Some(fault), _) => fault.refusal.sqlstate.to_owned(),
        (None, Some(kind)) => world.name(kind),
        (None, None) => "?".to_owned(),
    }
}

#[test]
fn operators_are_those_of_the_types() {
    let cases = [
        ("citext", "=", "text", "boolean"),
        ("citext", "=", "'a", "boolean"),
        ("citext", "~", "'a", "boolean"),
        ("citext", "||", "citext", "text"),
        ("citext", "=", "integer", "42883"),
        ("hstore", "->", "'a", "text"),
        ("hstore", "->", "text[]", "text[]"),
        ("hstore", "?", "text", "boolean"),
        ("hstore", "@>", "jsonb", "42883"),
        ("ltree", "@>", "ltree", "boolean"),
        ("ltree", "<@", "ltree[]", "boolean"),
        ("ltree", "~", "lquery", "boolean"),
        ("ltree", "@>", "text", "42883"),
        ("vector", "<->", "vector", "double precision"),
        ("vector", "<=>", "'[1]", "double precision"),
        ("vector", "<->", "halfvec", "double precision"),
        ("geometry", "&&", "geometry", "boolean"),
        ("geometry", "<->", "geometry", "double precision"),
        ("geography", "&&", "geometry", "boolean"),
        ("geometry", "+", "geometry", "42883"),
    ];
    for (left, op, right, expected) in cases {
        assert_eq!(judged(&infix(left, op, right)), expected, "{left} {op} {right}");
    }
}

#[test]
fn functions_are_those_of_the_types() {
    let cases: [(&str, &[&str], &str); 10] = [
        ("lower", &["citext"], "text"),
        ("replace", &["citext", "citext", "text"], "text"),
        ("nlevel", &["ltree"], "integer"),
        ("akeys", &["hstore"], "text[]"),
        ("st_contains", &["geometry", "geometry"], "boolean"),
        ("st_dwithin", &["geography", "geography", "integer"], "boolean"),
        ("st_contains", &["geometry", "integer"], "42883"),
        ("st_union", &["geometry"], "42803"),
        ("similarity", &["text", "'a"], "real"),
        ("nullif", &["valid_detail", "valid_detail"], "valid_detail"),
    ];
    for (name, args, expected) in cases {
        assert_eq!(judged(&call(name, args)), expected, "{name}({args:?})");
    }
}

#[test]
fn a_name_between_plain_types_is_left_to_the_server() {
    let world = World::new(17);
    let found = value(&world, &Row(&world), &infix("text", "%", "text"));
    assert!(found.faults.is_empty() && !found.declined.is_empty());
    assert_eq!(judged(&infix("text", "<%", "text")), "boolean");
    assert_eq!(judged(&infix("integer", "%", "text")), "42883");
}

#[test]
fn a_key_is_the_subscript_of_hstore() {
    let of = |container: &str, key: &str| Expr::new(Kind::Subscript(Box::new(operand(container)), Box::new(operand(key))));
    assert_eq!(judged(&of("hstore", "'a")), "text");
    assert_eq!(judged(&of("ltree", "'a")), "42804");
}

#[test]
fn a_declared_type_of_the_same_name_wins() {
    let own = UserType { schema: None, name: "citext".to_owned(), definition: Definition::Enum(vec!["a".to_owned()]) };
    let world = World::with(17, &[own]);
    let found = world.find(&SqlType::parse("citext").unwrap()).unwrap();
    assert!(world.is_enum(found) && world.named("citext").is_none());
}

#[test]
fn numbers_are_places() {
    for one in &ALL {
        let types: Vec<&str> = one.text.lines().filter(|line| line.starts_with("type ")).collect();
        for (place, line) in types.iter().enumerate() {
            let fields: Vec<&str> = line.split(' ').collect();
            let id = TypeId(one.first + u32::try_from(place).unwrap());
            assert_eq!(fields[1], id.0.to_string());
            assert_eq!(row(id).unwrap().name, fields[2]);
            assert_eq!(named(fields[2]), Some(id));
        }
        let past = TypeId(one.first + u32::try_from(types.len()).unwrap());
        assert!(row(past).is_none());
    }
}

#[test]
fn every_name_is_found() {
    for one in &ALL {
        for line in one.text.lines() {
            let fields: Vec<&str> = line.split(' ').collect();
            match fields[0] {
                "operator" => assert!(one.has_operator(fields[1]) && !one.operators(fields[1]).is_empty(), "{line}"),
                "function" => assert!(one.functions(fields[2]).any(|function| function.id.to_string() == fields[1]), "{line}"),
                _ => {}
            }
        }
    }
}
