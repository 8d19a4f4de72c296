//! Texts as values, and moments as texts: the plain forms only.

use super::value::{Decimal, Value};
use super::{Outcome, not_evaluated};

/// The microseconds of a day.
pub(super) const DAY: i64 = 86_400_000_000;

/// A number as it is written.
pub(super) fn number(text: &str) -> Outcome {
    if let Ok(value) = text.parse::<i64>() {
        return Ok(Value::Int(value));
    }
    decimal(text).map(Value::Decimal)
}

/// Digits with a point.
pub(super) fn decimal(text: &str) -> Outcome<Decimal> {
    let text = text.trim();
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let unsigned = whole.strip_prefix(['-', '+']).unwrap_or(whole);
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if (unsigned.is_empty() && fraction.is_empty()) || !digits(unsigned) || !digits(fraction) {
        return not_evaluated(format!("the number {text}"));
    }
    let value: Option<i128> = format!("{unsigned}{fraction}").parse().ok();
    match (value, u32::try_from(fraction.len())) {
        (Some(units), Ok(scale)) => Ok(Decimal { units: if whole.starts_with('-') { -units } else { units }, scale }),
        _ => not_evaluated(format!("the number {text}")),
    }
}

pub(super) fn int(text: &str) -> Outcome<i64> {
    let text = text.trim();
    text.strip_prefix('+').unwrap_or(text).parse().or_else(|_| not_evaluated(format!("the integer {text}")))
}

pub(super) fn float(text: &str) -> Outcome<f64> {
    let plain = text.trim().bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'e'));
    match text.trim().parse::<f64>() {
        Ok(value) if plain => Ok(value),
        _ => not_evaluated(format!("the number {text}")),
    }
}

pub(super) fn truth(text: &str) -> Outcome<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "t" | "true" | "yes" | "on" | "1" | "y" => Ok(true),
        "f" | "false" | "no" | "off" | "0" | "n" => Ok(false),
        _ => not_evaluated(format!("the truth value {text}")),
    }
}

/// A uuid in its usual form.
pub(super) fn uuid(text: &str) -> Outcome<String> {
    let hyphens = [8, 13, 18, 23];
    let fits = |(at, byte): (usize, u8)| if hyphens.contains(&at) { byte == b'-' } else { byte.is_ascii_hexdigit() };
    if text.len() == 36 && text.bytes().enumerate().all(fits) {
        return Ok(text.to_ascii_lowercase());
    }
    not_evaluated(format!("the uuid {text}"))
}

/// `{a,b}` with plain elements.
pub(super) fn plain_array(text: &str) -> Outcome<Vec<Value>> {
    let inside = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    let odd = |c: char| matches!(c, '"' | '\\' | '{' | '}') || c.is_whitespace();
    match inside {
        Some("") => Ok(Vec::new()),
        Some(items) if !items.contains(odd) && items.split(',').all(|item| !item.is_empty()) => Ok(items
            .split(',')
            .map(|item| if item.eq_ignore_ascii_case("null") { Value::Null } else { Value::Raw(item.to_owned()) })
            .collect()),
        _ => not_evaluated(format!("the array {text}")),
    }
}

/// `2024-01-31` as days since 2000.
pub(super) fn date(text: &str) -> Outcome<i64> {
    let parts: Vec<&str> = text.trim().split('-').collect();
    let numbers: Vec<i64> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    let [year, month, day] = numbers.as_slice() else { return not_evaluated(format!("the date {text}")) };
    if parts.len() != 3 || parts.first().is_none_or(|year| year.len() != 4) {
        return not_evaluated(format!("the date {text}"));
    }
    let days = days_from_civil(*year, *month, *day);
    if civil_from_days(days) == (*year, *month, *day) { Ok(days) } else { not_evaluated(format!("the date {text}")) }
}

/// `2024-01-31 10:00:00` in microseconds since 2000, and the minutes of its zone.
pub(super) fn moment(text: &str) -> Outcome<(i64, Option<i64>)> {
    let text = text.trim();
    let Some((day, rest)) = text.split_once([' ', 'T']) else { return Ok((date(text)? * DAY, None)) };
    let day = date(day)?;
    let (rest, zone) = match rest.find(['+', '-', 'Z']).and_then(|at| rest.split_at_checked(at)) {
        Some((clock, zone)) => (clock, Some(zone_of(zone)?)),
        None => (rest, None),
    };
    Ok((day * DAY + clock(rest)?, zone))
}

fn zone_of(text: &str) -> Outcome<i64> {
    let wrong = || not_evaluated(format!("the zone {text}"));
    if text == "Z" {
        return Ok(0);
    }
    let (hours, minutes) = text.split_once(':').unwrap_or((text, "0"));
    match (hours.parse::<i64>(), minutes.parse::<i64>()) {
        (Ok(hours), Ok(minutes)) if hours.abs() < 16 && hours != 0 || text.starts_with("+00") => Ok(hours * 60 + hours.signum() * minutes),
        _ => wrong(),
    }
}

fn clock(text: &str) -> Outcome<i64> {
    let wrong = || not_evaluated(format!("the time {text}"));
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let numbers: Option<Vec<i64>> = whole.split(':').map(|part| part.parse().ok()).collect();
    let (hour, minute, second) = match numbers.as_deref() {
        Some([hour, minute]) => (*hour, *minute, 0),
        Some([hour, minute, second]) => (*hour, *minute, *second),
        _ => return wrong(),
    };
    let micros = match fraction.len() {
        0 => 0,
        1..=6 => format!("{fraction:0<6}").parse::<i64>().or_else(|_| wrong())?,
        _ => return wrong(),
    };
    if !(0..24).contains(&hour) || !(0..60).contains(&minute) || !(0..60).contains(&second) {
        return wrong();
    }
    Ok((hour * 3600 + minute * 60 + second) * 1_000_000 + micros)
}

/// `1 day`, `2 hours 30 minutes`: days and microseconds.
pub(super) fn interval(text: &str) -> Outcome<(i64, i64)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (mut days, mut micros) = (0, 0);
    if words.is_empty() || (words.len() > 2 && text.contains('-')) {
        return not_evaluated(format!("the interval {text}"));
    }
    for pair in words.chunks(2) {
        let (number, unit) = match pair {
            [number, unit] => (number.parse::<i32>(), *unit),
            _ => return not_evaluated(format!("the interval {text}")),
        };
        let Ok(number) = number else { return not_evaluated(format!("the interval {text}")) };
        let number = i64::from(number);
        match unit.strip_suffix('s').unwrap_or(unit) {
            "day" => days += number,
            "week" => days += 7 * number,
            "hour" => micros += 3_600_000_000 * number,
            "minute" => micros += 60_000_000 * number,
            "second" => micros += 1_000_000 * number,
            _ => return not_evaluated(format!("the interval {text}")),
        }
    }
    Ok((days, micros))
}

/// Days since 2000-01-01 of a day of the Gregorian calendar.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 730_425
}

fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 730_425;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// A day, perhaps with a time, as ISO 8601 writes it.
pub(super) fn written(day: i64, micros: Option<i64>) -> String {
    let (year, month, date) = civil_from_days(day);
    let date = format!("{year:04}-{month:02}-{date:02}");
    let Some(micros) = micros else { return date };
    let seconds = micros / 1_000_000;
    let clock = format!("{date} {:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if micros % 1_000_000 == 0 { clock } else { format!("{clock}.{:06}", micros % 1_000_000) }
}
