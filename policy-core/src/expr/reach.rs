//! How far an expression reaches beyond the tokens that its parts have.
//!
//! In: the tokens of a value. Out: those of the brackets, the cast or the test around it. Must not know what it means.

use sqlparser::tokenizer::Token;

use super::tokens::Tokens;
use crate::diag::At;

impl Tokens {
    /// Widens a run of tokens until its brackets balance.
    pub(super) fn grow(&self, at: At) -> At {
        let inside = (at.first..=at.last.min(self.len())).filter_map(|i| self.partner(i));
        inside.fold(at, |at, partner| at.to(At::token(partner)))
    }

    /// The tokens of a test behind those of its value: `value IS NOT NULL`.
    pub(super) fn test(&self, value: At) -> At {
        let closing = (value.last + 1..).take_while(|index| matches!(self.get(*index), Some(Token::RParen))).last();
        let is = closing.unwrap_or(value.last) + 1;
        if !self.is_word(is, "is") {
            return value;
        }
        let last = if self.is_word(is + 1, "not") { is + 2 } else { is + 1 };
        self.grow(At { first: value.first, last })
    }

    /// The tokens of a cast around those of its value: `value::type`, `CAST(value AS type)`.
    pub(super) fn cast(&self, value: At) -> At {
        if let (Some(open), Some(cast)) = (value.first.checked_sub(1), value.first.checked_sub(2))
            && matches!(self.get(open), Some(Token::LParen))
            && self.is_word(cast, "cast")
        {
            return At { first: cast, last: self.partner(open).unwrap_or(value.last) };
        }
        if !matches!(self.get(value.last + 1), Some(Token::DoubleColon)) {
            return value;
        }
        let mut last = value.last + 2;
        while matches!(self.get(last + 1), Some(Token::Period)) {
            last += 2;
        }
        // `numeric(10,2)`, `double precision`, `timestamp(3) with time zone`, `text[]`
        loop {
            last = match self.get(last + 1) {
                Some(Token::LParen | Token::LBracket) => self.partner(last + 1).unwrap_or(last + 1),
                Some(Token::Word(_)) if ["precision", "varying"].iter().any(|text| self.is_word(last + 1, text)) => last + 1,
                Some(Token::Word(_)) if self.is_word(last + 2, "time") && self.is_word(last + 3, "zone") => last + 3,
                _ => return At { first: value.first, last },
            };
        }
    }

    fn is_word(&self, index: u32, text: &str) -> bool {
        matches!(self.get(index), Some(Token::Word(word)) if word.value.eq_ignore_ascii_case(text))
    }
}
