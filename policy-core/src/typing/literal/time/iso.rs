//! Intervals of ISO 8601. In: a text. Out: whether it is one. The source is `DecodeISO8601Interval` of `datetime.c`: `P1Y2M3DT4H5M6S`,
//! `P0001-02-03T04:05:06`, `P00010203T040506`.

use super::super::cursor::Cursor;
use super::parts::{Fault, Step};
use super::span::{Amount, Span};
use super::words::Unit;

/// Reads a text that begins with `P`.
pub(super) fn decode(text: &str, major: u32) -> Step<()> {
    let mut cursor = Cursor::new(text.as_bytes());
    if text.len() < 2 || !cursor.eat(b'P') {
        return Err(Fault::Format);
    }
    let mut reader = Reader { cursor, span: Span::new(major), major, in_date: true, has_field: false };
    reader.all()?;
    reader.span.finish()
}

struct Reader<'a> {
    cursor: Cursor<'a>,
    span: Span,
    major: u32,
    /// Before the `T`.
    in_date: bool,
    has_field: bool,
}

impl Reader<'_> {
    fn all(&mut self) -> Step<()> {
        while !self.cursor.is_done() {
            if self.cursor.eat(b'T') {
                self.begin_time();
                continue;
            }
            let width = self.width();
            let amount = self.number()?;
            let unit = self.cursor.next();
            let ends = if self.in_date { self.date(amount, unit, width)? } else { self.time(amount, unit, width)? };
            if ends {
                return Ok(());
            }
        }
        Ok(())
    }

    fn begin_time(&mut self) {
        self.in_date = false;
        self.has_field = false;
    }

    /// How many digits come next.
    fn width(&self) -> usize {
        let mut ahead = self.cursor;
        ahead.eat(b'-');
        ahead.digits().len()
    }

    /// A field before the `T`. Out: whether it is the end.
    fn date(&mut self, amount: Amount, unit: u8, width: usize) -> Step<bool> {
        let unit = match unit {
            b'Y' => Unit::Year(1),
            b'M' => Unit::Month,
            b'W' => Unit::Week,
            b'D' => Unit::Day,
            b'T' | 0 if width == 8 && !self.has_field => return self.run_date(amount, unit),
            b'T' | 0 | b'-' => return self.extended_date(amount, unit),
            _ => return Err(Fault::Format),
        };
        self.span.add(amount, unit)?;
        self.has_field = true;
        Ok(false)
    }

    fn run_date(&mut self, amount: Amount, unit: u8) -> Step<bool> {
        let plain = |whole| Amount { whole, part: 0.0 };
        self.span.add(plain(amount.whole / 10000), Unit::Year(1))?;
        self.span.add(plain(amount.whole / 100 % 100), Unit::Month)?;
        self.span.add(Amount { whole: amount.whole % 100, part: amount.part }, Unit::Day)?;
        self.begin_time();
        Ok(unit == 0)
    }

    fn extended_date(&mut self, amount: Amount, unit: u8) -> Step<bool> {
        if self.has_field {
            return Err(Fault::Format);
        }
        self.span.add(amount, Unit::Year(1))?;
        let mut after = unit;
        for unit in [Unit::Month, Unit::Day] {
            match after {
                0 => return Ok(true),
                b'T' => break,
                b'-' => {}
                _ => return Err(Fault::Format),
            }
            let amount = self.number()?;
            self.span.add(amount, unit)?;
            after = self.cursor.next();
        }
        self.begin_time();
        match after {
            0 => Ok(true),
            b'T' => Ok(false),
            _ => Err(Fault::Format),
        }
    }

    /// A field after the `T`. Out: whether it is the end.
    fn time(&mut self, amount: Amount, unit: u8, width: usize) -> Step<bool> {
        let unit = match unit {
            b'H' => Unit::Hour,
            b'M' => Unit::Minute,
            b'S' => Unit::Second,
            0 if width == 6 && !self.has_field => return Ok(true),
            0 | b':' => return self.extended_time(amount, unit),
            _ => return Err(Fault::Format),
        };
        self.span.add(amount, unit)?;
        self.has_field = true;
        Ok(false)
    }

    fn extended_time(&mut self, amount: Amount, unit: u8) -> Step<bool> {
        if self.has_field {
            return Err(Fault::Format);
        }
        self.span.add(amount, Unit::Hour)?;
        let mut after = unit;
        for unit in [Unit::Minute, Unit::Second] {
            match after {
                0 => return Ok(true),
                b':' => {}
                _ => return Err(Fault::Format),
            }
            let amount = self.number()?;
            self.span.add(amount, unit)?;
            after = self.cursor.next();
        }
        if after == 0 { Ok(true) } else { Err(Fault::Format) }
    }

    /// A number, perhaps with a sign and a fraction.
    fn number(&mut self) -> Step<Amount> {
        let start = self.cursor;
        let negative = self.cursor.eat(b'-');
        let whole = self.cursor.digits();
        let mut fraction: &[u8] = b"";
        if self.cursor.eat(b'.') {
            fraction = self.cursor.digits();
        }
        if whole.is_empty() && fraction.is_empty() {
            // A sign or a point alone is read in ways that differ.
            let nothing = self.cursor.rest().len() == start.rest().len();
            return Err(if nothing { Fault::Format } else { Fault::Unjudged });
        }
        // The C library reads exponents and other bases, and rounds long numbers with fractions.
        let most = if fraction.is_empty() { 15 } else { 10 };
        if matches!(self.cursor.peek(), b'e' | b'E' | b'x' | b'X') || whole.len() > most {
            return Err(Fault::Unjudged);
        }
        let value = whole.iter().fold(0i64, |value, digit| value * 10 + i64::from(digit - b'0'));
        if self.major < 15 && value > i64::from(i32::MAX) + i64::from(negative) {
            return Err(Fault::Field);
        }
        let text = format!("0.{}", String::from_utf8_lossy(fraction));
        let part: f64 = text.parse().map_err(|_| Fault::Unjudged)?;
        Ok(if negative { Amount { whole: -value, part: -part } } else { Amount { whole: value, part } })
    }
}
