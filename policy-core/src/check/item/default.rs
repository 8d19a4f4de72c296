//! H0421: a column whose default is the caller, and a role that may write another there.

use super::super::{combine, words};
use super::{meet, rule_place};
use crate::diag::{Diagnostic, Part, Place, RulePart, Sink, codes};
use crate::model::{Column, Command, Expr, Grantee, Kind, Rule, RuleKind, Table, Tenancy};

pub(super) fn check(table: &Table, sink: &mut Sink) {
    for (i, column) in table.columns.iter().enumerate() {
        let Some(default) = &column.default else { continue };
        if column.sequence.is_some() {
            let fault = Diagnostic::new(codes::NOT_ALLOWED_HERE, Place::Part(Part::ColumnDefault(i)), "a default beside a sequence");
            sink.push(fault.help("a sequence is the column's default: keep one of them"));
            continue;
        }
        let wanted = Expr::new(Kind::Binary(
            "=".to_owned(),
            Box::new(Expr::new(Kind::Own(column.name.as_str().to_owned()))),
            Box::new(default.clone()),
        ));
        held(table, column, &wanted, sink);
    }
}

/// Whether every rule that may write the column holds it to the caller. Across tenants others are written for.
fn held(table: &Table, column: &Column, wanted: &Expr, sink: &mut Sink) {
    if table.no_rls.is_none() && by_tenant(table, wanted) {
        return;
    }
    for (i, rule) in super::permits(table).filter(|(_, rule)| rule.across_tenants.is_none()) {
        let writes = |command: Command| matches!(command, Command::Insert | Command::Update);
        for (k, on) in rule.commands.iter().enumerate().filter(|(_, on)| writes(on.command)) {
            let writable = on.columns.as_ref().is_none_or(|columns| columns.contains(&column.name));
            let free = rule.to.iter().find(|to| writable && !by_rules(table, rule, on.command, to, wanted));
            if let Some(to) = free {
                sink.push(fault(rule_place(i, RulePart::Command(k)), column, wanted, on.command, words::grantee(to)));
            }
        }
    }
}

fn by_tenant(table: &Table, wanted: &Expr) -> bool {
    let Tenancy::Own { predicate, shared } = &table.tenancy else { return false };
    let both = shared.iter().all(|command| matches!(command, Command::Select | Command::Delete));
    let whole = |expr: &Expr| expr == wanted || *expr == turned(wanted);
    both && match &predicate.kind {
        Kind::And(all) => all.iter().any(whole),
        _ => whole(predicate),
    }
}

fn by_rules(table: &Table, permit: &Rule, command: Command, to: &Grantee, wanted: &Expr) -> bool {
    let binds = |rule: &&Rule| {
        let all = rule.to.is_empty() || rule.to.contains(&Grantee::Public) || rule.to.iter().any(|one| one == to && meet(one, to));
        rule.kind == RuleKind::Restrict && all && rule.commands.iter().any(|on| on.command == command)
    };
    let passed: Vec<&Rule> = std::iter::once(permit).chain(table.rules.iter().filter(binds)).collect();
    combine::checks_imply(&passed, Some(wanted)) || combine::checks_imply(&passed, Some(&turned(wanted)))
}

/// `ctx.user_id = user_id`.
fn turned(wanted: &Expr) -> Expr {
    match &wanted.kind {
        Kind::Binary(op, left, right) => Expr::new(Kind::Binary(op.clone(), right.clone(), left.clone())),
        _ => wanted.clone(),
    }
}

fn fault(place: Place, column: &Column, wanted: &Expr, command: Command, who: &str) -> Diagnostic {
    let (field, word) = (&column.field, command.word());
    let caller = match &wanted.kind {
        Kind::Binary(_, _, default) => match &default.kind {
            Kind::Ctx(name) => format!("ctx.{name}"),
            _ => "current_user".to_owned(),
        },
        _ => String::new(),
    };
    Diagnostic::new(codes::DEFAULT_NOT_HELD, place, format!("`{who}` may {word} rows with any `{field}`"))
        .note(format!("`{field}` is `{caller}` only where the statement does not say otherwise"))
        .help(format!("hold it for everyone: `restrict({word}, using({field} = {caller}))`, or in this rule"))
        .help(format!("or leave `{field}` out of what may be written: `{word}(.., ..)` with the other columns"))
}
