//! H0926: a secret that anonymous callers may read.

use super::facts::Facts;
use crate::diag::{Diagnostic, Part, Place, Sink, codes};
use crate::model::{Base, Column, Grantee, Privilege};
use crate::plan::privileges::Privileges;

/// Words of a column's name that stand for what opens something.
const SECRETS: &[&str] = &["password", "passwd", "passphrase", "secret", "token", "apikey", "ssn", "pin"];

/// The same in two words.
const PAIRS: &[(&str, &str)] = &[("api", "key"), ("private", "key"), ("secret", "key"), ("signing", "key"), ("encryption", "key")];

/// Names of roles that callers have who did not sign in.
const ANONYMOUS: &[&str] = &["anon", "anonymous", "guest", "visitor", "web_anon"];

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for state in facts.state.relations.values() {
        let low = state.grants.iter().filter(|(to, _)| is_anonymous(to));
        for (to, held) in low {
            for (i, column) in state.columns.iter().enumerate().filter(|(_, column)| is_secret(column) && reads(held, column)) {
                let message = format!("`{}` may read `{}`", facts.said(to), column.field);
                sink.push(
                    Diagnostic::new(codes::SENSITIVE, Place::Part(Part::Column(i)), message)
                        .note("by its name the column is a secret, and this is a role of callers who did not sign in")
                        .help("list the columns that they need: `permit(select(id, ..), ..)`")
                        .help("if it is no secret: `allow(H0926, reason = \"..\")`")
                        .of(&state.item),
                );
            }
        }
    }
}

fn is_anonymous(to: &Grantee) -> bool {
    match to {
        Grantee::Public => true,
        Grantee::Role(name) => ANONYMOUS.contains(&name.as_str()),
    }
}

/// A text, bytes or a document: a flag or a number that is called after a secret is none.
pub(super) fn is_secret(column: &Column) -> bool {
    let holds = matches!(&column.kind.base, Base::Builtin(name) if matches!(name.as_str(), "text" | "character varying" | "bytea" | "jsonb" | "json" | "uuid"));
    let name = column.name.as_str().to_lowercase();
    let words: Vec<&str> = name.split('_').collect();
    let pair = words.iter().zip(words.iter().skip(1)).any(|(a, b)| PAIRS.contains(&(*a, *b)));
    holds && (pair || words.iter().any(|word| SECRETS.contains(word)))
}

fn reads(held: &Privileges, column: &Column) -> bool {
    held.get(&Privilege::Select).is_some_and(|columns| columns.as_ref().is_none_or(|columns| columns.contains(&column.name)))
}
