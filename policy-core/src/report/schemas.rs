//! The schemas: who enters them, who may create in them, what is given on all that is in them, now or later.

use super::Facts;
use super::markdown::{self, code};
use super::matrix::grantees;
use crate::model::{DefaultPrivilege, ObjectKind, Privilege, Schema};

pub(super) fn write(facts: &Facts<'_>, out: &mut Vec<String>) {
    let ours: Vec<&Schema> = facts.set.schemas().filter(|schema| !schema.external).collect();
    let defaults = facts.set.roles().flat_map(|role| role.defaults.iter().map(move |default| (role, default)));
    let mut later: Vec<String> =
        defaults.map(|(role, default)| said(&format!("what {} makes anywhere", code(role.name.as_str())), default)).collect();
    for schema in &ours {
        let where_ = format!("what the owner makes in {}", code(schema.name.as_str()));
        later.extend(schema.defaults.iter().map(|default| said(&where_, default)));
    }
    if ours.is_empty() && later.is_empty() {
        return;
    }
    markdown::heading(2, "Schemas", out);
    ours.into_iter().for_each(|schema| one(schema, out));
    out.extend(later);
}

fn one(schema: &Schema, out: &mut Vec<String>) {
    let on_it =
        |privilege| schema.grants.iter().filter(move |grant| grant.on == ObjectKind::Schema && grant.privileges.contains(&privilege));
    let who = |privilege| grantees(on_it(privilege).flat_map(|grant| &grant.to));
    out.push(format!(
        "- [ ] {} is used by {}; beside its owner, {} may create in it.",
        code(schema.name.as_str()),
        who(Privilege::Usage),
        who(Privilege::Create)
    ));
    for grant in schema.grants.iter().filter(|grant| grant.on != ObjectKind::Schema) {
        let every = if grant.every { "all, declared or not," } else { "declared" };
        out.push(format!("  - [ ] {} on its {every} {} for {}.", words(&grant.privileges), grant.on.word(), grantees(&grant.to)));
    }
    for revoke in &schema.revokes {
        let on = if revoke.on == ObjectKind::Schema { "it".to_owned() } else { format!("all its {}", revoke.on.word()) };
        out.push(format!("  - [ ] {} on {on} taken from {}.", words(&revoke.privileges), grantees(&revoke.from)));
    }
}

/// What comes with an object that is yet to be made.
fn said(where_: &str, default: &DefaultPrivilege) -> String {
    let (what, who) = (words(&default.privileges), grantees(&default.grantees));
    let change = if default.revoke { format!("{what} not for {who}") } else { format!("{what} for {who}") };
    format!("- [ ] Later {}, {where_}: {change}.", default.on.word())
}

fn words(privileges: &[Privilege]) -> String {
    privileges.iter().map(|privilege| privilege.word()).collect::<Vec<_>>().join(", ")
}
