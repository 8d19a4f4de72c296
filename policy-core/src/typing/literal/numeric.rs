//! Decimal numbers. In: a text. Out: a value that can be compared. The source is `numeric.c`: from 16 on other bases,
//! underscores, and no white space before the digits of an exponent.

use std::cmp::Ordering;

use super::cursor::Cursor;
use super::outcome::{Reading, Stop};

/// The largest weight of a digit: 131072 digits before the point.
const MAX_WEIGHT: i64 = 131_071;
/// The largest number of digits after the point.
const MAX_SCALE: i64 = 16_383;

/// A value of the type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Numeric {
    NegativeInfinity,
    /// Digits without zeros at their ends, the first of them with this power of ten. Zero has no digits.
    Finite {
        negative: bool,
        weight: i64,
        digits: Vec<u8>,
    },
    Infinity,
    NaN,
}

impl Numeric {
    fn rank(&self) -> u8 {
        match self {
            Numeric::NegativeInfinity => 0,
            Numeric::Finite { .. } => 1,
            Numeric::Infinity => 2,
            Numeric::NaN => 3,
        }
    }

    /// The order of the type: NaN is above everything.
    pub(super) fn compare(&self, other: &Numeric) -> Ordering {
        let (Numeric::Finite { negative: a, weight: w, digits: d }, Numeric::Finite { negative: b, weight: x, digits: e }) = (self, other)
        else {
            return self.rank().cmp(&other.rank());
        };
        let sign = |negative: bool, digits: &[u8]| match (digits.is_empty(), negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        let (left, right) = (sign(*a, d), sign(*b, e));
        let size = w.cmp(x).then_with(|| d.cmp(e));
        left.cmp(&right).then(match left {
            0 => Ordering::Equal,
            1 => size,
            _ => size.reverse(),
        })
    }
}

enum Fault {
    Syntax,
    Range,
    Unjudged,
}

/// A whole text as a number.
pub(super) fn read(text: &str, major: u32) -> Reading<Numeric> {
    number(text, major).map_err(|fault| match fault {
        Fault::Syntax => Stop::syntax("numeric", text),
        Fault::Range => Stop::refused("22003", "value overflows numeric format"),
        Fault::Unjudged => Stop::Unjudged,
    })
}

fn number(text: &str, major: u32) -> Result<Numeric, Fault> {
    let mut cursor = Cursor::new(text.as_bytes());
    cursor.spaces();
    let start = cursor;
    let negative = cursor.peek() == b'-';
    if negative || cursor.peek() == b'+' {
        cursor.skip(1);
    }
    if !cursor.peek().is_ascii_digit() && cursor.peek() != b'.' {
        return word(start, cursor, negative);
    }
    if major >= 16 && cursor.peek() == b'0' {
        let base = match cursor.nth(1) {
            b'x' | b'X' => 16,
            b'o' | b'O' => 8,
            b'b' | b'B' => 2,
            _ => return decimal(cursor, negative, major),
        };
        cursor.skip(2);
        return based(cursor, negative, base);
    }
    decimal(cursor, negative, major)
}

fn word<'a>(start: Cursor<'a>, mut cursor: Cursor<'a>, negative: bool) -> Result<Numeric, Fault> {
    let value = if start.says("nan") {
        cursor = start;
        cursor.skip(3);
        Numeric::NaN
    } else if cursor.says("inf") {
        cursor.skip(if cursor.says("infinity") { 8 } else { 3 });
        if negative { Numeric::NegativeInfinity } else { Numeric::Infinity }
    } else {
        return Err(Fault::Syntax);
    };
    if cursor.is_blank() { Ok(value) } else { Err(Fault::Syntax) }
}

