//! The forms of real policies as questions. In: the lists of forms. Out: how often there is a proof, a row, a row that hangs on
//! something, or nothing; and whether what holds of every expression is proved. Must not know: how an answer comes about.

use policy_core::model::{Expr, Kind, Literal};
use policy_core::prove::{BUDGET, Question, Verdict, can_hold};

use super::known::Known;
use super::part::{Count, Sample, spread};
use crate::Failure;
use crate::reader::read;
use crate::universe::Universe;

const LISTS: [&str; 2] = [include_str!("../../../../policy-core/tests/expr_live/forms.txt"), include_str!("../phases/forms.txt")];

/// Asks of every form what follows from it.
///
/// # Errors
/// A universe that cannot be read.
pub fn run(_: Sample) -> Result<Count, Failure> {
    let universe = Universe::new()?;
    let known = Known::of(&universe)?;
    let lines = LISTS.iter().flat_map(|list| list.lines()).filter(|line| !line.is_empty() && !line.starts_with("# "));
    let forms: Vec<(&str, Expr)> = lines.filter_map(|line| Some((line, read(&universe, "form", line)?.expr))).collect();
    let tenant = read(&universe, "tenant", "u = ctx.user_id").ok_or("the tenant's form")?.expr;
    let mut sum = spread(forms.len(), |number, count| {
        let (text, form) = &forms[number];
        let (_, next) = &forms[(number + 1) % forms.len()];
        ask(&known, text, form, next, &tenant, count);
        Ok(())
    })?;
    let share = 100.0 * sum.declined as f64 / sum.cases.max(1) as f64;
    println!("forms: {} of {} unknown ({share:.2} %, wanted below 5 %)", sum.declined, sum.cases);
    if share >= 5.0 {
        sum.differ(format!("{share:.2} % are unknown"));
    }
    Ok(sum)
}

fn ask(known: &Known, text: &str, form: &Expr, next: &Expr, tenant: &Expr, count: &mut Count) {
    let both = Expr::new(Kind::And(vec![form.clone(), next.clone()]));
    let either = Expr::new(Kind::Or(vec![next.clone(), form.clone()]));
    let never = Expr::new(Kind::Literal(Literal::Bool(false)));
    let mine = Expr::new(Kind::And(vec![tenant.clone(), either.clone()]));
    // What is wished, what is denied, whether there must be a proof.
    let questions: [(&str, &Expr, &Expr, bool); 7] = [
        ("implies itself", form, form, true),
        ("implies a part", &both, form, true),
        ("implies either", form, &either, true),
        ("implies the tenant beside it", &mine, tenant, true),
        ("holds", form, &never, false),
        ("implies the tenant", form, tenant, false),
        ("is implied by the tenant", tenant, form, false),
    ];
    for (what, wish, deny, must) in questions {
        let question = Question { world: &known.world, facts: known, assume: &[], wish: &[wish], deny: &[deny] };
        let verdict = can_hold(&question, BUDGET);
        count.cases += 1;
        count.note(match &verdict {
            Verdict::Never(_) => "proved",
            Verdict::Holds(_) => "with a row",
            Verdict::Possible(..) => "with a row that hangs on something",
            Verdict::Unknown(_) => "unknown",
        });
        count.declined += usize::from(matches!(verdict, Verdict::Unknown(_)));
        if must && !verdict.is_never() {
            count.differ(format!("{text}: {what}: {verdict:?}"));
        }
    }
}
