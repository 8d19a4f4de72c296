//! Types of one short form: boolean, money, uuid, pg_lsn, and those whose texts name things of the catalogue. In: a text. Out:
//! what becomes of it.

use super::cursor::{Cursor, is_space};
use super::integer;
use super::outcome::{Reading, Sense, Stop};

/// The beginning of a word is enough, as long as it is clear which one; `bool.c`.
pub(super) fn boolean(text: &str) -> Reading<Sense> {
    let word = text.trim_matches(|char: char| u8::try_from(char).is_ok_and(is_space)).to_ascii_lowercase();
    let begins = |whole: &str, least: usize| word.len() >= least && whole.starts_with(&word);
    let known = ["true", "false", "yes", "no", "1", "0"].iter().any(|whole| begins(whole, 1));
    if known || begins("on", 2) || begins("off", 2) { Ok(Sense::Fixed) } else { Err(Stop::syntax("boolean", text)) }
}

/// Digits alone are money everywhere; every sign beside them is a matter of `lc_monetary`.
pub(super) fn money(text: &str) -> Reading<Sense> {
    let plain = !text.is_empty() && text.len() <= 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { Ok(Sense::Depends("lc_monetary")) } else { Err(Stop::Unjudged) }
}

/// Sixteen pairs of digits, a hyphen after every second pair or not, in braces or not; `uuid.c`.
pub(super) fn uuid(text: &str) -> Reading<Sense> {
    let mut cursor = Cursor::new(text.as_bytes());
    let braced = cursor.eat(b'{');
    let syntax = || Stop::syntax("uuid", text);
    for pair in 0..16 {
        if !cursor.next().is_ascii_hexdigit() || !cursor.next().is_ascii_hexdigit() {
            return Err(syntax());
        }
        if pair % 2 == 1 && pair < 15 {
            cursor.eat(b'-');
        }
    }
    if (braced && !cursor.eat(b'}')) || !cursor.is_done() { Err(syntax()) } else { Ok(Sense::Fixed) }
}

/// Two groups of up to eight digits; `pg_lsn.c`.
pub(super) fn lsn(text: &str) -> Reading<Sense> {
    let group = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    match text.split_once('/') {
        Some((high, low)) if group(high) && group(low) => Ok(Sense::Fixed),
        _ => Err(Stop::syntax("pg_lsn", text)),
    }
}

/// A number or the hyphen for none; a name is found in the catalogue or not, which is not known here.
pub(super) fn registered(kind: &str, text: &str, major: u32) -> Reading<Sense> {
    // For operators it is the name of several.
    if text == "-" && !kind.starts_with("regoper") {
        return Ok(Sense::Fixed);
    }
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Stop::Unjudged);
    }
    integer::oid(text, major)
}
