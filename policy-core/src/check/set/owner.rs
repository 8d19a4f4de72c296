//! H0504: a login role that has, or can get, the rights of the owner or of a bypass role.

use super::Facts;
use crate::diag::{Diagnostic, Part, Place, Sink, codes};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let roles = &facts.roles;
    for role in roles.all().filter(|role| role.login && !roles.is_exempt(role.name.as_str())) {
        for target in roles.uses(role.name.as_str()).iter().filter(|name| roles.is_exempt(name)) {
            let Some(membership) = roles.membership_to(role, target) else { continue };
            let owner = roles.owner() == Some(target);
            let (kind, why) = if owner {
                ("the owner", "the owner may switch row security off, and is not under it where it is not forced")
            } else {
                ("the bypass role", "no policy holds for a session that has become a role with BYPASSRLS")
            };
            let message = format!("the login role `{}` reaches {kind} `{}`", role.item, roles.item(target));
            sink.push(
                Diagnostic::new(codes::REACHES_OWNER, Place::Part(Part::Membership(membership)), message)
                    .note(why)
                    .help("leave the membership out")
                    .help("for a role that only migrates or administers: `allow(H0504, reason = \"..\")`")
                    .of(&role.item),
            );
        }
    }
}
