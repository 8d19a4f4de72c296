//! H0411: `never(..)` without a predicate: no chain of grants gives the command. Rows are not looked at.

use std::collections::BTreeSet;

use super::Facts;
use crate::diag::{Diagnostic, Part, Place, Sink, codes};
use crate::model::{Grantee, Never, Privilege, Table};

use super::super::access::{By, Hold, Via, denied};
use super::super::roles::Who;
use super::super::words;

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for table in facts.set.tables() {
        let holds = facts.access.holds(&table.relation);
        for (i, never) in table.nevers.iter().enumerate().filter(|(_, never)| never.using.is_none()) {
            let denied = denied(&never.privileges);
            // Nobody holds it: then only the owner's own rights can be in question.
            if !holds.iter().any(|hold| denied.contains(&hold.privilege)) && never.to == [Grantee::Public] {
                continue;
            }
            let place = Place::Part(Part::Never(i));
            for to in &never.to {
                sink.extend(judge(facts, table, never, to).into_iter().map(|broken| broken.told(table, place)));
            }
        }
    }
}

/// Someone who has after all what a `never` denies.
struct Broken {
    who: String,
    has: Vec<Privilege>,
    /// By which chains.
    how: Vec<String>,
}

impl Broken {
    fn told(self, table: &Table, place: Place) -> Diagnostic {
        let commands = words::and(self.has.iter().map(|p| p.word()));
        let message = format!("`{}` may {commands} on `{}` after all", self.who, table.item);
        let fault = Diagnostic::new(codes::NEVER_BROKEN, place, message);
        let fault = self.how.into_iter().fold(fault, Diagnostic::note);
        fault.help("take the right away there, or leave the role out of `never(..)`").of(&table.item)
    }
}

/// PUBLIC means whoever is not declared, and every role but the owner and bypass roles, as far as these do not help.
fn judge(facts: &Facts<'_>, table: &Table, never: &Never, to: &Grantee) -> Vec<Broken> {
    let roles = &facts.roles;
    if let Grantee::Role(name) = to {
        return one(facts, table, never, Who::Role(name), roles.uses(name)).into_iter().collect();
    }
    if let Some(public) = one(facts, table, never, Who::Public, &BTreeSet::new()) {
        return vec![public];
    }
    let named = |name: &str| never.to.iter().any(|to| matches!(to, Grantee::Role(other) if other == name));
    let all = roles.all().map(|role| role.name.as_str()).filter(|name| !roles.is_exempt(name) && !named(name));
    all.filter_map(|name| one(facts, table, never, Who::Role(name), roles.uses_ordinary(name))).collect()
}

/// One asker: every privilege that it has after all, with the first chain of each.
fn one<'a>(facts: &Facts<'a>, table: &Table, never: &Never, asker: Who<'_>, within: &BTreeSet<&'a str>) -> Option<Broken> {
    let roles = &facts.roles;
    let who = match asker {
        Who::Public => "PUBLIC".to_owned(),
        Who::Role(name) => roles.item(name).to_owned(),
    };
    let mut broken = Broken { who, has: Vec::new(), how: Vec::new() };
    for privilege in denied(&never.privileges) {
        let Some((hold, via)) = facts.access.chain(roles, asker, within, &table.relation, privilege) else { continue };
        broken.has.push(privilege);
        let how = said(facts, table, &broken.who, hold, via);
        if !broken.how.contains(&how) {
            broken.how.push(how);
        }
    }
    // The owner may do everything to its tables; its own rights are not held against a `never` that names it.
    if let Some(owner) = roles.owner().filter(|owner| Who::Role(owner) != asker && within.contains(owner)) {
        broken.has = denied(&never.privileges);
        broken.how.push(format!("`{}` can use the owner `{}`, which may do everything", broken.who, roles.item(owner)));
    }
    (!broken.has.is_empty()).then_some(broken)
}

fn said(facts: &Facts<'_>, table: &Table, item: &str, hold: &Hold<'_>, via: Via<'_>) -> String {
    let by = match hold.by {
        By::Permit(i) => format!("rule {} of `{}`, a `permit`", i + 1, table.item),
        By::Grant(i) => format!("`grant` {} of `{}`", i + 1, table.item),
        By::Schema(schema, i) => format!("`grant` {} of the schema `{}`", i + 1, schema.item),
        By::Default(item, i) => format!("`default` {} of `{item}`, for tables created after it", i + 1),
        By::Predefined | By::Owner => "its nature".to_owned(),
    };
    match via {
        Via::Own => format!("`{item}` has it by {by}"),
        Via::Public => format!("`PUBLIC` has it by {by}"),
        Via::Inherited(from) => format!("`{item}` has the rights of `{}`, which has it by {by}", facts.roles.item(from)),
        Via::SetRole(from) => format!("`{item}` can become `{}`, which has it by {by}", facts.roles.item(from)),
    }
}
