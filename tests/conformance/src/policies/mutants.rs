//! A policy with something in it changed: another column, another constant, another operator, a cast more or less. In: a linked
//! predicate. Out: another one over the same names. Must not know: whether it is well typed.

use std::collections::BTreeMap;

use policy_core::model::{Expr, Kind, Literal, Query, Relation, Source, SqlType, Table};

use super::tables::{Known, relations};
use crate::rng::Rng;

const OPERATORS: [&str; 20] =
    ["=", "<>", "<", ">", "<=", ">=", "+", "-", "*", "||", "~", "->", "->>", "@>", "<@", "&&", "?", "#>", "%", "^@"];
const FUNCTIONS: [&str; 14] = [
    "lower",
    "length",
    "abs",
    "round",
    "coalesce",
    "cardinality",
    "jsonb_typeof",
    "btrim",
    "md5",
    "host",
    "upper",
    "to_jsonb",
    "date",
    "array_length",
];
const TEXTS: [&str; 12] =
    ["a", "", "1", "{1,2}", "{a}", "{\"a\": 1}", "2024-01-31", "2024-13-01", "1 day", "CL", "11111111-1111-4111-8111-111111111111", "t"];
const NUMBERS: [&str; 5] = ["1", "0", "1.5", "9223372036854775808", "-1"];
const TYPES: [&str; 14] = [
    "integer",
    "bigint",
    "text",
    "uuid",
    "boolean",
    "jsonb",
    "date",
    "timestamptz",
    "numeric",
    "integer[]",
    "text[]",
    "uuid[]",
    "interval",
    "varchar(3)",
];

/// The predicate with one thing changed, or two.
pub(super) fn mutant(expr: &Expr, known: &Known<'_>, table: &Table, rng: &mut Rng) -> Expr {
    let mut mutant = expr.clone();
    for _ in 0..=usize::from(rng.chance(25)) {
        let aliases = aliases(&mutant);
        let mut count = 0;
        mutant.visit(&mut |_| count += 1);
        let chosen = rng.below(count.max(1));
        let mut number = 0;
        let mut change = |one: &mut Expr| {
            if number == chosen {
                change(one, known, table, &aliases, rng);
            }
            number += 1;
        };
        mutant.visit_mut(&mut change);
    }
    mutant
}

fn aliases(expr: &Expr) -> BTreeMap<String, Relation> {
    let mut found = BTreeMap::new();
    expr.visit(&mut |one| {
        for (source, alias, _) in one.query().into_iter().flat_map(Query::sources) {
            if let Source::Relation(relation) = source {
                found.insert(alias.to_owned(), relation.clone());
            }
        }
    });
    found
}

fn change(one: &mut Expr, known: &Known<'_>, table: &Table, aliases: &BTreeMap<String, Relation>, rng: &mut Rng) {
    // Whatever it is, a cast or a call around it.
    let wrapped = rng.below(10);
    if wrapped < 2 {
        let inner = Box::new(one.clone());
        let kind = SqlType::parse(rng.word(&TYPES)).map(|kind| Kind::Cast(inner.clone(), kind));
        one.kind = kind.unwrap_or(Kind::Not(inner));
        return;
    }
    if wrapped < 3 {
        one.kind = Kind::Call(rng.word(&FUNCTIONS).to_owned(), vec![one.clone()]);
        return;
    }
    one.kind = match &one.kind {
        Kind::Own(_) => Kind::Own(rng.pick(&table.columns).name.as_str().to_owned()),
        Kind::Column(alias, column) => {
            let columns = relations(known.set()).find(|(relation, _)| aliases.get(alias) == Some(relation)).map(|(_, columns)| columns);
            let column = columns.map_or_else(|| column.clone(), |columns| rng.pick(columns).name.as_str().to_owned());
            Kind::Column(alias.clone(), column)
        }
        Kind::Ctx(field) => {
            let context = known.set().contexts().find(|context| Some(&context.item) == table.context.as_ref());
            Kind::Ctx(context.map_or_else(|| field.clone(), |context| rng.pick(&context.fields).name.clone()))
        }
        Kind::Binary(_, left, right) => Kind::Binary(rng.word(&OPERATORS).to_owned(), left.clone(), right.clone()),
        Kind::Call(_, args) => Kind::Call(rng.word(&FUNCTIONS).to_owned(), args.clone()),
        Kind::Cast(inner, _) if rng.chance(50) => inner.kind.clone(),
        Kind::AnyArray(left, op, right, _) if rng.chance(50) => Kind::Binary(op.clone(), left.clone(), right.clone()),
        Kind::Not(inner) => inner.kind.clone(),
        _ => constant(rng),
    };
}

fn constant(rng: &mut Rng) -> Kind {
    Kind::Literal(match rng.below(6) {
        0 => Literal::Null,
        1 => Literal::Bool(true),
        2 | 3 => Literal::Number(rng.word(&NUMBERS).to_owned()),
        _ => Literal::Text(rng.word(&TEXTS).to_owned()),
    })
}
