//! Which policies a table gets.
//!
//! In: a linked table and its set. Out: policies with their whole predicates, the tenant folded in. Must not know how
//! they are written. Source: PostgreSQL documentation, CREATE POLICY; docs/surface.md.

use super::index::Index;
use super::{floor, names};
use crate::model::{Command, Expr, From, Grantee, Ident, Kind, PolicySet, Query, Rule, RuleKind, Source, Table, Target, Tenancy, Test};

/// A policy before it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedPolicy {
    /// Its name.
    pub name: Ident,
    /// The name it had, by `renamed_from`.
    pub before: Option<Ident>,
    /// The rule it comes from; absent for a floor.
    pub rule: Option<usize>,
    /// Its command; absent for ALL.
    pub command: Option<Command>,
    /// PERMISSIVE, or else RESTRICTIVE.
    pub permissive: bool,
    /// TO.
    pub to: Vec<Grantee>,
    /// USING.
    pub using: Option<Expr>,
    /// WITH CHECK; absent where PostgreSQL takes USING for it.
    pub with_check: Option<Expr>,
}

/// The policies of a table, floors first, then in the order of its rules.
///
/// The set is linked, but need not be free of faults.
#[must_use]
pub fn plan(table: &Table, set: &PolicySet) -> Vec<PlannedPolicy> {
    plan_in(table, &Index::new(set))
}

/// The same for many tables of one set.
#[must_use]
pub fn plan_in(table: &Table, index: &Index<'_>) -> Vec<PlannedPolicy> {
    if table.no_rls.is_some() || table.is_external() {
        return Vec::new();
    }
    let rules = table.rules.iter().enumerate();
    if index.set.target == Target::Citus {
        return rules.filter(|(_, rule)| rule.kind == RuleKind::Permit).flat_map(|(i, rule)| planned(table, index, i, rule)).collect();
    }
    let mut policies = floor::floors(table, index);
    policies.extend(rules.flat_map(|(i, rule)| planned(table, index, i, rule)));
    policies
}

/// When a row belongs to the caller's tenant, for a command; `None` if the table has no tenant.
pub(super) fn tenant(table: &Table, index: &Index<'_>, command: Command) -> Option<Expr> {
    match &table.tenancy {
        Tenancy::None | Tenancy::External => None,
        Tenancy::Own { predicate, .. } => Some(Expr::any(std::iter::once(predicate.clone()).chain(ownerless(table, command)))),
        Tenancy::Through { column, parent, key } => Some(through(index, column, parent, key)),
    }
}

/// That a row has no tenant, where such rows are shared for a command.
pub(crate) fn ownerless(table: &Table, command: Command) -> Option<Expr> {
    let Tenancy::Own { predicate, shared } = &table.tenancy else { return None };
    let key = tenant_key(table, predicate).filter(|_| shared.contains(&command))?;
    Some(Expr::new(Kind::Is(Box::new(Expr::new(Kind::Own(key))), Test::Null, false)))
}

/// Whether `shared` makes one command's tenant differ from another's.
pub(super) fn by_command(table: &Table) -> bool {
    let Tenancy::Own { shared, .. } = &table.tenancy else { return false };
    let count = Command::ALL.iter().filter(|command| shared.contains(command)).count();
    count != 0 && count != Command::ALL.len()
}

/// `EXISTS (SELECT 1 FROM public.projects WHERE projects.id = tasks.project_id)`. The parent's own policies apply in it.
fn through(index: &Index<'_>, column: &Ident, parent: &str, key: &str) -> Expr {
    let Some(parent) = index.table(parent) else {
        return Expr::new(Kind::Literal(crate::model::Literal::Bool(false)));
    };
    let alias = parent.relation.name.as_str().to_owned();
    let theirs = Expr::new(Kind::Column(alias.clone(), key.to_owned()));
    let own = Expr::new(Kind::Own(column.as_str().to_owned()));
    let from = From { source: Source::Relation(parent.relation.clone()), alias, joins: Vec::new(), at: Default::default() };
    let query = Query {
        distinct: false,
        columns: vec![Expr::new(Kind::Literal(crate::model::Literal::Number("1".to_owned())))],
        from: vec![from],
        filter: Some(Expr::new(Kind::Binary("=".to_owned(), Box::new(theirs), Box::new(own)))),
    };
    Expr::new(Kind::Exists(Box::new(query), false))
}

