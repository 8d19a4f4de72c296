//! Ranges and multiranges. In: a text. Out: what becomes of it. The sources are `rangetypes.c` and `multirangetypes.c`.

use std::cmp::Ordering;

use super::cursor::{Cursor, is_space};
use super::numeric::Numeric;
use super::outcome::{BY_ORDER, Reading, Sense, Stop};
use super::time::{self, Moment};
use super::{integer, numeric};

/// The value of a bound.
enum Bound {
    Int(i64),
    Number(Numeric),
    Day(i64),
    Moment(Moment),
}

/// A bound as written; none is infinite.
type Written = Option<Vec<u8>>;

/// The two bounds and whether they belong to the range; none is the empty range.
struct Parts {
    lower: Written,
    upper: Written,
    includes: (bool, bool),
}

/// A text as a range.
pub(super) fn one(kind: &str, text: &str, major: u32) -> Reading<Sense> {
    let parts = parts(text).ok_or_else(|| Stop::refused("22P02", format!("malformed range literal: \"{text}\"")))?;
    let Some(Parts { lower, upper, includes }) = parts else { return Ok(Sense::Fixed) };
    let (lower, first) = bound(kind, lower, major)?;
    let (upper, second) = bound(kind, upper, major)?;
    let empty = match (&lower, &upper) {
        // Another order of dates may turn the bounds around.
        (Some(_), Some(_)) if first.and(second) == BY_ORDER => return Err(Stop::Unjudged),
        (Some(lower), Some(upper)) => match compare(lower, upper)? {
            Ordering::Greater => {
                return Err(Stop::refused("22000", "range lower bound must be less than or equal to range upper bound"));
            }
            Ordering::Equal => includes != (true, true),
            Ordering::Less => false,
        },
        _ => false,
    };
    if !empty {
        for (bound, counts) in [(&lower, !includes.0), (&upper, includes.1)] {
            if let Some(bound) = bound.as_ref().filter(|_| counts) {
                successor(kind, bound)?;
            }
        }
    }
    Ok(first.and(second))
}

/// The text of a range in pieces; none if it is malformed.
fn parts(text: &str) -> Option<Option<Parts>> {
    let mut cursor = Cursor::new(text.as_bytes());
    cursor.spaces();
    if cursor.says("empty") {
        cursor.skip(5);
        return cursor.is_blank().then_some(None);
    }
    let opening = cursor.next();
    if !matches!(opening, b'[' | b'(') {
        return None;
    }
    let lower = written(&mut cursor)?;
    if !cursor.eat(b',') {
        return None;
    }
    let upper = written(&mut cursor)?;
    let closing = cursor.next();
    let closed = matches!(closing, b']' | b')') && cursor.is_blank();
    closed.then_some(Some(Parts { lower, upper, includes: (opening == b'[', closing == b']') }))
}

fn written(cursor: &mut Cursor) -> Option<Written> {
    let ends = |byte: u8| matches!(byte, b',' | b')' | b']');
    if ends(cursor.peek()) {
        return Some(None);
    }
    let mut text = Vec::new();
    let mut quoted = false;
    while quoted || !ends(cursor.peek()) {
        match cursor.next() {
            0 => return None,
            b'\\' if cursor.is_done() => return None,
            b'\\' => text.push(cursor.next()),
            b'"' if quoted && cursor.peek() == b'"' => text.push(cursor.next()),
            b'"' => quoted = !quoted,
            byte => text.push(byte),
        }
    }
    Some(Some(text))
}

