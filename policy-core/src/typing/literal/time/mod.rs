//! Dates, times and intervals. In: a text. Out: what becomes of it, with a value where ranges compare one. The source is
//! `datetime.c`; INVARIANT: settings of a session never decide whether a text is accepted, or it is not judged.

mod calendar;
mod clock;
mod digits;
mod fields;
mod interval;
mod iso;
mod moment;
mod parts;
mod span;
mod words;

use std::cmp::Ordering;

use super::outcome::{BY_ORDER, Reading, Sense, Stop};
use calendar::{DAY, EPOCH};
use fields::{Field, fields};
use moment::Named;
use parts::{Fault, MOVING, Mask, Order, Parts, SAVING, Step, ZONE, Zone};

pub(super) use interval::read as interval;

/// The longest text that is read; PostgreSQL's own limits lie above it.
const LONGEST: usize = 100;

/// A point of time in microseconds since 2000; both ends are the infinities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    micros: i128,
    /// The time of the statement or a zone moves it.
    moves: Option<&'static str>,
}

impl Moment {
    /// Which is earlier, if that is certain.
    pub(super) fn compare(&self, other: &Moment) -> Reading<Ordering> {
        let any_now = [self, other].iter().any(|moment| moment.moves == Some(NOW));
        let any_zone = self.moves.is_some() || other.moves.is_some();
        let close = (self.micros - other.micros).abs() < 3 * i128::from(DAY);
        let same = self == other && !any_now;
        if !same && (any_now || (any_zone && close)) { Err(Stop::Unjudged) } else { Ok(self.micros.cmp(&other.micros)) }
    }
}

const NOW: &str = "the time of the statement";
const ZONES: &str = "TimeZone";
const LISTED: &str = "timezone_abbreviations";
const LATE: i64 = i64::MAX;
const EARLY: i64 = i64::MIN;
/// A day that is not known.
const SOME_DAY: i64 = i64::MAX - 1;

fn stop(fault: Fault, kind: &str, text: &str) -> Stop {
    let field = format!("date/time field value out of range: \"{text}\"");
    match fault {
        Fault::Format => Stop::refused("22007", format!("invalid input syntax for type {kind}: \"{text}\"")),
        Fault::Field => Stop::refused("22008", field),
        Fault::Displacement => Stop::refused("22009", format!("time zone displacement out of range: \"{text}\"")),
        Fault::Range => {
            let kind = kind.split(' ').next().unwrap_or(kind);
            Stop::refused("22008", format!("{kind} out of range: \"{text}\""))
        }
        Fault::Unjudged => Stop::Unjudged,
    }
}

/// Reads fields in the order of the server's default, MDY. DMY may make no difference to the outcome, and YMD none to a refusal:
/// what MDY and DMY take as 01/02/2024 has no year in front.
fn by_order<T>(text: &str, kind: &str, major: u32, read: impl Fn(&[Field], Order) -> (Step<(T, Sense)>, bool)) -> Reading<(T, Sense)> {
    if text.len() > LONGEST {
        return Err(Stop::Unjudged);
    }
    let fields = fields(text, major).ok_or_else(|| stop(Fault::Format, kind, text))?;
    let (outcome, mut asked) = read(&fields, Order::MonthDay);
    for order in [Order::DayMonth, Order::YearMonth] {
        let (other, by_order) = read(&fields, order);
        asked |= by_order;
        let refused = order == Order::YearMonth && outcome.is_ok();
        if !refused && other.as_ref().err() != outcome.as_ref().err() {
            return Err(Stop::Unjudged);
        }
    }
    let (value, sense) = outcome.map_err(|fault| stop(fault, kind, text))?;
    Ok((value, if asked { BY_ORDER } else { sense }))
}

/// A text as date: days since 2000.
pub(super) fn date(text: &str, major: u32) -> Reading<(i64, Sense)> {
    by_order(text, "date", major, |fields, order| {
        let (named, parts, _) = moment::decode(fields, order, major);
        (named.and_then(|named| day(named, &parts)), parts.by_order)
    })
}

fn day(named: Named, parts: &Parts) -> Step<(i64, Sense)> {
    match named {
        Named::Epoch => return Ok((-10_957, Sense::Fixed)),
        Named::Late => return Ok((LATE, Sense::Fixed)),
        Named::Early => return Ok((EARLY, Sense::Fixed)),
        Named::Now => return Ok((SOME_DAY, Sense::Depends(NOW))),
        Named::Parts => {}
    }
    if !calendar::is_julian(parts.year, parts.month) {
        return Err(Fault::Range);
    }
    let julian = calendar::to_julian(parts.year, parts.month, parts.day);
    if (0..calendar::DATE_END).contains(&julian) { Ok((julian - EPOCH, Sense::Fixed)) } else { Err(Fault::Range) }
}

