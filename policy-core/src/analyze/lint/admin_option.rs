//! H0950: a membership that its member may pass on.

use super::facts::Facts;
use crate::diag::{Diagnostic, Part, Place, Sink, codes};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for role in facts.roles.all().filter(|role| facts.roles.serves_requests(role.name.as_str())) {
        for (i, membership) in role.member_of.iter().enumerate().filter(|(_, membership)| membership.admin == Some(true)) {
            let group = facts.roles.item(&membership.role);
            sink.push(
                Diagnostic::new(
                    codes::ADMIN_OPTION,
                    Place::Part(Part::Membership(i)),
                    format!("`{}` may make others members of `{group}`", role.item),
                )
                .note("a request can use the role: it can give the rights of the group to any role, and no set says so")
                .help("leave `admin = true` out, or give it to a role that no login becomes")
                .of(&role.item),
            );
        }
    }
}
