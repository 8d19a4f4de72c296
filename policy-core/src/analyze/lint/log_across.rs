//! H0973: a log of rows of tenants that callers of one tenant read as a whole.

use super::facts::{Facts, command, in_rule};
use super::view_across::stays;
use crate::diag::{Diagnostic, RulePart, Sink, codes};
use crate::model::{Command, Expr, Table};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for (table, i, rule) in facts.permits().filter(|(table, _, _)| !table.has_tenant()) {
        let Some(log) = &table.log else { continue };
        let of = log.rows.iter().filter_map(|row| facts.set.tables().find(|table| table.item == row.item)).find(|of| Table::has_tenant(of));
        let open = rule.using.as_ref().is_none_or(Expr::is_truth);
        let (Some(k), Some(of)) = (command(rule, Command::Select).filter(|_| open), of) else { continue };
        let Some(to) = rule.to.iter().find(|to| facts.serves(to) && stays(facts, to)) else { continue };
        let message = format!("`{}` reads what the log tells of every tenant's `{}`", facts.said(to), of.item);
        sink.push(
            Diagnostic::new(codes::LOG_ACROSS, in_rule(i, RulePart::Command(k)), message)
                .note("a log holds whole rows: what the tenant keeps apart in the table, lies together here")
                .help("copy the tenant into the log, `copy(tenant_id)`, and give it the same `tenant(..)`")
                .of(&table.item),
        );
    }
}
