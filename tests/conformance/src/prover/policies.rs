//! Random policies over one table. In: random numbers. Out: predicates, well typed. Must not know: what becomes of them.

use policy_core::model::{Expr, From, Join, JoinKind, Kind, Literal, Query, Relation, Source, SqlType, Test};

use crate::rng::Rng;
use crate::universe::{number, own, text};

/// The labels of the enum.
pub const MOODS: [&str; 3] = ["sad", "ok", "happy"];
/// Two values of the column of UUIDs.
pub const KEYS: [&str; 2] = ["11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"];

/// Writes predicates.
#[derive(Debug)]
pub struct Writer<'r> {
    rng: &'r mut Rng,
    /// Whether a subquery is around: its columns may be named.
    inside: bool,
    /// Whether subqueries and functions may be written.
    open: bool,
}

fn new(kind: Kind) -> Expr {
    Expr::new(kind)
}

fn boxed(expr: Expr) -> Box<Expr> {
    Box::new(expr)
}

impl<'r> Writer<'r> {
    /// With subqueries and functions, or without.
    pub fn new(rng: &'r mut Rng, open: bool) -> Writer<'r> {
        Writer { rng, inside: false, open }
    }

    /// A predicate of that depth.
    pub fn truth(&mut self, depth: usize) -> Expr {
        if depth == 0 {
            return self.leaf();
        }
        let deeper = depth - 1;
        match self.rng.below(13) {
            0 | 1 => new(Kind::And(vec![self.truth(deeper), self.truth(deeper)])),
            2 | 3 => new(Kind::Or(vec![self.truth(deeper), self.truth(deeper)])),
            4 => new(Kind::Not(boxed(self.truth(deeper)))),
            5 => {
                let test = *self.rng.pick(&[Test::True, Test::False, Test::Unknown, Test::Null]);
                new(Kind::Is(boxed(self.truth(deeper)), test, self.rng.chance(40)))
            }
            6 => {
                let otherwise = self.rng.chance(60).then(|| boxed(self.truth(deeper)));
                new(Kind::Case(None, vec![(self.truth(deeper), self.truth(deeper))], otherwise))
            }
            7 => new(Kind::Call("coalesce".to_owned(), vec![self.truth(deeper), self.truth(deeper)])),
            8 => self.compared(&["=", "<>"], deeper, Self::truth),
            9 => new(Kind::Distinct(boxed(self.int(deeper)), boxed(self.int(deeper)), self.rng.chance(50))),
            10 if self.open && !self.inside => self.query(deeper),
            11 => {
                let row = |writer: &mut Self| new(Kind::Row(vec![writer.int(deeper), writer.text(deeper)]));
                let (a, b) = (row(self), row(self));
                new(Kind::Binary(self.rng.word(&["=", "<>"]).to_owned(), boxed(a), boxed(b)))
            }
            _ => self.leaf(),
        }
    }

    fn leaf(&mut self) -> Expr {
        const ORDER: [&str; 6] = ["=", "<>", "<", "<=", ">", ">="];
        match self.rng.below(14) {
            0 => new(Kind::Literal(Literal::Bool(self.rng.chance(50)))),
            1 => own("f"),
            2 | 3 => self.compared(&ORDER, 1, Self::int),
            4 | 5 => self.compared(&["=", "<>"], 1, Self::text),
            6 => self.compared(&ORDER, 1, Self::mood),
            7 => self.compared(&["=", "<>"], 0, Self::key),
            8 => {
                let column = own(self.rng.word(&["a", "u", "e", "k", "tags"]));
                new(Kind::Is(boxed(column), Test::Null, self.rng.chance(50)))
            }
            9 => {
                let list = (0..=self.rng.below(2)).map(|_| self.int(0)).collect();
                new(Kind::In(boxed(self.int(1)), list, self.rng.chance(50)))
            }
            10 => new(Kind::Between(boxed(self.int(1)), boxed(self.int(0)), boxed(self.int(0)), self.rng.chance(30))),
            11 => {
                let all = self.rng.chance(40);
                let array = new(Kind::Array(vec![self.int(0), number("1"), self.int(0)]));
                new(Kind::AnyArray(boxed(self.int(0)), self.rng.word(&ORDER).to_owned(), boxed(array), all))
            }
            12 if self.open => self.opaque(),
            _ => {
                let list = vec![self.text(0), text("x"), new(Kind::Literal(Literal::Null))];
                let list = if self.rng.chance(70) { list.into_iter().take(2).collect() } else { list };
                new(Kind::In(boxed(own("u")), list, self.rng.chance(50)))
            }
        }
    }

    fn opaque(&mut self) -> Expr {
        match self.rng.below(4) {
            0 => new(Kind::AnyArray(boxed(self.text(0)), "=".to_owned(), boxed(own("tags")), false)),
            1 => new(Kind::AnyArray(boxed(self.text(0)), "<>".to_owned(), boxed(own("tags")), true)),
            2 => new(Kind::Like(
                "LIKE".to_owned(),
                boxed(own("u")),
                boxed(text(self.rng.word(&["x%", "%", "_", "y"]))),
                None,
                self.rng.chance(30),
            )),
            _ => {
                let lower = new(Kind::Call("upper".to_owned(), vec![own("u")]));
                new(Kind::Binary("=".to_owned(), boxed(lower), boxed(text("X"))))
            }
        }
    }

    fn compared(&mut self, ops: &[&str], depth: usize, of: fn(&mut Self, usize) -> Expr) -> Expr {
        let op = self.rng.word(ops).to_owned();
        let (a, b) = (of(self, depth), of(self, depth));
        new(Kind::Binary(op, boxed(a), boxed(b)))
    }

    fn inner(&self, column: &str) -> Expr {
        new(Kind::Column("m".to_owned(), column.to_owned()))
    }

    fn int(&mut self, depth: usize) -> Expr {
        if depth == 0 {
            return match self.rng.below(6) {
                0 | 1 => own("a"),
                2 => own("b"),
                3 if self.inside => self.inner("a"),
                _ => number(self.rng.word(&["0", "1", "2", "3"])),
            };
        }
        match self.rng.below(9) {
            0 => new(Kind::Binary(self.rng.word(&["+", "-"]).to_owned(), boxed(self.int(0)), boxed(number("1")))),
            1 => new(Kind::Call("coalesce".to_owned(), vec![self.int(0), self.int(0)])),
            2 => new(Kind::Call("nullif".to_owned(), vec![self.int(0), self.int(0)])),
            3 => new(Kind::Call(self.rng.word(&["greatest", "least"]).to_owned(), vec![self.int(0), self.int(0)])),
            4 => new(Kind::Case(None, vec![(self.truth(depth - 1), self.int(0))], Some(boxed(self.int(0))))),
            5 => new(Kind::Case(Some(boxed(self.int(0))), vec![(self.int(0), self.int(0)), (number("1"), self.int(0))], None)),
            _ => self.int(0),
        }
    }

    fn text(&mut self, depth: usize) -> Expr {
        let constant = self.rng.word(&["x", "y", "", "sad"]).to_owned();
        match (depth, self.rng.below(8)) {
            (1.., 0) => new(Kind::Call("coalesce".to_owned(), vec![own("u"), text(&constant)])),
            (1.., 1) => new(Kind::Call("nullif".to_owned(), vec![own("u"), text(&constant)])),
            (1.., 2) => new(Kind::Cast(boxed(own("e")), kind("text"))),
            (1.., 3) => {
                new(Kind::Case(None, vec![(self.truth(0), own("u"))], Some(boxed(new(Kind::Cast(boxed(text(&constant)), kind("text")))))))
            }
            (_, 4) if self.inside => self.inner("u"),
            (_, 5) => new(Kind::Cast(boxed(text(&constant)), kind("text"))),
            _ => own("u"),
        }
    }

    fn mood(&mut self, _: usize) -> Expr {
        if self.rng.chance(60) { own("e") } else { new(Kind::Cast(boxed(text(self.rng.word(&MOODS))), kind("public.mood"))) }
    }

    fn key(&mut self, _: usize) -> Expr {
        if self.rng.chance(60) { own("k") } else { new(Kind::Cast(boxed(text(self.rng.word(&KEYS))), kind("uuid"))) }
    }

    /// EXISTS, IN and ANY over the other table.
    fn query(&mut self, depth: usize) -> Expr {
        self.inside = true;
        let filter = self.rng.chance(80).then(|| self.truth(depth.min(1)));
        let joins = if self.rng.chance(15) {
            let kind = *self.rng.pick(&[JoinKind::Inner, JoinKind::Left]);
            let on = new(Kind::Binary("=".to_owned(), boxed(self.inner("a")), boxed(new(Kind::Column("o".to_owned(), "a".to_owned())))));
            vec![Join { kind, source: source(), alias: "o".to_owned(), on: Some(on), at: Default::default() }]
        } else {
            Vec::new()
        };
        let column = if self.rng.chance(80) { self.inner("a") } else { self.int(0) };
        self.inside = false;
        let from = From { source: source(), alias: "m".to_owned(), joins, at: Default::default() };
        let query = Box::new(Query { distinct: false, columns: vec![column], from: vec![from], filter });
        match self.rng.below(5) {
            0 | 1 => new(Kind::Exists(query, self.rng.chance(40))),
            2 => new(Kind::InQuery(boxed(self.int(0)), query, self.rng.chance(50))),
            3 => new(Kind::AnyQuery(boxed(self.int(0)), self.rng.word(&["<", ">", "<>"]).to_owned(), query, self.rng.chance(50))),
            _ => new(Kind::AnyArray(boxed(self.int(0)), "=".to_owned(), boxed(new(Kind::ArrayQuery(query))), false)),
        }
    }
}

fn source() -> Source {
    Relation::parse("m").map_or(Source::Item("M".to_owned()), Source::Relation)
}

fn kind(text: &str) -> SqlType {
    SqlType::parse(text).unwrap_or_else(|_| SqlType::opaque("nosuch"))
}
