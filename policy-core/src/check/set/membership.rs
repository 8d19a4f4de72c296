//! H0503: roles that are members of each other.

use std::collections::BTreeSet;

use super::Facts;
use crate::diag::{Diagnostic, Part, Place, Sink, codes};
use crate::model::Role;

use super::super::words;

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for role in facts.roles.all() {
        if told.contains(role.name.as_str()) {
            continue;
        }
        let Some((first, cycle)) = cycle_of(facts, role) else { continue };
        let path = cycle.iter().chain([&role]).map(|role| role.item.as_str());
        let message = format!("{} are members of each other", words::and(cycle.iter().map(|role| role.item.as_str())));
        sink.push(
            Diagnostic::new(codes::MEMBERSHIP_CYCLE, Place::Part(Part::Membership(first)), message)
                .note(format!("the circle is `{}`; PostgreSQL refuses it", path.collect::<Vec<_>>().join("` -> `")))
                .help("leave out one of the memberships")
                .of(&role.item),
        );
        told.extend(cycle.iter().map(|role| role.name.as_str()));
    }
}

/// The shortest way from a role back to itself, and the membership it begins with.
fn cycle_of<'a>(facts: &Facts<'a>, role: &'a Role) -> Option<(usize, Vec<&'a Role>)> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut todo: Vec<(usize, Vec<&'a Role>, &'a str)> =
        role.member_of.iter().enumerate().map(|(i, m)| (i, vec![role], m.role.as_str())).collect();
    while !todo.is_empty() {
        let mut next = Vec::new();
        for (first, way, group) in todo {
            if group == role.name.as_str() {
                return Some((first, way));
            }
            let Some(group) = facts.roles.get(group).filter(|_| seen.insert(group)) else { continue };
            let way: Vec<&Role> = way.into_iter().chain([group]).collect();
            next.extend(group.member_of.iter().map(|m| (first, way.clone(), m.role.as_str())));
        }
        todo = next;
    }
    None
}
