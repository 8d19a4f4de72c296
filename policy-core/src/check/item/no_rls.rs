//! H0116: a key that needs row security, on a table that says `no_rls`.

use crate::diag::{Diagnostic, Part, Place, RulePart, Sink, codes};
use crate::model::{RuleKind, Table};

use super::rule_place;

pub(super) fn check(table: &Table, sink: &mut Sink) {
    if table.no_rls.is_none() {
        return;
    }
    if table.has_tenant() {
        sink.push(fault("tenant", Place::Part(Part::Tenant)).help("say `no_tenant`, or leave `no_rls` out"));
    }
    if table.partitioned {
        sink.push(fault("partitioned", Place::Part(Part::Name)).help("leave out `partitioned` or `no_rls`"));
    }
    for (i, rule) in table.rules.iter().enumerate() {
        if rule.kind == RuleKind::Restrict {
            sink.push(fault("restrict", rule_place(i, RulePart::Whole)).help("leave out `restrict(..)` or `no_rls`"));
            continue;
        }
        if rule.using.is_some() {
            sink.push(fault("using", rule_place(i, RulePart::Using)).help("leave out `using` or `no_rls`"));
        }
        if rule.with_check.is_some() {
            sink.push(fault("with_check", rule_place(i, RulePart::WithCheck)).help("leave out `with_check` or `no_rls`"));
        }
    }
}

fn fault(key: &str, place: Place) -> Diagnostic {
    Diagnostic::new(codes::NOT_ALLOWED_HERE, place, format!("`{key}` on a table with `no_rls`"))
        .note("with row security off no policy is in force: only grants decide")
}
