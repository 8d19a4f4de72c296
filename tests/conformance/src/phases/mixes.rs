//! The constructs that are neither operator nor function, over operands of random types. In: the universe. Out: CASE, COALESCE, IN, ANY,
//! rows, subscripts and the like, with two or three operands each.

use policy_core::model::{Expr, From, Kind, Literal, Query, Source, SqlType, Test};

use super::{Phase, operators};
use crate::case::Case;
use crate::rng::Rng;
use crate::universe::{Universe, number, own, text};

/// Types that have much to do with each other.
const GROUPS: [&[&str]; 9] = [
    &["int2", "int4", "int8", "numeric", "float4", "float8", "money", "oid", "public_whole", "regclass"],
    &["text", "varchar", "bpchar", "name", "char", "public_word", "bytea", "xml"],
    &["date", "time", "timetz", "timestamp", "timestamptz", "interval"],
    &["json", "jsonb", "text", "jsonpath", "text_array"],
    &["inet", "cidr", "macaddr", "macaddr8", "text"],
    &["int4range", "int8range", "int4multirange", "int4", "int8", "numrange", "nummultirange", "tstzrange", "tstzmultirange"],
    &["int_array", "text_array", "uuid_array", "numeric_array", "public_ints", "public_mood_array", "int2vector", "oidvector", "int4"],
    &["public_mood", "text", "public_mood_array", "bool", "uuid"],
    &["bit", "varbit", "point", "box", "path", "tsvector", "tsquery", "pg_lsn"],
];

const NUMBERS: [&str; 8] = ["0", "1", "2147483647", "2147483648", "9223372036854775808", "1.5", "1e3", "-1"];
const TEXTS: [&str; 16] = [
    "",
    "1",
    "a",
    "sad",
    "{1,2}",
    "{sad}",
    "{\"a\": 1}",
    "[1,2)",
    "2024-01-31",
    "1 day",
    "true",
    "10.0.0.1",
    "UTC",
    "11111111-1111-4111-8111-111111111111",
    "1.5",
    "%a_",
];
const FIELDS: [&str; 24] = [
    "year",
    "month",
    "day",
    "hour",
    "minute",
    "second",
    "epoch",
    "dow",
    "doy",
    "isodow",
    "isoyear",
    "week",
    "quarter",
    "decade",
    "century",
    "millennium",
    "julian",
    "microseconds",
    "milliseconds",
    "timezone",
    "timezone_hour",
    "timezone_minute",
    "nosuch",
    "dayofweek",
];
const COLLATIONS: [&str; 5] = ["C", "POSIX", "default", "ucs_basic", "nosuch"];
const COUNT: usize = 600_000;
const KINDS: usize = 30;

pub(super) struct Mixes<'a> {
    operands: &'a [Expr],
    types: Vec<SqlType>,
    names: Vec<&'static str>,
}

impl<'a> Mixes<'a> {
    pub(super) fn new(universe: &'a Universe) -> Self {
        let types = universe.k.iter().map(|(_, kind)| kind.clone()).collect();
        Mixes { operands: &universe.operands, types, names: operators::names() }
    }

    /// One operand; of a group of types, if there is one.
    fn operand(&self, group: Option<&[&str]>, rng: &mut Rng) -> Expr {
        match rng.below(16) {
            0 => Expr::new(Kind::Literal(Literal::Null)),
            1 => text(rng.word(&TEXTS)),
            2 => number(rng.word(&NUMBERS)),
            3 => Expr::new(Kind::Literal(Literal::Bool(true))),
            4 => Expr::new(Kind::Ctx(
                rng.word(&["user_id", "n", "name", "flag", "ids", "nums", "names", "since", "status", "doc"]).to_owned(),
            )),
            5 => Expr::new(Kind::Cast(Box::new(text(rng.word(&TEXTS))), rng.pick(&self.types).clone())),
            6 | 7 => rng.pick(self.operands).clone(),
            _ => match group {
                Some(group) => own(rng.word(group)),
                None => rng.pick(self.operands).clone(),
            },
        }
    }

    /// A comparison more often than another operator.
    fn operator(&self, rng: &mut Rng) -> String {
        let usual = ["=", "<>", "<", ">", "<=", ">=", "~~", "!~~", "~~*", "@>", "<@", "&&", "||", "?"];
        (*if rng.chance(80) { rng.pick(&usual) } else { rng.pick(&self.names) }).to_owned()
    }

    fn conditional(&self, which: usize, all: &mut dyn FnMut(&mut Rng) -> Expr, rng: &mut Rng) -> Kind {
        let mut next = || all(rng);
        match which {
            0 => Kind::Case(None, vec![(Expr::truth(), next()), (Expr::truth(), next())], None),
            1 => Kind::Case(None, vec![(Expr::truth(), next())], Some(Box::new(next()))),
            2 => Kind::Case(Some(Box::new(next())), vec![(next(), number("1")), (next(), number("2"))], None),
            3 => Kind::Case(None, vec![(next(), number("1"))], None),
            4 => Kind::Call("coalesce".to_owned(), vec![next(), next(), next()]),
            5 => Kind::Call("coalesce".to_owned(), vec![next(), next()]),
            6 => Kind::Call("greatest".to_owned(), vec![next(), next()]),
            7 => Kind::Call("least".to_owned(), vec![next(), next(), next()]),
            8 => Kind::Call("nullif".to_owned(), vec![next(), next()]),
            9 => Kind::Array(vec![next(), next(), next()]),
            10 => Kind::Array(vec![next()]),
            11 => Kind::Array(vec![Expr::new(Kind::Array(vec![next()])), Expr::new(Kind::Array(vec![next(), next()]))]),
            12 => Kind::And(vec![next(), next()]),
            13 => Kind::Or(vec![next(), next()]),
            _ => Kind::Not(Box::new(next())),
        }
    }

