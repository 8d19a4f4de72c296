//! Expressions at random: by type, so that most of them mean something, with brackets left out more often than not, so
//! that precedence decides.

use super::rng::Rng;

/// Writes expressions.
pub(crate) struct Grammar {
    pub(crate) rng: Rng,
}

impl Grammar {
    /// One expression; now and then of another type than boolean, and one in six with its tokens disturbed.
    pub(crate) fn expression(&mut self) -> String {
        let depth = 1 + self.rng.below(4);
        let text = match self.rng.below(20) {
            0 => self.int(depth),
            1 => self.number(depth),
            2 => self.text(depth),
            3 => self.json(depth),
            4 => self.array(depth),
            5 => self.moment(depth),
            _ => self.truth(depth),
        };
        if self.rng.chance(16) { self.disturbed(&text) } else { text }
    }

    /// Brackets, in four of ten cases.
    pub(crate) fn open(&mut self, text: String) -> String {
        if self.rng.chance(40) { format!("({text})") } else { text }
    }

    /// Two operands around an operator, which sometimes touches them.
    pub(crate) fn infix(&mut self, left: String, op: &str, right: String) -> String {
        let words = op.starts_with(|c: char| c.is_ascii_alphabetic());
        let text = match self.rng.below(if words { 1 } else { 12 }) {
            10 => format!("{left}{op}{right}"),
            11 => format!("{left} {op}{right}"),
            _ => format!("{left} {op} {right}"),
        };
        self.open(text)
    }

