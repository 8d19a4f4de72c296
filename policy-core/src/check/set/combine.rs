//! H0406, H0417 where the two permits are for different roles and a third has the rights of both.
//!
//! Where one of them crosses tenants nothing is added: the floor of the other role binds whoever inherits it.

use super::Facts;
use crate::diag::Sink;
use crate::model::{Grantee, Rule, RuleKind};

use super::super::access::{reaches, who};
use super::super::combine;
use super::super::roles::Who;
use super::super::rows::Conditions;
use super::super::types::Known;

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let known = Known::linked(facts.set);
    for table in facts.set.tables().filter(|table| table.no_rls.is_none()) {
        let of = Conditions { table, known: &known };
        let permits = || table.rules.iter().enumerate().filter(|(_, rule)| rule.kind == RuleKind::Permit);
        for (j, second) in permits() {
            for (_, first) in permits().filter(|(i, _)| *i < j) {
                for on in combine::shared(first, second) {
                    let columns = combine::columns_join(of, first, second, &on);
                    let checks = combine::checks_join(of, first, second, &on);
                    if !columns && !checks {
                        continue;
                    }
                    let Some(role) = heir(facts, first, second) else { continue };
                    let note = format!("`{role}` has the rights of the roles of both rules");
                    let columns = columns.then(|| combine::columns_differ(j, &on, role));
                    let checks = checks.then(|| combine::checks_cross(j, &on, role));
                    sink.extend(columns.into_iter().chain(checks).map(|fault| fault.note(&note).of(&table.item)));
                }
            }
        }
    }
}

/// The first role that two rules meet in though no grantee of theirs does: that one the item itself shows.
pub(super) fn heir<'a>(facts: &Facts<'a>, first: &Rule, second: &Rule) -> Option<&'a str> {
    let meet = |a: &Grantee, b: &Grantee| a == b || *a == Grantee::Public || *b == Grantee::Public;
    if first.to.iter().any(|a| second.to.iter().any(|b| meet(a, b))) {
        return None;
    }
    let has = |role: &str, rule: &Rule| rule.to.iter().any(|to| reaches(&facts.roles, Who::Role(role), who(to)));
    let roles = facts.roles.all().filter(|role| role.bypass_rls.is_none());
    roles.filter(|role| has(role.name.as_str(), first) && has(role.name.as_str(), second)).map(|role| role.item.as_str()).next()
}
