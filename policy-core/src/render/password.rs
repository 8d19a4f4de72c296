//! `ALTER ROLE .. PASSWORD`: for the command that sets passwords, never part of a script.
//!
//! In: a name and a SCRAM verifier. Out: one statement. Must not see a password.

use super::quote::{ident, literal};
use crate::model::Ident;

/// `ALTER ROLE app PASSWORD 'SCRAM-SHA-256$..'`
#[must_use]
pub fn password(role: &Ident, verifier: &str) -> String {
    format!("ALTER ROLE {} PASSWORD {}", ident(role.as_str()), literal(verifier))
}