/// A finite instant that no session moves, in microseconds since 2000.
pub(super) fn fixed(kind: &str, text: &str, major: u32) -> Option<i128> {
    let micros = match kind {
        "date" => match date(text, major).ok()? {
            (LATE | EARLY, _) | (_, Sense::Depends(_)) => None,
            (day, Sense::Fixed) => Some(i128::from(day) * i128::from(DAY)),
        },
        "timestamp" | "timestamptz" => {
            let read = if kind == "timestamp" { timestamp(text, major) } else { timestamptz(text, major) };
            let (moment, sense) = read.ok()?;
            Some(moment.micros).filter(|_| sense == Sense::Fixed && moment.moves.is_none())
        }
        _ => None,
    };
    micros.filter(|micros| micros.abs() < i128::MAX / 4)
}

/// Which day is earlier, if that is certain.
pub(super) fn order_days(a: i64, b: i64) -> Reading<Ordering> {
    if a == SOME_DAY || b == SOME_DAY { Err(Stop::Unjudged) } else { Ok(a.cmp(&b)) }
}

/// Whether no date follows this one.
pub(super) fn is_last_day(day: i64) -> bool {
    day == calendar::DATE_END - 1 - EPOCH
}

/// A text as timestamp: a zone is read and forgotten.
pub(super) fn timestamp(text: &str, major: u32) -> Reading<(Moment, Sense)> {
    by_order(text, "timestamp", major, |fields, order| {
        let (named, parts, given) = moment::decode(fields, order, major);
        (named.and_then(|named| instant(named, &parts, given, false)), parts.by_order)
    })
}

/// A text as timestamptz.
pub(super) fn timestamptz(text: &str, major: u32) -> Reading<(Moment, Sense)> {
    by_order(text, "timestamp with time zone", major, |fields, order| {
        let (named, parts, given) = moment::decode(fields, order, major);
        (named.and_then(|named| instant(named, &parts, given, true)), parts.by_order)
    })
}

fn instant(named: Named, parts: &Parts, given: Mask, zoned: bool) -> Step<(Moment, Sense)> {
    let at = |micros: i128, moves: Option<&'static str>| (Moment { micros, moves }, moves.map_or(Sense::Fixed, Sense::Depends));
    match named {
        Named::Epoch => return Ok(at(-10_957 * i128::from(DAY), None)),
        Named::Late => return Ok(at(i128::MAX / 2, None)),
        Named::Early => return Ok(at(i128::MIN / 2, None)),
        Named::Now => return Ok(at(0, Some(NOW))),
        Named::Parts => {}
    }
    if !calendar::is_julian(parts.year, parts.month) {
        return Err(Fault::Range);
    }
    let days = calendar::to_julian(parts.year, parts.month, parts.day) - EPOCH;
    let local = i128::from(days) * i128::from(DAY) + i128::from(parts.clock());
    let moves = if zoned { moves(parts, given) } else { None };
    let micros = match parts.zone {
        Zone::Fixed(seconds) if zoned && moves.is_none() => local - i128::from(seconds) * 1_000_000,
        _ => local,
    };
    // Near the ends the zone decides.
    if moves.is_some() && calendar::room(micros).abs() < 2 * i128::from(DAY) {
        return Err(Fault::Unjudged);
    }
    let local_fits = i64::try_from(local).is_ok();
    if local_fits && calendar::is_timestamp(micros) { Ok(at(micros, moves)) } else { Err(Fault::Range) }
}

/// What moves the instant: the session's zone, or the list of abbreviations.
fn moves(parts: &Parts, given: Mask) -> Option<&'static str> {
    if given & ZONE == 0 {
        Some(ZONES)
    } else if parts.zone == Zone::Listed || given & (SAVING | MOVING) != 0 {
        Some(LISTED)
    } else {
        None
    }
}

/// A text as time.
pub(super) fn time(text: &str, major: u32) -> Reading<Sense> {
    clock(text, "time", major, |_, _| None)
}

/// A text as timetz.
pub(super) fn timetz(text: &str, major: u32) -> Reading<Sense> {
    clock(text, "time with time zone", major, moves)
}

fn clock(text: &str, kind: &str, major: u32, moves: impl Fn(&Parts, Mask) -> Option<&'static str>) -> Reading<Sense> {
    let read = |fields: &[Field], order| {
        let (now, parts, given) = clock::decode(fields, order, major);
        let sense = now.map(|now| if now { Some(NOW) } else { moves(&parts, given) });
        (sense.map(|moves| ((), moves.map_or(Sense::Fixed, Sense::Depends))), parts.by_order)
    };
    by_order(text, kind, major, read).map(|((), sense)| sense)
}
