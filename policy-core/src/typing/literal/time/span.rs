//! An interval in the making. In: amounts of units. Out: sums, or that they are too large. 14 lets them run over, 15 and later
//! refuse that; `datetime.c` of each.

use super::parts::{Fault, Step};
use super::words::Unit;

const DAY: i64 = 86_400_000_000;

/// Sums of an interval.
#[derive(Clone, Debug)]
pub(super) struct Span {
    major: u32,
    pub(super) micros: i64,
    days: i32,
    months: i32,
    years: i32,
}

/// A number with its fraction apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Amount {
    pub(super) whole: i64,
    pub(super) part: f64,
}

impl Span {
    pub(super) fn new(major: u32) -> Self {
        Self { major, micros: 0, days: 0, months: 0, years: 0 }
    }

    /// Adds so much of a unit.
    pub(super) fn add(&mut self, amount: Amount, unit: Unit) -> Step<()> {
        let Amount { whole, part } = amount;
        match unit {
            Unit::Microsecond => self.time(amount, 1),
            Unit::Millisecond => self.time(amount, 1000),
            Unit::Second => self.time(amount, 1_000_000),
            Unit::Minute => self.time(amount, 60_000_000),
            Unit::Hour => self.time(amount, 3_600_000_000),
            Unit::Day => {
                self.days(whole, 1)?;
                self.fraction(part, DAY)
            }
            Unit::Week => {
                self.days(whole, 7)?;
                self.days_of(part, 7.0)
            }
            Unit::Month => {
                self.months = self.sum(self.months, small(whole)?)?;
                self.days_of(part, 30.0)
            }
            Unit::Year(years) => {
                let scaled = self.product(small(whole)?, years)?;
                self.years = self.sum(self.years, scaled)?;
                let months = part * f64::from(years) * 12.0;
                // 14 cuts a part of a month off, 15 rounds it.
                let months = super::digits::whole(if self.major < 15 { months.trunc() } else { months.round_ties_even() })?;
                self.months = self.sum(self.months, small(months)?)?;
                Ok(())
            }
            Unit::Other => Err(Fault::Format),
        }
    }

    /// Sets the time of the day, which takes the place of what was there.
    pub(super) fn clock(&mut self, clock: (i64, i64, i64, i64), negative: bool) -> Step<()> {
        self.micros = clock.3;
        for (value, scale) in [(clock.0, 3_600_000_000), (clock.1, 60_000_000), (clock.2, 1_000_000)] {
            self.time(Amount { whole: value, part: 0.0 }, scale)?;
        }
        if negative {
            self.micros = -self.micros;
        }
        Ok(())
    }

    /// Turns everything around.
    pub(super) fn negate(&mut self) -> Step<()> {
        let modern = self.major >= 15;
        let least = self.micros == i64::MIN || [self.days, self.months, self.years].contains(&i32::MIN);
        if modern && least && self.major >= 16 {
            return Err(Fault::Field);
        }
        self.micros = self.micros.wrapping_neg();
        self.days = self.days.wrapping_neg();
        self.months = self.months.wrapping_neg();
        self.years = self.years.wrapping_neg();
        Ok(())
    }

    /// Whether the months of all years fit.
    pub(super) fn finish(&self) -> Step<()> {
        let months = i64::from(self.years) * 12 + i64::from(self.months);
        if i32::try_from(months).is_err() {
            return Err(Fault::Range);
        }
        // From 17 on the very ends are infinities.
        let end = [i64::from(i32::MAX), i64::from(i32::MIN)].contains(&months);
        if self.major >= 17 && end { Err(Fault::Unjudged) } else { Ok(()) }
    }

    fn time(&mut self, amount: Amount, scale: i64) -> Step<()> {
        if self.major < 15 {
            return Ok(());
        }
        let scaled = amount.whole.checked_mul(scale).and_then(|scaled| self.micros.checked_add(scaled));
        self.micros = scaled.ok_or(Fault::Field)?;
        self.fraction(amount.part, scale)
    }

    fn fraction(&mut self, part: f64, scale: i64) -> Step<()> {
        if part == 0.0 || self.major < 15 {
            return Ok(());
        }
        let micros = super::digits::whole((part * scale as f64).round())?;
        self.micros = self.micros.checked_add(micros).ok_or(Fault::Field)?;
        Ok(())
    }

    fn days(&mut self, whole: i64, scale: i32) -> Step<()> {
        let scaled = self.product(small(whole)?, scale)?;
        self.days = self.sum(self.days, scaled)?;
        Ok(())
    }

    fn days_of(&mut self, part: f64, scale: f64) -> Step<()> {
        let days = (part * scale).trunc();
        self.days = self.sum(self.days, small(super::digits::whole(days)?)?)?;
        self.fraction(part * scale - days, DAY)
    }

    fn sum(&self, a: i32, b: i32) -> Step<i32> {
        if self.major < 15 { Ok(a.wrapping_add(b)) } else { a.checked_add(b).ok_or(Fault::Field) }
    }

    fn product(&self, a: i32, b: i32) -> Step<i32> {
        if self.major < 15 { Ok(a.wrapping_mul(b)) } else { a.checked_mul(b).ok_or(Fault::Field) }
    }
}

fn small(value: i64) -> Step<i32> {
    i32::try_from(value).map_err(|_| Fault::Field)
}
