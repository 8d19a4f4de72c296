//! Intervals. In: a text. Out: what becomes of it. The source is `DecodeInterval` of `datetime.c`, which reads backwards: a unit
//! comes before its number.

use super::super::cursor::Cursor;
use super::super::outcome::{Reading, Sense, Stop};
use super::digits::colons;
use super::fields::{Field, Looks, fields};
use super::iso;
use super::parts::{Fault, Mask, Step};
use super::span::{Amount, Span};
use super::words::{Unit, Word, special, unit};

/// A whole text as an interval.
pub(in super::super) fn read(text: &str, major: u32) -> Reading<Sense> {
    if text.len() > super::LONGEST {
        return Err(Stop::Unjudged);
    }
    let mut outcome = fields(text, major).ok_or(Fault::Format).and_then(|fields| decode(&fields, major));
    if outcome == Err(Fault::Format) {
        outcome = iso::decode(text, major);
    }
    match outcome {
        Ok(()) => Ok(Sense::Fixed),
        Err(Fault::Field) => Err(Stop::refused("22015", format!("interval field value out of range: \"{text}\""))),
        Err(Fault::Range) => Err(Stop::refused("22008", "interval out of range")),
        Err(fault) => Err(super::stop(fault, "interval", text)),
    }
}

/// Seconds with parts of them: what a time of a day gives.
const TIME: Mask = SECONDS | 1 << 1 | 1 << 2;
/// Seconds, milliseconds, microseconds.
const SECONDS: Mask = 1 << 3 | 1 << 4 | 1 << 5;
/// Everything of an infinity.
const ALL: Mask = TIME | 1 << 7 | 1 << 9 | 1 << 10;

/// The bit of a unit.
fn mask(unit: Unit, amount: Amount) -> Mask {
    match unit {
        Unit::Hour => 1 << 1,
        Unit::Minute => 1 << 2,
        Unit::Second if amount.part != 0.0 => SECONDS,
        Unit::Second => 1 << 3,
        Unit::Millisecond => 1 << 4,
        Unit::Microsecond => 1 << 5,
        Unit::Day => 1 << 7,
        Unit::Week => 1 << 8,
        Unit::Month => 1 << 9,
        Unit::Year(1) => 1 << 10,
        Unit::Year(10) => 1 << 11,
        Unit::Year(100) => 1 << 12,
        Unit::Year(_) => 1 << 13,
        Unit::Other => 0,
    }
}

struct Decoder {
    span: Span,
    major: u32,
    given: Mask,
    /// The unit for the number on the left, if one is known.
    unit: Option<Unit>,
    /// The unit was written and waits for its number.
    waits: bool,
    before: bool,
    infinite: bool,
}

fn decode(fields: &[Field], major: u32) -> Step<()> {
    let span = Span::new(major);
    let mut decoder = Decoder { span, major, given: 0, unit: None, waits: false, before: false, infinite: false };
    for (index, field) in fields.iter().enumerate().rev() {
        let mask = match field.looks {
            Looks::Word | Looks::Special => decoder.word(&field.text, index + 1 == fields.len())?,
            Looks::Time => decoder.clock(&field.text, false)?,
            Looks::Zone if field.text.contains(':') => match decoder.signed(&field.text) {
                Ok(mask) => mask,
                // What is no time with a sign is tried as a number.
                Err(_) => decoder.number(&field.text)?,
            },
            Looks::Zone | Looks::Date | Looks::Number => decoder.number(&field.text)?,
        };
        if mask & decoder.given != 0 {
            return Err(Fault::Format);
        }
        decoder.given |= mask;
    }
    decoder.finish()
}

impl Decoder {
    fn signed(&mut self, text: &str) -> Step<Mask> {
        self.clock(text.get(1..).unwrap_or_default(), text.starts_with('-'))
    }

    fn clock(&mut self, text: &str, negative: bool) -> Step<Mask> {
        let clock = colons(text, self.major)?;
        self.span.clock(clock, negative)?;
        self.unit = Some(Unit::Day);
        self.waits = false;
        Ok(TIME)
    }

