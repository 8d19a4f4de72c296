//! Rules that say nothing: never true, always true, NULL for everyone, covered by another one.
//!
//! In: the rules of a table as declared. Out: faults. What is said plainly, `true` or `false`, is meant.

use crate::check::{Rows, is_plainly_within};
use crate::diag::{Diagnostic, Part, Place, RulePart, codes};
use crate::model::{Command, Expr, Grantee, Kind, Literal, Rule, RuleKind, Test};
use crate::render::expr::said;

pub(super) fn check(rows: &Rows<'_>, found: &mut Vec<Diagnostic>) {
    let before = found.len();
    for (number, rule) in rows.table.rules.iter().enumerate() {
        for (part, expr) in [(RulePart::Using, &rule.using), (RulePart::WithCheck, &rule.with_check)] {
            let Some(expr) = expr.as_ref().filter(|expr| !is_plain(expr)) else { continue };
            let place = Place::Predicate(Part::Rule(number, part), expr.at.into());
            found.extend(Alone::of(rows, rule, expr).told(place));
        }
    }
    // A rule that never holds is covered by every other one: one mistake is told once.
    if found.len() == before {
        covered(rows, found);
    }
}

/// TRUE or FALSE itself.
fn is_plain(expr: &Expr) -> bool {
    matches!(expr.kind, Kind::Literal(Literal::Bool(_)))
}

/// One condition of a rule.
struct Alone<'a> {
    rows: &'a Rows<'a>,
    rule: &'a Rule,
    expr: &'a Expr,
    /// What the tenant adds to a permit.
    tenant: Option<Expr>,
}

impl<'a> Alone<'a> {
    fn of(rows: &'a Rows<'_>, rule: &'a Rule, expr: &'a Expr) -> Alone<'a> {
        let command = rule.commands.first().map_or(Command::Select, |on| on.command);
        let floored = rule.kind == RuleKind::Permit && rule.across_tenants.is_none();
        Alone { rows, rule, expr, tenant: if floored { rows.tenant(command) } else { None } }
    }

    fn is_permit(&self) -> bool {
        self.rule.kind == RuleKind::Permit
    }

    fn word(&self) -> &'static str {
        if self.is_permit() { "permit" } else { "restrict" }
    }

    fn never(&self, assume: &[&Expr], deny: &[&Expr]) -> bool {
        self.rows.can_hold(assume, deny).is_never()
    }

    fn told(&self, place: Place) -> Option<Diagnostic> {
        let within: Vec<&Expr> = self.tenant.iter().collect();
        let both: Vec<&Expr> = within.iter().copied().chain([self.expr]).collect();
        if self.never(&both, &[]) {
            return Some(if self.is_null() { self.always_null(place) } else { self.never_holds(place) });
        }
        self.never(&within, &[self.expr]).then(|| self.always_holds(place))
    }

    /// Neither it nor its opposite ever holds.
    fn is_null(&self) -> bool {
        let not = Expr::new(Kind::Not(Box::new(self.expr.clone())));
        self.never(&[&not], &[]) && self.never(&[self.expr], &[])
    }

    fn always_null(&self, place: Place) -> Diagnostic {
        let fault = Diagnostic::new(codes::ALWAYS_NULL, place, format!("this `{}` is NULL for {}", self.word(), self.every()));
        if self.is_permit() {
            fault.note("NULL hides a row as FALSE does").help("let it be TRUE for some rows, or remove the rule")
        } else {
            fault.note("NULL hides every row from the roles that it is for").help("mend the condition; no row at all is `using(false)`")
        }
    }

    fn never_holds(&self, place: Place) -> Diagnostic {
        let inserts = self.rule.commands.iter().all(|on| on.command == Command::Insert);
        let what = match (self.is_permit(), inserts) {
            (true, false) => "it gives a privilege, and no row",
            (true, true) => "it gives a privilege, and no row passes",
            (false, _) => "no row is left to the roles that it is for",
        };
        // Alone it may hold: then the tenant is in the way.
        let with = if self.tenant.is_some() && !self.never(&[self.expr], &[]) { "it and the tenant true together" } else { "it true" };
        let makes = if self.names_caller() || with != "it true" { "no row and no caller make" } else { "no row makes" };
        let fault = Diagnostic::new(codes::NEVER_HOLDS, place, format!("this `{}` can never hold", self.word()));
        let fault = self.why().into_iter().fold(fault.note(format!("{makes} {with}: {what}")), Diagnostic::note);
        fault.help(if self.is_permit() {
            "mend the condition, or remove the rule"
        } else {
            "mend the condition; no row at all is `using(false)`"
        })
    }

    fn always_holds(&self, place: Place) -> Diagnostic {
        let of = if self.tenant.is_some() { "every row of the tenant" } else { self.every() };
        Diagnostic::new(codes::ALWAYS_HOLDS, place, format!("this condition holds for {of}"))
            .note("it reads like a limit and is none")
            .help(if self.is_permit() {
                "mend it, or leave it out; every row on purpose is `using(true)`"
            } else {
                "mend it, or remove the restriction"
            })
    }

    fn names_caller(&self) -> bool {
        let mut names = false;
        self.expr
            .visit(&mut |part| names |= matches!(part.kind, Kind::Ctx(_) | Kind::Keyword(_) | Kind::Routine(..)) || part.query().is_some());
        names
    }

    fn every(&self) -> &'static str {
        if self.names_caller() { "every row, whoever asks" } else { "every row" }
    }

    /// What in it is never so by itself.
    fn why(&self) -> Vec<String> {
        let parts = if let Kind::And(all) = &self.expr.kind { all.as_slice() } else { std::slice::from_ref(self.expr) };
        let reason = |part: &Expr| match &part.kind {
            Kind::Is(value, Test::Null, false) if self.never(&[part], &[]) => {
                let Kind::Own(column) = &value.kind else { return None };
                let column = self.rows.table.columns.iter().find(|own| own.name.as_str() == column)?;
                Some(format!("`{}` is never NULL: its type is no `Option`", column.field))
            }
            Kind::Between(value, low, high, false) if self.never(&[part], &[]) => {
                let turned = Expr::new(Kind::Between(value.clone(), high.clone(), low.clone(), false));
                let holds = !self.never(&[&turned], &[]);
                holds.then(|| format!("the lower bound of BETWEEN comes first: `BETWEEN {} AND {}`", said(high), said(low)))
            }
            _ => None,
        };
        parts.iter().filter_map(reason).collect()
    }
}

