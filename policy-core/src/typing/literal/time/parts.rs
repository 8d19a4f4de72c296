//! What fields of a date and a time add up to. In: values of fields. Out: parts of a date, a time and a zone, and which of them
//! were given.

use super::calendar::{days_of, from_julian, to_julian};

/// Why no value comes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// 22007.
    Format,
    /// 22008: a field is out of its range.
    Field,
    /// 22009: a time zone too far from UTC.
    Displacement,
    /// 22008: the whole is out of the range of its type.
    Range,
    /// Something that is not known here, such as names of zones.
    Unjudged,
}

pub(super) type Step<T> = Result<T, Fault>;

/// Which parts are given: bits, as in the server, so that a part that comes twice shows.
pub(super) type Mask = u32;

pub(super) const RESERVED: Mask = 1;
pub(super) const YEAR: Mask = 1 << 1;
pub(super) const MONTH: Mask = 1 << 2;
pub(super) const DAY: Mask = 1 << 3;
pub(super) const DATE: Mask = YEAR | MONTH | DAY;
pub(super) const ZONE: Mask = 1 << 4;
pub(super) const SAVING: Mask = 1 << 5;
pub(super) const MODIFIER: Mask = 1 << 6;
pub(super) const HALF: Mask = 1 << 7;
/// Hours, minutes and seconds; they always come together.
pub(super) const TIME: Mask = 1 << 8;
pub(super) const YEARDAY: Mask = 1 << 9;
pub(super) const WEEKDAY: Mask = 1 << 10;
pub(super) const ERA: Mask = 1 << 11;
pub(super) const MOVING: Mask = 1 << 12;

/// The order of the fields of a date such as 1/2/3: a setting of the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    MonthDay,
    DayMonth,
    YearMonth,
}

/// How far from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    /// As far as the session's own.
    Session,
    /// Seconds.
    Fixed(i64),
    /// As far as the server's list of abbreviations says.
    Listed,
}

/// Parts in the making.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    pub(super) order: Order,
    /// Whether the order made a difference.
    pub(super) by_order: bool,
    pub(super) major: u32,
    pub(super) year: i64,
    pub(super) month: i64,
    pub(super) day: i64,
    pub(super) yearday: i64,
    pub(super) hour: i64,
    pub(super) minute: i64,
    pub(super) second: i64,
    pub(super) micros: i64,
    /// The year has one or two digits.
    pub(super) short_year: bool,
    pub(super) julian: bool,
    pub(super) before_christ: bool,
    pub(super) afternoon: Option<bool>,
    pub(super) zone: Zone,
}

impl Parts {
    pub(super) fn new(order: Order, major: u32) -> Self {
        Self {
            order,
            by_order: false,
            major,
            year: 0,
            month: 0,
            day: 0,
            yearday: 0,
            hour: 0,
            minute: 0,
            second: 0,
            micros: 0,
            short_year: false,
            julian: false,
            before_christ: false,
            afternoon: None,
            zone: Zone::Session,
        }
    }

    /// The order, which is noted as used.
    pub(super) fn order(&mut self) -> Order {
        self.by_order = true;
        self.order
    }

    pub(super) fn set_julian(&mut self, day: i64) {
        (self.year, self.month, self.day) = from_julian(day);
        self.julian = true;
    }

    /// `ValidateDate`: the year as counted, and limits.
    pub(super) fn validate(&mut self, given: Mask) -> Step<()> {
        if given & YEAR != 0 && !self.julian {
            self.count_year()?;
        }
        if given & YEARDAY != 0 {
            // The server's numbers run over.
            if !(-4_700..=5_000_000).contains(&self.year) {
                return Err(Fault::Unjudged);
            }
            let day = to_julian(self.year, 1, 1) + self.yearday - 1;
            (self.year, self.month, self.day) = from_julian(day);
        }
        if given & MONTH != 0 && !(1..=12).contains(&self.month) {
            return Err(Fault::Field);
        }
        if given & DAY != 0 && !(1..=31).contains(&self.day) {
            return Err(Fault::Field);
        }
        if given & DATE == DATE && self.day > days_of(self.year, self.month) { Err(Fault::Field) } else { Ok(()) }
    }

    /// There is no year zero; two digits are years from 1970 to 2069.
    fn count_year(&mut self) -> Step<()> {
        if self.before_christ {
            if self.year <= 0 {
                return Err(Fault::Field);
            }
            self.year = 1 - self.year;
        } else if self.short_year {
            self.year += match self.year {
                ..70 => 2000,
                70..100 => 1900,
                _ => 0,
            };
        } else if self.year <= 0 {
            return Err(Fault::Field);
        }
        Ok(())
    }

    /// AM and PM.
    pub(super) fn halve(&mut self) -> Step<()> {
        match self.afternoon {
            Some(_) if self.hour > 12 => return Err(Fault::Field),
            Some(false) if self.hour == 12 => self.hour = 0,
            Some(true) if self.hour != 12 => self.hour += 12,
            _ => {}
        }
        Ok(())
    }

    /// `time_overflows`: 24:00:00 and the second 60 are allowed.
    pub(super) fn check_time(&self) -> Step<()> {
        let fits = (0..=24).contains(&self.hour) && (0..60).contains(&self.minute) && (0..=60).contains(&self.second);
        if fits && self.clock() <= super::calendar::DAY { Ok(()) } else { Err(Fault::Field) }
    }

    /// The time of the day in microseconds.
    pub(super) fn clock(&self) -> i64 {
        ((self.hour * 60 + self.minute) * 60 + self.second) * 1_000_000 + self.micros
    }
}
