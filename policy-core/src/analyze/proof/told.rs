//! How verdicts are told.
//!
//! In: a verdict, and what was asked. Out: diagnostics. Must not know how it was come to.

use crate::diag::{Diagnostic, Place, codes};
use crate::model::{Expr, Kind, Test};
use crate::prove::{Proof, Verdict, Witness};

/// What a question about a forbidden row came to.
pub(super) enum Told {
    /// There is none, for these reasons.
    Proved(Vec<Proof>),
    /// There is one: the row and the caller, and what it hangs on.
    Row(String, Vec<String>),
    /// It is not known, and why.
    Unknown(String),
}

impl Told {
    /// The answer of `ask`; with a caller who is somebody, if there is such a row, because that reads best. `ask` is given what is
    /// assumed of the caller.
    pub(super) fn clearly(goal: &Expr, ask: impl Fn(Vec<&Expr>) -> Verdict) -> Told {
        let told = Told::from(ask(Vec::new()));
        if !matches!(told, Told::Row(..)) {
            return told;
        }
        let mut somebody: Vec<Expr> = Vec::new();
        goal.visit(&mut |part| {
            let known = Expr::new(Kind::Is(Box::new(part.clone()), Test::Null, true));
            if matches!(part.kind, Kind::Ctx(_)) && !somebody.contains(&known) {
                somebody.push(known);
            }
        });
        match Told::from(ask(somebody.iter().collect())) {
            Told::Row(row, on) if matches!(&told, Told::Row(_, before) if on.len() <= before.len()) => Told::Row(row, on),
            _ => told,
        }
    }
}

impl Told {
    /// What two questions came to of which each asks for a part, neither of them a row.
    pub(super) fn and(self, other: Told) -> Told {
        match (self, other) {
            (Told::Proved(first), Told::Proved(second)) => Told::Proved(first.into_iter().chain(second).collect()),
            (Told::Proved(_), told) | (told, _) => told,
        }
    }
}

impl From<Verdict> for Told {
    fn from(verdict: Verdict) -> Told {
        match verdict {
            Verdict::Never(proof) => Told::Proved(vec![*proof]),
            Verdict::Holds(witness) => Told::Row(seen(&witness), Vec::new()),
            Verdict::Possible(witness, on) => Told::Row(seen(&witness), on),
            Verdict::Unknown(why) => Told::Unknown(why),
        }
    }
}

/// `tenant_id = A, status = 'public', seen where ctx.tenant_id = B`
fn seen(witness: &Witness) -> String {
    let row = Witness { ctx: Default::default(), ..witness.clone() }.to_string();
    let caller = Witness { row: Default::default(), others: Vec::new(), opaque: Vec::new(), ..witness.clone() }.to_string();
    match (row.is_empty(), caller.is_empty()) {
        (_, true) => row,
        (true, false) => format!("any row, seen where {caller}"),
        (false, false) => format!("{row}, seen where {caller}"),
    }
}

/// `H0901`, or `H0902` where it is not certain. `who` may do `what`.
pub(super) fn leak(told: Told, place: Place, what: &str) -> Option<Diagnostic> {
    match told {
        Told::Proved(_) => None,
        Told::Row(row, on) if on.is_empty() => Some(
            Diagnostic::new(codes::LEAKS, place, format!("{what} rows of other tenants"))
                .note(format!("for example {row}"))
                .help("tie every row to the caller: let nothing stand beside the comparison of the tenant column with OR")
                .help("rows without a tenant that are everybody's: `tenant(.., shared(select))`")
                .help("what one role is to see of all tenants: a rule of its own with `across_tenants = \"reason\"`"),
        ),
        Told::Row(row, on) => Some(
            Diagnostic::new(
                codes::NOT_ISOLATED,
                place,
                format!("it is not proved that the tenants are apart: {what} rows of others perhaps"),
            )
            .note(format!("for example {row}"))
            .note(format!("it hangs on {}", on.join(", ")))
            .help("tie every row to the caller by a comparison of a column with `ctx`"),
        ),
        Told::Unknown(why) => Some(
            Diagnostic::new(
                codes::NOT_ISOLATED,
                place,
                format!("it is not proved that the tenants are apart: {what} rows of others perhaps"),
            )
            .note(why)
            .help("tie every row to the caller by a comparison of a column with `ctx`"),
        ),
    }
}