/// Digits of base 16, 8 or 2.
fn based(mut cursor: Cursor, negative: bool, base: u32) -> Result<Numeric, Fault> {
    let mut value: Option<u128> = Some(0);
    let mut any = false;
    loop {
        if let Some(digit) = char::from(cursor.peek()).to_digit(base) {
            value = value.and_then(|value| value.checked_mul(u128::from(base))?.checked_add(u128::from(digit)));
            any = true;
        } else if cursor.peek() == b'_' {
            char::from(cursor.nth(1)).to_digit(base).ok_or(Fault::Syntax)?;
        } else {
            break;
        }
        cursor.skip(1);
    }
    if !any || !cursor.is_blank() {
        return Err(Fault::Syntax);
    }
    // INVARIANT: what does not fit here is a number all the same, but its digits are not known.
    let digits = value.ok_or(Fault::Unjudged)?.to_string().into_bytes();
    Ok(finite(negative, digits.len().try_into().map_err(|_| Fault::Unjudged)?, &digits))
}

/// Digits, `point` of them before the point, as a value.
fn finite(negative: bool, point: i64, digits: &[u8]) -> Numeric {
    let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
    let mut digits = digits.get(zeros..).unwrap_or_default().to_vec();
    while digits.last() == Some(&b'0') {
        digits.pop();
    }
    let weight = if digits.is_empty() { 0 } else { point - 1 - i64::try_from(zeros).unwrap_or(i64::MAX / 4) };
    Numeric::Finite { negative, weight, digits }
}

fn decimal(mut cursor: Cursor, negative: bool, major: u32) -> Result<Numeric, Fault> {
    let mut digits = Vec::new();
    let mut point: Option<usize> = None;
    if cursor.peek() == b'.' && !cursor.nth(1).is_ascii_digit() {
        return Err(Fault::Syntax);
    }
    loop {
        match cursor.peek() {
            digit if digit.is_ascii_digit() => digits.push(digit),
            b'.' if point.is_some() || (major >= 16 && cursor.nth(1) == b'_') => return Err(Fault::Syntax),
            b'.' => point = Some(digits.len()),
            b'_' if major >= 16 && cursor.nth(1).is_ascii_digit() => {}
            b'_' if major >= 16 => return Err(Fault::Syntax),
            _ => break,
        }
        cursor.skip(1);
    }
    let exponent = if matches!(cursor.peek(), b'e' | b'E') {
        cursor.skip(1);
        exponent(&mut cursor, major)?
    } else {
        0
    };
    if !cursor.is_blank() {
        return Err(Fault::Syntax);
    }
    let length = |count: usize| i64::try_from(count).map_err(|_| Fault::Unjudged);
    let point = point.unwrap_or(digits.len());
    let scale = length(digits.len() - point)? - exponent;
    let value = finite(negative, length(point)? + exponent, &digits);
    let heavy = matches!(&value, Numeric::Finite { weight, .. } if *weight > MAX_WEIGHT);
    if scale > MAX_SCALE || heavy { Err(Fault::Range) } else { Ok(value) }
}

/// What follows the `e`.
fn exponent(cursor: &mut Cursor, major: u32) -> Result<i64, Fault> {
    if major < 16 {
        cursor.spaces();
    }
    let negative = cursor.peek() == b'-';
    if negative || cursor.peek() == b'+' {
        cursor.skip(1);
    }
    if !cursor.peek().is_ascii_digit() {
        return Err(Fault::Syntax);
    }
    let half = i64::from(i32::MAX / 2);
    let mut value: i64 = 0;
    loop {
        match cursor.peek() {
            digit if digit.is_ascii_digit() => value = value.saturating_mul(10).saturating_add(i64::from(digit - b'0')),
            b'_' if major >= 16 && cursor.nth(1).is_ascii_digit() => {}
            b'_' if major >= 16 => return Err(Fault::Syntax),
            _ => break,
        }
        if major >= 16 && value > half {
            return Err(Fault::Range);
        }
        cursor.skip(1);
    }
    if major < 16 && value >= half {
        return Err(Fault::Range);
    }
    Ok(if negative { -value } else { value })
}
