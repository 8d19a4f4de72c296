//! H0408, H0409: names of policies, as far as one item shows them. The final names are compared in the set.

use std::collections::BTreeSet;

use crate::diag::{Diagnostic, RulePart, Sink, codes};
use crate::model::{Command, Grantee, Rule, RuleKind, Table, Tenancy};

use super::super::words;
use super::rule_place;

/// What a policy's name is made of.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Name<'a> {
    Explicit(String),
    Default(bool, &'static str, &'a Grantee),
}

/// What `to` of a restriction means if it is left out.
const PUBLIC: Grantee = Grantee::Public;

pub(super) fn check(table: &Table, sink: &mut Sink) {
    if table.no_rls.is_some() {
        return;
    }
    let mut taken: BTreeSet<Name<'_>> = BTreeSet::new();
    for (i, rule) in table.rules.iter().enumerate() {
        check_reserved(i, rule, sink);
        let mut clash = None;
        for name in names(table, rule) {
            if let Some(name) = taken.replace(name) {
                clash.get_or_insert(name);
            }
        }
        if let Some(name) = clash {
            sink.push(same(i, &name));
        }
    }
}

/// `name = "tenant_floor_x"`
fn check_reserved(i: usize, rule: &Rule, sink: &mut Sink) {
    let Some(name) = &rule.name else { return };
    if name.starts_with("tenant_floor") || name.starts_with("restrict_") {
        sink.push(
            Diagnostic::new(codes::RESERVED_NAME, rule_place(i, RulePart::Name), format!("`{name}` is a reserved policy name"))
                .note("`tenant_floor` and `restrict_` begin the names of policies that Hedgerow names itself")
                .help("choose another beginning"),
        );
    }
}

/// The names of the policies that a rule becomes (docs/surface.md, names).
fn names<'a>(table: &Table, rule: &'a Rule) -> Vec<Name<'a>> {
    let commands = policies(table, rule);
    let several = commands.len() > 1;
    let first = rule.to.first().unwrap_or(&PUBLIC);
    let restrict = rule.kind == RuleKind::Restrict;
    let name = |command: &'static str| match &rule.name {
        Some(name) if several => Name::Explicit(format!("{name}_{command}")),
        Some(name) => Name::Explicit(name.clone()),
        None => Name::Default(restrict, command, first),
    };
    commands.into_iter().map(name).collect()
}

/// One policy for `all`, unless the tenant predicate differs by command; else one for each command.
fn policies(table: &Table, rule: &Rule) -> Vec<&'static str> {
    let partly = matches!(&table.tenancy, Tenancy::Own { shared, .. } if !shared.is_empty() && shared.len() < Command::ALL.len());
    if rule.all && !(partly && rule.kind == RuleKind::Permit && rule.across_tenants.is_none()) {
        vec!["all"]
    } else {
        rule.commands.iter().map(|on| on.command.word()).collect()
    }
}

fn same(i: usize, name: &Name<'_>) -> Diagnostic {
    let fault = |part, message: String| Diagnostic::new(codes::SAME_RULE_NAME, rule_place(i, part), message);
    match name {
        Name::Explicit(name) => {
            fault(RulePart::Name, format!("two policies of the name `{name}`")).help("give the second rule another name")
        }
        Name::Default(_, command, to) => {
            let message = format!("two rules without a name for `{command}` to `{}`", words::grantee(to));
            fault(RulePart::Whole, message)
                .note("the default name is made of the command and the first role of `to`")
                .help("name the second rule: `name = \"..\"`")
        }
    }
}