/// The one nullable column of the tenant predicate.
fn tenant_key(table: &Table, predicate: &Expr) -> Option<String> {
    let mut key = None;
    predicate.visit(&mut |part| {
        if let Kind::Own(name) = &part.kind
            && key.is_none()
            && table.column(name).is_some_and(|column| column.nullable)
        {
            key = Some(name.clone());
        }
    });
    key
}

fn planned(table: &Table, index: &Index<'_>, number: usize, rule: &Rule) -> Vec<PlannedPolicy> {
    let folded = rule.kind == RuleKind::Permit && rule.across_tenants.is_none();
    let whole = rule.all && !(folded && by_command(table)) && index.set.target == Target::Postgres;
    let commands: Vec<Option<Command>> = if whole { vec![None] } else { rule.commands.iter().map(|on| Some(on.command)).collect() };
    let alone = commands.len() == 1;
    let policy = |command: Option<Command>| {
        let (using, with_check) = predicates(table, index, rule, command);
        PlannedPolicy {
            name: names::of_rule(rule, command, alone),
            before: names::before(rule, command, alone),
            rule: Some(number),
            command,
            permissive: rule.kind == RuleKind::Permit,
            to: rule.to.clone(),
            using,
            with_check,
        }
    };
    // A policy without a predicate grants nothing and restricts nothing.
    commands.into_iter().map(policy).filter(|policy| policy.using.is_some() || policy.with_check.is_some()).collect()
}

/// USING and WITH CHECK of a rule for a command: the tenant, the rule's own predicate, on Citus the restrictions.
fn predicates(table: &Table, index: &Index<'_>, rule: &Rule, command: Option<Command>) -> (Option<Expr>, Option<Expr>) {
    let folded = rule.kind == RuleKind::Permit && rule.across_tenants.is_none();
    let tenant = if folded { tenant(table, index, command.unwrap_or(Command::Select)) } else { None };
    // Where nothing but the rule says which rows, silence is no row.
    let needed = rule.kind == RuleKind::Restrict || !table.has_tenant();
    let fold = |own: Option<&Expr>, check: bool| match own {
        None if needed => None,
        own => {
            let more = if index.set.target == Target::Citus { restrictions(table, rule, command, check) } else { Vec::new() };
            Some(Expr::all(tenant.iter().chain(own).cloned().chain(more)))
        }
    };
    let using = fold(rule.using.as_ref(), false);
    let with_check = fold(rule.with_check.as_ref().or(rule.using.as_ref()), true);
    match command {
        Some(Command::Insert) => (None, with_check),
        Some(Command::Select | Command::Delete) => (using, None),
        Some(Command::Update) | None => {
            let same = with_check == using;
            (using, if same { None } else { with_check })
        }
    }
}

/// Citus makes every policy PERMISSIVE on the shards, so there restrictions are folded into the permits that share a
/// role with them. Roles that only inherit from one another are `check`'s to refuse.
fn restrictions(table: &Table, permit: &Rule, command: Option<Command>, check: bool) -> Vec<Expr> {
    let meets = |rule: &Rule| {
        rule.to.contains(&Grantee::Public) || permit.to.contains(&Grantee::Public) || rule.to.iter().any(|to| permit.to.contains(to))
    };
    let governs = |rule: &Rule| rule.commands.iter().any(|on| Some(on.command) == command);
    table
        .rules
        .iter()
        .filter(|rule| rule.kind == RuleKind::Restrict && meets(rule) && governs(rule))
        .filter_map(|rule| if check { rule.with_check.clone().or_else(|| rule.using.clone()) } else { rule.using.clone() })
        .collect()
}
