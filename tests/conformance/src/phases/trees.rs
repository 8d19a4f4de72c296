//! Whole expressions, made as trees: by type, so that most mean something, with a mistake now and then. In: nothing. Out: expressions
//! over the row of the policies, with subqueries over the second table, aggregates, sets and window functions among them.

use policy_core::model::{Expr, From, Join, JoinKind, Kind, Literal, Query, Relation, Source, SqlType};

use super::Phase;
use crate::case::{Case, Wanted};
use crate::rng::Rng;
use crate::universe::{Universe, kind, number, own, text};

const COUNT: usize = 500_000;

/// What an expression is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Truth,
    Int,
    Number,
    Text,
    Json,
    Ints,
    Texts,
    Moment,
    Span,
    Uuid,
    Mood,
}

use Sort::{Int, Ints, Json, Moment, Mood, Number, Span, Text, Texts, Truth, Uuid};

const SORTS: [Sort; 11] = [Truth, Int, Number, Text, Json, Ints, Texts, Moment, Span, Uuid, Mood];

pub(super) struct Trees;

impl Trees {
    pub(super) fn new(_: &Universe) -> Self {
        Trees
    }
}

impl Phase for Trees {
    fn name(&self) -> &'static str {
        "trees"
    }

    fn count(&self) -> usize {
        COUNT
    }

    fn case(&self, _: usize, rng: &mut Rng) -> Option<Case> {
        let depth = 1 + rng.below(4);
        let predicate = rng.chance(75);
        let sort = if predicate { Truth } else { *rng.pick(&SORTS) };
        let mistakes = if rng.chance(50) { 3 } else { 0 };
        let mut grower = Grower { rng, mistakes, scope: 0 };
        let expr = grower.of(sort, depth);
        let label = format!("{:?}", expr.kind).chars().take_while(char::is_ascii_alphanumeric).collect::<String>();
        let wanted = if predicate { Wanted::Predicate } else { Wanted::Value };
        Some(Case { own: "t", wanted, expr, label })
    }
}

/// A table in the public schema.
pub(super) fn relation(name: &str) -> Option<Relation> {
    use policy_core::model::{Node, Notate};
    Node::parse(&format!("(public {name})")).ok().and_then(|node| Relation::read(&node).ok())
}

/// Grows one expression.
struct Grower<'a> {
    rng: &'a mut Rng,
    /// In how many of a hundred places.
    mistakes: usize,
    /// How many subqueries are around.
    scope: usize,
}

fn call(name: &str, args: Vec<Expr>) -> Expr {
    Expr::new(Kind::Call(name.to_owned(), args))
}

fn cast(inner: Expr, to: &str) -> Expr {
    let to = kind(to).unwrap_or_else(|_| SqlType::opaque("nosuch"));
    Expr::new(Kind::Cast(Box::new(inner), to))
}