    fn number(&mut self, text: &str) -> Step<Mask> {
        let mut unit = self.unit.unwrap_or(Unit::Second);
        let mut cursor = Cursor::new(text.as_bytes());
        let limit = if self.major >= 15 { i128::from(i64::MAX) } else { i128::from(i32::MAX) };
        let mut whole = leading(&mut cursor, limit)?;
        let negative = text.starts_with('-');
        let mut part = 0.0;
        if cursor.eat(b'-') {
            let months = leading(&mut cursor, i128::from(i32::MAX))?;
            if !(0..12).contains(&months) {
                return Err(Fault::Field);
            }
            if !cursor.is_done() {
                return Err(Fault::Format);
            }
            unit = Unit::Month;
            let years = whole.checked_mul(12).ok_or(Fault::Field)?;
            whole = years.checked_add(if negative { -months } else { months }).ok_or(Fault::Field)?;
            if self.major < 15 && i32::try_from(whole).is_err() {
                return Err(Fault::Field);
            }
        } else if cursor.peek() == b'.' {
            part = fraction(&String::from_utf8_lossy(cursor.rest()), self.major)?;
            part = if negative { -part } else { part };
        } else if !cursor.is_done() {
            return Err(Fault::Format);
        }
        let amount = Amount { whole, part };
        self.span.add(amount, unit)?;
        self.unit = Some(if unit == Unit::Hour { Unit::Day } else { unit });
        self.waits = false;
        Ok(mask(unit, amount))
    }

    fn word(&mut self, text: &str, last: bool) -> Step<Mask> {
        let modern = self.major >= 17;
        if modern && self.waits {
            return Err(Fault::Format);
        }
        if text == "ago" {
            if modern && !last {
                return Err(Fault::Format);
            }
            self.before = true;
            // INVARIANT: a number right before it has no unit.
            self.unit = Some(Unit::Other);
            return Ok(0);
        }
        if let Some(unit) = self.named(text) {
            self.unit = Some(unit);
            self.waits = true;
            return Ok(0);
        }
        match special(text, self.major) {
            Word::Filler if modern => {
                self.unit = None;
                Ok(0)
            }
            Word::Late | Word::Early if modern && last => {
                self.infinite = true;
                // A number on its left has no unit.
                self.unit = Some(Unit::Other);
                Ok(ALL)
            }
            _ => Err(Fault::Format),
        }
    }

    /// A unit. From 17 on the labels of dates are looked at too.
    fn named(&self, text: &str) -> Option<Unit> {
        unit(text).or_else(|| match special(text, self.major) {
            Word::Label | Word::Julian if self.major >= 17 => Some(if text == "mm" { Unit::Minute } else { Unit::Other }),
            _ => None,
        })
    }

    fn finish(mut self) -> Step<()> {
        if self.given == 0 || (self.major >= 17 && self.waits) {
            return Err(Fault::Format);
        }
        if self.before {
            self.span.negate()?;
        }
        if self.infinite { Ok(()) } else { self.span.finish() }
    }
}

/// The number at the beginning; zero without digits.
fn leading(cursor: &mut Cursor, limit: i128) -> Step<i64> {
    let negative = cursor.peek() == b'-';
    if (negative || cursor.peek() == b'+') && cursor.nth(1).is_ascii_digit() {
        cursor.skip(1);
    }
    let digits = cursor.digits();
    let value = digits.iter().fold(0i128, |value, digit| value.saturating_mul(10).saturating_add(i128::from(digit - b'0')));
    if value > limit + i128::from(negative) {
        return Err(Fault::Field);
    }
    i64::try_from(if negative { -value } else { value }).map_err(|_| Fault::Field)
}

/// What follows a point, as a part of one. `text` begins with the point.
fn fraction(text: &str, major: u32) -> Step<f64> {
    let digits = text.strip_prefix('.').ok_or(Fault::Format)?;
    if digits.is_empty() {
        return if major >= 15 { Ok(0.0) } else { Err(Fault::Format) };
    }
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Fault::Format);
    }
    text.parse().map_err(|_| Fault::Format)
}
