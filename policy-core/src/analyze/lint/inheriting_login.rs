//! H0949: a login that has the rights of several groups at once.

use std::collections::BTreeSet;

use super::facts::Facts;
use crate::check::roles::Who;
use crate::diag::{Diagnostic, Part, Place, Sink, codes};
use crate::model::Role;

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for role in facts.roles.all().filter(|role| role.login && !facts.roles.is_exempt(role.name.as_str())) {
        let groups = groups(facts, role);
        let (Some((_, first)), Some((i, last))) = (groups.first(), groups.last()) else { continue };
        if first == last {
            continue;
        }
        let message =
            format!("`{}` has the rights of `{}` and of `{}` at once", role.item, facts.roles.item(first), facts.roles.item(last));
        sink.push(
            Diagnostic::new(codes::INHERITING_LOGIN, Place::Part(Part::Membership(*i)), message)
                .note("policies of all groups are joined by OR for it: a request sees what any of them may see, without SET ROLE")
                .help("make the login `noinherit`, and let each request become the one role that it needs")
                .of(&role.item),
        );
    }
}

/// The groups with rights that the login inherits, each with its membership.
fn groups<'a>(facts: &Facts<'a>, role: &'a Role) -> Vec<(usize, &'a str)> {
    let passes = |inherit: Option<bool>| inherit.unwrap_or(!role.noinherit);
    let memberships = role.member_of.iter().enumerate().filter(|(_, membership)| passes(membership.inherit));
    let held = holders(facts);
    memberships.map(|(i, membership)| (i, membership.role.as_str())).filter(|(_, name)| held.contains(name)).collect()
}

/// The roles that a rule or grant of a table names.
fn holders<'a>(facts: &Facts<'a>) -> BTreeSet<&'a str> {
    let name = |who: Who<'a>| if let Who::Role(name) = who { Some(name) } else { None };
    facts.set.tables().flat_map(|table| facts.access.holds(&table.relation)).filter_map(|hold| name(hold.to)).collect()
}
