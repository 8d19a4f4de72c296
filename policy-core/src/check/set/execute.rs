//! H0805: a policy runs with the rights of who queries, and so do the functions in a view whoever its definer is.

use std::collections::{BTreeMap, BTreeSet};

use super::Facts;
use crate::diag::{Diagnostic, LogPart, Part, Place, RulePart, Sink, codes};
use crate::model::{
    Command, Context, ContextSource, Expr, Function, Functions, Kind, Log, ObjectKind, Query, Relation, Routine, RuleKind, Table, Tenancy,
};

use super::super::access::{reaches, who};
use super::super::reads::applies;
use super::super::roles::Who;
use super::super::routines::signature;

/// A call of a function: its name, how many arguments, where.
struct Call<'a> {
    name: &'a Relation,
    arguments: usize,
    place: Place,
}

/// Who may not, at the first place that calls the function.
type Refused<'a> = BTreeMap<(Relation, usize), (Place, &'a Functions, &'a Function, Vec<Who<'a>>)>;

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    if facts.set.functions().next().is_none() {
        return;
    }
    for table in facts.set.tables() {
        let mut refused = Refused::new();
        for asker in &facts.askers {
            calls_for(facts, table, *asker).iter().for_each(|call| judge(facts, call, *asker, &mut refused));
        }
        if let Some((log, writer)) = table.log.as_ref().and_then(|log| Some((log, log.writer.as_deref()?))) {
            let calls = of_log(log, context(facts, table.context.as_deref()));
            calls.iter().for_each(|call| judge(facts, call, Who::Role(writer), &mut refused));
        }
        tell(facts, &table.item, refused, sink);
    }
    for view in facts.set.views() {
        let mut refused = Refused::new();
        let context = context(facts, view.context.as_deref());
        let calls = view.query.as_ref().map(|query| of_query(query, context)).unwrap_or_default();
        for to in view.grants.iter().flat_map(|grant| &grant.to) {
            calls.iter().for_each(|call| judge(facts, call, who(to), &mut refused));
        }
        tell(facts, &view.item, refused, sink);
    }
}

fn judge<'a>(facts: &Facts<'a>, call: &Call<'a>, asker: Who<'a>, refused: &mut Refused<'a>) {
    for of in facts.set.functions().filter(|of| !of.external && of.schema == call.name.schema) {
        let meant = |function: &&Function| function.name == call.name.name && function.args.len() == call.arguments;
        for function in of.functions.iter().filter(meant).filter(|function| !may(facts, of, function, asker)) {
            let (.., known) = refused.entry((of.path(function), call.arguments)).or_insert_with(|| (call.place, of, function, Vec::new()));
            if !known.contains(&asker) && !known.iter().any(|other| reaches(&facts.roles, asker, *other)) {
                known.push(asker);
            }
        }
    }
}

/// Whether someone may execute a function: by a grant, or as its owner.
fn may<'a>(facts: &Facts<'a>, of: &'a Functions, function: &'a Function, asker: Who<'a>) -> bool {
    let owners = function.definer.as_deref().into_iter().chain(facts.roles.owner()).map(Who::Role);
    let schemas = facts.set.schemas().filter(|schema| schema.name == of.schema);
    let wide = schemas.flat_map(|schema| &schema.grants).filter(|g| matches!(g.on, ObjectKind::Functions | ObjectKind::Routines));
    let mut holders = function.grants.iter().chain(wide.flat_map(|grant| &grant.to)).map(who).chain(owners);
    holders.any(|holder| reaches(&facts.roles, asker, holder))
}

