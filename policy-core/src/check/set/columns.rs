//! H0406 where a grant of the table or of its schema opens columns that a permit keeps closed.
//!
//! What one item shows by itself (`permit` and `grant` to one grantee) is the item's to say.

use super::super::access::{By, Hold, reaches, who};
use super::super::roles::Who;
use super::Facts;
use crate::diag::{Diagnostic, Part, Place, RulePart, Sink, codes};
use crate::model::{Grantee, Ident, Rule, RuleKind, Table};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for table in facts.set.tables().filter(|table| table.no_rls.is_none()) {
        let permits = table.rules.iter().enumerate().filter(|(_, rule)| rule.kind == RuleKind::Permit);
        for (i, rule) in permits {
            for (k, on) in rule.commands.iter().enumerate() {
                let Some(listed) = &on.columns else { continue };
                let privilege = on.command.privilege();
                let holds = facts.access.holds(&table.relation).iter().filter(|hold| hold.privilege == privilege);
                let wider = holds.filter(|hold| more(hold.columns, listed));
                if let Some((hold, role)) = wider.filter_map(|hold| Some((hold, heir(facts, table, rule, hold)?))).next() {
                    sink.push(fault(hold, &role, privilege.word(), Part::Rule(i, RulePart::Command(k))).of(&table.item));
                }
            }
        }
    }
}

/// Whether a grant has a column that the list has not.
fn more(granted: Option<&[Ident]>, listed: &[Ident]) -> bool {
    granted.is_none_or(|granted| granted.iter().any(|column| !listed.contains(column)))
}

/// Who has both the rows of the rule and the columns of the grant.
fn heir(facts: &Facts<'_>, table: &Table, rule: &Rule, hold: &Hold<'_>) -> Option<String> {
    match hold.by {
        By::Permit(_) | By::Default(..) => return None,
        By::Grant(i) => {
            let grant = table.grants.get(i)?;
            let meet = |a: &Grantee, b: &Grantee| a == b || *a == Grantee::Public || *b == Grantee::Public;
            if rule.to.iter().any(|a| grant.to.iter().any(|b| meet(a, b))) {
                return None;
            }
        }
        By::Schema(..) | By::Predefined | By::Owner => {}
    }
    let roles = facts.roles.all().filter(|role| role.bypass_rls.is_none());
    let has = |role: &str, to: Who<'_>| reaches(&facts.roles, Who::Role(role), to);
    let mut both = roles.filter(|role| rule.to.iter().any(|to| has(role.name.as_str(), who(to))) && has(role.name.as_str(), hold.to));
    both.next().map(|role| role.item.clone())
}

fn fault(hold: &Hold<'_>, role: &str, command: &str, part: Part) -> Diagnostic {
    let (by, help) = match hold.by {
        By::Schema(schema, _) => (
            format!("the grant of schema `{}`", schema.item),
            "narrow the schema's grant, or give the rule to a role that it does not name",
        ),
        By::Predefined => ("a role of PostgreSQL's own".to_owned(), "take the membership away"),
        _ => ("a grant that it inherits".to_owned(), "narrow the grant, or take the membership away"),
    };
    Diagnostic::new(codes::COLUMNS_DIFFER, Place::Part(part), format!("`{role}` may `{command}` more columns than the rule lists, by {by}"))
        .note("PostgreSQL joins the columns of all grants: every column granted is open in every row permitted")
        .help(help)
}
