//! H0404, H0405: `across_tenants` where there is no tenant, where it lifts nothing, or for everyone.

use crate::diag::{Diagnostic, RulePart, Sink, codes};
use crate::model::{Grantee, RuleKind, Table};

use super::rule_place;

pub(super) fn check(table: &Table, sink: &mut Sink) {
    for (i, rule) in table.rules.iter().enumerate() {
        if rule.across_tenants.is_none() {
            continue;
        }
        let without = |message: &str| Diagnostic::new(codes::ACROSS_WITHOUT_TENANT, rule_place(i, RulePart::Across), message);
        if rule.kind == RuleKind::Restrict {
            sink.push(
                without("`across_tenants` on a `restrict`")
                    .note("a restriction takes rows away; only a permit can reach across tenants")
                    .help("leave it out, or write it on the `permit` of the role"),
            );
            continue;
        }
        if !table.has_tenant() {
            sink.push(
                without("`across_tenants` on a table without a tenant").help("leave it out, or say `tenant(..)` instead of `no_tenant`"),
            );
        }
        if let Some(k) = rule.to.iter().position(|to| *to == Grantee::Public) {
            sink.push(
                Diagnostic::new(codes::ACROSS_PUBLIC, rule_place(i, RulePart::To(k)), "`across_tenants` for `PUBLIC`")
                    .note("it would take every role out of the tenant floor")
                    .help("name the roles that need it: `to = Billing`"),
            );
        }
    }
}
