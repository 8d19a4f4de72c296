//! Addresses of network cards. In: a text. Out: what becomes of it. The sources are `mac.c`, which asks `sscanf`, and `mac8.c`.

use super::cursor::{Cursor, is_space};
use super::outcome::{Reading, Sense, Stop};

/// The forms of macaddr: the width of a number (zero: any) and what stands after each of the first five.
const FORMS: &[(usize, [&str; 5])] = &[
    (0, [":", ":", ":", ":", ":"]),
    (0, ["-", "-", "-", "-", "-"]),
    (2, ["", "", ":", "", ""]),
    (2, ["", "", "-", "", ""]),
    (2, ["", ".", "", ".", ""]),
    (2, ["", "-", "", "-", ""]),
    (2, ["", "", "", "", ""]),
];

/// A text as macaddr.
pub(super) fn six(text: &str) -> Reading<Sense> {
    // `sscanf` passes a `0x` before digits, in ways that differ.
    if text.bytes().any(|byte| matches!(byte, b'x' | b'X')) {
        return Err(Stop::Unjudged);
    }
    match FORMS.iter().find_map(|(width, between)| form(text, *width, between)) {
        None => Err(Stop::syntax("macaddr", text)),
        Some(true) => Ok(Sense::Fixed),
        Some(false) => Err(Stop::refused("22003", format!("invalid octet value in \"macaddr\" value: \"{text}\""))),
    }
}

/// Whether all numbers are octets, if the text has this form.
fn form(text: &str, width: usize, between: &[&str; 5]) -> Option<bool> {
    let mut cursor = Cursor::new(text.as_bytes());
    let mut octets = number(&mut cursor, width)?;
    for separator in between {
        if separator.bytes().any(|byte| !cursor.eat(byte)) {
            return None;
        }
        octets &= number(&mut cursor, width)?;
    }
    cursor.is_blank().then_some(octets)
}

/// `%x` of `sscanf`: white space, a sign, digits, up to a width.
fn number(cursor: &mut Cursor, width: usize) -> Option<bool> {
    cursor.spaces();
    let mut left = if width == 0 { usize::MAX } else { width };
    let negative = cursor.peek() == b'-';
    if negative || cursor.peek() == b'+' {
        cursor.skip(1);
        left -= 1;
    }
    let mut value: u64 = 0;
    let mut any = false;
    while let Some(digit) = char::from(cursor.peek()).to_digit(16).filter(|_| left > 0) {
        value = value.saturating_mul(16).saturating_add(u64::from(digit));
        cursor.skip(1);
        left -= 1;
        any = true;
    }
    // The result is cut to 32 bits.
    let value = if negative && value != u64::MAX { value.wrapping_neg() } else { value };
    any.then_some(value & 0xffff_ffff <= 255)
}

/// A text as macaddr8: six or eight pairs of digits, one kind of separator after any of them.
pub(super) fn eight(text: &str) -> Reading<Sense> {
    let syntax = || Stop::syntax("macaddr8", text);
    let mut cursor = Cursor::new(text.as_bytes());
    let mut spacer = None;
    let mut count = 0;
    cursor.spaces();
    while cursor.peek() != 0 && cursor.nth(1) != 0 {
        count += 1;
        if count > 8 || !cursor.next().is_ascii_hexdigit() || !cursor.next().is_ascii_hexdigit() {
            return Err(syntax());
        }
        if matches!(cursor.peek(), b':' | b'-' | b'.') {
            let used = cursor.next();
            if *spacer.get_or_insert(used) != used {
                return Err(syntax());
            }
        }
        if (count == 6 || count == 8) && is_space(cursor.peek()) {
            cursor.spaces();
            if !cursor.is_done() {
                return Err(syntax());
            }
        }
    }
    if count == 6 || count == 8 { Ok(Sense::Fixed) } else { Err(syntax()) }
}
