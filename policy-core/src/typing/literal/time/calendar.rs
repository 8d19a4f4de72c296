//! The calendar. In: years, months and days, or days of the Julian period. Out: the other. Must not know: texts.

/// The Julian day of 2000-01-01, where PostgreSQL counts days from.
pub(super) const EPOCH: i64 = 2_451_545;
pub(super) const DAY: i64 = 86_400_000_000;
/// The first day behind the last date, in Julian days.
pub(super) const DATE_END: i64 = 2_147_483_494;
const TIMESTAMP_MIN: i128 = -211_813_488_000_000_000;
const TIMESTAMP_END: i128 = 9_223_371_331_200_000_000;

/// `date2j`.
pub(super) fn to_julian(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year + 4800, month + 1) } else { (year + 4799, month + 13) };
    let century = year / 100;
    year * 365 - 32167 + year / 4 - century + century / 4 + 7834 * month / 256 + day
}

/// `j2date`.
pub(super) fn from_julian(day: i64) -> (i64, i64, i64) {
    let mut julian = day + 32044;
    let quad = julian / 146_097;
    let extra = (julian - quad * 146_097) * 4 + 3;
    julian += 60 + quad * 3 + extra / 146_097;
    let quad = julian / 1461;
    julian -= quad * 1461;
    let mut year = julian * 4 / 1461;
    julian = if year != 0 { (julian + 305) % 365 } else { (julian + 306) % 366 } + 123;
    year += quad * 4;
    let quad = julian * 2141 / 65536;
    (year - 4800, (quad + 10) % 12 + 1, julian - 7834 * quad / 256)
}

/// Whether the arithmetic of days can take this date.
pub(super) fn is_julian(year: i64, month: i64) -> bool {
    let after = year > -4713 || (year == -4713 && month >= 11);
    after && (year < 5_874_898 || (year == 5_874_898 && month < 6))
}

pub(super) fn is_timestamp(micros: i128) -> bool {
    (TIMESTAMP_MIN..TIMESTAMP_END).contains(&micros)
}

/// How far an instant is from the nearer end of what the type holds.
pub(super) fn room(micros: i128) -> i128 {
    (micros - TIMESTAMP_MIN).min(TIMESTAMP_END - 1 - micros)
}

pub(super) fn days_of(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
