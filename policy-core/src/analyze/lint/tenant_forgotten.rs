//! H0977: a table without a tenant that has the column by which the others have one.

use std::collections::BTreeMap;

use super::facts::{Facts, in_rule, new_rows};
use super::shape::{conditions, names, own_is_caller};
use super::view_across::stays;
use crate::diag::{Diagnostic, RulePart, Sink, codes};
use crate::model::{Rule, RuleKind, Table, Tenancy};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let keys = keys(facts);
    for (table, i, rule) in facts.permits().filter(|(table, _, _)| table.tenancy == Tenancy::None) {
        let key = table.columns.iter().find_map(|column| Some((column, keys.get(column.name.as_str())?)));
        let Some((column, caller)) = key else { continue };
        let Some(to) = rule.to.iter().find(|to| facts.serves(to) && stays(facts, to)) else { continue };
        if asks(table, rule, column.name.as_str()) {
            continue;
        }
        let message = format!("`{}` keeps tenants apart in other tables, and nothing asks it here", column.field);
        sink.push(
            Diagnostic::new(codes::TENANT_FORGOTTEN, in_rule(i, RulePart::Whole), message)
                .note(format!("`{}` has rights within one tenant, and this permit opens the rows of every tenant to it", facts.said(to)))
                .help(format!("say `tenant({} = ctx.{caller})` instead of `no_tenant`", column.field))
                .help("if the rows are for all tenants: `allow(H0977, reason = \"..\")`")
                .of(&table.item),
        );
    }
}

/// The columns that a tenant predicate compares with the caller, each with the context field.
fn keys<'a>(facts: &Facts<'a>) -> BTreeMap<&'a str, &'a str> {
    let predicate = |table: &'a Table| if let Tenancy::Own { predicate, .. } = &table.tenancy { Some(predicate) } else { None };
    let predicates = facts.governed().filter_map(predicate);
    predicates.flat_map(|predicate| conditions(Some(predicate))).filter_map(own_is_caller).collect()
}

/// Whether the rule or a restriction of the table names the column.
fn asks(table: &Table, rule: &Rule, column: &str) -> bool {
    let said = |rule: &Rule| rule.using.iter().chain(new_rows(rule)).any(|expr| names(expr, column));
    said(rule) || table.rules.iter().any(|rule| rule.kind == RuleKind::Restrict && said(rule))
}
