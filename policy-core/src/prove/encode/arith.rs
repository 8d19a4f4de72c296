//! Additions that a bound can hold: of constants to whole numbers, days to dates, hours to instants.
//!
//! In: an operator and values. Out: the sum, where it is one that a place can say. Must not know expressions.
//! A sum that leaves its type raises an error and admits no row. An infinity stays what it is: see `Place::finite`.

use super::super::space::{Constant, UNIT};
use super::Encoder;
use super::sorts::{INTERVAL, is_integer};
use super::value::{Place, Val, What};
use crate::typing::TypeId;
use crate::typing::literal::{self, Input};
use crate::typing::meaning::Meant;

const SECOND: i128 = 1_000_000;
const DAY: i128 = 86_400 * SECOND;

impl Encoder<'_> {
    /// A sum or difference that is a place; none for anything else.
    pub(super) fn arithmetic(&mut self, op: &str, meant: &Meant, a: &Val, b: &Val) -> Option<Val> {
        let sign = match op {
            "+" => 1,
            "-" => -1,
            _ => return None,
        };
        let [left, right] = meant.operands.as_slice() else { return None };
        let (left, right) = (self.base(*left), self.base(*right));
        if is_integer(left) && is_integer(right) {
            let added = self.number(b).map(|by| (a, sign * by)).or_else(|| self.number(a).filter(|_| op == "+").map(|by| (b, by)));
            let (val, by) = added?;
            return self.moved(val, by, meant.result);
        }
        match (left, right) {
            (TypeId::DATE, TypeId::INT4) => self.moved(a, sign * self.number(b)?, meant.result),
            (TypeId::INT4, TypeId::DATE) => self.moved(b, self.number(a)?, meant.result),
            (moment, INTERVAL) => {
                let by = self.span_for(moment, b)?.checked_mul(sign * UNIT)?;
                self.moved(a, by, meant.result)
            }
            (INTERVAL, moment) => {
                let by = self.span_for(moment, a)?.checked_mul(UNIT)?;
                self.moved(b, by, meant.result)
            }
            _ => None,
        }
    }

    /// A value that is one known number, in units.
    fn number(&self, val: &Val) -> Option<i128> {
        let place = only(val)?;
        match self.space.constant_of(place.term)? {
            Constant::Number(units) => units.checked_add(place.by),
            Constant::Label(_) => None,
        }
    }

    fn moved(&self, val: &Val, by: i128, kind: TypeId) -> Option<Val> {
        let What::Of(all) = &val.what else { return None };
        let mut moved = Vec::new();
        for (when, place) in all {
            let by = place.by.checked_add(by).filter(|by| by.abs() < i128::MAX / 8)?;
            moved.push((*when, Place { by, written: None, ..place.clone() }));
        }
        Some(Val::of(Some(kind), moved))
    }

    /// The length of an interval in microseconds, where it is the same for every instant of that type.
    fn span_for(&self, moment: TypeId, val: &Val) -> Option<i128> {
        let text = only(val)?.written.as_ref()?;
        if literal::read("interval", text, self.world.major()) != Input::Valid {
            return None;
        }
        let (days, micros) = span(text)?;
        match moment {
            TypeId::TIMESTAMP => days.checked_mul(DAY)?.checked_add(micros),
            TypeId::TIMESTAMPTZ if days == 0 => Some(micros),
            _ => None,
        }
    }
}

/// The one place of a value that is always there.
fn only(val: &Val) -> Option<&Place> {
    match &val.what {
        What::Of(all) => match all.as_slice() {
            [(when, place)] if *when == super::Ref::TRUE => Some(place),
            _ => None,
        },
        _ => None,
    }
}

/// `1 hour 30 minutes`, `90 s`: whole numbers of days and of microseconds.
fn span(text: &str) -> Option<(i128, i128)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let pairs = words.chunks(2);
    // Of several fields after a sign it is a setting whether they have it too.
    if words.is_empty() || (pairs.len() > 1 && text.contains('-')) {
        return None;
    }
    let (mut days, mut micros) = (0_i128, 0_i128);
    for pair in pairs {
        let [number, unit] = pair else { return None };
        let number: i128 = number.parse::<i32>().ok()?.into();
        match *unit {
            "second" | "seconds" | "sec" | "secs" | "s" => micros += number * SECOND,
            "minute" | "minutes" | "min" | "mins" => micros += number * 60 * SECOND,
            "hour" | "hours" | "hr" | "hrs" | "h" => micros += number * 3600 * SECOND,
            "millisecond" | "milliseconds" => micros += number * 1000,
            "microsecond" | "microseconds" => micros += number,
            "day" | "days" => days += number,
            "week" | "weeks" => days += number * 7,
            _ => return None,
        }
    }
    Some((days, micros))
}
