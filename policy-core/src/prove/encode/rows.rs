//! Rows that are written out beside each other: `(a, b) = (c, d)`, `(a, b) < (c, d)`.
//!
//! In: the values of both. Out: a truth value, by PostgreSQL's rule for such rows: they are compared column by column, and NULL where a
//! column that decides is NULL. Must not know expressions. Anywhere else, in an array, in CASE, in another row, a row is one value: two
//! NULLs in it are equal, and its comparisons are never NULL.

use super::value::{Val, What};
use super::{Encoder, Pair};

impl Encoder<'_> {
    /// `left op right`, column by column if both are rows that are written out. INVARIANT: `shown` names all that they depend on.
    pub(super) fn beside(&mut self, op: &str, a: &Val, b: &Val, shown: &str) -> Val {
        let op = if op == "!=" { "<>" } else { op };
        let (What::Row(left), What::Row(right)) = (&a.what, &b.what) else { return self.infix(op, a, b, shown) };
        if left.len() != right.len() {
            return self.infix(op, a, b, shown);
        }
        let strict = match op {
            "=" | "<>" => {
                let mut all = Vec::new();
                for (index, (a, b)) in left.iter().zip(right).enumerate() {
                    all.push(self.equality(a, b, &format!("{shown} ({index})")));
                }
                return Val::truth(self.all(&all).not_if(op == "<>"));
            }
            "<" | "<=" => "<",
            ">" | ">=" => ">",
            _ => return self.infix(op, a, b, shown),
        };
        // The first two that are not equal decide; if all are, the operator does.
        let same = if op == strict { Pair::FALSE } else { Pair::TRUE };
        let mut decided = same;
        for (index, (a, b)) in left.iter().zip(right).enumerate().rev() {
            let shown = format!("{shown} ({index})");
            let equal = self.equality(a, b, &shown);
            let first = self.compared_so(strict, a, b, &format!("{strict} {shown}"));
            let mut either = |other: super::Ref, rest: super::Ref| {
                let parts = [self.space.and([equal.fails, other]), self.space.and([equal.holds, rest])];
                self.space.or(parts)
            };
            decided = Pair { holds: either(first.holds, decided.holds), fails: either(first.fails, decided.fails) };
        }
        Val::truth(decided)
    }

    /// `a op b` where a truth value is wanted.
    pub(super) fn compared_so(&mut self, op: &str, a: &Val, b: &Val, shown: &str) -> Pair {
        let val = self.infix(op, a, b, shown);
        if let What::Truth(pair) = val.what { pair } else { self.unknown_truth(shown) }
    }
}
