//! Fields of digits. In: a field and what is given already. Out: the parts it stands for. The source is `datetime.c`:
//! `DecodeDate`, `DecodeNumber`, `DecodeNumberField`, `DecodeTime`, `DecodeTimezone`.

use super::super::cursor::Cursor;
use super::parts::{DATE, DAY, Fault, MONTH, Mask, Order, Parts, Step, TIME, YEAR, YEARDAY};
use super::words::{Word, special};

/// `strtoint`: the number at the beginning; zero without digits.
pub(super) fn leading(cursor: &mut Cursor) -> Option<i64> {
    let negative = cursor.peek() == b'-';
    if (negative || cursor.peek() == b'+') && cursor.nth(1).is_ascii_digit() {
        cursor.skip(1);
    }
    let value = cursor.digits().iter().fold(0i64, |value, digit| value.saturating_mul(10).saturating_add(i64::from(digit - b'0')));
    let value = if negative { -value } else { value };
    i32::try_from(value).ok().map(i64::from)
}

/// Hours, which have 64 bits from 15 on. INVARIANT: digits come first.
fn hours(cursor: &mut Cursor, major: u32) -> Option<i64> {
    if major < 15 {
        return leading(cursor);
    }
    cursor.digits().iter().try_fold(0i64, |value, digit| value.checked_mul(10)?.checked_add(i64::from(digit - b'0')))
}

/// `atoi`, for digits: what does not fit is cut.
fn cut(digits: &str) -> i64 {
    let value = digits.bytes().fold(0i64, |value, digit| value.saturating_mul(10).saturating_add(i64::from(digit.wrapping_sub(b'0'))));
    // INVARIANT: the cut to 32 bits is the server's.
    i64::from(i32::from_le_bytes(low_half(value)))
}

fn low_half(value: i64) -> [u8; 4] {
    let [a, b, c, d, ..] = value.to_le_bytes();
    [a, b, c, d]
}

/// A fraction of a second in microseconds. `text` begins with the point.
pub(super) fn fraction(text: &str, major: u32) -> Step<i64> {
    if text == "." {
        return if major >= 15 { Ok(0) } else { Err(Fault::Format) };
    }
    let digits = text.strip_prefix('.').ok_or(Fault::Format)?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Fault::Format);
    }
    let value: f64 = text.parse().map_err(|_| Fault::Format)?;
    whole((value * 1_000_000.0).round_ties_even())
}

/// A float that is a whole number in reach.
pub(super) fn whole(value: f64) -> Step<i64> {
    format!("{value:.0}").parse().map_err(|_| Fault::Unjudged)
}

/// Digits with a fraction, split before the point.
fn at_point(text: &str) -> (&str, Option<&str>) {
    match text.find('.').and_then(|at| text.split_at_checked(at)) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    }
}

impl Parts {
    /// A field with delimiters: a whole date.
    pub(super) fn date(&mut self, text: &str, given: Mask) -> Step<Mask> {
        let mut given = given;
        let mut found = 0;
        let mut numbers = Vec::new();
        let mut month_as_text = false;
        for piece in pieces(text)? {
            if piece.starts_with(|char: char| char.is_ascii_digit()) {
                numbers.push(piece);
                continue;
            }
            match special(&piece, self.major) {
                Word::Filler => numbers.push(piece),
                Word::Month(month) if given & MONTH == 0 => {
                    self.month = month;
                    month_as_text = true;
                    given |= MONTH;
                    found |= MONTH;
                }
                _ => return Err(Fault::Format),
            }
        }
        for number in numbers {
            let mask = self.number(&number, month_as_text, given)?;
            if given & mask != 0 {
                return Err(Fault::Format);
            }
            given |= mask;
            found |= mask;
        }
        let rest = given & !(YEARDAY | super::parts::ZONE);
        if rest == DATE { Ok(found) } else { Err(Fault::Format) }
    }

    /// A single number: what it is depends on what is there.
    pub(super) fn number(&mut self, text: &str, month_as_text: bool, given: Mask) -> Step<Mask> {
        let mut cursor = Cursor::new(text.as_bytes());
        let length = text.len();
        let value = leading(&mut cursor).ok_or(Fault::Field)?;
        if cursor.rest().len() == length {
            return Err(Fault::Format);
        }
        if cursor.peek() == b'.' {
            if length - cursor.rest().len() > 2 {
                return self.run(text, given | DATE);
            }
            self.micros = fraction(at_point(text).1.unwrap_or_default(), self.major)?;
        } else if !cursor.is_done() {
            return Err(Fault::Format);
        }
        if length == 3 && given & DATE == YEAR && (1..=366).contains(&value) {
            self.yearday = value;
            return Ok(YEARDAY | MONTH | DAY);
        }
        if given & DATE == DATE {
            return self.run(text, given);
        }
        let mask = self.role(given, length, month_as_text)?;
        match mask {
            YEAR => self.year = value,
            MONTH => self.month = value,
            _ if given & DATE == YEAR | MONTH && month_as_text && length >= 3 && self.short_year => {
                // The first number was taken for the year, but was the day.
                self.day = self.year;
                self.year = value;
                self.short_year = false;
            }
            _ => self.day = value,
        }
        if mask == YEAR {
            self.short_year = length <= 2;
        }
        Ok(mask)
    }

