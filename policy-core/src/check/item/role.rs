//! H0501, H0502, H0503: options of a role that do not go together.

use crate::diag::{Diagnostic, Part, Place, Sink, codes};
use crate::model::Role;

use super::super::words;
use super::schema;

pub(super) fn check(role: &Role, sink: &mut Sink) {
    if role.external {
        check_external(role, sink);
    } else if role.password_env.is_some() && !role.login {
        sink.push(
            Diagnostic::new(codes::NEEDS_LOGIN, Place::Part(Part::Key("password_env")), "`password_env` on a role without `login`")
                .help("add `login`, or leave `password_env` out"),
        );
    }
    schema::contradictions(&role.defaults, sink);
    for (i, membership) in role.member_of.iter().enumerate() {
        if membership.role == role.item {
            let message = format!("`{}` is a member of itself", role.item);
            sink.push(Diagnostic::new(codes::MEMBERSHIP_CYCLE, Place::Part(Part::Membership(i)), message).help("leave the membership out"));
        }
    }
}

/// `#[role(external, connect)]`
fn check_external(role: &Role, sink: &mut Sink) {
    let options = [
        ("noinherit", role.noinherit),
        ("connect", role.connect),
        ("connection_limit", role.connection_limit.is_some()),
        ("password_env", role.password_env.is_some()),
        ("default", !role.defaults.is_empty()),
        ("settings", !role.settings.is_empty()),
        ("renamed_from", role.renamed_from.is_some()),
    ];
    let said: Vec<&'static str> = options.iter().filter(|(_, said)| *said).map(|(key, _)| *key).collect();
    let Some(first) = said.first() else { return };
    sink.push(
        Diagnostic::new(
            codes::EXTERNAL_OPTION,
            Place::Part(Part::Key(first)),
            format!("{} on an external role", words::and(said.iter().copied())),
        )
        .note(
            "an external role is never created or altered: its keys are facts, and only `name`, `login`, `bypass_rls` and `member_of` are",
        )
        .help("leave the rest out, or leave `external` out"),
    );
}