/// Rules of which each row is one of another rule.
fn covered(rows: &Rows<'_>, found: &mut Vec<Diagnostic>) {
    let rules = &rows.table.rules;
    let mut told: Vec<usize> = Vec::new();
    for (i, one) in rules.iter().enumerate() {
        for (j, other) in rules.iter().enumerate().filter(|(j, _)| *j != i) {
            // Of two that are the same the second one is told of.
            let twin = i < j && is_covered(rows, other, one);
            if !told.contains(&j) && !told.contains(&i) && !twin && is_covered(rows, one, other) {
                told.push(i);
                found.push(fault(i, j, one));
            }
        }
    }
}

fn fault(i: usize, j: usize, rule: &Rule) -> Diagnostic {
    let place = Place::Part(Part::Rule(i, RulePart::Whole));
    let fault = |message: String| Diagnostic::new(codes::COVERED, place, message);
    if rule.kind == RuleKind::Permit {
        fault(format!("every row of this `permit` is one of rule {}", j + 1))
            .note("PostgreSQL joins permits with OR: this one changes nothing")
            .help("remove it, or mend the one that is too wide")
    } else {
        fault(format!("rule {} restricts at least as much as this `restrict`", j + 1))
            .note("PostgreSQL joins restrictions with AND: this one changes nothing")
            .help("remove it, or mend the one that is too narrow")
    }
}

/// Whether a rule changes nothing beside another one. Plain equality of what is said costs no proof and is left to others.
fn is_covered(rows: &Rows<'_>, one: &Rule, by: &Rule) -> bool {
    let permit = one.kind == RuleKind::Permit;
    let roles = by.to.is_empty() || by.to.contains(&Grantee::Public) || !one.to.is_empty() && one.to.iter().all(|to| by.to.contains(to));
    let commands = one.commands.iter().all(|on| {
        let columns = |other: &crate::model::CommandColumns| match (&on.columns, &other.columns) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(own), Some(their)) => own.iter().all(|column| their.contains(column)),
        };
        by.commands.iter().any(|other| other.command == on.command && columns(other))
    });
    if one.kind != by.kind || !roles || !commands || one.across_tenants.is_some() != by.across_tenants.is_some() {
        return false;
    }
    let truth = Expr::truth();
    let (own, their) = (one.using.as_ref().unwrap_or(&truth), by.using.as_ref().unwrap_or(&truth));
    let check = |rule: &Rule| rule.with_check.clone().or_else(|| rule.using.clone()).unwrap_or_else(Expr::truth);
    let (own_check, their_check) = (check(one), check(by));
    // A permit is covered by a wider one, a restriction by a narrower one.
    let pairs = [(own, their), (&own_check, &their_check)];
    let pairs = pairs.map(|(own, their)| if permit { (own, their) } else { (their, own) });
    // Of permits what is plainly so is a lint of its own, which looks at memberships as well.
    if permit && pairs.iter().all(|(narrow, wide)| is_plainly_within(&[narrow], wide)) {
        return false;
    }
    pairs.into_iter().all(|(narrow, wide)| wide.is_truth() || rows.can_hold(&[narrow], &[wide]).is_never())
}
