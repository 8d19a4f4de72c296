//! H0953: a role that crosses tenants and may carry rows from one to another.

use super::facts::{Facts, command, field_of, in_rule, new_rows, writes};
use super::shape::{all, names};
use crate::diag::{Diagnostic, RulePart, Sink, codes};
use crate::model::{Command, Kind, Tenancy};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for (table, i, rule) in facts.permits().filter(|(_, _, rule)| rule.across_tenants.is_some()) {
        let Some(k) = command(rule, Command::Update) else { continue };
        let keys: Vec<&str> = match &table.tenancy {
            Tenancy::Own { predicate, .. } => {
                all(predicate).iter().filter_map(|one| if let Kind::Own(name) = &one.kind { Some(name.as_str()) } else { None }).collect()
            }
            Tenancy::Through { column, .. } => vec![column.as_str()],
            Tenancy::None | Tenancy::External => continue,
        };
        let free = |key: &&&str| writes(rule, Command::Update, key) && !new_rows(rule).is_some_and(|check| names(check, key));
        let Some(key) = keys.iter().find(free) else { continue };
        let key = field_of(table, key);
        let message = format!("an update across tenants may set `{key}`: a row may move from one tenant to another");
        sink.push(
            Diagnostic::new(codes::MOVES_TENANT, in_rule(i, RulePart::Command(k)), message)
                .note("nothing holds the new row to the tenant of the old one")
                .help(format!("list the columns that the role changes: `update(..)` without `{key}`"))
                .help("if it is meant: `allow(H0953, reason = \"..\")`")
                .of(&table.item),
        );
    }
}
