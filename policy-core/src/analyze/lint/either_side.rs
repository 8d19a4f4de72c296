//! H0974: a new row of which one of two columns must be the caller's, whichever.

use super::facts::{Facts, command, field_of, in_rule, new_rows, writes};
use super::shape::{all, conditions, own_is_caller};
use crate::diag::{Diagnostic, RulePart, Sink, codes};
use crate::model::{Command, Expr, Kind, Rule, RuleKind, Table, Tenancy};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for (table, i, rule) in facts.permits() {
        let Some(to) = rule.to.iter().find(|to| facts.serves(to)) else { continue };
        let asked = asked(table, rule);
        for sides in asked.iter().filter_map(|one| sides(one)) {
            let written = [Command::Insert, Command::Update].into_iter().filter(|on| sides.iter().all(|side| writes(rule, *on, side)));
            let Some(k) = written.filter(|on| !held(table, rule, *on, &sides)).find_map(|on| command(rule, on)) else { continue };
            let sides: Vec<&str> = sides.iter().map(|side| field_of(table, side)).collect();
            let message = format!("`{}` may write a row that names anyone in `{}`", facts.said(to), sides.join("` or in `"));
            sink.push(
                Diagnostic::new(codes::EITHER_SIDE, in_rule(i, RulePart::Command(k)), message)
                    .note("one of the columns must be the caller's, and which one the caller chooses: a letter to oneself may come from anybody")
                    .help(format!("say which one a new row must have: `with_check({} = ctx..)`", sides.first().copied().unwrap_or_default()))
                    .of(&table.item),
            );
        }
    }
}

/// What a new row of the rule must be.
fn asked<'a>(table: &'a Table, rule: &'a Rule) -> Vec<&'a Expr> {
    let tenant = match &table.tenancy {
        Tenancy::Own { predicate, .. } if rule.across_tenants.is_none() => Some(predicate),
        _ => None,
    };
    conditions(tenant).into_iter().chain(conditions(new_rows(rule))).collect()
}

/// The columns of `a = ctx.field OR b = ctx.field`.
fn sides(expr: &Expr) -> Option<Vec<&str>> {
    let Kind::Or(sides) = &expr.kind else { return None };
    let found: Vec<(&str, &str)> = sides.iter().filter_map(own_is_caller).collect();
    let (_, field) = found.first()?;
    let same = found.len() == sides.len() && found.iter().all(|(_, other)| other == field);
    same.then(|| found.iter().map(|(column, _)| *column).collect())
}

/// Whether another condition holds one of the columns.
fn held(table: &Table, rule: &Rule, on: Command, columns: &[&str]) -> bool {
    let restricts =
        table.rules.iter().filter(|other| other.kind == RuleKind::Restrict && command(other, on).is_some()).filter_map(new_rows);
    let mut holding = asked(table, rule).into_iter().chain(restricts.flat_map(|check| conditions(Some(check))));
    holding.any(|one| {
        !matches!(one.kind, Kind::Or(_))
            && all(one).iter().any(|part| matches!(&part.kind, Kind::Own(name) if columns.contains(&name.as_str())))
    })
}
