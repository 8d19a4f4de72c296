//! The roles: who logs in, who may become whom, who passes policies.

use super::Facts;
use super::markdown::{self, code, codes};
use crate::model::Role;

pub(super) fn write(facts: &Facts<'_>, out: &mut Vec<String>) {
    markdown::heading(2, "Roles", out);
    let passing: Vec<&Role> = facts.set.roles().filter(|role| role.bypass_rls.is_some()).collect();
    if passing.is_empty() {
        out.push("- [ ] No role of the set passes policies (BYPASSRLS).".to_owned());
    }
    for role in passing {
        let reason = role.bypass_rls.as_deref().unwrap_or_default();
        out.push(format!("- [ ] {} passes every policy (BYPASSRLS): {}", code(role.name.as_str()), markdown::text(reason)));
    }
    match &facts.set.owner {
        Some(owner) => out.push(format!(
            "- [ ] {} owns the tables. It is under the policies where they are forced, and may switch them off.",
            code(owner)
        )),
        None => out.push("- [ ] The set names no owner: whoever owns the tables may switch row security off.".to_owned()),
    }
    out.push("- [ ] No role is a superuser, makes roles or databases, or replicates: taken away where it is ours, to be looked at where it is `external`.".to_owned());
    out.push(String::new());
    let rows = facts.set.roles().map(|role| vec![code(role.name.as_str()), kind(role), inherits(facts, role), becomes(facts, role)]);
    markdown::table(&["role", "", "has the rights of", "may become"], rows, out);
}

fn kind(role: &Role) -> String {
    let words = [("external", role.external), ("login", role.login), ("noinherit", role.noinherit)];
    let said: Vec<&str> = words.iter().filter(|(_, on)| *on).map(|(word, _)| *word).collect();
    said.join(", ")
}

fn inherits(facts: &Facts<'_>, role: &Role) -> String {
    codes(facts.roles.inherits(role.name.as_str()).iter().copied().filter(|name| *name != role.name.as_str()))
}

fn becomes(facts: &Facts<'_>, role: &Role) -> String {
    let has = facts.roles.inherits(role.name.as_str());
    codes(facts.roles.uses(role.name.as_str()).iter().copied().filter(|name| !has.contains(name)))
}
