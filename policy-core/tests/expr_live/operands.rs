//! The operands: numbers, texts, JSON, arrays, times.

use super::grammar::Grammar;

impl Grammar {
    pub(crate) fn int(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self
                .rng
                .pick(&[
                    "i",
                    "b",
                    "self.i",
                    "id",
                    "0",
                    "1",
                    "2",
                    "3",
                    "7",
                    "-1",
                    "ctx.n",
                    "ia[1]",
                    "ia[i]",
                    "NULL",
                    "length(s)",
                    "i::bigint",
                ])
                .to_owned();
        }
        let d = depth - 1;
        match self.rng.below(18) {
            0..=4 => {
                let (a, b) = (self.int(d), self.int(d));
                let op = self.rng.pick(&["+", "-", "*", "/", "%"]);
                self.infix(a, op, b)
            }
            5..=6 => {
                let (a, b) = (self.int(d), self.int(d));
                let op = self.rng.pick(&["&", "|", "#", "<<", ">>"]);
                self.infix(a, op, b)
            }
            7..=9 => {
                let a = self.int(d);
                let op = self.rng.pick(&["-", "- ", "+", "~", "@ ", "-", "~ "]);
                let text = format!("{op}{a}");
                self.open(text)
            }
            10 => {
                let a = self.array(d);
                let b = self.int(0);
                format!("({a})[{b}]")
            }
            11 => {
                let a = self.json(d);
                format!("({a} ->> 'n')::int")
            }
            12 => {
                let (a, b, c) = (self.truth(d), self.int(d), self.int(d));
                self.case(&a, &b, &c)
            }
            13 => {
                let (a, b) = (self.int(d), self.int(d));
                let name = self.rng.pick(&["coalesce", "nullif", "greatest", "least", "mod", "pg_catalog.mod"]);
                format!("{name}({a}, {b})")
            }
            14 => {
                let a = self.text(d);
                format!("{}({a})", self.rng.pick(&["length", "ascii", "octet_length"]))
            }
            15 => {
                let a = self.number(d);
                format!("{}::{}", a, self.rng.pick(&["int", "bigint", "int8", "integer", "smallint"]))
            }
            16 => {
                let a = self.moment(d);
                format!("EXTRACT({} FROM {a})::int", self.rng.pick(&["year", "month", "dow", "day"]))
            }
            _ => format!("(SELECT m.team FROM m WHERE m.id = self.{})", self.rng.pick(&["i", "id"])),
        }
    }

    pub(crate) fn number(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.rng.pick(&["n", "r", "1.5", ".5", "2e1", "n", "10", "-2.5", "self.n", "'3'", "NULL::numeric"]).to_owned();
        }
        let d = depth - 1;
        match self.rng.below(14) {
            0..=3 => {
                let (a, b) = (self.number(d), self.number(d));
                let op = self.rng.pick(&["+", "-", "*", "/"]);
                self.infix(a, op, b)
            }
            4..=5 => {
                let (a, b) = (self.number(d), self.int(d));
                self.infix(a, "^", b)
            }
            6 => {
                let a = self.number(d);
                let op = self.rng.pick(&["-", "+", "@ ", "|/ ", "||/ "]);
                let text = format!("{op}{a}");
                self.open(text)
            }
            7 => {
                let a = self.number(d);
                format!("{}({a})", self.rng.pick(&["abs", "round", "floor", "ceil", "CEILING", "trunc", "sign"]))
            }
            8 => {
                let a = self.number(d);
                format!("{a}::{}", self.rng.pick(&["numeric", "numeric(8, 2)", "double precision", "float8", "real"]))
            }
            9 => {
                let a = self.number(d);
                format!("CAST({a} AS numeric)")
            }
            10 => {
                let (a, b, c) = (self.truth(d), self.number(d), self.number(d));
                self.case(&a, &b, &c)
            }
            _ => self.int(d),
        }
    }

    pub(crate) fn text(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self
                .rng
                .pick(&[
                    "s",
                    "v",
                    "self.s",
                    "'a'",
                    "'it''s'",
                    "'%b_'",
                    "''",
                    "c",
                    "ctx.name",
                    "ta[1]",
                    "j ->> 'a'",
                    "j #>> '{o,x}'",
                    "E'a\\\\b'",
                    "NULL",
                    "'10'",
                ])
                .to_owned();
        }
        let d = depth - 1;
        match self.rng.below(13) {
            0..=3 => {
                let (a, b) = (self.text(d), self.text(d));
                self.infix(a, "||", b)
            }
            4 => {
                let a = self.json(d);
                let text = format!("{a} ->> {}", self.rng.pick(&["'a'", "'n'", "0"]));
                self.open(text)
            }
            5 => {
                let a = self.json(d);
                let text = format!("{a} #>> '{{o,x}}'");
                self.open(text)
            }
            6 => {
                let a = self.text(d);
                format!("{}({a})", self.rng.pick(&["lower", "UPPER", "btrim", "reverse", "quote_literal", "md5"]))
            }
            7 => {
                let a = self.value(d);
                format!("{a}::text")
            }
            8 => {
                let a = self.text(d);
                format!("{a} COLLATE \"C\"")
            }
            9 => {
                let a = self.text(d);
                match self.rng.below(5) {
                    0 => format!("substring({a} FROM 1 FOR 2)"),
                    1 => format!("trim(both 'a' from {a})"),
                    2 => format!("left({a}, 1)"),
                    3 => format!("overlay({a} placing 'zz' from 1 for 1)"),
                    _ => format!("position('a' in {a})::text"),
                }
            }
            10 => {
                let (a, b, c) = (self.truth(d), self.text(d), self.text(d));
                self.case(&a, &b, &c)
            }
            11 => {
                let (a, b) = (self.text(d), self.text(d));
                format!("coalesce({a}, {b})")
            }
            _ => {
                let a = self.int(d);
                let text = format!("{a}::text || s");
                self.open(text)
            }
        }
    }

    pub(crate) fn json(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.rng.pick(&["j", "self.j", "'{\"a\": 1}'::jsonb", "jsonb '[1, 2]'", "j -> 'a'", "j #> '{o}'"]).to_owned();
        }
        let d = depth - 1;
        match self.rng.below(7) {
            0..=1 => {
                let a = self.json(d);
                let key = self.rng.pick(&["'a'", "'o'", "0", "-1", "i"]);
                self.infix(a, "->", key.to_owned())
            }
            2 => {
                let a = self.json(d);
                self.infix(a, "#>", "'{o,x}'".to_owned())
            }
            3 => {
                let (a, b) = (self.json(d), self.json(d));
                self.infix(a, "||", b)
            }
            4 => {
                let a = self.json(d);
                let key = self.rng.pick(&["'a'", "0", "-1"]);
                self.infix(a, "-", key.to_owned())
            }
            5 => {
                let a = self.json(d);
                self.infix(a, "#-", "'{o}'".to_owned())
            }
            _ => {
                let a = self.value(d);
                format!("to_jsonb({a})")
            }
        }
    }

    pub(crate) fn array(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self
                .rng
                .pick(&["ia", "ARRAY[1, 2]", "'{2,3}'::int[]", "ctx.nums", "ia[1:2]", "ia[2:]", "self.ia", "ia[:i]"])
                .to_owned();
        }
        let d = depth - 1;
        match self.rng.below(6) {
            0 => {
                let (a, b) = (self.array(d), self.array(d));
                self.infix(a, "||", b)
            }
            1 => {
                let (a, b) = (self.array(d), self.int(d));
                self.infix(a, "||", b)
            }
            2 => {
                let (a, b) = (self.int(d), self.int(d));
                format!("ARRAY[{a}, {b}]")
            }
            3 => {
                let (a, b) = (self.array(d), self.int(d));
                format!("array_append({a}, {b})")
            }
            4 => "ARRAY(SELECT m.team FROM m WHERE m.ok)".to_owned(),
            _ => {
                let (a, b, c) = (self.array(d), self.int(d), self.int(d));
                format!("({a})[{b}:{c}]")
            }
        }
    }

    pub(crate) fn moment(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self
                .rng
                .pick(&[
                    "d",
                    "ts",
                    "tz",
                    "date '2024-02-29'",
                    "now()",
                    "timestamptz '2024-01-31 10:00+00'",
                    "'2024-01-31'::date",
                    "current_date",
                ])
                .to_owned();
        }
        let d = depth - 1;
        match self.rng.below(8) {
            0..=1 => {
                let a = self.moment(d);
                let (op, b) = (
                    self.rng.pick(&["+", "-"]),
                    self.rng.pick(&["interval '1 day'", "iv", "-iv", "iv * 2", "'1 hour'::interval", "interval '1' day"]),
                );
                self.infix(a, op, b.to_owned())
            }
            2..=3 => {
                let a = self.moment(d);
                let zone = self.rng.pick(&["'UTC'", "'Europe/Berlin'", "lower('UTC')", "s", "'U' || 'TC'", "'UTC' COLLATE \"C\""]);
                let text = format!("{a} AT TIME ZONE {zone}");
                self.open(text)
            }
            4 => {
                let a = self.moment(d);
                format!("date_trunc('month', {a})")
            }
            5 => {
                let a = self.moment(d);
                format!("{a}::{}", self.rng.pick(&["date", "timestamp", "timestamptz", "timestamp(0)", "timestamp with time zone"]))
            }
            6 => {
                let (a, b, c) = (self.truth(d), self.moment(d), self.moment(d));
                self.case(&a, &b, &c)
            }
            _ => {
                let (a, b) = (self.moment(d), self.int(d));
                let text = format!("{a}::date + {b}");
                self.open(text)
            }
        }
    }
}
