//! H0939: rows of no tenant that each tenant may write.

use super::facts::{Facts, command};
use crate::diag::{Diagnostic, Part, Place, Sink, codes};
use crate::model::{Command, Tenancy};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for table in facts.governed() {
        let Tenancy::Own { shared, .. } = &table.tenancy else { continue };
        let within = |on: Command| {
            let mut permits = facts.permits().filter(|(of, _, rule)| of.relation == table.relation && rule.across_tenants.is_none());
            permits.any(|(_, _, rule)| command(rule, on).is_some() && rule.to.iter().any(|to| facts.serves(to)))
        };
        let written: Vec<&str> = shared.iter().filter(|on| **on != Command::Select && within(**on)).map(|on| on.word()).collect();
        if written.is_empty() {
            continue;
        }
        let message = format!("every tenant may {} the rows of no tenant", written.join(", "));
        sink.push(
            Diagnostic::new(codes::SHARED_WRITTEN, Place::Part(Part::Shared), message)
                .note("a shared row is seen by all tenants: what one of them writes in it, the others read")
                .help("share for reading alone: `shared(select)`; let a role with `across_tenants` write them")
                .help("if it is meant: `allow(H0939, reason = \"..\")`")
                .of(&table.item),
        );
    }
}
