//! H0420: an update that takes its row out of the sight of the role that makes it, such as a soft delete.

use std::collections::BTreeSet;

use super::super::rows::Conditions;
use super::super::{combine, words};
use super::{meet, rule_place};
use crate::diag::{Diagnostic, Place, RulePart, Sink, codes};
use crate::model::{Command, Expr, Grantee, Ident, Kind, Rule, RuleKind};

pub(super) fn check(of: Conditions<'_>, sink: &mut Sink) {
    let table = of.table;
    if table.no_rls.is_some() {
        return;
    }
    for (i, rule) in super::permits(table) {
        let Some(k) = rule.commands.iter().position(|on| on.command == Command::Update) else { continue };
        let columns = rule.commands.get(k).and_then(|on| on.columns.as_ref());
        for to in &rule.to {
            if let Some(column) = hidden_by(of, rule, to, columns) {
                sink.push(fault(rule_place(i, RulePart::Command(k)), &column, words::grantee(to)));
                break;
            }
        }
    }
}

/// A column that the rule may write and that decides whether its role still sees the row.
fn hidden_by(of: Conditions<'_>, update: &Rule, to: &Grantee, columns: Option<&Vec<Ident>>) -> Option<String> {
    let governs =
        |rule: &&Rule, command| rule.commands.iter().any(|on| on.command == command) && rule.to.iter().any(|other| meet(other, to));
    let table = of.table;
    let selects = table.rules.iter().filter(|rule| governs(rule, Command::Select));
    let (permits, restricts): (Vec<&Rule>, Vec<&Rule>) = selects.partition(|rule| rule.kind == RuleKind::Permit);
    // The new row passes the rule's own check, and that of every restriction on the update.
    let bounds = table.rules.iter().filter(|rule| rule.kind == RuleKind::Restrict && governs(rule, Command::Update));
    let passed: Vec<&Expr> = std::iter::once(update).chain(bounds).filter_map(combine::check).collect();
    let truth = Expr::truth();
    let shown = |selects: &[&Rule]| {
        let shown: Vec<&Expr> = selects.iter().map(|select| select.using.as_ref().unwrap_or(&truth)).collect();
        of.imply(&passed, &shown)
    };
    let written = |select: &&Rule| select.using.as_ref().and_then(|using| read(using).into_iter().find(|name| writable(name, columns)));
    // The permits must show every row the update can make; so must each restriction.
    let by_permit = if permits.is_empty() || shown(&permits) { None } else { permits.iter().find_map(written) };
    by_permit.or_else(|| restricts.iter().filter(|restrict| !shown(&[restrict])).find_map(written))
}

fn writable(name: &str, columns: Option<&Vec<Ident>>) -> bool {
    columns.is_none_or(|columns| columns.iter().any(|column| column.as_str() == name))
}

/// The columns of the row that a predicate reads.
fn read(expr: &Expr) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    expr.visit(&mut |one| {
        if let Kind::Own(name) = &one.kind {
            names.insert(name.clone());
        }
    });
    names
}

fn fault(place: Place, column: &str, who: &str) -> Diagnostic {
    Diagnostic::new(codes::VANISHING, place, format!("an `update` of `{column}` may take the row out of the sight of `{who}`"))
        .note("the new row must pass the USING of `select` as well: PostgreSQL refuses with 42501 an UPDATE that reads a column and hides its row")
        .help("let `select` see both states, or make the change in a function with a definer")
        .help("if the refusal is meant: `allow(H0420, reason = \"..\")`")
}