    pub(crate) fn truth(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self
                .rng
                .pick(&["f", "g", "true", "FALSE", "NULL", "t.f", "ctx.flag", "null::boolean", "j ? 'a'", "i > 1"])
                .replace("t.f", "self.f");
        }
        let d = depth - 1;
        match self.rng.below(32) {
            0..=2 => {
                let (a, b) = (self.truth(d), self.truth(d));
                self.infix(a, "AND", b)
            }
            3..=5 => {
                let (a, b) = (self.truth(d), self.truth(d));
                self.infix(a, "or", b)
            }
            6..=8 => {
                let a = self.truth(d);
                let text = format!("NOT {a}");
                self.open(text)
            }
            9 => {
                let (a, b, op) = (self.truth(d), self.truth(d), self.comparison());
                self.infix(a, op, b)
            }
            10..=11 => {
                let a = self.truth(d);
                let test = self.rng.pick(&["TRUE", "NOT TRUE", "false", "NOT FALSE", "UNKNOWN", "not unknown", "NULL", "NOT NULL"]);
                let text = format!("{a} IS {test}");
                self.open(text)
            }
            12..=13 => {
                let (a, b, op) = (self.number(d), self.number(d), self.comparison());
                self.infix(a, op, b)
            }
            14 => {
                let (a, b, op) = (self.text(d), self.text(d), self.comparison());
                self.infix(a, op, b)
            }
            15 => {
                let (a, b, op) = (self.moment(d), self.moment(d), self.comparison());
                self.infix(a, op, b)
            }
            16 => {
                let a = self.value(d);
                let text = format!("{a} IS {}NULL", self.rng.pick(&["", "NOT "]));
                self.open(text)
            }
            17 => {
                let (a, b) = if self.rng.chance(50) { (self.truth(d), self.truth(d)) } else { (self.int(d), self.number(d)) };
                let text = format!("{a} IS {}DISTINCT FROM {b}", self.rng.pick(&["", "NOT "]));
                self.open(text)
            }
            18..=19 => {
                let (a, b, c) = (self.number(d), self.number(d), self.int(d));
                let text = format!("{a} {} {b} AND {c}", self.rng.pick(&["BETWEEN", "NOT BETWEEN", "between", "BETWEEN SYMMETRIC"]));
                self.open(text)
            }
            20..=21 => {
                let (a, b) = (self.text(d), self.text(d));
                let op = self.rng.pick(&["LIKE", "NOT LIKE", "ILIKE", "NOT ILIKE", "SIMILAR TO", "NOT SIMILAR TO", "like"]);
                let escape = self.rng.pick(&["", "", "", " ESCAPE '!'", " ESCAPE ''"]);
                let text = format!("{a} {op} {b}{escape}");
                self.open(text)
            }
            22..=23 => self.membership(d),
            24 => {
                let (a, b) = (self.json(d), self.json(d));
                let op = self.rng.pick(&["@>", "<@", "=", "<>"]);
                self.infix(a, op, b)
            }
            25 => {
                let a = self.json(d);
                match self.rng.below(3) {
                    0 => {
                        let b = self.text(0);
                        self.infix(a, "?", b)
                    }
                    1 => self.infix(a, "?|", "ta".to_owned()),
                    _ => self.infix(a, "?&", "ARRAY['a', 'n']".to_owned()),
                }
            }
            26 => {
                let (a, b) = (self.array(d), self.array(d));
                let op = self.rng.pick(&["&&", "@>", "<@", "=", "<", "<>"]);
                self.infix(a, op, b)
            }
            27 => {
                let (a, b) = (self.text(d), self.text(0));
                let op = self.rng.pick(&["~", "~*", "!~", "!~*", "~~", "!~~", "^@"]);
                self.infix(a, op, b)
            }
            28 => self.query(d),
            29 => {
                let (a, b, c) = (self.truth(d), self.truth(d), self.truth(d));
                self.case(&a, &b, &c)
            }
            30 => {
                let (a, b) = (self.truth(d), self.truth(d));
                let name = self.rng.pick(&["coalesce", "COALESCE", "nullif"]);
                format!("{name}({a}, {b})")
            }
            _ => {
                let a = self.truth(d);
                match self.rng.below(4) {
                    0 => format!("CAST({a} AS boolean)"),
                    1 => format!("({a})::text::bool"),
                    2 => format!("{a}::bool"),
                    _ => {
                        let (b, c) = (
                            self.rng.pick(&[
                                "ip << '10.0.0.0/8'::inet",
                                "rng @> i",
                                "ip <<= inet '10.0.0.0/8'",
                                "u = ctx.user_id",
                                "u <> ctx.user_id",
                            ]),
                            a,
                        );
                        self.infix(b.to_owned(), "AND", c)
                    }
                }
            }
        }
    }

    fn comparison(&mut self) -> &'static str {
        self.rng.pick(&["=", "<>", "!=", "<", ">", "<=", ">="])
    }

    pub(crate) fn value(&mut self, d: usize) -> String {
        match self.rng.below(8) {
            0 => self.truth(d),
            1 => self.number(d),
            2 => self.text(d),
            3 => self.json(d),
            4 => self.array(d),
            5 => self.moment(d),
            6 => "(i, s)".to_owned(),
            _ => self.rng.pick(&["u", "ip", "iv", "by", "rng", "ctx.ids", "ctx.name"]).to_owned(),
        }
    }

    fn membership(&mut self, d: usize) -> String {
        let text = match self.rng.below(7) {
            0..=1 => {
                let (a, b, c) = (self.int(d), self.int(d), self.number(0));
                format!("{a} {}IN ({b}, {c})", self.rng.pick(&["", "NOT "]))
            }
            2 => {
                let (a, b) = (self.text(d), self.text(0));
                format!("{a} IN ({b}, 'a', NULL)")
            }
            3 => {
                let (a, b, op) = (self.int(d), self.array(d), self.comparison());
                format!("{a} {op} {}({b})", self.rng.pick(&["ANY", "ALL", "any ", "SOME"]))
            }
            4 => {
                let a = self.truth(d);
                format!("{a} IN (true, f)")
            }
            5 => {
                let a = self.int(d);
                format!("(i, {a}) {} ((1, 2), (3, i))", self.rng.pick(&["IN", "NOT IN"]))
            }
            _ => {
                let (a, b, op) = (self.int(d), self.int(d), self.comparison());
                format!("(i, {a}) {op} ({b}, 2)")
            }
        };
        self.open(text)
    }

    fn query(&mut self, d: usize) -> String {
        let filter = match self.rng.below(4) {
            0 => "m.team = self.i".to_owned(),
            1 => "m.ok AND m.team > 1".to_owned(),
            2 => format!("m.tag = self.s OR NOT {}", self.rng.pick(&["m.ok", "self.f", "m.who = ctx.user_id"])),
            _ => "m.who = ctx.user_id".to_owned(),
        };
        match self.rng.below(6) {
            0 => {
                let text = format!("EXISTS (SELECT 1 FROM m WHERE {filter})");
                self.open(text)
            }
            1 => format!("NOT EXISTS (SELECT 1 FROM m JOIN m AS o ON o.id = m.team WHERE {filter} AND o.ok)"),
            2 => {
                let a = self.int(d);
                let text = format!("{a} {}IN (SELECT m.team FROM m WHERE {filter})", self.rng.pick(&["", "NOT "]));
                self.open(text)
            }
            3 => {
                let a = self.int(d);
                let text = format!("{a} {} (SELECT m.team FROM m WHERE {filter})", self.rng.pick(&["= ANY", "<> ALL", "> ANY", "<= ALL"]));
                self.open(text)
            }
            4 => format!("(SELECT m.ok FROM m WHERE m.id = 1 AND ({filter}))"),
            _ => {
                let a = self.int(d);
                self.infix(a, "=", "(SELECT m.team FROM public.m WHERE m.id = self.id)".to_owned())
            }
        }
    }

    pub(crate) fn case(&mut self, when: &str, then: &str, other: &str) -> String {
        match self.rng.below(3) {
            0 => format!("CASE WHEN {when} THEN {then} END"),
            1 => format!("case {when} when true then {then} else {other} end"),
            _ => format!("CASE WHEN {when} THEN {then} WHEN f THEN {other} ELSE {other} END"),
        }
    }

    /// The same with a word or two taken out, doubled, swapped or put in: mostly no expression any more.
    fn disturbed(&mut self, text: &str) -> String {
        let mut words: Vec<&str> = text.split(' ').collect();
        for _ in 0..=self.rng.below(2) {
            let at = self.rng.below(words.len());
            match self.rng.below(4) {
                0 if words.len() > 1 => {
                    words.remove(at);
                }
                1 => words.insert(at, words[at]),
                2 => {
                    let other = self.rng.below(words.len());
                    words.swap(at, other);
                }
                _ => {
                    let word = self.rng.pick(&[
                        "NOT",
                        "-",
                        "IS NULL",
                        "AND",
                        "=",
                        "<",
                        "BETWEEN",
                        "LIKE",
                        "::int",
                        "^",
                        "||",
                        "~",
                        "@",
                        "!",
                        "ISNULL",
                        "NOTNULL",
                        "(",
                        ")",
                        "[1]",
                        "COLLATE \"C\"",
                        "AT TIME ZONE 'UTC'",
                        "%",
                        "IN (1)",
                        "IS DOCUMENT",
                        "OVERLAPS",
                        "OPERATOR(pg_catalog.+)",
                        ",",
                        "1",
                        "+",
                        "IS JSON",
                    ]);
                    words.insert(at, word);
                }
            }
        }
        let disturbed = words.join(" ");
        if balanced(&disturbed) { disturbed } else { text.to_owned() }
    }
}

/// Whether every bracket closes one that is open: PostgreSQL is given the text in brackets.
fn balanced(text: &str) -> bool {
    let mut open = 0_usize;
    for c in text.chars() {
        match c {
            '(' => open += 1,
            ')' if open == 0 => return false,
            ')' => open -= 1,
            _ => {}
        }
    }
    open == 0
}