impl Grower<'_> {
    fn of(&mut self, sort: Sort, depth: usize) -> Expr {
        if self.rng.chance(self.mistakes) {
            return self.mistake(depth);
        }
        if depth == 0 || self.rng.chance(10) {
            return self.leaf(sort);
        }
        let d = depth - 1;
        match self.rng.below(20) {
            0 => self.conditional(sort, d),
            1 => call("coalesce", vec![self.of(sort, d), self.of(sort, d)]),
            2 => call("nullif", vec![self.of(sort, d), self.of(sort, d)]),
            3 if self.scope < 2 => self.scalar(sort, d),
            4 => call(self.rng.word(&["greatest", "least"]), vec![self.of(sort, d), self.of(sort, d)]),
            _ => self.own_kind(sort, d),
        }
    }

    fn boxed(&mut self, sort: Sort, depth: usize) -> Box<Expr> {
        Box::new(self.of(sort, depth))
    }

    /// Something of another type, or something that may not stand here.
    fn mistake(&mut self, depth: usize) -> Expr {
        let sort = *self.rng.pick(&SORTS);
        let d = depth.saturating_sub(1);
        match self.rng.below(11) {
            0 => call(self.rng.word(&["count", "sum", "max", "array_agg", "bool_and", "string_agg"]), vec![self.of(sort, d)]),
            1 => {
                call(self.rng.word(&["unnest", "generate_series", "jsonb_array_elements", "regexp_split_to_table"]), vec![self.of(sort, d)])
            }
            2 => call(self.rng.word(&["row_number", "rank", "lag", "ntile"]), vec![self.of(sort, d)]),
            3 => own(self.rng.word(&["xmin", "ctid", "tableoid"])),
            4 => call(self.rng.word(&["no_such_function", "lower", "array_length", "abs", "to_char"]), vec![self.of(sort, d)]),
            5 => text(self.rng.word(&["", "x", "{", "2024-13-01", "[", "nobody"])),
            6 => Expr::new(Kind::Row(vec![self.of(sort, d), number("1")])),
            _ => self.of(sort, depth),
        }
    }

    fn leaf(&mut self, sort: Sort) -> Expr {
        if self.rng.chance(6) {
            return Expr::new(Kind::Literal(Literal::Null));
        }
        if self.scope > 0 && self.rng.chance(40) {
            return self.inner(sort);
        }
        let (columns, fields, texts): (&[&str], &[&str], &[&str]) = match sort {
            Truth => (&["f", "g"], &["flag"], &["true", "f"]),
            Int => (&["i", "id", "b", "si", "whole"], &["n"], &["1", "-7"]),
            Number => (&["n", "r", "i", "b"], &["n"], &["1.5", "2"]),
            Text => (&["s", "v", "c", "word", "na"], &["name"], &["a", "public", "x%", ""]),
            Json => (&["j", "js"], &["doc"], &["{\"a\": 1}", "[]", "1"]),
            Ints => (&["ia", "ints"], &["nums"], &["{1,2}", "{}"]),
            Texts => (&["ta"], &["names"], &["{a,b}", "{}"]),
            Moment => (&["d", "ts", "tz"], &["since"], &["2024-01-31", "now"]),
            Span => (&["iv"], &["since"], &["1 day", "2 hours"]),
            Uuid => (&["u"], &["user_id"], &["11111111-1111-4111-8111-111111111111"]),
            Mood => (&["st"], &["status"], &["sad", "happy"]),
        };
        match self.rng.below(10) {
            0..=5 => own(self.rng.word(columns)),
            6 => Expr::new(Kind::Ctx(self.rng.word(fields).to_owned())),
            7 => text(self.rng.word(texts)),
            _ => self.constant(sort, texts),
        }
    }

    fn constant(&mut self, sort: Sort, texts: &[&str]) -> Expr {
        match sort {
            Truth => Expr::new(Kind::Literal(Literal::Bool(self.rng.chance(50)))),
            Int => number(self.rng.word(&["0", "1", "42", "2147483648"])),
            Number => number(self.rng.word(&["1.5", "0", "1e3", "9223372036854775808"])),
            Ints => Expr::new(Kind::Array(vec![number("1"), number("2")])),
            Texts => Expr::new(Kind::Array(vec![text("a"), text("b")])),
            Moment => match self.rng.below(3) {
                0 => Expr::new(Kind::Keyword(self.rng.word(&["current_date", "current_timestamp", "localtimestamp"]).to_owned())),
                1 => call("now", Vec::new()),
                _ => Expr::new(Kind::Typed(kind("date").unwrap_or_else(|_| SqlType::opaque("nosuch")), "2024-01-31".to_owned())),
            },
            Text => match self.rng.below(3) {
                0 => Expr::new(Kind::Keyword("current_user".to_owned())),
                _ => cast(text(self.rng.word(texts)), "text"),
            },
            Json => cast(text(self.rng.word(texts)), "jsonb"),
            Span => cast(text(self.rng.word(texts)), "interval"),
            Uuid => cast(text(self.rng.word(texts)), "uuid"),
            Mood => cast(text(self.rng.word(texts)), "public.mood"),
        }
    }

    /// A column of the second table.
    fn inner(&mut self, sort: Sort) -> Expr {
        let columns: &[&str] = match sort {
            Truth => &["ok"],
            Int => &["team", "id"],
            Number => &["amount", "team"],
            Text => &["tag"],
            Json => &["doc"],
            Texts => &["tags"],
            Moment => &["since"],
            Uuid => &["who"],
            Mood => &["role"],
            Ints | Span => &["team", "since"],
        };
        Expr::new(Kind::Column(format!("m{}", self.rng.below(self.scope)), self.rng.word(columns).to_owned()))
    }

    fn conditional(&mut self, sort: Sort, d: usize) -> Expr {
        let otherwise = self.rng.chance(60).then(|| self.boxed(sort, d));
        let kind = if self.rng.chance(50) {
            Kind::Case(None, vec![(self.of(Truth, d), self.of(sort, d))], otherwise)
        } else {
            let asked = *self.rng.pick(&SORTS);
            let arms = vec![(self.of(asked, d), self.of(sort, d)), (self.of(asked, 0), self.of(sort, 0))];
            Kind::Case(Some(self.boxed(asked, d)), arms, otherwise)
        };
        Expr::new(kind)
    }

    /// `SELECT .. FROM m ..`, with a column for each of these.
    fn query(&mut self, sorts: &[Sort], d: usize) -> Box<Query> {
        let alias = format!("m{}", self.scope);
        self.scope += 1;
        let source = || relation("m").map_or(Source::Item("M".to_owned()), Source::Relation);
        let joins = if self.rng.chance(15) {
            let kind = *self.rng.pick(&[JoinKind::Inner, JoinKind::Left, JoinKind::Right, JoinKind::Full, JoinKind::Cross]);
            let on = (kind != JoinKind::Cross).then(|| self.of(Truth, d.min(1)));
            vec![Join { kind, source: source(), alias: format!("o{}", self.scope), on, at: Default::default() }]
        } else {
            Vec::new()
        };
        let columns = sorts.iter().map(|sort| if self.rng.chance(60) { self.inner(*sort) } else { self.of(*sort, d) }).collect();
        let filter = self.rng.chance(80).then(|| self.of(Truth, d));
        self.scope -= 1;
        let from = From { source: source(), alias, joins, at: Default::default() };
        Box::new(Query { distinct: self.rng.chance(10), columns, from: vec![from], filter })
    }

    fn scalar(&mut self, sort: Sort, d: usize) -> Expr {
        let query = self.query(&[sort], d);
        Expr::new(Kind::Scalar(query))
    }
}

#[path = "trees_kinds.rs"]
mod kinds;
