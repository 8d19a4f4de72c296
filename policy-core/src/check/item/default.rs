//! H0421: a column whose default is the caller, and a role that may write another there.

use super::super::rows::{Conditions, tenant};
use super::super::{combine, words};
use super::{meet, rule_place};
use crate::diag::{Diagnostic, Part, Place, RulePart, Sink, codes};
use crate::model::{Column, Command, Expr, Grantee, Kind, Rule, RuleKind};

pub(super) fn check(of: Conditions<'_>, sink: &mut Sink) {
    let table = of.table;
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
        held(of, column, &wanted, sink);
    }
}

/// Whether every rule that may write the column holds it to the caller. Across tenants others are written for.
fn held(of: Conditions<'_>, column: &Column, wanted: &Expr, sink: &mut Sink) {
    let table = of.table;
    for (i, rule) in super::permits(table).filter(|(_, rule)| rule.across_tenants.is_none()) {
        let writes = |command: Command| matches!(command, Command::Insert | Command::Update);
        for (k, on) in rule.commands.iter().enumerate().filter(|(_, on)| writes(on.command)) {
            let writable = on.columns.as_ref().is_none_or(|columns| columns.contains(&column.name));
            let free = rule.to.iter().find(|to| writable && !is_held(of, rule, on.command, to, wanted));
            if let Some(to) = free {
                sink.push(fault(rule_place(i, RulePart::Command(k)), column, wanted, on.command, words::grantee(to)));
            }
        }
    }
}

/// Whether what a row must pass for a role, the tenant with it, says what is wanted.
fn is_held(of: Conditions<'_>, permit: &Rule, command: Command, to: &Grantee, wanted: &Expr) -> bool {
    let table = of.table;
    let binds = |rule: &&Rule| {
        let all = rule.to.is_empty() || rule.to.contains(&Grantee::Public) || rule.to.iter().any(|one| one == to && meet(one, to));
        rule.kind == RuleKind::Restrict && all && rule.commands.iter().any(|on| on.command == command)
    };
    let tenant = tenant(table, command).filter(|_| table.no_rls.is_none());
    let rules = std::iter::once(permit).chain(table.rules.iter().filter(binds));
    let passed: Vec<&Expr> = rules.filter_map(combine::check).chain(&tenant).collect();
    of.imply(&passed, &[wanted])
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
