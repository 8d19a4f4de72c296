//! H0406, H0413, H0417: two permits for one role, or a grant beside a permit, that are wider together.

use crate::diag::{Diagnostic, RulePart, Sink, codes};
use crate::model::Table;

use super::super::rows::Conditions;
use super::super::{combine, words};
use super::{common, permits, rule_place};

pub(super) fn check(of: Conditions<'_>, sink: &mut Sink) {
    let table = of.table;
    if table.no_rls.is_some() {
        return;
    }
    for (j, second) in permits(table) {
        for (_, first) in permits(table).filter(|(i, _)| *i < j) {
            let Some(who) = common(&first.to, &second.to) else { continue };
            let who = words::grantee(who);
            for on in combine::shared(first, second) {
                if combine::columns_join(of, first, second, &on) {
                    sink.push(combine::columns_differ(j, &on, who));
                }
                if combine::tenants_join(first, second, &on) {
                    sink.push(combine::tenants_cross(j, &on, who));
                } else if combine::checks_join(of, first, second, &on) {
                    sink.push(combine::checks_cross(j, &on, who));
                }
            }
        }
        check_grants(table, j, sink);
    }
}

/// `permit(select(id), to = App, ..), grant(select, to = App)`
fn check_grants(table: &Table, index: usize, sink: &mut Sink) {
    let Some(rule) = table.rules.get(index) else { return };
    for grant in &table.grants {
        let Some(who) = common(&rule.to, &grant.to) else { continue };
        let Some(k) = combine::grant_widens(rule, grant) else { continue };
        let Some(on) = rule.commands.get(k) else { continue };
        let (command, who) = (on.command.word(), words::grantee(who));
        sink.push(
            Diagnostic::new(
                codes::COLUMNS_DIFFER,
                rule_place(index, RulePart::Command(k)),
                format!("`grant` opens more columns of `{command}` to `{who}` than `permit`"),
            )
            .note("PostgreSQL joins the columns of all grants: those of `grant(..)` are open in every row of the permit")
            .help(format!("leave `{command}` out of the `grant`: a `permit` grants what it needs")),
        );
    }
}
