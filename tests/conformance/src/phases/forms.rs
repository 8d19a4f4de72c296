//! The forms of real policies, and each with one or two things in it changed. In: the universe and two lists of forms. Out: predicates as
//! our own reader reads them.

use super::Phase;
use crate::case::Case;
use crate::reader::read;
use crate::rng::Rng;
use crate::universe::{Typed, Universe};

const LISTS: [&str; 2] = [include_str!("../../../../policy-core/tests/expr_live/forms.txt"), include_str!("forms.txt")];
const MUTANTS: usize = 100;

const OPERATORS: [&str; 22] =
    ["=", "<>", "<", ">", "<=", ">=", "+", "-", "*", "/", "||", "~", "->", "->>", "@>", "<@", "&&", "?", "<<", "#>", "%", "^@"];
const FUNCTIONS: [&str; 22] = [
    "lower",
    "upper",
    "length",
    "abs",
    "round",
    "coalesce",
    "nullif",
    "greatest",
    "now",
    "date_trunc",
    "to_char",
    "array_length",
    "cardinality",
    "jsonb_typeof",
    "btrim",
    "left",
    "split_part",
    "extract",
    "md5",
    "host",
    "array_position",
    "starts_with",
];
const LITERALS: [&str; 16] = [
    "'a'",
    "''",
    "1",
    "0",
    "1.5",
    "'1'",
    "'{1,2}'",
    "'{a}'",
    "'{\"a\": 1}'",
    "'2024-01-31'",
    "'1 day'",
    "true",
    "NULL",
    "'sad'",
    "'11111111-1111-4111-8111-111111111111'",
    "9223372036854775808",
];
const TYPES: [&str; 16] = [
    "int",
    "bigint",
    "text",
    "uuid",
    "boolean",
    "jsonb",
    "date",
    "timestamptz",
    "numeric",
    "int[]",
    "text[]",
    "uuid[]",
    "interval",
    "inet",
    "public.mood",
    "varchar(3)",
];

pub(super) struct Forms<'a> {
    universe: &'a Universe,
    forms: Vec<&'static str>,
}

impl<'a> Forms<'a> {
    pub(super) fn new(universe: &'a Universe) -> Self {
        let lines = LISTS.iter().flat_map(|list| list.lines()).filter(|line| !line.is_empty() && !line.starts_with("# "));
        Forms { universe, forms: lines.filter(|line| read(universe, "form", line).is_some()).collect() }
    }

    fn mutant(&self, form: &str, rng: &mut Rng) -> String {
        let mut words = words(form);
        for _ in 0..=usize::from(rng.chance(25)) {
            let at = rng.below(words.len());
            if let Some(new) = (0..words.len()).find_map(|step| self.changed(&words, (at + step) % words.len(), rng)) {
                words = new;
            }
        }
        words.concat()
    }

    /// The words with the one at this place changed; none where nothing is known of it.
    fn changed(&self, words: &[String], at: usize, rng: &mut Rng) -> Option<Vec<String>> {
        let word = words.get(at)?;
        let before = |back: usize| at.checked_sub(back).and_then(|at| words.get(at)).map(String::as_str);
        let (dot, of) = (before(1) == Some("."), before(2).unwrap_or_default());
        let name = |list: &[Typed], rng: &mut Rng| rng.pick(list).0.clone();
        let has = |list: &[Typed]| list.iter().any(|(name, _)| name == word);
        let Universe { t, m, fields, .. } = self.universe;
        let mut new = words.to_vec();
        new[at] = match word.as_str() {
            _ if dot && of.eq_ignore_ascii_case("ctx") => name(fields, rng),
            _ if dot && (of == "m" || of == "o" || of == "x") => name(m, rng),
            _ if dot && of.eq_ignore_ascii_case("self") => name(t, rng),
            "::" => return dropped_cast(words, at, rng),
            _ if !dot && before(1) != Some("::") && has(t) && words.get(at + 1).is_none_or(|next| next != "(") => name(t, rng),
            _ if word.starts_with('\'') || word.starts_with(|c: char| c.is_ascii_digit()) => rng.word(&LITERALS).to_owned(),
            _ if FUNCTIONS.contains(&word.as_str()) => rng.word(&FUNCTIONS).to_owned(),
            _ if OPERATORS.contains(&word.as_str()) => rng.word(&OPERATORS).to_owned(),
            _ => return None,
        };
        Some(new)
    }
}

/// Without the cast, or with one to another type.
fn dropped_cast(words: &[String], at: usize, rng: &mut Rng) -> Option<Vec<String>> {
    let mut new = words.to_vec();
    if rng.chance(50) {
        new[at + 1] = rng.word(&TYPES).to_owned();
    } else {
        let _ = new.drain(at..(at + 2).min(words.len()));
    }
    Some(new)
}

/// The words of a text; joined they are the text.
fn words(text: &str) -> Vec<String> {
    let class = |c: char| match c {
        c if c.is_alphanumeric() || c == '_' => 'a',
        ' ' => ' ',
        c if "+-*/<>=~!@#%^&|?".contains(c) => 'o',
        ':' => ':',
        _ => '.',
    };
    let mut words: Vec<String> = Vec::new();
    let mut quoted = false;
    let mut last = '.';
    for c in text.chars() {
        let kind = class(c);
        match words.last_mut() {
            Some(word) if quoted => word.push(c),
            Some(word) if kind != '.' && kind == last => word.push(c),
            _ => words.push(c.to_string()),
        }
        quoted ^= c == '\'';
        last = if quoted || c == '\'' { '.' } else { kind };
    }
    words
}

impl Phase for Forms<'_> {
    fn name(&self) -> &'static str {
        "forms"
    }

    fn count(&self) -> usize {
        self.forms.len() * MUTANTS
    }

    fn case(&self, index: usize, rng: &mut Rng) -> Option<Case> {
        let form = self.forms.get(index / MUTANTS)?;
        let text = if index.is_multiple_of(MUTANTS) { (*form).to_owned() } else { self.mutant(form, rng) };
        read(self.universe, form, &text)
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_are_the_text() {
        let text = "self.i::int >= 'a b' || \"x\" AND f(1)";
        assert_eq!(words(text).concat(), text);
        assert_eq!(words("s = 'a b'"), ["s", " ", "=", " ", "'a b'"]);
        assert_eq!(words("i::text"), ["i", "::", "text"]);
    }
}
