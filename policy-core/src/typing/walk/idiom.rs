//! What people write in other databases or in Rust, and how PostgreSQL says it.
//!
//! In: an operator that there is not, and its operands. Out: the whole comparison as it would be written. What is advised
//! has been tried. Must not know places.

use super::super::TypeId;
use super::super::coerce::{Context, can_coerce};
use super::Walker;
use super::advice::{Operand, is_number};
use super::compare::is_comparison;
use crate::model::{Expr, Kind, Literal};

const JSON: TypeId = TypeId(114);
const BYTEA: TypeId = TypeId(17);
const INTERVAL: TypeId = TypeId(1186);

impl Walker<'_> {
    pub(super) fn idiom(&self, op: &str, left: Operand<'_>, right: Operand<'_>) -> Option<String> {
        self.of_json(op, left, right)
            .or_else(|| self.of_truth(op, left, right))
            .or_else(|| self.of_moments(op, left, right))
            .or_else(|| self.of_texts(op, left, right))
            .or_else(|| self.of_numbers(op, left, right))
    }

    /// Whether it is a value inside a document, still as JSON: `data -> "key"`.
    pub(super) fn is_in_json(&self, (expr, kind): Operand<'_>) -> bool {
        matches!(&expr.kind, Kind::Binary(op, ..) if op == "->" || op == "#>") && (kind == TypeId::JSONB || kind == JSON)
    }

    /// `data -> "owner" = owner`, `data @> "{}"` of json, `data ~ "draft"`.
    fn of_json(&self, op: &str, left: Operand<'_>, right: Operand<'_>) -> Option<String> {
        if let Some(text) = self.as_text_of_json(op, left, right, true).or_else(|| self.as_text_of_json(op, right, left, false)) {
            return Some(text);
        }
        if left.1 == JSON && self.fits(op, TypeId::JSONB, right.1) {
            return Some(format!("jsonb has this operator: `{}::jsonb {op} {}`", self.operand(left.0), self.operand(right.0)));
        }
        let is_text = |kind: TypeId| kind == TypeId::UNKNOWN || self.world.category(kind) == b'S';
        if matches!(left.1, TypeId::JSONB | JSON) && is_text(right.1) && is_match(op) {
            let left = format!("({} ->> \"key\")", self.operand(left.0));
            return Some(format!("take a text out of it: `{left} {} {}`", shown(op), self.operand(right.0)));
        }
        None
    }

    /// `->>` in the place of `->`, cast if the other side is no text.
    fn as_text_of_json(&self, op: &str, side: Operand<'_>, other: Operand<'_>, is_left: bool) -> Option<String> {
        let Kind::Binary(arrow, data, key) = &side.0.kind else { return None };
        if !self.is_in_json(side) || !(is_comparison(op) || is_match(op)) {
            return None;
        }
        let text = format!("{} {arrow}> {}", self.operand(data), self.operand(key));
        let tries = |kind: TypeId| if is_left { self.fits(op, kind, other.1) } else { self.fits(op, other.1, kind) };
        let side = if tries(TypeId::TEXT) {
            format!("({text})")
        } else if can_coerce(self.world, &[TypeId::TEXT], &[other.1], Context::Explicit) && tries(other.1) {
            format!("({text})::{}", self.cast_name(other.1))
        } else {
            return None;
        };
        let (other, op) = (self.operand(other.0), shown(op));
        let whole = if is_left { format!("{side} {op} {other}") } else { format!("{other} {op} {side}") };
        Some(format!("`{arrow}` gives JSON, `{arrow}>` the text of it: `{whole}`"))
    }

    /// `archived = 0`, `flags = true`.
    fn of_truth(&self, op: &str, left: Operand<'_>, right: Operand<'_>) -> Option<String> {
        if !matches!(op, "=" | "<>") {
            return None;
        }
        let ((expr, kind), constant) = match (&left.0.kind, &right.0.kind) {
            (_, Kind::Literal(constant)) => (left, constant),
            (Kind::Literal(constant), _) => (right, constant),
            _ => return None,
        };
        let expr = self.operand(expr);
        match constant {
            Literal::Number(text) if kind == TypeId::BOOL && (text == "0" || text == "1") => {
                Some(format!("a truth value is true or false: `{expr} {op} {}`", text == "1"))
            }
            Literal::Bool(value) if self.world.category(kind) == b'N' => {
                let op = if *value == (op == "=") { "<>" } else { "=" };
                Some(format!("compare it with a number: `{expr} {op} 0`"))
            }
            _ => None,
        }
    }

    /// `now() - 7`, `ended_at - started_at > 30`, `starts_on + ends_on`.
    fn of_moments(&self, op: &str, left: Operand<'_>, right: Operand<'_>) -> Option<String> {
        let whole = self.world.category(right.1) == b'N' && right.1 != TypeId::NUMERIC;
        let (a, b) = (self.operand(left.0), self.operand(right.0));
        let days = if is_number(right.0) { format!("interval \"{b} days\"") } else { format!("{b} * interval \"1 day\"") };
        let moved = matches!(op, "+" | "-") && self.world.category(left.1) == b'D' && self.fits(op, left.1, INTERVAL);
        if moved && whole {
            return Some(format!("a number is no length of time: `{a} {op} {days}`"));
        }
        if moved && self.world.category(right.1) == b'S' {
            return Some(format!("cast it to a length of time: `{a} {op} {b}::interval`"));
        }
        if is_comparison(op) && left.1 == INTERVAL && whole {
            return Some(format!("a number is no length of time: `{a} {op} {days}`"));
        }
        let dates = matches!(&left.0.kind, Kind::Binary(minus, ..) if minus == "-") && left.1 == TypeId::INT4;
        if is_comparison(op) && dates && right.1 == INTERVAL {
            let number = days_of(right.0).map_or_else(String::new, |days| format!(": `{} {op} {days}`", self.written(left.0)));
            return Some(format!("the difference of two dates is a number of days{number}"));
        }
        if op == "+" && self.world.category(left.1) == b'D' && self.fits("-", left.1, right.1) {
            return Some(format!("the time between two moments is their difference: `{a} - {b}`"));
        }
        None
    }

    /// `first + last`, `id LIKE "a%"`, `level || rank`, bytes against a text.
    fn of_texts(&self, op: &str, left: Operand<'_>, right: Operand<'_>) -> Option<String> {
        let (a, b) = (self.operand(left.0), self.operand(right.0));
        if op == "+" && [left.1, right.1].iter().any(|kind| self.world.category(*kind) == b'S') && self.fits("||", left.1, right.1) {
            return Some(format!("texts are joined by `||`: `{a} || {b}`"));
        }
        if op == "||" && self.fits(op, TypeId::TEXT, right.1) {
            return Some(format!("`||` joins texts: `{a}::text || {b}`"));
        }
        if is_match(op) && self.fits(op, TypeId::TEXT, right.1) {
            return Some(format!("`{}` is for texts: `{a}::text {} {b}`", shown(op), shown(op)));
        }
        if is_comparison(op) && left.1 == BYTEA && self.world.category(right.1) == b'S' {
            return Some(format!("a text of hexadecimal digits becomes bytes by `{a} {op} decode({}, \"hex\")`", self.written(right.0)));
        }
        None
    }

    /// `ratio % 2`: what numeric has and a float has not.
    fn of_numbers(&self, op: &str, left: Operand<'_>, right: Operand<'_>) -> Option<String> {
        let numbers = [left.1, right.1].iter().all(|kind| self.world.category(*kind) == b'N');
        let float = |kind: TypeId| kind.0 == 700 || kind.0 == 701;
        let of = |(expr, kind): Operand<'_>| if float(kind) { format!("{}::numeric", self.operand(expr)) } else { self.operand(expr) };
        let kind = |kind: TypeId| if float(kind) { TypeId::NUMERIC } else { kind };
        let tried = numbers && (float(left.1) || float(right.1)) && self.fits(op, kind(left.1), kind(right.1));
        tried.then(|| format!("numeric has this operator: `{} {op} {}`", of(left), of(right)))
    }
}

/// `interval "30 days"` as a number of days.
fn days_of(expr: &Expr) -> Option<u32> {
    let Kind::Typed(_, text) = &expr.kind else { return None };
    let (number, unit) = text.trim().split_once(' ')?;
    let number: u32 = number.parse().ok()?;
    match unit {
        "day" | "days" => Some(number),
        "week" | "weeks" => number.checked_mul(7),
        _ => None,
    }
}

fn is_match(op: &str) -> bool {
    matches!(op, "~" | "!~" | "~*" | "!~*" | "~~" | "!~~" | "~~*" | "!~~*" | "^@")
}

/// An operator as it is written.
fn shown(op: &str) -> &str {
    match op {
        "~~" => "LIKE",
        "!~~" => "NOT LIKE",
        "~~*" => "ILIKE",
        "!~~*" => "NOT ILIKE",
        other => other,
    }
}
