//! Constants: texts as the input function of a type reads them.
//!
//! In: a text and a type. Out: a value: known where the type has one writing for each value, else a term of its own for each text.

use super::super::space::{Constant, Ref, UNIT};
use super::Encoder;
use super::Pair;
use super::sorts::{UUID, VARCHAR, is_float, is_integer};
use super::truth::truth_text;
use super::value::{MOST, Place, Val, What};
use crate::model::Literal;
use crate::typing::TypeId;
use crate::typing::literal;

impl Encoder<'_> {
    pub(super) fn literal(&mut self, literal: &Literal) -> Val {
        match literal {
            Literal::Null => Val::text(None),
            Literal::Text(text) => Val::text(Some(text)),
            Literal::Bool(value) => Val::truth(if *value { Pair::TRUE } else { Pair::FALSE }),
            Literal::Number(text) => self.number_literal(text),
        }
    }

    /// A number: the smallest of integer, bigint and numeric that holds it.
    pub(super) fn number_literal(&mut self, text: &str) -> Val {
        let kind = if text.parse::<i32>().is_ok() {
            TypeId::INT4
        } else if text.parse::<i64>().is_ok() {
            TypeId::INT8
        } else {
            TypeId::NUMERIC
        };
        self.constant(text, kind)
    }

    /// A text as a value of a type.
    pub(super) fn constant(&mut self, text: &str, kind: TypeId) -> Val {
        let base = self.base(kind);
        if base == TypeId::BOOL
            && let Some(value) = truth_text(text)
        {
            return Val::truth(if value { Pair::TRUE } else { Pair::FALSE });
        }
        if let Some(items) = self.world.element(base).and_then(|element| self.elements(text, element)) {
            return Val::new(Some(kind), What::Array(items));
        }
        match self.known(text, base).filter(|_| !self.world.is_limited(kind)) {
            Some(constant) => {
                // A constant brings no digits in: as an argument it is a term of its own.
                let sort = self.sort_of(Some(if base == TypeId::NUMERIC { TypeId::INT8 } else { base }));
                let exact = base == TypeId::NUMERIC || is_float(base);
                let written = exact.then(|| format!("{text}::{}", self.world.name(base)));
                let term = self.space.constant(constant, sort);
                Val::one(kind, Place { written, ..Place::finite(term) })
            }
            None => {
                let sort = self.sort_of(Some(base));
                let integral = self.is_integral(Some(base));
                let name = format!("'{text}'::{}", self.world.name(if self.world.is_limited(kind) { kind } else { base }));
                let term = self.space.term(super::super::space::Term::Free(name), sort, integral);
                self.bound(term, Some(base), Ref::FALSE);
                Val::one(kind, Place { written: Some(text.to_owned()).filter(|_| base == super::sorts::INTERVAL), ..Place::plain(term) })
            }
        }
    }

    /// A value that has one writing only.
    fn known(&self, text: &str, base: TypeId) -> Option<Constant> {
        if let Some(labels) = self.world.labels(base) {
            let place = labels.iter().position(|label| label == text)?;
            return Some(Constant::Number(i128::try_from(place).ok()?.checked_mul(UNIT)?));
        }
        match base {
            _ if is_integer(base) => text.trim().parse::<i64>().ok().map(|value| Constant::Number(i128::from(value) * UNIT)),
            TypeId::NUMERIC => decimal(text.trim()).map(Constant::Number),
            _ if is_float(base) => binary(text.trim(), base).map(Constant::Number),
            TypeId::TEXT | VARCHAR => Some(Constant::Label(text.to_owned())),
            TypeId::NAME if text.len() < 64 => Some(Constant::Label(text.to_owned())),
            UUID => uuid(text).map(Constant::Label),
            TypeId::DATE | TypeId::TIMESTAMP | TypeId::TIMESTAMPTZ => {
                let micros = literal::instant(self.world.catalog_name(base), text, self.world.major())?;
                let whole = if base == TypeId::DATE { micros.div_euclid(86_400_000_000) } else { micros };
                whole.checked_mul(UNIT).map(Constant::Number)
            }
            _ => None,
        }
    }

    /// The elements of `{a,b}` in its plain form.
    fn elements(&mut self, text: &str, element: TypeId) -> Option<Vec<Val>> {
        let inside = text.strip_prefix('{')?.strip_suffix('}')?;
        if inside.trim().is_empty() {
            return inside.is_empty().then(Vec::new);
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
        let items: Vec<&str> = inside.split(',').map(str::trim).collect();
        if items.len() > MOST || items.iter().any(|item| item.is_empty() || !item.chars().all(plain)) {
            return None;
        }
        let null = |item: &str| item.eq_ignore_ascii_case("null");
        Some(items.into_iter().map(|item| if null(item) { Val::null(Some(element)) } else { self.constant(item, element) }).collect())
    }
}

/// A decimal number in units, if that is all of it.
pub(super) fn decimal(text: &str) -> Option<i128> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (digits, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{fraction}");
    if all.is_empty() || !all.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let value: i128 = all.parse().ok()?;
    let shift = 9 + exponent - i32::try_from(fraction.len()).ok()?;
    let power = 10_i128.checked_pow(shift.unsigned_abs())?;
    let units = if shift >= 0 {
        value.checked_mul(power)?
    } else if value % power == 0 {
        value / power
    } else {
        return None;
    };
    Some(if negative { -units } else { units })
}

/// A float in units, if it is a whole number of them: then it is a multiple of 2^-9.
fn binary(text: &str, base: TypeId) -> Option<i128> {
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E');
    if !text.chars().all(plain) {
        return None;
    }
    let value = if base.0 == 700 { f64::from(text.parse::<f32>().ok()?) } else { text.parse::<f64>().ok()? };
    let parts = value * 512.0;
    if parts.fract() != 0.0 || parts.abs() > 9e15 {
        return None;
    }
    // Below 2^53 a whole number is exact; the text of it has no fraction.
    format!("{parts:.0}").parse::<i128>().ok()?.checked_mul(UNIT / 512)
}

/// A UUID as PostgreSQL prints it.
pub(super) fn uuid(text: &str) -> Option<String> {
    if literal::read("uuid", text, crate::typing::NEWEST) != literal::Input::Valid {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_hexdigit).flat_map(char::to_lowercase).collect();
    let parts = [(0, 8), (8, 12), (12, 16), (16, 20), (20, 32)];
    let parts: Option<Vec<&str>> = parts.into_iter().map(|(from, to)| digits.get(from..to)).collect();
    Some(parts?.join("-"))
}
