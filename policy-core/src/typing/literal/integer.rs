//! Whole numbers. In: a text. Out: its value. The sources are `numutils.c` and `oid.c`: from 16 on other bases and underscores.

use super::cursor::{Cursor, is_space};
use super::outcome::{Reading, Sense, Stop};

/// A text as int2, int4 or int8, which `kind` says.
pub(super) fn read(kind: &str, text: &str, major: u32) -> Reading<i64> {
    let (name, bits) = match kind {
        "int2" => ("smallint", 16),
        "int4" => ("integer", 32),
        _ => ("bigint", 64),
    };
    let syntax = || Stop::syntax(name, text);
    let range = || Stop::refused("22003", format!("value \"{text}\" is out of range for type {name}"));
    let limit = 1u128 << (bits - 1);
    let mut cursor = Cursor::new(text.as_bytes());
    cursor.spaces();
    let negative = cursor.peek() == b'-';
    if negative || cursor.peek() == b'+' {
        cursor.skip(1);
    }
    let base = if major >= 16 { base(&mut cursor) } else { 10 };
    let magnitude = match magnitude(cursor, base, limit, major) {
        Ok((value, after)) if after.is_blank() => value,
        Ok(_) | Err(Fault::Syntax) => return Err(syntax()),
        Err(Fault::Range) => return Err(range()),
    };
    if magnitude > limit || (magnitude == limit && !negative) {
        return Err(range());
    }
    let signed = i128::try_from(magnitude).map_err(|_| range())?;
    i64::try_from(if negative { -signed } else { signed }).map_err(|_| range())
}

/// The base that a prefix names; the prefix is passed.
fn base(cursor: &mut Cursor) -> u32 {
    let base = match (cursor.peek(), cursor.nth(1)) {
        (b'0', b'x' | b'X') => 16,
        (b'0', b'o' | b'O') => 8,
        (b'0', b'b' | b'B') => 2,
        _ => return 10,
    };
    cursor.skip(2);
    base
}

enum Fault {
    Syntax,
    Range,
}

/// Digits and underscores. INVARIANT: a number that grows out of its range ends the reading at once, before what follows it.
fn magnitude(mut cursor: Cursor, base: u32, limit: u128, major: u32) -> Result<(u128, Cursor), Fault> {
    let mut value: u128 = 0;
    let mut any = false;
    loop {
        if let Some(digit) = char::from(cursor.peek()).to_digit(base) {
            let next = value * u128::from(base) + u128::from(digit);
            // From 16 on the test is made before the digit is added.
            let over = if major >= 16 { value > limit / u128::from(base) } else { next > limit };
            if over {
                return Err(Fault::Range);
            }
            value = next;
            any = true;
            cursor.skip(1);
        } else if major >= 16 && cursor.peek() == b'_' {
            if (base == 10 && !any) || char::from(cursor.nth(1)).to_digit(base).is_none() {
                return Err(Fault::Syntax);
            }
            cursor.skip(1);
        } else {
            break;
        }
    }
    if any { Ok((value, cursor)) } else { Err(Fault::Syntax) }
}

/// A text as oid: `strtoul`, which takes a sign; from 16 on with the prefixes of C.
pub(super) fn oid(text: &str, major: u32) -> Reading<Sense> {
    let syntax = || Stop::syntax("oid", text);
    let range = || Stop::refused("22003", format!("value \"{text}\" is out of range for type oid"));
    let mut cursor = Cursor::new(text.as_bytes());
    cursor.spaces();
    let negative = cursor.peek() == b'-';
    if negative || cursor.peek() == b'+' {
        cursor.skip(1);
    }
    let base = match (cursor.peek(), cursor.nth(1)) {
        (b'0', b'b' | b'B') if major >= 16 => return Err(Stop::Unjudged),
        (b'0', b'x' | b'X') if major >= 16 && cursor.nth(2).is_ascii_hexdigit() => {
            cursor.skip(2);
            16
        }
        (b'0', _) if major >= 16 => 8,
        _ => 10,
    };
    let digits = cursor.take(|byte| char::from(byte).is_digit(base));
    if digits.is_empty() {
        return Err(syntax());
    }
    let value = digits.iter().try_fold(0u64, |value, digit| {
        let digit = char::from(*digit).to_digit(base).unwrap_or(0);
        value.checked_mul(u64::from(base))?.checked_add(u64::from(digit))
    });
    let value = value.ok_or_else(range)?;
    if cursor.rest().iter().any(|byte| !is_space(*byte)) {
        return Err(syntax());
    }
    let value = if negative { value.wrapping_neg() } else { value };
    // What fits 32 bits, without a sign or with one.
    if u32::try_from(value).is_ok() || value >= 0xffff_ffff_8000_0000 { Ok(Sense::Fixed) } else { Err(range()) }
}
