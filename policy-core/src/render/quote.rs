//! Names, constants and types as SQL text: the only place that quotes.
//!
//! In: names and texts of the model. Out: SQL that means exactly them, whatever characters they hold. Must not know
//! what they are names of. Source: PostgreSQL documentation 4.1.1 "Identifiers and Key Words", 4.1.2 "Constants".

use super::keywords;
use crate::model::{Base, Grantee, Ident, Relation, SqlType};

/// A name: `documents`, `"tenantCode"`, `"order"`. Bare where PostgreSQL reads it back unchanged.
#[must_use]
pub fn ident(name: &str) -> String {
    if is_plain(name) && !keywords::is_keyword(name) { name.to_owned() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
}

/// A text: `'it''s'`; with a backslash or a control character `E'a\\b\n'`, which means the same under either
/// `standard_conforming_strings`, and on one line.
#[must_use]
pub fn literal(text: &str) -> String {
    let special = |byte: &u8| matches!(byte, b'\'' | b'\\' | b'\n' | b'\r' | b'\t');
    if !text.as_bytes().iter().any(special) {
        return format!("'{text}'");
    }
    let doubled = text.replace('\'', "''");
    if !text.contains(['\\', '\n', '\r', '\t']) {
        return format!("'{doubled}'");
    }
    let escaped = doubled.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t");
    format!("E'{escaped}'")
}

/// A relation, always with its schema: `public.documents`.
#[must_use]
pub fn relation(relation: &Relation) -> String {
    format!("{}.{}", ident(relation.schema.as_str()), ident(relation.name.as_str()))
}

/// A type: `uuid`, `numeric(10, 2)`, `app."LeakStatus"[]`.
#[must_use]
pub fn sql_type(kind: &SqlType) -> String {
    let mut text = match &kind.base {
        Base::Builtin(name) if name == "\"char\"" || SqlType::builtin(name).is_some() => name.clone(),
        // A Rust type that nothing resolved: no such type on the server, so it is refused there.
        Base::Builtin(name) | Base::User(None, name) | Base::Opaque(name) => ident(name),
        Base::User(Some(schema), name) => format!("{}.{}", ident(schema), ident(name)),
    };
    if !kind.modifier.is_empty() {
        let numbers: Vec<String> = kind.modifier.iter().map(u32::to_string).collect();
        text = format!("{text}({})", numbers.join(", "));
    }
    if kind.array { text + "[]" } else { text }
}

/// To whom: a role's name, or `PUBLIC`.
#[must_use]
pub fn grantee(to: &Grantee) -> String {
    match to {
        Grantee::Public => "PUBLIC".to_owned(),
        Grantee::Role(name) => ident(name),
    }
}

/// A list of them, in the order given: `ackify_app, PUBLIC`.
#[must_use]
pub fn grantees(to: &[Grantee]) -> String {
    to.iter().map(grantee).collect::<Vec<_>>().join(", ")
}

/// Columns in brackets: `(title, status)`.
#[must_use]
pub fn columns(columns: &[Ident]) -> String {
    format!("({})", columns.iter().map(|column| ident(column.as_str())).collect::<Vec<_>>().join(", "))
}

/// The name of a function before its arguments; some key words stand bare there.
pub(super) fn function(name: &str) -> String {
    if keywords::is_callable(name) { name.to_owned() } else { ident(name) }
}

/// A comment line; line breaks in it become blanks.
pub(crate) fn comment(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }).collect();
    format!("-- {}", line.trim())
}

/// `DO $hedgerow$ .. $hedgerow$;` for one statement.
pub(super) fn do_block(body: &str) -> String {
    format!("DO {};", dollars(body))
}

/// Lines between two dollar tags, which they do not hold.
pub(super) fn dollars(body: &str) -> String {
    let mut tag = "$hedgerow$".to_owned();
    let mut count = 0_usize;
    while body.contains(&tag) {
        count += 1;
        tag = format!("$hedgerow{count}$");
    }
    format!("{tag}\n{body}\n{tag}")
}

fn is_plain(name: &str) -> bool {
    let mut first = true;
    for byte in name.as_bytes() {
        match byte {
            b'a'..=b'z' | b'_' => first = false,
            b'0'..=b'9' | b'$' if !first => {}
            _ => return false,
        }
    }
    !first
}
