//! What to write instead of a constant that its type refuses. What is advised has been read by the type.
//!
//! In: a text and a type, and what the text is compared with. Out: lines of help. Must not know places.

use super::super::TypeId;
use super::super::fault::Refusal;
use super::super::literal::Input;
use super::Walker;
use super::advice::Operand;
use crate::diag::nearest;
use crate::model::{Kind, Literal};

const UNITS: &[&str] = &[
    "microseconds",
    "milliseconds",
    "seconds",
    "second",
    "minutes",
    "minute",
    "hours",
    "hour",
    "days",
    "day",
    "weeks",
    "week",
    "months",
    "month",
    "years",
    "year",
];

impl Walker<'_> {
    /// Whether a text is a value of a type, the same for everyone.
    pub(super) fn reads(&self, text: &str, kind: TypeId) -> bool {
        matches!(self.input(text, self.world.base(kind)), Input::Valid)
    }

    /// The refusal of a text, with what the type takes.
    pub(super) fn repaired(&self, refusal: Refusal, text: &str, kind: TypeId) -> Refusal {
        let name = self.world.name(kind);
        let refusal =
            if refusal.message.contains(&name) { refusal } else { refusal.note(format!("a value of type {name} is wanted here")) };
        if let Some(other) = self.other_text(text, kind) {
            return refusal.help(format!("did you mean `\"{other}\"`?"));
        }
        match self.form(kind, text) {
            Some(form) => refusal.help(form),
            None => refusal,
        }
    }

    /// The constant in a comparison: what was meant may be seen from the other side.
    pub(super) fn advise_constant(&self, refusal: Refusal, op: &str, left: Operand<'_>, right: Operand<'_>) -> Refusal {
        let (side, text, is_right) = match (&left.0.kind, &right.0.kind) {
            (_, Kind::Literal(Literal::Text(text))) if right.1 == TypeId::UNKNOWN => (left, text, true),
            (Kind::Literal(Literal::Text(text)), _) if left.1 == TypeId::UNKNOWN => (right, text, false),
            _ => return refusal,
        };
        match self.meant(op, side, text, is_right) {
            Some(help) => Refusal { help: vec![help], ..refusal },
            None => refusal,
        }
    }

    fn meant(&self, op: &str, (expr, kind): Operand<'_>, text: &str, is_right: bool) -> Option<String> {
        let said = self.operand(expr);
        let columns = self.names.own_columns();
        if let Some((name, _)) = columns.iter().find(|(name, given)| name == text && given.kind.is_some_and(|own| self.fits(op, kind, own)))
        {
            return Some(format!("for the column write `{name}`, without quotes"));
        }
        if self.is_in_json((expr, kind))
            && let Kind::Binary(arrow, data, key) = &expr.kind
        {
            let whole = format!("({} {arrow}> {}) {op} \"{text}\"", self.operand(data), self.operand(key));
            return Some(format!("`{arrow}` gives JSON, `{arrow}>` the text of it: `{whole}`"));
        }
        if let Some(element) = self.world.element(self.world.base(kind)) {
            return self.in_an_array(op, &said, element, text, is_right);
        }
        if text.is_empty() && matches!(op, "=" | "<>") && self.world.category(kind) != b'S' {
            let test = if op == "=" { "IS NULL" } else { "IS NOT NULL" };
            return Some(format!("whether there is a value is asked by `{said} {test}`"));
        }
        let number = self.world.category(kind) == b'N' && text.parse::<i64>().is_ok();
        if number && self.fits(op, kind, TypeId::INT8) {
            let whole = if is_right { format!("{said} {op} {text}") } else { format!("{text} {op} {said}") };
            return Some(format!("a number without quotes has a type of its own: `{whole}`"));
        }
        None
    }

    /// One element where an array is wanted.
    fn in_an_array(&self, op: &str, array: &str, element: TypeId, text: &str, is_right: bool) -> Option<String> {
        if !self.reads(text, element) || text.contains(['"', '\\', '{']) {
            return None;
        }
        match op {
            "=" => Some(format!("to search an array: `\"{text}\" = ANY({array})`; all of it: `{array} = ARRAY[\"{text}\"]`")),
            "<>" => Some(format!("that no element is it: `\"{text}\" <> ALL({array})`")),
            _ if is_right => Some(format!("as an array: `{array} {op} ARRAY[\"{text}\"]`")),
            _ => Some(format!("as an array: `ARRAY[\"{text}\"] {op} {array}`")),
        }
    }

    /// A text near to this one that the type takes.
    fn other_text(&self, text: &str, kind: TypeId) -> Option<String> {
        let tried = |other: String| Some(other).filter(|other| other != text && self.reads(other, kind));
        match self.world.catalog_name(self.world.base(kind)) {
            "int2" | "int4" | "int8" | "numeric" | "float4" | "float8" => tried(text.replace(',', ".")),
            "interval" => {
                let known = |word: &str| nearest(word, UNITS.iter().copied()).unwrap_or(word).to_owned();
                let words = text.split(' ').map(|word| if word.starts_with(char::is_alphabetic) { known(word) } else { word.to_owned() });
                tried(words.collect::<Vec<_>>().join(" "))
            }
            "date" | "timestamp" | "timestamptz" => {
                let (day, rest) = text.split_at_checked(10)?;
                let parts: Vec<&str> = day.split('-').collect();
                let [year, month, number] = parts.as_slice() else { return None };
                tried(format!("{year}-{number}-{month}{rest}"))
                    .filter(|_| month.parse::<u32>().is_ok_and(|month| month > 12))
                    .or_else(|| ["30", "29", "28"].iter().find_map(|last| tried(format!("{year}-{month}-{last}{rest}"))))
            }
            "cidr" => {
                let (address, mask) = text.split_once('/')?;
                let bits: u32 = mask.parse().ok().filter(|bits| *bits <= 32)?;
                let address: std::net::Ipv4Addr = address.parse().ok()?;
                let kept = u32::MAX.checked_shl(32 - bits).unwrap_or(0);
                tried(format!("{}/{mask}", std::net::Ipv4Addr::from(u32::from(address) & kept)))
            }
            _ => None,
        }
    }

    /// How values of a type are written.
    fn form(&self, kind: TypeId, text: &str) -> Option<String> {
        let base = self.world.base(kind);
        if self.world.element(base).is_some() {
            return Some("an array as a text is in braces, `\"{a,b}\"`; `ARRAY[..]` is easier to read".to_owned());
        }
        let form = match self.world.catalog_name(base) {
            "uuid" => "a uuid has 32 hexadecimal digits: `\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\"`",
            "bool" => "write `true` or `false`",
            "int2" if in_range(text) => "a smallint is from -32768 to 32767",
            "int4" if in_range(text) => "an integer is from -2147483648 to 2147483647",
            "int8" if in_range(text) => "a bigint is from -9223372036854775808 to 9223372036854775807",
            "int2" | "int4" | "int8" | "oid" => "write a whole number, such as `3`",
            "numeric" | "float4" | "float8" => "write a number, such as `12.50`",
            "date" => "write year, month and day of a day that there is: `\"2024-01-31\"`",
            "timestamp" => "write date and time: `\"2024-01-31 18:30\"`",
            "timestamptz" => "write date, time and offset: `\"2024-01-31 18:30+00\"`",
            "time" | "timetz" => "an hour is from 00 to 24, a minute from 00 to 59: `\"18:30\"`",
            "interval" => "write numbers and units: `\"1 day\"`, `\"2 hours 30 minutes\"`",
            "inet" => "write an address, perhaps with a mask of up to 32 bits, or 128 for IPv6: `\"10.0.0.0/8\"`",
            "cidr" => "write a network, with zeros behind the mask: `\"10.0.0.0/8\"`; an address within one is `inet`",
            "json" | "jsonb" => "keys and texts stand in double quotes: `r#\"{\"key\": \"text\"}\"#`",
            "bytea" => "write two hexadecimal digits for each byte: `r\"\\x0aff\"`",
            "int4range" | "int8range" | "numrange" => "write both ends, `[` with and `)` without the end itself: `\"[1,10)\"`",
            "daterange" | "tsrange" | "tstzrange" => {
                "write both ends, `[` with and `)` without the end itself: `\"[2024-01-01,2024-02-01)\"`"
            }
            "macaddr" => "write six bytes: `\"08:00:2b:01:02:03\"`",
            _ => return None,
        };
        Some(form.to_owned())
    }
}

/// Whether it is a whole number, of whatever size.
fn in_range(text: &str) -> bool {
    let digits = text.trim().trim_start_matches(['-', '+']);
    !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit())
}
