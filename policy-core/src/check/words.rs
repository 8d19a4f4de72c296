//! Words that several messages share.

use crate::model::Grantee;

/// A list as a sentence has it: `a`, `b` and `c`.
pub(super) fn and<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> String {
    let mut names: Vec<String> = names.into_iter().map(|name| format!("`{}`", name.as_ref())).collect();
    match names.pop() {
        Some(last) if !names.is_empty() => format!("{} and {last}", names.join(", ")),
        last => last.unwrap_or_default(),
    }
}

/// A grantee as the user wrote it, without backticks.
pub(super) fn grantee(grantee: &Grantee) -> &str {
    match grantee {
        Grantee::Public => "PUBLIC",
        Grantee::Role(name) => name,
    }
}
