//! How verdicts are told.
//!
//! In: a verdict, and what was asked. Out: what it came to, and a row in words. Must not know how it was come to.

use crate::model::{Expr, Kind, Test};
use crate::prove::{Proof, Verdict, Witness};

/// What a question about a forbidden row came to.
pub(super) enum Told {
    /// There is none, for these reasons.
    Proved(Vec<Proof>),
    /// There is one: the row and the caller, and what it hangs on.
    Row(Box<Witness>, Vec<String>),
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
            Verdict::Holds(witness) => Told::Row(Box::new(witness), Vec::new()),
            Verdict::Possible(witness, on) => Told::Row(Box::new(witness), on),
            Verdict::Unknown(why) => Told::Unknown(why),
        }
    }
}

/// `tenant_id = A, status = 'public', seen where ctx.tenant_id = B`
pub(super) fn seen(witness: &Witness, participle: &str) -> String {
    let row = Witness { ctx: Default::default(), ..witness.clone() }.to_string();
    let caller = Witness { row: Default::default(), others: Vec::new(), opaque: Vec::new(), ..witness.clone() }.to_string();
    match (row.is_empty(), caller.is_empty()) {
        (true, true) => "any row, whoever asks".to_owned(),
        (_, true) => row,
        (true, false) => format!("any row, {participle} where {caller}"),
        (false, false) => format!("{row}, {participle} where {caller}"),
    }
}