fn bound(kind: &str, written: Written, major: u32) -> Reading<(Option<Bound>, Sense)> {
    let Some(written) = written else { return Ok((None, Sense::Fixed)) };
    let text = String::from_utf8(written).map_err(|_| Stop::Unjudged)?;
    let (bound, sense) = match kind {
        "int4range" => (Bound::Int(integer::read("int4", &text, major)?), Sense::Fixed),
        "int8range" => (Bound::Int(integer::read("int8", &text, major)?), Sense::Fixed),
        "numrange" => (Bound::Number(numeric::read(&text, major)?), Sense::Fixed),
        "daterange" => time::date(&text, major).map(|(day, sense)| (Bound::Day(day), sense))?,
        "tsrange" => time::timestamp(&text, major).map(|(moment, sense)| (Bound::Moment(moment), sense))?,
        _ => time::timestamptz(&text, major).map(|(moment, sense)| (Bound::Moment(moment), sense))?,
    };
    Ok((Some(bound), sense))
}

fn compare(lower: &Bound, upper: &Bound) -> Reading<Ordering> {
    match (lower, upper) {
        (Bound::Int(a), Bound::Int(b)) => Ok(a.cmp(b)),
        (Bound::Day(a), Bound::Day(b)) => time::order_days(*a, *b),
        (Bound::Number(a), Bound::Number(b)) => Ok(a.compare(b)),
        (Bound::Moment(a), Bound::Moment(b)) => a.compare(b),
        _ => Err(Stop::Unjudged),
    }
}

/// Whole numbers and days are stored with the upper bound outside: the value after a bound must exist.
fn successor(kind: &str, bound: &Bound) -> Reading<()> {
    let last = match bound {
        Bound::Int(value) if kind == "int4range" => *value == i64::from(i32::MAX),
        Bound::Int(value) => *value == i64::MAX,
        Bound::Day(day) => return if time::is_last_day(*day) { Err(Stop::refused("22008", "date out of range")) } else { Ok(()) },
        _ => false,
    };
    let name = if kind == "int4range" { "integer" } else { "bigint" };
    if last { Err(Stop::refused("22003", format!("{name} out of range"))) } else { Ok(()) }
}

/// Where a reader of a multirange stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Before,
    In { quoted: bool, escaped: bool },
    After,
}

/// A text as a multirange.
pub(super) fn many(kind: &str, text: &str, major: u32) -> Reading<Sense> {
    let malformed = || Stop::refused("22P02", format!("malformed multirange literal: \"{text}\""));
    let single = kind.replace("multirange", "range");
    let mut cursor = Cursor::new(text.as_bytes());
    cursor.spaces();
    if !cursor.eat(b'{') {
        return Err(malformed());
    }
    let mut sense = Sense::Fixed;
    let mut seen = false;
    let mut state = State::Before;
    let mut start = cursor;
    loop {
        let byte = cursor.peek();
        if byte == 0 {
            return Err(malformed());
        }
        let before = cursor;
        cursor.skip(1);
        if is_space(byte) {
            continue;
        }
        state = match state {
            State::Before if matches!(byte, b'[' | b'(') => {
                start = before;
                State::In { quoted: false, escaped: false }
            }
            State::Before if byte == b'}' && !seen => break,
            State::Before if before.says("empty") => {
                cursor.skip(4);
                State::After
            }
            State::After if byte == b',' => State::Before,
            State::After if byte == b'}' => break,
            State::Before | State::After => return Err(malformed()),
            State::In { quoted, escaped: true } => State::In { quoted, escaped: false },
            State::In { quoted, .. } if byte == b'\\' => State::In { quoted, escaped: true },
            State::In { quoted: true, .. } if byte == b'"' => {
                // Two quotes are one quote of the text.
                let quoted = cursor.eat(b'"');
                State::In { quoted, escaped: false }
            }
            State::In { quoted: false, .. } if matches!(byte, b']' | b')') => {
                let range = String::from_utf8(cursor.since(&start).to_vec()).map_err(|_| Stop::Unjudged)?;
                sense = sense.and(one(&single, &range, major)?);
                State::After
            }
            State::In { quoted, .. } => State::In { quoted: quoted || byte == b'"', escaped: false },
        };
        seen |= state == State::After;
    }
    if cursor.is_blank() { Ok(sense) } else { Err(malformed()) }
}