    fn comparison(&self, which: usize, all: &mut dyn FnMut(&mut Rng) -> Expr, rng: &mut Rng) -> Kind {
        let (op, not) = (self.operator(rng), rng.chance(30));
        let word = rng.word(&["LIKE", "ILIKE", "SIMILAR TO"]);
        let escape = rng.chance(20).then(|| rng.word(&["!", "", "ab"]).to_owned());
        let test = *rng.pick(&[Test::Null, Test::True, Test::False, Test::Unknown]);
        let mut next = || Box::new(all(rng));
        match which {
            15 => Kind::In(next(), vec![*next(), *next()], not),
            16 => Kind::In(next(), vec![*next()], not),
            17 => Kind::In(next(), vec![text("1"), *next(), Expr::new(Kind::Literal(Literal::Null))], not),
            18 => Kind::AnyArray(next(), op, next(), not),
            19 => Kind::AnyArray(next(), op, Box::new(Expr::new(Kind::Array(vec![*next(), *next()]))), not),
            20 => Kind::Distinct(next(), next(), not),
            21 => Kind::Between(next(), next(), next(), not),
            22 => Kind::Like(word.to_owned(), next(), next(), escape, not),
            23 => Kind::Is(next(), test, not),
            _ => {
                let pair = |a: Box<Expr>, b: Box<Expr>| Expr::new(Kind::Row(vec![*a, *b]));
                let (left, right) = (pair(next(), next()), pair(next(), next()));
                self.rows(&op, left, right, not)
            }
        }
    }

    fn rows(&self, op: &str, left: Expr, right: Expr, not: bool) -> Kind {
        match (op.len(), not) {
            (1, true) => Kind::In(Box::new(left), vec![right, Expr::new(Kind::Row(vec![number("1"), text("1")]))], false),
            (2, true) => {
                let columns = if let Kind::Row(items) = right.kind { items } else { Vec::new() };
                Kind::InQuery(Box::new(left), Box::new(query(columns)), false)
            }
            _ => Kind::Binary(op.to_owned(), Box::new(left), Box::new(right)),
        }
    }

    fn other(&self, which: usize, all: &mut dyn FnMut(&mut Rng) -> Expr, rng: &mut Rng) -> Kind {
        let (op, not, low) = (self.operator(rng), rng.chance(50), rng.chance(60));
        let (field, collation) = (rng.word(&FIELDS).to_owned(), rng.word(&COLLATIONS).to_owned());
        let zone = rng.chance(60);
        let mut next = || Box::new(all(rng));
        match which {
            25 => Kind::Subscript(next(), if not { Box::new(number("1")) } else { next() }),
            26 => Kind::Slice(next(), low.then(&mut next), not.then(&mut next)),
            27 => Kind::AtTimeZone(next(), if zone { Box::new(text("UTC")) } else { next() }),
            28 => Kind::Extract(field, next()),
            _ if low => {
                let collated = Expr::new(Kind::Collate(next(), collation));
                if not { collated.kind } else { Kind::Binary(op, Box::new(collated), next()) }
            }
            _ if not => Kind::AnyQuery(next(), op, Box::new(query(vec![*next()])), zone),
            _ => Kind::InQuery(next(), Box::new(query(vec![*next()])), zone),
        }
    }
}

/// `SELECT .. FROM public.m`.
fn query(columns: Vec<Expr>) -> Query {
    let source = super::trees::relation("m").map_or(Source::Item("M".to_owned()), Source::Relation);
    let from = From { source, alias: "m".to_owned(), joins: Vec::new(), at: Default::default() };
    Query { distinct: false, columns, from: vec![from], filter: None }
}

impl Phase for Mixes<'_> {
    fn name(&self) -> &'static str {
        "mixes"
    }

    fn count(&self) -> usize {
        COUNT
    }

    fn case(&self, _: usize, rng: &mut Rng) -> Option<Case> {
        let group = rng.chance(75).then(|| *rng.pick(&GROUPS));
        let mut next = |rng: &mut Rng| self.operand(group, rng);
        let which = rng.below(KINDS);
        let kind = match which {
            0..15 => self.conditional(which, &mut next, rng),
            15..25 => self.comparison(which, &mut next, rng),
            _ => self.other(which, &mut next, rng),
        };
        let label = format!("{kind:?}").chars().take_while(char::is_ascii_alphanumeric).collect::<String>();
        Some(Case::value(label, Expr::new(kind)))
    }
}