fn tell(facts: &Facts<'_>, item: &str, refused: Refused<'_>, sink: &mut Sink) {
    for ((path, _), (place, of, function, who)) in refused {
        let roles: Vec<&str> = who.iter().map(|who| facts.said(who)).collect();
        let to = if let [one] = roles.as_slice() { (*one).to_owned() } else { format!("[{}]", roles.join(", ")) };
        let message =
            format!("`{}` is called here, but {} may not execute it", signature(&path, function), super::super::words::and(&roles));
        sink.push(
            Diagnostic::new(codes::CANNOT_EXECUTE, place, message)
                .note("it is executed with the rights of the role that queries: PostgreSQL refuses the whole statement with 42501")
                .help(format!("add `#[function(grant(execute, to = {to}))]` to `{}` of `{}`", function.method, of.item))
                .of(item),
        );
    }
}

fn context<'a>(facts: &Facts<'a>, name: Option<&str>) -> Option<&'a Context> {
    facts.set.contexts().find(|context| Some(context.item.as_str()) == name)
}

/// What the policies of a table that apply to someone call.
fn calls_for<'a>(facts: &Facts<'a>, table: &'a Table, asker: Who<'a>) -> Vec<Call<'a>> {
    let context = context(facts, table.context.as_deref());
    let mut found = Vec::new();
    let mut seen: BTreeSet<usize> = BTreeSet::new();
    let mut tenant = false;
    for command in Command::ALL.iter().filter(|_| table.no_rls.is_none()) {
        let applying = || table.rules.iter().enumerate().filter(|(_, rule)| applies(&facts.roles, rule, asker, *command));
        let mut permits = applying().filter(|(_, rule)| rule.kind == RuleKind::Permit).peekable();
        if permits.peek().is_none() {
            continue;
        }
        tenant |= permits.any(|(_, rule)| rule.across_tenants.is_none());
        seen.extend(applying().map(|(i, _)| i));
    }
    if let Tenancy::Own { predicate, .. } = &table.tenancy
        && tenant
    {
        found.extend(of_expr(predicate, Part::Tenant, context));
    }
    for (i, rule) in table.rules.iter().enumerate().filter(|(i, _)| seen.contains(i)) {
        found.extend(rule.using.iter().flat_map(|using| of_expr(using, Part::Rule(i, RulePart::Using), context)));
        found.extend(rule.with_check.iter().flat_map(|check| of_expr(check, Part::Rule(i, RulePart::WithCheck), context)));
    }
    found
}

/// What the triggers of a log call, with the rights of its writer: functions that say who asks.
fn of_log<'a>(log: &'a Log, context: Option<&'a Context>) -> Vec<Call<'a>> {
    let part = Part::Log(LogPart::Writer);
    let mut found: Vec<Call<'a>> = log.by.iter().flat_map(|(_, value)| of_expr(value, part, context)).collect();
    let fields = context.filter(|_| log.context.is_some()).into_iter().flat_map(|context| &context.fields);
    found.extend(fields.filter_map(|field| match &field.source {
        ContextSource::Routine(Routine::Named(name), _) => Some(Call { name, arguments: 0, place: Place::Part(part) }),
        _ => None,
    }));
    found.into_iter().map(|call| Call { place: Place::Part(part), ..call }).collect()
}

fn of_query<'a>(query: &'a Query, context: Option<&'a Context>) -> Vec<Call<'a>> {
    query.parts().into_iter().flat_map(|expr| of_expr(expr, Part::Query, context)).collect()
}

fn of_expr<'a>(expr: &'a Expr, part: Part, context: Option<&'a Context>) -> Vec<Call<'a>> {
    let mut found = Vec::new();
    expr.visit(&mut |one| {
        let place = Place::Predicate(part, one.at.into());
        match &one.kind {
            Kind::Routine(Routine::Named(name), args) => found.push(Call { name, arguments: args.len(), place }),
            Kind::Ctx(field) => {
                if let Some(ContextSource::Routine(Routine::Named(name), _)) =
                    context.and_then(|context| context.field(field)).map(|field| &field.source)
                {
                    found.push(Call { name, arguments: 0, place });
                }
            }
            _ => {}
        }
    });
    found
}
