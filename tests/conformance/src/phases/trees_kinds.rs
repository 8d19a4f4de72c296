//! What is peculiar to the expressions of one type. In: a grower. Out: an expression of that type.

use policy_core::model::{Expr, Kind, Test};

use super::{Grower, Int, Ints, Json, Moment, Mood, Number, SORTS, Sort, Span, Text, Texts, Truth, Uuid, call, cast};
use crate::universe::{number, text};

const COMPARISONS: [&str; 6] = ["=", "<>", "<", ">", "<=", ">="];

impl Grower<'_> {
    pub(super) fn own_kind(&mut self, sort: Sort, d: usize) -> Expr {
        match sort {
            Truth => self.truth(d),
            Int | Number => self.number(sort, d),
            Text => self.text(d),
            Json => self.json(d),
            Ints => self.list(Ints, Int, d),
            Texts => self.list(Texts, Text, d),
            Moment => self.moment(d),
            Span => self.span(d),
            Uuid | Mood => self.leaf(sort),
        }
    }

    fn infix(&mut self, ops: &[&str], left: Sort, right: Sort, d: usize) -> Expr {
        let op = (*self.rng.pick(ops)).to_owned();
        Expr::new(Kind::Binary(op, self.boxed(left, d), self.boxed(right, d)))
    }

    fn truth(&mut self, d: usize) -> Expr {
        let (sort, not) = (*self.rng.pick(&SORTS), self.rng.chance(30));
        let kind = match self.rng.below(18) {
            0 | 1 => Kind::And(vec![self.of(Truth, d), self.of(Truth, d)]),
            2 | 3 => Kind::Or(vec![self.of(Truth, d), self.of(Truth, d)]),
            4 => Kind::Not(self.boxed(Truth, d)),
            5 | 6 => return self.infix(&COMPARISONS, sort, sort, d),
            7 => Kind::Is(self.boxed(sort, d), Test::Null, not),
            8 => Kind::Is(self.boxed(Truth, d), *self.rng.pick(&[Test::True, Test::False, Test::Unknown]), not),
            9 => Kind::Distinct(self.boxed(sort, d), self.boxed(sort, d), not),
            10 => Kind::In(self.boxed(sort, d), vec![self.of(sort, 0), self.of(sort, 0), self.of(sort, 0)], not),
            11 => Kind::Between(self.boxed(sort, d), self.boxed(sort, 0), self.boxed(sort, d), not),
            12 => {
                let op = self.rng.word(&["LIKE", "ILIKE", "SIMILAR TO"]).to_owned();
                Kind::Like(op, self.boxed(Text, d), self.boxed(Text, 0), None, not)
            }
            13 => {
                let (list, item) = *self.rng.pick(&[(Ints, Int), (Texts, Text)]);
                let op = self.rng.word(&COMPARISONS).to_owned();
                Kind::AnyArray(self.boxed(item, d), op, self.boxed(list, d), not)
            }
            14 => return self.contained(d),
            15 => {
                let row = |grower: &mut Self| Expr::new(Kind::Row(vec![grower.of(sort, 0), grower.of(Int, 0)]));
                let (left, right) = (row(self), row(self));
                Kind::Binary(self.rng.word(&COMPARISONS).to_owned(), Box::new(left), Box::new(right))
            }
            _ if self.scope < 2 => self.member(sort, not, d),
            _ => return self.leaf(Truth),
        };
        Expr::new(kind)
    }

    /// The operators of json, arrays and texts that ask something.
    fn contained(&mut self, d: usize) -> Expr {
        match self.rng.below(6) {
            0 => self.infix(&["@>", "<@", "="], Json, Json, d),
            1 => self.infix(&["?"], Json, Text, d),
            2 => self.infix(&["?|", "?&"], Json, Texts, d),
            3 => self.infix(&["@>", "<@", "&&"], Ints, Ints, d),
            4 => self.infix(&["@>", "<@", "&&"], Texts, Texts, d),
            _ => self.infix(&["~", "~*", "!~", "^@", "~~"], Text, Text, d),
        }
    }

    fn member(&mut self, sort: Sort, not: bool, d: usize) -> Kind {
        match self.rng.below(6) {
            0 => Kind::Exists(self.query(&[Int], d), not),
            1 => Kind::InQuery(self.boxed(sort, d), self.query(&[sort], d), not),
            2 => {
                let row = Expr::new(Kind::Row(vec![self.of(sort, 0), self.of(Int, 0)]));
                Kind::InQuery(Box::new(row), self.query(&[sort, Int], d), not)
            }
            3 => {
                let op = self.rng.word(&COMPARISONS).to_owned();
                Kind::AnyQuery(self.boxed(sort, d), op, self.query(&[sort], d), not)
            }
            4 => {
                let query = self.query(&[sort], d);
                let list = Expr::new(Kind::ArrayQuery(query));
                Kind::AnyArray(self.boxed(sort, d), "=".to_owned(), Box::new(list), not)
            }
            _ => {
                let query = self.query(&[sort], d);
                Kind::Binary("=".to_owned(), self.boxed(sort, d), Box::new(Expr::new(Kind::Scalar(query))))
            }
        }
    }

    fn number(&mut self, sort: Sort, d: usize) -> Expr {
        match self.rng.below(12) {
            0..=3 => self.infix(&["+", "-", "*", "/", "%"], sort, sort, d),
            4 => Expr::new(Kind::Unary("-".to_owned(), self.boxed(sort, d))),
            5 => call(self.rng.word(&["abs", "round", "floor", "sign", "sqrt"]), vec![self.of(sort, d)]),
            6 => call(self.rng.word(&["length", "char_length", "ascii"]), vec![self.of(Text, d)]),
            7 => cast(self.of(Text, d), self.rng.word(&["int", "bigint", "numeric"])),
            8 => cast(self.of(sort, d), self.rng.word(&["int", "smallint", "numeric(10,2)", "float8"])),
            9 => Expr::new(Kind::Extract(self.rng.word(&["year", "epoch", "dow"]).to_owned(), self.boxed(Moment, d))),
            10 => Expr::new(Kind::Subscript(self.boxed(Ints, d), self.boxed(Int, 0))),
            _ => self.infix(&["&", "|", "#", "<<", "^"], Int, Int, d),
        }
    }

    fn text(&mut self, d: usize) -> Expr {
        let any = *self.rng.pick(&SORTS);
        match self.rng.below(11) {
            0 => self.infix(&["||"], Text, Text, d),
            1 => self.infix(&["||"], Text, any, d),
            2 => self.infix(&["->>"], Json, Text, d),
            3 => self.infix(&["->>"], Json, Int, d),
            4 => call(self.rng.word(&["lower", "upper", "btrim", "md5", "reverse"]), vec![self.of(Text, d)]),
            5 => cast(self.of(any, d), self.rng.word(&["text", "varchar", "varchar(5)", "name", "char"])),
            6 => Expr::new(Kind::Collate(self.boxed(Text, d), "C".to_owned())),
            7 => call("substring", vec![self.of(Text, d), self.of(Int, 0), self.of(Int, 0)]),
            8 => Expr::new(Kind::Subscript(self.boxed(Texts, d), self.boxed(Int, 0))),
            9 => call("concat", vec![self.of(any, d), self.of(Text, d)]),
            _ => call("to_char", vec![self.of(Moment, d), text("YYYY")]),
        }
    }

    fn json(&mut self, d: usize) -> Expr {
        let any = *self.rng.pick(&SORTS);
        match self.rng.below(8) {
            0 => self.infix(&["->"], Json, Text, d),
            1 => self.infix(&["->"], Json, Int, d),
            2 => self.infix(&["#>", "#-"], Json, Texts, d),
            3 => self.infix(&["||"], Json, Json, d),
            4 => call("to_jsonb", vec![self.of(any, d)]),
            5 => call("jsonb_build_object", vec![text("a"), self.of(any, d)]),
            6 => Expr::new(Kind::Subscript(self.boxed(Json, d), self.boxed(Text, 0))),
            _ => cast(self.of(Text, d), "jsonb"),
        }
    }

    fn list(&mut self, list: Sort, item: Sort, d: usize) -> Expr {
        match self.rng.below(8) {
            0 => self.infix(&["||"], list, list, d),
            1 => self.infix(&["||"], list, item, d),
            2 => Expr::new(Kind::Array(vec![self.of(item, d), self.of(item, d)])),
            3 => call(self.rng.word(&["array_append", "array_remove"]), vec![self.of(list, d), self.of(item, d)]),
            4 if self.scope < 2 => {
                let query = self.query(&[item], d);
                Expr::new(Kind::ArrayQuery(query))
            }
            5 => Expr::new(Kind::Slice(self.boxed(list, d), Some(Box::new(number("1"))), Some(self.boxed(Int, 0)))),
            6 => call("string_to_array", vec![self.of(Text, d), text(",")]),
            _ => cast(self.of(list, d), self.rng.word(&["text[]", "int[]", "bigint[]"])),
        }
    }

    fn moment(&mut self, d: usize) -> Expr {
        match self.rng.below(7) {
            0 | 1 => self.infix(&["+", "-"], Moment, Span, d),
            2 => Expr::new(Kind::AtTimeZone(self.boxed(Moment, d), Box::new(text("UTC")))),
            3 => call("date_trunc", vec![text("month"), self.of(Moment, d)]),
            4 => cast(self.of(Moment, d), self.rng.word(&["date", "timestamp", "timestamptz", "timestamp(0)"])),
            5 => self.infix(&["+", "-"], Moment, Int, d),
            _ => call("to_timestamp", vec![self.of(Number, d)]),
        }
    }

    fn span(&mut self, d: usize) -> Expr {
        match self.rng.below(5) {
            0 => self.infix(&["-"], Moment, Moment, d),
            1 => self.infix(&["*", "/"], Span, Number, d),
            2 => call("age", vec![self.of(Moment, d), self.of(Moment, d)]),
            3 => call("make_interval", vec![self.of(Int, d)]),
            _ => Expr::new(Kind::Unary("-".to_owned(), self.boxed(Span, d))),
        }
    }
}
