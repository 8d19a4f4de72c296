//! H0515: what Citus does not take. Restrictive policies are not among it: the renderer folds them.

use super::Facts;
use crate::diag::{Diagnostic, LogPart, Part, Place, RulePart, Sink, TriggerPart, codes};
use crate::model::set::Target;
use crate::model::{Expr, RuleKind, Table, Tenancy};

use super::super::combine;
use super::combine::heir;

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    if facts.set.target != Target::Citus {
        return;
    }
    for role in facts.roles.all().filter(|role| !role.login) {
        sink.push(
            Diagnostic::new(codes::CITUS, Place::Part(Part::Item), format!("`{}` is a role without `login`, on Citus", role.item))
                .note("a worker is asked by a connection of the role itself: one that may not log in fails there")
                .help("add `login`; who may connect is decided by `pg_hba.conf` and the password")
                .of(&role.item),
        );
    }
    for view in facts.set.views().filter(|view| view.definer.is_some()) {
        sink.push(
            Diagnostic::new(codes::CITUS, Place::Part(Part::Definer), "a view with a `definer`, on Citus")
                .note("a worker reads the shards with the rights of whoever asks, not with those of the view's owner")
                .help("leave `definer` out, and let the callers read the tables by rules of their own")
                .of(&view.item),
        );
    }
    for table in facts.set.tables() {
        check_table(table, sink);
        check_triggers(table, sink);
        check_restricts(facts, table, sink);
    }
}

fn check_triggers(table: &Table, sink: &mut Sink) {
    let triggers = (0..table.triggers.len()).map(|i| Part::Trigger(i, TriggerPart::Whole));
    for part in triggers.chain(table.log.as_ref().map(|_| Part::Log(LogPart::Whole))) {
        sink.push(
            Diagnostic::new(codes::CITUS, Place::Part(part), format!("a trigger on `{}`, on Citus", table.item))
                .note("Citus has no triggers on distributed tables, and a log is filled by them")
                .help("write the rows in the application, or leave Citus as the target")
                .of(&table.item),
        );
    }
}

/// The renderer folds a restriction into the permits that share a role with it: into no others.
fn check_restricts(facts: &Facts<'_>, table: &Table, sink: &mut Sink) {
    let of_kind = |kind| table.rules.iter().enumerate().filter(move |(_, rule)| rule.kind == kind);
    for (i, restrict) in of_kind(RuleKind::Restrict) {
        let permits = of_kind(RuleKind::Permit).filter(|(_, permit)| !combine::shared(restrict, permit).is_empty());
        if let Some(role) = permits.filter_map(|(_, permit)| heir(facts, restrict, permit)).next() {
            sink.push(
                Diagnostic::new(
                    codes::CITUS,
                    Place::Part(Part::Rule(i, RulePart::Whole)),
                    format!("a `restrict` that reaches `{role}` by inheritance, on Citus"),
                )
                .note("Citus loses RESTRICTIVE on the shards, so the restriction stands in the permits of its own roles only")
                .help(format!("name `{role}`, or the roles of its permits, in the `to` of the restriction"))
                .of(&table.item),
            );
        }
    }
}

fn check_table(table: &Table, sink: &mut Sink) {
    match &table.tenancy {
        Tenancy::Own { predicate, .. } => check_predicate(table, predicate, Part::Tenant, sink),
        Tenancy::Through { .. } => sink.push(
            Diagnostic::new(codes::CITUS, Place::Part(Part::Tenant), "`through` on Citus")
                .note("Citus refuses a sub-select in the policy of a distributed table")
                .help("give the table a tenant column of its own: `tenant(tenant_id = ctx.tenant_id)`")
                .of(&table.item),
        ),
        Tenancy::None | Tenancy::External => {}
    }
    for (i, rule) in table.rules.iter().enumerate() {
        for (expr, part) in [(&rule.using, RulePart::Using), (&rule.with_check, RulePart::WithCheck)] {
            if let Some(expr) = expr {
                check_predicate(table, expr, Part::Rule(i, part), sink);
            }
        }
    }
}

fn check_predicate(table: &Table, expr: &Expr, part: Part, sink: &mut Sink) {
    let mut found = None;
    expr.visit(&mut |expr| {
        if expr.query().is_some() {
            found.get_or_insert(expr.at);
        }
    });
    if let Some(at) = found {
        sink.push(
            Diagnostic::new(codes::CITUS, Place::Predicate(part, at.into()), "a subquery in a policy, on Citus")
                .note("Citus refuses a sub-select in the policy of a distributed table")
                .help("take the membership from the context: `team_id = ANY(ctx.team_ids)`")
                .of(&table.item),
        );
    }
}
