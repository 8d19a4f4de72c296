//! Fields of a date, a time or an interval. In: a text. Out: its pieces, each with what it looks like. The source is
//! `ParseDateTime` of `datetime.c`.

use super::super::cursor::Cursor;
use super::words::{Word, special};

/// What a piece looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Looks {
    /// Digits, perhaps with a fraction.
    Number,
    /// Pieces with a delimiter between them, or a name of a zone.
    Date,
    /// Digits with colons.
    Time,
    /// A sign and digits.
    Zone,
    /// A word.
    Word,
    /// A sign and a word.
    Special,
}

/// A piece of a text, in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) looks: Looks,
    pub(super) text: String,
}

/// The most pieces that a text may have.
const MOST: usize = 25;

/// The pieces of a text; none if it is no date, time or interval at all.
pub(super) fn fields(text: &str, major: u32) -> Option<Vec<Field>> {
    let mut cursor = Cursor::new(text.as_bytes());
    let mut fields = Vec::new();
    loop {
        cursor.spaces();
        let byte = cursor.peek();
        if byte == 0 {
            return Some(fields);
        }
        if fields.len() >= MOST {
            return None;
        }
        let start = cursor;
        let looks = match byte {
            b'0'..=b'9' => digits(&mut cursor),
            b'.' => {
                cursor.skip(1);
                cursor.digits();
                Looks::Number
            }
            b'+' | b'-' => {
                fields.push(signed(&mut cursor)?);
                continue;
            }
            _ if byte.is_ascii_alphabetic() => word(&mut cursor, major),
            _ if byte.is_ascii_punctuation() => {
                cursor.skip(1);
                continue;
            }
            _ => return None,
        };
        fields.push(Field { looks, text: String::from_utf8_lossy(cursor.since(&start)).to_ascii_lowercase() });
    }
}

/// What begins with a digit.
fn digits(cursor: &mut Cursor) -> Looks {
    cursor.digits();
    let delimiter = cursor.peek();
    match delimiter {
        b':' => {
            cursor.take(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.'));
            Looks::Time
        }
        b'-' | b'/' | b'.' => {
            cursor.skip(1);
            if !cursor.peek().is_ascii_digit() {
                cursor.take(|byte| byte.is_ascii_alphanumeric() || byte == delimiter);
                return Looks::Date;
            }
            cursor.digits();
            if cursor.eat(delimiter) {
                cursor.take(|byte| byte.is_ascii_digit() || byte == delimiter);
                return Looks::Date;
            }
            if delimiter == b'.' { Looks::Number } else { Looks::Date }
        }
        _ => Looks::Number,
    }
}

/// What begins with a letter.
fn word(cursor: &mut Cursor, major: u32) -> Looks {
    let letters = String::from_utf8_lossy(cursor.take(|byte| byte.is_ascii_alphabetic())).to_ascii_lowercase();
    let is_date = match cursor.peek() {
        b'-' | b'/' | b'.' => true,
        byte => (byte == b'+' || byte.is_ascii_digit()) && special(&letters, major) == Word::Unknown,
    };
    if !is_date {
        return Looks::Word;
    }
    cursor.take(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'/' | b'_' | b'.' | b':'));
    Looks::Date
}

/// What begins with a sign; white space may follow it.
fn signed(cursor: &mut Cursor) -> Option<Field> {
    let sign = char::from(cursor.next());
    cursor.spaces();
    let (looks, rest) = if cursor.peek().is_ascii_digit() {
        (Looks::Zone, cursor.take(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b'-')))
    } else if cursor.peek().is_ascii_alphabetic() {
        (Looks::Special, cursor.take(|byte| byte.is_ascii_alphabetic()))
    } else {
        return None;
    };
    Some(Field { looks, text: format!("{sign}{}", String::from_utf8_lossy(rest).to_ascii_lowercase()) })
}
