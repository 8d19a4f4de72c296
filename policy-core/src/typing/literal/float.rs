//! Floating point numbers. In: a text. Out: a value. The source is `float.c`, which asks `strtod` of the C library.

use super::cursor::Cursor;
use super::outcome::{Reading, Sense, Stop};

/// Which of the two types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Width {
    Single,
    Double,
}

impl Width {
    fn name(self) -> &'static str {
        match self {
            Width::Single => "real",
            Width::Double => "double precision",
        }
    }
}

/// A whole text as one number.
pub(super) fn read(text: &str, width: Width) -> Reading<Sense> {
    let mut cursor = Cursor::new(text.as_bytes());
    scan(&mut cursor, width, width.name(), text)?;
    if cursor.is_done() { Ok(Sense::Fixed) } else { Err(Stop::syntax(width.name(), text)) }
}

/// One number and the white space around it. `name` and `text` are what messages call the type and the whole.
pub(super) fn scan(cursor: &mut Cursor, width: Width, name: &str, text: &str) -> Reading<f64> {
    cursor.spaces();
    let start = *cursor;
    let value = number(cursor, width).map_err(|fault| match fault {
        Fault::Syntax => Stop::syntax(name, text),
        Fault::Unjudged => Stop::Unjudged,
        Fault::Range(end) => {
            let number = String::from_utf8_lossy(end.since(&start)).into_owned();
            Stop::refused("22003", format!("\"{number}\" is out of range for type {}", width.name()))
        }
    })?;
    cursor.spaces();
    Ok(value)
}

enum Fault<'a> {
    Syntax,
    Range(Cursor<'a>),
    Unjudged,
}

fn number<'a>(cursor: &mut Cursor<'a>, width: Width) -> Result<f64, Fault<'a>> {
    let start = *cursor;
    let negative = cursor.peek() == b'-';
    if negative || cursor.peek() == b'+' {
        cursor.skip(1);
    }
    if let Some(value) = word(cursor)? {
        return Ok(if negative { -value } else { value });
    }
    // Hexadecimal digits are left to the C library.
    if cursor.peek() == b'0' && matches!(cursor.nth(1), b'x' | b'X') {
        return Err(Fault::Unjudged);
    }
    let whole = cursor.digits();
    let mut fraction: &[u8] = &[];
    if cursor.peek() == b'.' && (!whole.is_empty() || cursor.nth(1).is_ascii_digit()) {
        cursor.skip(1);
        fraction = cursor.digits();
    }
    if whole.is_empty() && fraction.is_empty() {
        return Err(Fault::Syntax);
    }
    exponent(cursor);
    let written = std::str::from_utf8(cursor.since(&start)).map_err(|_| Fault::Unjudged)?;
    let value = match width {
        Width::Single => written.parse::<f32>().map(f64::from),
        Width::Double => written.parse::<f64>(),
    };
    let value = value.map_err(|_| Fault::Unjudged)?;
    let lost = value == 0.0 && whole.iter().chain(fraction).any(|digit| *digit != b'0');
    if lost || value.is_infinite() { Err(Fault::Range(*cursor)) } else { Ok(value) }
}

fn word<'a>(cursor: &mut Cursor<'a>) -> Result<Option<f64>, Fault<'a>> {
    let (length, value) = if cursor.says("infinity") {
        (8, f64::INFINITY)
    } else if cursor.says("inf") {
        (3, f64::INFINITY)
    } else if cursor.says("nan") {
        (3, f64::NAN)
    } else {
        return Ok(None);
    };
    cursor.skip(length);
    // `nan(chars)` is a number for some C libraries.
    if value.is_nan() && cursor.peek() == b'(' { Err(Fault::Unjudged) } else { Ok(Some(value)) }
}

/// Passes an exponent, if there is a whole one.
pub(super) fn exponent(cursor: &mut Cursor) {
    if matches!(cursor.peek(), b'e' | b'E') {
        let sign = usize::from(matches!(cursor.nth(1), b'+' | b'-'));
        if cursor.nth(1 + sign).is_ascii_digit() {
            cursor.skip(1 + sign);
            cursor.digits();
        }
    }
}
