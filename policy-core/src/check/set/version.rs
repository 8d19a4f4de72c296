//! H0506: what the oldest PostgreSQL of the set does not have.

use super::Facts;
use crate::diag::{Diagnostic, Part, Place, Sink, codes};
use crate::model::{Membership, Privilege};

const SECURITY_INVOKER: u32 = 15;
const MEMBERSHIP_OPTIONS: u32 = 16;
const MAINTAIN: u32 = 17;

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    views(facts, sink);
    let oldest = facts.set.versions.oldest;
    let mut fault = |item: &str, part, what: &str, needs: u32| {
        if oldest < needs {
            let message = format!("{what} needs PostgreSQL {needs}, and the set begins at {oldest}");
            let newest = facts.set.versions.newest.max(needs);
            sink.push(
                Diagnostic::new(codes::NEEDS_VERSION, Place::Part(part), message)
                    .help(format!("leave it out, or say `versions: {needs}..={newest}` in the `policy_set!`"))
                    .of(item),
            );
        }
    };
    for role in facts.roles.all().filter(|role| !role.external) {
        for (i, membership) in role.member_of.iter().enumerate() {
            if let Some(option) = option(membership) {
                fault(&role.item, Part::Membership(i), &format!("`{option}` of a membership"), MEMBERSHIP_OPTIONS);
            }
        }
        for (i, _) in role.defaults.iter().enumerate().filter(|(_, d)| d.privileges.contains(&Privilege::Maintain)) {
            fault(&role.item, Part::Default(i), "`maintain`", MAINTAIN);
        }
    }
    for table in facts.set.tables() {
        let maintains = |privileges: &[(Privilege, _)]| privileges.iter().any(|(p, _)| *p == Privilege::Maintain);
        for (i, _) in table.grants.iter().enumerate().filter(|(_, grant)| maintains(&grant.privileges)) {
            fault(&table.item, Part::Grant(i), "`maintain`", MAINTAIN);
        }
    }
    for schema in facts.set.schemas() {
        for (i, _) in schema.grants.iter().enumerate().filter(|(_, g)| g.privileges.contains(&Privilege::Maintain)) {
            fault(&schema.item, Part::Grant(i), "`maintain`", MAINTAIN);
        }
        if schema.revokes.iter().any(|r| r.privileges.contains(&Privilege::Maintain)) {
            fault(&schema.item, Part::Name, "`maintain`", MAINTAIN);
        }
        for (i, _) in schema.defaults.iter().enumerate().filter(|(_, d)| d.privileges.contains(&Privilege::Maintain)) {
            fault(&schema.item, Part::Default(i), "`maintain`", MAINTAIN);
        }
    }
}

/// `security_invoker`: before it, a view reads with the rights of its owner whatever one says.
fn views(facts: &Facts<'_>, sink: &mut Sink) {
    let (oldest, newest) = (facts.set.versions.oldest, facts.set.versions.newest.max(SECURITY_INVOKER));
    let invokers = facts.set.views().filter(|view| !view.external && view.definer.is_none());
    for view in invokers.filter(|_| oldest < SECURITY_INVOKER) {
        let message = format!("a view without `definer` needs PostgreSQL {SECURITY_INVOKER}, and the set begins at {oldest}");
        sink.push(
            Diagnostic::new(codes::NEEDS_VERSION, Place::Part(Part::Name), message)
                .note("before, a view reads with the rights of its owner, past the policies of whoever asks")
                .help("name a role with permits of its own: `definer = Reader`")
                .help(format!("or say `versions: {SECURITY_INVOKER}..={newest}` in the `policy_set!`"))
                .of(&view.item),
        );
    }
}

fn option(membership: &Membership) -> Option<&'static str> {
    // WITH ADMIN OPTION is older; its absence is the default.
    let said = [("inherit", membership.inherit), ("set", membership.set), ("admin", membership.admin.filter(|admin| !admin))];
    said.iter().find(|(_, value)| value.is_some()).map(|(key, _)| *key)
}
