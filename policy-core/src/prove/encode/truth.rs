//! Expressions where a truth value is wanted.

use super::scope::Scope;
use super::value::{Applied, STRICT, Val, What};
use super::{Encoder, Pair};
use crate::model::{Expr, Kind, Test};
use crate::prove::space::Ref;
use crate::typing::TypeId;

impl Encoder<'_> {
    /// When an expression is TRUE and when it is FALSE.
    pub(super) fn truth(&mut self, expr: &Expr, scope: &Scope) -> Pair {
        match &expr.kind {
            Kind::And(all) => {
                let all: Vec<Pair> = all.iter().map(|one| self.truth(one, scope)).collect();
                self.all(&all)
            }
            Kind::Or(any) => {
                let any: Vec<Pair> = any.iter().map(|one| self.truth(one, scope).not()).collect();
                self.all(&any).not()
            }
            Kind::Not(inner) => self.truth(inner, scope).not(),
            Kind::Is(inner, test, not) => self.is(expr, inner, *test, *not, scope),
            Kind::Distinct(left, right, not) => self.distinct(left, right, scope).not_if(!*not),
            Kind::In(left, list, not) => self.in_list(left, list, scope).not_if(*not),
            Kind::InQuery(left, query, not) => self.in_query(left, query, scope).not_if(*not),
            Kind::AnyArray(left, op, right, all) => self.any_array(expr, left, op, right, *all, scope),
            Kind::AnyQuery(left, op, query, all) => self.any_query(expr, left, op, query, *all, scope),
            Kind::Between(inner, low, high, not) => {
                let low = self.binary(">=", inner, low, scope);
                let high = self.binary("<=", inner, high, scope);
                let both = [self.truth_of(&low, expr, scope), self.truth_of(&high, expr, scope)];
                self.all(&both).not_if(*not)
            }
            Kind::Like(op, left, pattern, escape, not) => self.like(op, [left, pattern], escape.as_deref(), expr, scope).not_if(*not),
            Kind::Exists(query, not) => self.exists(query, scope).not_if(*not),
            _ => {
                let val = self.value(expr, scope);
                self.truth_of(&val, expr, scope)
            }
        }
    }

    /// Whether an expression is of this file's kinds.
    pub(super) fn is_truth(expr: &Expr) -> bool {
        matches!(
            expr.kind,
            Kind::And(_) | Kind::Or(_) | Kind::Not(_) | Kind::Is(..) | Kind::Distinct(..) | Kind::In(..) | Kind::InQuery(..)
        ) || matches!(expr.kind, Kind::AnyArray(..) | Kind::AnyQuery(..) | Kind::Between(..) | Kind::Like(..) | Kind::Exists(..))
    }

    /// A value where a truth value is wanted.
    pub(super) fn truth_of(&mut self, val: &Val, expr: &Expr, scope: &Scope) -> Pair {
        if let What::Truth(pair) = &val.what {
            return *pair;
        }
        match (&val.what, val.kind) {
            (What::Text(None), _) => Pair::NULL,
            (What::Text(Some(text)), _) => match truth_text(text) {
                Some(value) => Pair::sure(if value { Ref::TRUE } else { Ref::FALSE }),
                None => self.unknown_truth(&self.text(expr, scope)),
            },
            // Of a type that is not known: what it says is another matter.
            _ => {
                let shown = self.text(expr, scope);
                let applied = Applied { symbol: "is true", head: "", shown: &shown, habit: STRICT, result: Some(TypeId::BOOL) };
                let val = self.apply(&applied, std::slice::from_ref(val));
                if let What::Truth(pair) = val.what { pair } else { Pair::NULL }
            }
        }
    }

    /// All of them.
    pub(super) fn all(&mut self, pairs: &[Pair]) -> Pair {
        let holds = self.space.and(pairs.iter().map(|pair| pair.holds));
        let fails = self.space.or(pairs.iter().map(|pair| pair.fails));
        Pair { holds, fails }
    }

    /// Any of them.
    pub(super) fn any(&mut self, pairs: &[Pair]) -> Pair {
        let negated: Vec<Pair> = pairs.iter().map(|pair| pair.not()).collect();
        self.all(&negated).not()
    }

    fn is(&mut self, expr: &Expr, inner: &Expr, test: Test, not: bool, scope: &Scope) -> Pair {
        if test == Test::Null {
            let val = self.value(inner, scope);
            return self.is_null(expr, &val, not, scope);
        }
        let pair = self.truth(inner, scope);
        let holds = match test {
            Test::True => pair.holds,
            Test::False => pair.fails,
            Test::Unknown | Test::Null => self.space.and([!pair.holds, !pair.fails]),
        };
        Pair::sure(holds).not_if(not)
    }

    /// A row is NULL if all of it is, and NOT NULL if none of it is.
    fn is_null(&mut self, expr: &Expr, val: &Val, not: bool, scope: &Scope) -> Pair {
        if let What::Row(items) = &val.what {
            let nulls: Vec<Ref> = items.iter().map(|item| self.null_of(item)).map(|null| if not { !null } else { null }).collect();
            return Pair::sure(self.space.and(nulls));
        }
        let known = val.base(self.world).filter(|kind| *kind != TypeId::RECORD && !self.world.is_complex(*kind));
        let sure = matches!(&val.what, What::Text(_) | What::Truth(_) | What::Array(_));
        if known.is_none() && !sure {
            // It may be a row of its own.
            let text = self.text(expr, scope);
            let applied = Applied {
                symbol: if not { "is not null" } else { "is null" },
                head: "",
                shown: &text,
                habit: super::value::SURE,
                result: Some(TypeId::BOOL),
            };
            let val = self.apply(&applied, std::slice::from_ref(val));
            return if let What::Truth(pair) = val.what { pair } else { Pair::NULL };
        }
        Pair::sure(self.null_of(val)).not_if(not)
    }

    /// Whether two are not distinct.
    fn distinct(&mut self, left: &Expr, right: &Expr, scope: &Scope) -> Pair {
        let shown = self.pair_text("=", left, right, scope);
        let (a, b) = (self.value(left, scope), self.value(right, scope));
        if let (What::Row(a), What::Row(b)) = (&a.what, &b.what)
            && a.len() == b.len()
        {
            let mut all = Vec::new();
            for (index, (a, b)) in a.iter().zip(b).enumerate() {
                all.push(self.not_distinct(a, b, &format!("{shown} ({index})")));
            }
            return self.all(&all);
        }
        self.not_distinct(&a, &b, &shown)
    }

    fn not_distinct(&mut self, a: &Val, b: &Val, shown: &str) -> Pair {
        let equal = self.equality(a, b, shown);
        let (a, b) = (self.null_of(a), self.null_of(b));
        let both = self.space.and([a, b]);
        Pair::sure(self.space.or([equal.holds, both]))
    }

    /// The text of an expression where it stands.
    pub(super) fn text(&self, expr: &Expr, scope: &Scope) -> String {
        super::canon::text(expr, scope, &self.rows)
    }
}

/// A text as the input function of boolean reads it.
pub(super) fn truth_text(text: &str) -> Option<bool> {
    let word = text.trim().to_ascii_lowercase();
    let begins = |whole: &str, least: usize| word.len() >= least && whole.starts_with(&word);
    if ["true", "yes", "1"].iter().any(|whole| begins(whole, 1)) || begins("on", 2) {
        return Some(true);
    }
    (["false", "no", "0"].iter().any(|whole| begins(whole, 1)) || begins("off", 2)).then_some(false)
}
