//! The tables: row security, tenant, rules with their whole predicates, and who may do what.

use super::markdown::{self, code, codes};
use super::{Facts, matrix};
use crate::model::{Command, Grantee, Rule, RuleKind, Table, Target, Tenancy};
use crate::plan::{PlannedPolicy, plan_in};
use crate::render::expr::predicate;
use crate::render::quote;

pub(super) fn write(facts: &Facts<'_>, out: &mut Vec<String>) {
    let external: Vec<String> =
        facts.set.tables().filter(|table| table.is_external()).map(|table| quote::relation(&table.relation)).collect();
    markdown::heading(2, "Tables", out);
    if !external.is_empty() {
        out.push(format!("- [ ] Of others, read by rules and never altered: {}.", codes(external.iter().map(String::as_str))));
    }
    for table in facts.set.tables().filter(|table| !table.is_external()) {
        one(facts, table, out);
    }
}

fn one(facts: &Facts<'_>, table: &Table, out: &mut Vec<String>) {
    markdown::heading(3, &format!("{} ({})", code(&quote::relation(&table.relation)), code(&table.item)), out);
    let policies = plan_in(table, facts.index);
    match &table.no_rls {
        Some(reason) => out.push(format!("- [ ] **Row security is off**, privileges alone decide: {}", markdown::text(reason))),
        None => out.push("- [ ] Row security is enabled and forced: the owner is under it.".to_owned()),
    }
    tenant(facts, table, &policies, out);
    for (i, rule) in table.rules.iter().enumerate() {
        of_rule(facts, table, i, rule, &policies, out);
    }
    facts_beside(facts, table, out);
    matrix::write(facts, table, &policies, out);
}

fn tenant(facts: &Facts<'_>, table: &Table, policies: &[PlannedPolicy], out: &mut Vec<String>) {
    match &table.tenancy {
        Tenancy::None if table.no_rls.is_none() => out.push("- [ ] No tenant: each rule says its rows.".to_owned()),
        Tenancy::None | Tenancy::External => {}
        Tenancy::Own { shared, .. } => {
            out.push("- [ ] Tenant: in every permit that does not cross tenants, and once more by itself:".to_owned());
            floors(facts, table, policies, out);
            if !shared.is_empty() {
                out.push(format!(
                    "- [ ] Rows without a tenant are everybody's for {}.",
                    shared.iter().map(|command| command.word()).collect::<Vec<_>>().join(", ")
                ));
            }
        }
        Tenancy::Through { parent, .. } => {
            let parent = facts.index.table(parent).map_or_else(|| parent.clone(), |table| quote::relation(&table.relation));
            out.push(format!("- [ ] Tenant: that of the parent row in {}, which the caller must see:", code(&parent)));
            floors(facts, table, policies, out);
        }
    }
}

fn floors(facts: &Facts<'_>, table: &Table, policies: &[PlannedPolicy], out: &mut Vec<String>) {
    let mut floors = policies.iter().filter(|policy| policy.rule.is_none()).peekable();
    if floors.peek().is_none() {
        let citus = facts.set.target == Target::Citus;
        let why = if citus { "Citus has no policy that restricts" } else { "every role that holds something here crosses tenants" };
        out.push(format!("  - not by itself: {why}"));
    }
    out.extend(floors.map(|policy| format!("  - to {}, {}", to(&policy.to), said(facts, table, policy))));
}

fn of_rule(facts: &Facts<'_>, table: &Table, number: usize, rule: &Rule, policies: &[PlannedPolicy], out: &mut Vec<String>) {
    let kind = if rule.kind == RuleKind::Permit { "permit" } else { "restrict" };
    let commands: Vec<String> = rule.commands.iter().map(|on| on.command.word().to_owned() + &of_columns(on.columns.as_deref())).collect();
    let across = rule.across_tenants.as_ref().map(|why| format!(" **across tenants**: {}", markdown::text(why))).unwrap_or_default();
    out.push(format!("- [ ] Rule {}: {kind} {} to {}{across}", number + 1, commands.join(", "), to(&rule.to)));
    out.extend(policies.iter().filter(|policy| policy.rule == Some(number)).map(|policy| format!("  - {}", said(facts, table, policy))));
}

pub(super) fn of_columns(columns: Option<&[crate::model::Ident]>) -> String {
    columns.map(|columns| format!(" ({})", codes(columns.iter().map(|column| column.as_str())))).unwrap_or_default()
}

/// `select_app`: USING `..`, WITH CHECK `..`
fn said(facts: &Facts<'_>, table: &Table, policy: &PlannedPolicy) -> String {
    let write = |expr| code(&predicate(facts.index, table, expr));
    let writes = matches!(policy.command, None | Some(Command::Update));
    let using = policy.using.as_ref().map(|expr| format!("USING {}", write(expr)));
    let check = match &policy.with_check {
        Some(expr) => Some(format!("WITH CHECK {}", write(expr))),
        None if writes && policy.using.is_some() => Some("WITH CHECK the same".to_owned()),
        None => None,
    };
    format!("{}: {}", code(policy.name.as_str()), using.into_iter().chain(check).collect::<Vec<_>>().join(", "))
}

fn to(all: &[Grantee]) -> String {
    let name = |to: &Grantee| if let Grantee::Role(name) = to { code(name) } else { "PUBLIC".to_owned() };
    all.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// What else decides over its rows.
fn facts_beside(facts: &Facts<'_>, table: &Table, out: &mut Vec<String>) {
    for column in table.columns.iter().filter(|column| column.default.is_some()) {
        out.push(format!("- [ ] {} is the caller where a new row does not say.", code(column.name.as_str())));
    }
    for trigger in &table.triggers {
        let events: Vec<&str> = trigger.events.iter().map(|event| event.kind.word()).collect();
        let function = match &trigger.execute {
            crate::model::Routine::Named(name) => quote::relation(name),
            crate::model::Routine::Method(item, method) => format!("{item}.{method}"),
        };
        out.push(format!("- [ ] {} {} runs {}.", trigger.timing.word(), events.join(", "), code(&function)));
    }
    if table.partitioned {
        out.push(
            "- [ ] Partitions are enabled, forced and without privileges, as often as a migration runs; a later one is looked at."
                .to_owned(),
        );
    }
    for never in &table.nevers {
        let privileges: Vec<&str> = never.privileges.iter().map(|privilege| privilege.word()).collect();
        out.push(format!("- [x] Checked: never {} for {}.", privileges.join(", "), to(&never.to)));
    }
    let unread = matrix::unread(facts, table);
    if !unread.is_empty() && unread.len() < table.columns.len() {
        out.push(format!("- [ ] Columns that nobody reads: {}.", codes(unread.iter().map(String::as_str))));
    }
}
