//! Random texts of types. In: numbers that are the same in every run. Out: a type and a text, right or nearly so.

use super::rng::Rng;
use super::templates::{FORMS, Forms};

/// Makes texts.
pub(crate) struct Generator {
    pub(crate) rng: Rng,
    pub(crate) only: Option<String>,
}

impl Generator {
    /// A type and a text for it.
    pub(crate) fn case(&mut self) -> (String, String) {
        let forms = loop {
            let forms = &FORMS[self.rng.below(FORMS.len())];
            if self.only.as_ref().is_none_or(|only| only.trim_start_matches('_') == forms.0) {
                break forms;
            }
        };
        let array = self.only.as_ref().map_or(self.rng.chance(12), |only| only.starts_with('_'));
        if array { (format!("_{}", forms.0), self.array(forms)) } else { (forms.0.to_owned(), self.text(forms, 45)) }
    }

    /// A text of a type, changed in so many of a hundred cases.
    fn text(&mut self, forms: &Forms, percent: usize) -> String {
        let form = self.rng.pick(forms.1);
        let mut text = self.fill(form);
        if self.rng.chance(percent) {
            for _ in 0..=self.rng.below(3) {
                text = self.mutate(&text, forms);
            }
        }
        text
    }

    fn fill(&mut self, form: &str) -> String {
        let mut text = String::new();
        let mut rest = form;
        while let Some((before, after)) = rest.split_once('<') {
            text.push_str(before);
            match after.split_once('>').filter(|(name, _)| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase())) {
                Some((name, after)) => {
                    let part = self.part(name);
                    text.push_str(&part);
                    rest = after;
                }
                None => {
                    text.push('<');
                    rest = after;
                }
            }
        }
        text + rest
    }

    fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.rng.below(high - low + 1)
    }

    /// A number of two digits, at times beyond what is right.
    fn two(&mut self, low: usize, high: usize) -> String {
        let value = if self.rng.chance(4) { self.rng.below(100) } else { self.between(low, high) };
        format!("{value:02}")
    }

    fn part(&mut self, name: &str) -> String {
        match name {
            "s" => self.rng.pick(&["-", "+", "", "- "]).to_owned(),
            "b" => self.rng.pick(&["[", "("]).to_owned(),
            "e" => self.rng.pick(&["]", ")"]).to_owned(),
            "int" => self.int(),
            "hex" => format!("{:x}", self.rng.next() >> self.rng.below(64)),
            "float" => self.float(),
            "word" => self.rng.pick(&["hello", "a b", "", "x", "0", "não"]).to_owned(),
            "json" => self.json(3),
            "n" => self.amount(),
            "unit" => self
                .rng
                .pick(&[
                    "day",
                    "days",
                    "mon",
                    "month",
                    "months",
                    "year",
                    "y",
                    "hour",
                    "h",
                    "hours",
                    "min",
                    "m",
                    "sec",
                    "s",
                    "seconds",
                    "week",
                    "w",
                    "ms",
                    "us",
                    "milliseconds",
                    "microseconds",
                    "decade",
                    "century",
                    "c",
                    "millennium",
                    "mil",
                    "quarter",
                    "DAY",
                    "Hrs",
                ])
                .to_owned(),
            _ => self.date_part(name),
        }
    }

    fn date_part(&mut self, name: &str) -> String {
        match name {
            "date" => self.date(),
            "time" => self.time(),
            "zone" => self.zone(),
            "y" => self.year(),
            "d" => self.between(1, 31).to_string(),
            "mm" => self.two(1, 12),
            "dd" => self.two(1, 28),
            "hh" => self.two(0, 23),
            "mi" => self.two(0, 59),
            "ss" => self.two(0, 59),
            "mon" => self
                .rng
                .pick(&["Jan", "feb", "MAR", "April", "may", "June", "jul", "August", "sept", "Sep", "oct", "November", "dec"])
                .to_owned(),
            "dow" => self.rng.pick(&["Mon", "tue", "Tuesday", "wed", "thurs", "FRI", "sat", "sunday"]).to_owned(),
            "era" => self.rng.pick(&["BC", "AD", "bc", "ad"]).to_owned(),
            "half" => self.rng.pick(&["AM", "PM", "am", "pm"]).to_owned(),
            "dateword" => self
                .rng
                .pick(&["now", "today", "tomorrow", "yesterday", "epoch", "infinity", "-infinity", "+infinity", "allballs", "Now", "TODAY"])
                .to_owned(),
            "julian" => format!(
                "{}{}",
                self.rng.pick(&["J", "j", "jd ", "Julian "]),
                self.rng.pick(&["2451187", "2451187.5", "0", "2147483647", "2147483494", "12345678901", "2451187-08"])
            ),
            _ => self
                .rng
                .pick(&[
                    "hello",
                    "not a date",
                    "2024-01-01x",
                    "12",
                    "abc123",
                    "1.2.3",
                    "",
                    " ",
                    "?",
                    "é",
                    "lmt",
                    "never",
                    "20240101",
                    "240101",
                    "2024.123",
                    "99991231",
                    "1/1",
                    "24:00:00",
                    "24:00:01",
                    "23:59:60",
                    "0000-01-01",
                    "12e5",
                ])
                .to_owned(),
        }
    }

    fn int(&mut self) -> String {
        match self.rng.below(5) {
            0 => self.rng.below(10).to_string(),
            1 => self.rng.below(300).to_string(),
            2 => self.rng.below(100_000).to_string(),
            _ => (self.rng.next() >> self.rng.below(64)).to_string(),
        }
    }

    fn float(&mut self) -> String {
        let whole = self.int();
        match self.rng.below(4) {
            0 => whole,
            1 => format!("{whole}.{}", self.int()),
            2 => format!("{whole}e{}{}", self.rng.pick(&["", "-", "+"]), self.rng.below(400)),
            _ => format!("{}.{}E{}", self.rng.below(10), self.int(), self.rng.below(50)),
        }
    }

    fn json(&mut self, depth: usize) -> String {
        match self.rng.below(if depth == 0 { 4 } else { 6 }) {
            0 => self.float(),
            1 => self.rng.pick(&["true", "false", "null"]).to_owned(),
            2 | 3 => self.rng.pick(&["\"a\"", "\"\"", "\"x y\\n\"", "\"\\u0041\"", "\"é\""]).to_owned(),
            4 => format!("[{},{}]", self.json(depth - 1), self.json(depth - 1)),
            _ => format!("{{\"k\":{}}}", self.json(depth - 1)),
        }
    }

    fn amount(&mut self) -> String {
        match self.rng.below(12) {
            0 => format!("-{}", self.rng.below(100)),
            1 => format!("{}.{}", self.rng.below(100), self.rng.below(1000)),
            2 => (self.rng.next() >> self.rng.below(64)).to_string(),
            3 => format!("+{}", self.rng.below(100)),
            4 => format!("{}", 2_147_483_640 + self.rng.below(20)),
            5 => self
                .rng
                .pick(&[
                    "178956970",
                    "178956971",
                    "2562047788",
                    "106751991",
                    "9223372036854775807",
                    "306783378",
                    ".5",
                    "5.",
                    "-.5",
                    "-0.25",
                ])
                .to_owned(),
            _ => self.rng.below(40).to_string(),
        }
    }

    fn year(&mut self) -> String {
        match self.rng.below(14) {
            0 => self
                .rng
                .pick(&["294276", "294277", "5874897", "5874898", "4713", "4714", "4712", "0001", "0000", "0", "00", "99999", "12345"])
                .to_owned(),
            1 => self.two(0, 99),
            2 => self.rng.below(10_000).to_string(),
            _ => self.between(1900, 2100).to_string(),
        }
    }

    fn date(&mut self) -> String {
        let (year, month, day) = (self.year(), self.two(1, 12), if self.rng.chance(20) { self.two(27, 32) } else { self.two(1, 28) });
        match self.rng.below(16) {
            0 => format!("{year}{month}{day}"),
            1 => format!("{month}/{day}/{year}"),
            2 => format!("{day}.{month}.{year}"),
            3 => self.fill("<mon> <d>, <y>"),
            4 => self.fill("<d> <mon> <y>"),
            5 => self.fill("<y>-<mon>-<dd>"),
            6 => self.fill("<dd>-<mon>-<y>"),
            7 => self.fill("<mon>-<dd>-<y>"),
            8 => format!("{year}.{}", self.two(1, 366)),
            9 => format!("{year}/{month}/{day}"),
            10 => format!("{year}-{}", self.between(1, 367)),
            _ => format!("{year}-{month}-{day}"),
        }
    }

    fn time(&mut self) -> String {
        let (hour, minute, second) = (self.two(0, 24), self.two(0, 60), self.two(0, 60));
        match self.rng.below(7) {
            0 => format!("{hour}:{minute}"),
            1 => format!("{hour}:{minute}:{second}.{}", self.rng.below(10_000_000)),
            2 => format!("{}:{minute}:{second}", self.rng.below(24)),
            3 => {
                self.rng.pick(&["24:00:00", "24:00:00.000001", "23:59:60", "00:00:00", "23:59:59.9999999", "12:00", "10:00:00."]).to_owned()
            }
            _ => format!("{hour}:{minute}:{second}"),
        }
    }

    fn zone(&mut self) -> String {
        match self.rng.below(9) {
            0 => "Z".to_owned(),
            1 => self.rng.pick(&["UTC", "GMT", "EST", "PDT", "CEST", "MSK", "z", "ist", " utc", "MET DST", "zulu", "EDT"]).to_owned(),
            2 => format!("{}{}", self.rng.pick(&["+", "-"]), self.two(0, 16)),
            3 => format!("{}{}{}", self.rng.pick(&["+", "-"]), self.two(0, 15), self.two(0, 60)),
            4 => format!("{}{}:{}:{}", self.rng.pick(&["+", "-"]), self.two(0, 15), self.two(0, 59), self.two(0, 60)),
            5 => String::new(),
            6 => self.rng.pick(&["+00", "-08", "+15:59:59", "+16", " Europe/Paris", "+5", "-5:30", "+0530"]).to_owned(),
            _ => format!("{}{}:{}", self.rng.pick(&["+", "-"]), self.two(0, 15), self.two(0, 59)),
        }
    }

    /// One change: a character less, more, or another; a number for another; two places for one.
    fn mutate(&mut self, text: &str, forms: &Forms) -> String {
        let mut chars: Vec<char> = text.chars().collect();
        let alphabet: Vec<char> = forms.2.chars().collect();
        let at = self.rng.below(chars.len() + 1);
        let some = alphabet[self.rng.below(alphabet.len())];
        match self.rng.below(10) {
            0 | 1 if at < chars.len() => drop(chars.remove(at)),
            2 | 3 => chars.insert(at, some),
            4 | 5 if at < chars.len() => chars[at] = some,
            6 if at + 1 < chars.len() => chars.swap(at, at + 1),
            7 => chars.insert(at, *[' ', ',', '-', '"', '\\', '\t', '\u{b}', 'é', '_', '.', ':', '/'].get(self.rng.below(12)).unwrap()),
            8 => {
                let other = self.text(forms, 0);
                let other: Vec<char> = other.chars().collect();
                let from = self.rng.below(other.len() + 1);
                chars.truncate(at);
                chars.extend(&other[from..]);
            }
            _ => chars = chars.iter().map(|char| if self.rng.chance(8) && char.is_ascii_digit() { '9' } else { *char }).collect(),
        }
        chars.into_iter().collect()
    }

    fn array(&mut self, forms: &Forms) -> String {
        let delimiter = if forms.0 == "box" { ';' } else { ',' };
        let depth = self.rng.below(3);
        let mut text = self.level(forms, delimiter, depth);
        if self.rng.chance(10) {
            text = format!(
                "{}{text}",
                self.rng.pick(&["[1:2]=", "[0:0]=", "[2]=", "[1:2][1:1]=", " [1:1] = ", "[1:0]=", "[1:2]", "[2:1]=", "[-1:0]="])
            );
        }
        if self.rng.chance(25) {
            let signs = ("", forms.1, "{}\",; \\NULL1a");
            text = self.mutate(&text, &signs);
        }
        text
    }

    fn level(&mut self, forms: &Forms, delimiter: char, depth: usize) -> String {
        let count = if self.rng.chance(10) { 0 } else { 1 + self.rng.below(3) };
        let parts: Vec<String> = (0..count)
            .map(|_| {
                if depth > 0 && self.rng.chance(90) {
                    self.level(forms, delimiter, depth - 1)
                } else {
                    let text = self.text(forms, 6);
                    match self.rng.below(8) {
                        0 => "NULL".to_owned(),
                        1 => text,
                        2 => format!(" {text} "),
                        _ => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
                    }
                }
            })
            .collect();
        format!("{{{}}}", parts.join(&delimiter.to_string()))
    }
}
