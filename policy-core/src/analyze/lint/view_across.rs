//! H0932: a view whose definer crosses tenants, and whose query does not ask for the caller's.

use super::facts::Facts;
use crate::check::access::reaches;
use crate::check::access::who;
use crate::check::roles::Who;
use crate::diag::{Diagnostic, Part, Place, Sink, codes};
use crate::model::{Command, Grantee, Kind, Privilege, Query, Rule, RuleKind, Source, Table, View};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for view in facts.set.views() {
        let (Some(definer), Some(query)) = (view.definer.as_deref(), &view.query) else { continue };
        if asks(query) || !served(facts, view) {
            continue;
        }
        for (source, _, at) in query.all_sources() {
            let Source::Relation(relation) = source else { continue };
            let Some(table) = facts.tables.get(relation).filter(|table| crosses(facts, table, definer)) else { continue };
            let message = format!("`{}` shows the rows of every tenant's `{}`", view.relation, table.relation);
            sink.push(
                Diagnostic::new(codes::VIEW_ACROSS, Place::Predicate(Part::Query, at.into()), message)
                    .note(format!(
                        "it reads with the rights of `{}`, which crosses tenants there; the caller's policies are not asked",
                        facts.roles.item(definer)
                    ))
                    .help("compare the tenant in the query: `WHERE d.tenant_id = ctx.tenant_id`")
                    .help("if it is meant: `allow(H0932, reason = \"..\")`")
                    .of(&view.item),
            );
        }
    }
}

/// Whether the query asks for anything of the caller.
fn asks(query: &Query) -> bool {
    let mut found = false;
    query.visit(&mut |expr| found |= matches!(expr.kind, Kind::Ctx(_) | Kind::Routine(..) | Kind::Keyword(_)));
    found
}

/// Whether callers of one tenant read it: PUBLIC, who has rights within a tenant, whom a table with a tenant is denied. A role
/// with neither, such as one that watches all tenants, has no tenant to stay in.
fn served(facts: &Facts<'_>, view: &View) -> bool {
    view.grants.iter().flat_map(|grant| &grant.to).filter(|to| facts.serves(to)).any(|to| *to == Grantee::Public || stays(facts, to))
}

/// Whether a role has rights within a tenant, or is denied a table with one.
pub(super) fn stays(facts: &Facts<'_>, to: &Grantee) -> bool {
    let within =
        |rule: &Rule| rule.kind == RuleKind::Permit && rule.across_tenants.is_none() && rule.to.iter().any(|given| facts.has(to, given));
    let denied = |table: &Table| table.nevers.iter().any(|never| never.privileges.contains(&Privilege::Select) && never.to.contains(to));
    facts.governed().filter(|table| table.has_tenant()).any(|table| table.rules.iter().any(within) || denied(table))
}

fn crosses(facts: &Facts<'_>, table: &Table, definer: &str) -> bool {
    let select = |rule: &&Rule| rule.kind == RuleKind::Permit && rule.commands.iter().any(|on| on.command == Command::Select);
    let across = table.rules.iter().filter(select).filter(|rule| rule.across_tenants.is_some());
    across.flat_map(|rule| &rule.to).any(|to| reaches(&facts.roles, Who::Role(definer), who(to)))
}
