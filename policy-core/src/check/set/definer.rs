//! H0804: a role that may not lend its rights: the owner, one that a login has, one past row security.

use super::Facts;
use crate::diag::{Diagnostic, Part, Place, codes};
use crate::model::Role;

/// What is wrong with a role as the definer of `what`, a view or function.
pub(super) fn fault(facts: &Facts<'_>, name: &str, what: &str, part: Part) -> Option<Diagnostic> {
    let roles = &facts.roles;
    let role = roles.get(name)?;
    let logs_in = |other: &Role| other.login && other.name != role.name && roles.uses_ordinary(other.name.as_str()).contains(name);
    let (is, why) = if roles.owner() == Some(name) {
        ("the owner of the tables", "the owner has no policies: under FORCE it sees no row, and it may switch row security off")
    } else if role.bypass_rls.is_some() {
        ("a role with `bypass_rls`", "no policy would hold for what it reads: every tenant's rows lie open")
    } else if role.login {
        ("a role that logs in", "whoever logs in as it could replace what it owns, and has all the rights that it lends")
    } else if roles.all().any(logs_in) {
        ("a role that others log in as", "whoever has its rights could alter what it owns: the functions that policies call among it")
    } else {
        return None;
    };
    Some(
        Diagnostic::new(codes::BAD_DEFINER, Place::Part(part), format!("`{}` is {is}, and the definer of {what}", role.item))
            .note(why)
            .help("name a role for it alone: `#[derive(Role)] #[role()] struct Reader;`, NOLOGIN, with the permits that it needs"),
    )
}
