//! Strings of bytes and of bits. In: a text. Out: what becomes of it. The sources are `varlena.c`, `encode.c` and `varbit.c`.

use super::cursor::{Cursor, hex};
use super::outcome::{Reading, Sense, Stop};

/// A text as bytea: `\x` and hexadecimal digits, or characters with escapes.
pub(super) fn bytea(text: &str) -> Reading<Sense> {
    match text.strip_prefix("\\x") {
        Some(digits) => hexadecimal(digits),
        None => escaped(text),
    }
}

fn hexadecimal(digits: &str) -> Reading<Sense> {
    let invalid = |char: char| Stop::refused("22023", format!("invalid hexadecimal digit: \"{char}\""));
    let mut chars = digits.chars();
    while let Some(first) = chars.next() {
        if matches!(first, ' ' | '\n' | '\t' | '\r') {
            continue;
        }
        if !first.is_ascii_hexdigit() {
            return Err(invalid(first));
        }
        match chars.next() {
            None => return Err(Stop::refused("22023", "invalid hexadecimal data: odd number of digits")),
            Some(second) if !second.is_ascii_hexdigit() => return Err(invalid(second)),
            Some(_) => {}
        }
    }
    Ok(Sense::Fixed)
}

fn escaped(text: &str) -> Reading<Sense> {
    let mut cursor = Cursor::new(text.as_bytes());
    let octal = |byte: u8, most: u8| (b'0'..=most).contains(&byte);
    while !cursor.is_done() {
        if cursor.next() != b'\\' {
            continue;
        }
        if cursor.peek() == b'\\' {
            cursor.skip(1);
        } else if octal(cursor.peek(), b'3') && octal(cursor.nth(1), b'7') && octal(cursor.nth(2), b'7') {
            cursor.skip(3);
        } else {
            return Err(Stop::refused("22P02", "invalid input syntax for type bytea"));
        }
    }
    Ok(Sense::Fixed)
}

/// A text as bit or varbit: digits of base 2, or of base 16 after an `x`.
pub(super) fn string(text: &str) -> Reading<Sense> {
    let (digits, hexadecimal) = match (text.strip_prefix(['b', 'B']), text.strip_prefix(['x', 'X'])) {
        (Some(digits), _) => (digits, false),
        (_, Some(digits)) => (digits, true),
        _ => (text, false),
    };
    let valid = |char: &char| if hexadecimal { u8::try_from(*char).ok().and_then(hex).is_some() } else { matches!(char, '0' | '1') };
    match digits.chars().find(|char| !valid(char)) {
        None => Ok(Sense::Fixed),
        Some(char) if hexadecimal => Err(Stop::refused("22P02", format!("\"{char}\" is not a valid hexadecimal digit"))),
        Some(char) => Err(Stop::refused("22P02", format!("\"{char}\" is not a valid binary digit"))),
    }
}