    /// Which part of a date a number is.
    fn role(&mut self, given: Mask, length: usize, month_as_text: bool) -> Step<Mask> {
        const YEAR_MONTH: Mask = YEAR | MONTH;
        const MONTH_DAY: Mask = MONTH | DAY;
        Ok(match given & DATE {
            0 if length >= 3 => YEAR,
            0 => match self.order() {
                Order::YearMonth => YEAR,
                Order::DayMonth => DAY,
                Order::MonthDay => MONTH,
            },
            YEAR | DAY => MONTH,
            MONTH if month_as_text && (length >= 3 || self.order() == Order::YearMonth) => YEAR,
            MONTH | YEAR_MONTH => DAY,
            MONTH_DAY => YEAR,
            _ => return Err(Fault::Format),
        })
    }

    /// Digits that run together: a date, or a time where the date is there.
    pub(super) fn run(&mut self, text: &str, given: Mask) -> Step<Mask> {
        if self.major >= 18 && !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
            return Err(Fault::Format);
        }
        let (digits, part) = at_point(text);
        let piece = |from: usize, to: usize| digits.get(from..to).map_or(0, cut);
        let length = digits.len();
        if let Some(part) = part {
            // Without digits behind it, the point is nothing; `strtod` stops before what is no digit.
            let value: f64 = if part == "." { 0.0 } else { part.parse().map_err(|_| Fault::Unjudged)? };
            self.micros = whole((value * 1_000_000.0).round_ties_even())?;
        } else if given & DATE != DATE && length >= 6 {
            self.day = piece(length - 2, length);
            self.month = piece(length - 4, length - 2);
            self.year = piece(0, length - 4);
            self.short_year |= length == 6;
            return Ok(DATE);
        }
        if given & TIME == 0 && (length == 6 || length == 4) {
            self.hour = piece(0, 2);
            self.minute = piece(2, 4);
            self.second = piece(4, 6);
            return Ok(TIME);
        }
        Err(Fault::Format)
    }

    /// The fraction of a Julian day. `text` begins with the point.
    pub(super) fn set_part_of_day(&mut self, text: &str) -> Step<()> {
        let part: f64 = text.parse().map_err(|_| Fault::Format)?;
        let micros = whole((part * super::calendar::DAY as f64).trunc())?;
        self.hour = micros / 3_600_000_000;
        self.minute = micros / 60_000_000 % 60;
        self.second = micros / 1_000_000 % 60;
        self.micros = micros % 1_000_000;
        Ok(())
    }

    /// Digits with colons.
    pub(super) fn time(&mut self, text: &str) -> Step<Mask> {
        let (hour, minute, second, micros) = colons(text, self.major)?;
        if hour > i64::from(i32::MAX) {
            return Err(Fault::Field);
        }
        (self.hour, self.minute, self.second, self.micros) = (hour, minute, second, micros);
        Ok(TIME)
    }
}

/// Hours, minutes, seconds and microseconds. Out of range are minutes above 59 and seconds above 60; hours are not limited.
pub(super) fn colons(text: &str, major: u32) -> Step<(i64, i64, i64, i64)> {
    let mut cursor = Cursor::new(text.as_bytes());
    let hour = hours(&mut cursor, major).ok_or(Fault::Field)?;
    let mut clock = (hour, 0, 0, 0);
    if !cursor.eat(b':') {
        return Err(Fault::Format);
    }
    clock.1 = leading(&mut cursor).ok_or(Fault::Field)?;
    let part = |cursor: &Cursor| fraction(&String::from_utf8_lossy(cursor.rest()), major);
    if cursor.peek() == b'.' {
        // Two numbers and a fraction are minutes and seconds.
        clock = (0, clock.0, clock.1, part(&cursor)?);
    } else if cursor.eat(b':') {
        clock.2 = leading(&mut cursor).ok_or(Fault::Field)?;
        match cursor.peek() {
            0 => {}
            b'.' => clock.3 = part(&cursor)?,
            _ => return Err(Fault::Format),
        }
    } else if !cursor.is_done() {
        return Err(Fault::Format);
    }
    let fits = clock.0 >= 0 && (0..60).contains(&clock.1) && (0..=60).contains(&clock.2);
    if fits { Ok(clock) } else { Err(Fault::Field) }
}

/// A sign and hours, minutes and seconds from UTC, in seconds.
pub(super) fn displacement(text: &str) -> Step<i64> {
    let mut cursor = Cursor::new(text.as_bytes());
    let sign = match cursor.next() {
        b'+' => 1,
        b'-' => -1,
        _ => return Err(Fault::Format),
    };
    let over = Fault::Displacement;
    let mut hours = leading(&mut cursor).ok_or(over)?;
    let (mut minutes, mut seconds) = (0, 0);
    if cursor.eat(b':') {
        minutes = leading(&mut cursor).ok_or(over)?;
        if cursor.eat(b':') {
            seconds = leading(&mut cursor).ok_or(over)?;
        }
    } else if cursor.is_done() && text.len() > 3 {
        (hours, minutes) = (hours / 100, hours % 100);
    }
    if !(0..=15).contains(&hours) || !(0..60).contains(&minutes) || !(0..60).contains(&seconds) {
        return Err(over);
    }
    if cursor.is_done() { Ok(sign * (hours * 3600 + minutes * 60 + seconds)) } else { Err(Fault::Format) }
}

/// The runs of digits and of letters of a date; the byte behind each of them is lost.
fn pieces(text: &str) -> Step<Vec<String>> {
    let mut cursor = Cursor::new(text.as_bytes());
    let mut pieces = Vec::new();
    while !cursor.is_done() {
        cursor.take(|byte| !byte.is_ascii_alphanumeric());
        let piece = if cursor.peek().is_ascii_digit() { cursor.digits() } else { cursor.take(|byte| byte.is_ascii_alphabetic()) };
        if piece.is_empty() {
            return Err(Fault::Format);
        }
        pieces.push(String::from_utf8_lossy(piece).into_owned());
        cursor.skip(1);
    }
    Ok(pieces)
}
