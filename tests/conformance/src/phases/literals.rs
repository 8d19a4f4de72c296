//! Texts of unknown type where a type is wanted. In: the universe. Out: casts and comparisons of valid and broken texts.

use policy_core::model::{Expr, Kind, Literal, SqlType};

use super::Phase;
use crate::case::Case;
use crate::rng::Rng;
use crate::universe::{LABELS, Universe, number, own, text};

/// Texts that some type takes, and some that none does.
const TEXTS: &str = include_str!("literals.txt");
const COUNT: usize = 400_000;

pub(super) struct Literals<'a> {
    k: &'a [(String, SqlType)],
    texts: Vec<&'static str>,
}

impl<'a> Literals<'a> {
    pub(super) fn new(universe: &'a Universe) -> Self {
        Literals { k: &universe.k, texts: TEXTS.lines().chain(LABELS).chain([""]).collect() }
    }

    /// A text; one in three with a character changed.
    fn literal(&self, rng: &mut Rng) -> String {
        let mut chars: Vec<char> = rng.word(&self.texts).chars().collect();
        if rng.chance(33) {
            for _ in 0..=rng.below(2) {
                let at = rng.below(chars.len() + 1);
                let new =
                    *rng.pick(&['0', '1', '9', ' ', '-', ':', '.', ',', '{', '}', '"', 'a', 'e', 'Z', '+', '/', '[', ')', '\\', '\t', 'ü']);
                match rng.below(3) {
                    0 if at < chars.len() => drop(chars.remove(at)),
                    1 if at < chars.len() => chars[at] = new,
                    _ => chars.insert(at, new),
                }
            }
        }
        chars.into_iter().collect()
    }
}

impl Phase for Literals<'_> {
    fn name(&self) -> &'static str {
        "literals"
    }

    fn count(&self) -> usize {
        COUNT
    }

    fn case(&self, _: usize, rng: &mut Rng) -> Option<Case> {
        let (name, kind) = rng.pick(self.k);
        let literal = self.literal(rng);
        let column = Box::new(own(name));
        let made = match rng.below(9) {
            0..=2 => Kind::Cast(Box::new(text(&literal)), kind.clone()),
            3 => Kind::Typed(kind.clone(), literal),
            4 | 5 => Kind::Binary("=".to_owned(), column, Box::new(text(&literal))),
            6 => Kind::In(column, vec![text(&literal), Expr::new(Kind::Literal(Literal::Null))], false),
            7 => Kind::Call("coalesce".to_owned(), vec![*column, text(&literal)]),
            _ => Kind::Cast(
                Box::new(number(rng.word(&["0", "1", "32768", "2147483648", "1e400", "99999999999999999999", "1.5", "0.5e-3"]))),
                kind.clone(),
            ),
        };
        Some(Case::value(kind.to_string(), Expr::new(made)))
    }
}
