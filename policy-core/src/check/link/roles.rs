//! Roles by their items: grantees, memberships, default privileges.

use super::Names;
use crate::diag::{Diagnostic, Part, Place, Sink, codes, nearest};
use crate::model::{Grantee, Role};

pub(super) fn link_role(role: &mut Role, names: &Names, sink: &mut Sink) {
    for (i, membership) in role.member_of.iter_mut().enumerate() {
        let mut to = vec![Grantee::Role(membership.role.clone())];
        grantees(&mut to, names, |_| Part::Membership(i), sink);
        if let Some(Grantee::Role(name)) = to.pop() {
            membership.role = name;
        }
    }
    for (i, default) in role.defaults.iter_mut().enumerate() {
        grantees(&mut default.grantees, names, |_| Part::Default(i), sink);
    }
}

pub(super) fn grantees(to: &mut [Grantee], names: &Names, part: impl Fn(usize) -> Part, sink: &mut Sink) {
    for (i, grantee) in to.iter_mut().enumerate() {
        let Grantee::Role(item) = grantee else { continue };
        match names.roles.get(item) {
            Some(name) => *grantee = Grantee::Role(name.clone()),
            None => sink.push(
                Diagnostic::new(codes::NOT_IN_SET, Place::Part(part(i)), format!("the role `{item}` is not in the set"))
                    .maybe_help(nearest(item, names.roles.keys().map(String::as_str)).map(|n| format!("did you mean `{n}`?")))
                    .help(format!("list `{item}` in the `items` of the `policy_set!`")),
            ),
        }
    }
}
