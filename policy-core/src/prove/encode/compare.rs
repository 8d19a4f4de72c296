//! Operators between two values: equality and order as atoms, the rest as symbols.
//!
//! In: values with their types. Out: values. Must not know expressions. Which operator a name means is `typing`'s word.

use super::super::space::{Ref, TermId};
use super::scope::Scope;
use super::sorts::{BPCHAR, PATH};
use super::value::{Applied, Habit, LOOSE, MOST, Place, STRICT, TOTAL, Val, What};
use super::{Encoder, Pair};
use crate::model::{Expr, Kind};
use crate::typing::TypeId;
use crate::typing::meaning::{self, Meant};

/// Collations under which texts are equal only if they are the same.
const DETERMINISTIC: [&str; 4] = ["C", "POSIX", "default", "ucs_basic"];
/// Operators of PostgreSQL's own that give NULL for values that are not.
const YIELD_NULL: [&str; 9] = ["->", "->>", "#>", "#>>", "@?", "@@", "#", "##", "<->"];

impl Encoder<'_> {
    /// `left op right`.
    pub(super) fn binary(&mut self, op: &str, left: &Expr, right: &Expr, scope: &Scope) -> Val {
        let shown = self.pair_text(op, left, right, scope);
        let (a, b) = (self.value(left, scope), self.value(right, scope));
        self.beside(op, &a, &b, &shown)
    }

    /// Two expressions around an operator, as a text.
    pub(super) fn pair_text(&self, op: &str, left: &Expr, right: &Expr, scope: &Scope) -> String {
        let bracketed = |expr: &Expr| {
            let text = self.text(expr, scope);
            if matches!(expr.kind, Kind::Binary(..) | Kind::And(_) | Kind::Or(_) | Kind::Not(_)) { format!("({text})") } else { text }
        };
        format!("{} {op} {}", bracketed(left), bracketed(right))
    }

    /// An operator between two values, of which a row is one. INVARIANT: `shown` names all that they depend on.
    pub(super) fn infix(&mut self, op: &str, a: &Val, b: &Val, shown: &str) -> Val {
        let op = if op == "!=" { "<>" } else { op };
        if let Some(positive) = negated(op) {
            let val = self.infix(positive, a, b, shown);
            return if let What::Truth(pair) = val.what { Val::truth(pair.not()) } else { val };
        }
        let (Some(left), Some(right)) = (a.kind, b.kind) else { return self.unknown_operator(op, a, b, shown) };
        let Some(meant) = meaning::operator(self.world, op, Some(left), right) else { return self.unknown_operator(op, a, b, shown) };
        let [left, right] = meant.operands.as_slice() else { return self.unknown_operator(op, a, b, shown) };
        let (left, right) = (*left, *right);
        let (a, b) = (self.become_one(a, left), self.become_one(b, right));
        // What a polymorphic operator takes is of the type that it is given.
        let own = |kind: TypeId, val: &Val| if kind.is_polymorphic() { val.base(self.world).unwrap_or(kind) } else { kind };
        let (left, right) = (own(left, &a), own(right, &b));
        match op {
            "=" | "<>" if self.is_equality(left, right, &a, &b) => {
                let pair = self.equal(&a, &b, shown);
                Val::truth(pair.not_if(op == "<>"))
            }
            "<" | "<=" | ">" | ">=" if self.is_order(&meant, left, right, &a, &b) => {
                let (low, high) = if op.starts_with('>') { (&b, &a) } else { (&a, &b) };
                Val::truth(self.order(low, high, op.len() == 1, shown))
            }
            _ => match self.arithmetic(op, &meant, &a, &b) {
                Some(val) => val,
                None => self.operator(op, &meant, &a, &b, shown),
            },
        }
    }

    /// `a = b` where a truth value is wanted.
    pub(super) fn equality(&mut self, a: &Val, b: &Val, shown: &str) -> Pair {
        self.compared_so("=", a, b, shown)
    }

    /// An operator of which nothing is known but its name.
    fn unknown_operator(&mut self, op: &str, a: &Val, b: &Val, shown: &str) -> Val {
        let comparison = matches!(op, "=" | "<>" | "<" | "<=" | ">" | ">=" | "~~" | "~~*" | "~" | "~*");
        let symbol = format!("{op} {} {}", self.sort_name(a.kind), self.sort_name(b.kind));
        let result = comparison.then_some(TypeId::BOOL);
        self.apply(&Applied { symbol: &symbol, head: op, shown, habit: LOOSE, result }, &[a.clone(), b.clone()])
    }

    /// An operator that is applied as a symbol.
    fn operator(&mut self, op: &str, meant: &Meant, a: &Val, b: &Val, shown: &str) -> Val {
        let names: Vec<String> = meant.operands.iter().map(|kind| self.world.name(*kind)).collect();
        let symbol = format!("{op} {}", names.join(" "));
        let habit = habit_of(op, meant);
        self.apply(&Applied { symbol: &symbol, head: op, shown, habit, result: Some(meant.result) }, &[a.clone(), b.clone()])
    }

    /// Whether `=` between these types is the equality of one sort.
    fn is_equality(&self, left: TypeId, right: TypeId, a: &Val, b: &Val) -> bool {
        let equal = meaning::operator(self.world, "=", Some(left), right);
        let btree = equal.is_some_and(|meant| meant.btree.iter().any(|(_, strategy)| *strategy == 3));
        let plain = [a, b].iter().all(|val| val.collation.as_ref().is_none_or(|name| DETERMINISTIC.contains(&name.as_str())));
        btree && plain && self.sort_name(Some(left)) == self.sort_name(Some(right))
    }

    /// Whether an operator is the order of one sort.
    fn is_order(&self, meant: &Meant, left: TypeId, right: TypeId, a: &Val, b: &Val) -> bool {
        let plain = [a, b].iter().all(|val| val.collation.is_none());
        // Names are ordered as "C" orders texts.
        let name = [left, right].into_iter().any(|kind| self.base(kind) == TypeId::NAME);
        !meant.btree.is_empty() && plain && !name && self.sort_name(Some(left)) == self.sort_name(Some(right))
    }

    /// Two values of one sort.
    fn equal(&mut self, a: &Val, b: &Val, shown: &str) -> Pair {
        if let (What::Truth(a), What::Truth(b)) = (&a.what, &b.what) {
            let same = [self.space.and([a.holds, b.holds]), self.space.and([a.fails, b.fails])];
            let other = [self.space.and([a.holds, b.fails]), self.space.and([a.fails, b.holds])];
            return Pair { holds: self.space.or(same), fails: self.space.or(other) };
        }
        self.each(a, b, shown, &mut |encoder, p, q| encoder.same(p, q))
    }

    fn order(&mut self, low: &Val, high: &Val, strict: bool, shown: &str) -> Pair {
        let kind = low.kind.or(high.kind);
        if !kind.is_some_and(|kind| self.wants_order(kind)) {
            return self.unknown_truth(shown);
        }
        self.each(low, high, shown, &mut |encoder, p, q| encoder.before(p, q, strict))
    }

    /// A comparison of every place of one with every place of the other.
    fn each(&mut self, a: &Val, b: &Val, shown: &str, compare: &mut dyn FnMut(&mut Self, &Place, &Place) -> Ref) -> Pair {
        let (left, right) = (self.places(a), self.places(b));
        if left.len() * right.len() > MOST * 8 {
            return self.unknown_truth(shown);
        }
        let (mut holds, mut fails) = (Vec::new(), Vec::new());
        for (when, p) in &left {
            for (also, q) in &right {
                let both = self.space.and([*when, *also]);
                if both == Ref::FALSE {
                    continue;
                }
                let atom = compare(self, p, q);
                holds.push(self.space.and([both, atom]));
                fails.push(self.space.and([both, !atom]));
            }
        }
        Pair { holds: self.space.or(holds), fails: self.space.or(fails) }
    }

    fn same(&mut self, p: &Place, q: &Place) -> Ref {
        if p.by == q.by {
            return self.space.equal(p.term, q.term);
        }
        let both = [self.before(p, q, false), self.before(q, p, false)];
        self.space.and(both)
    }

    /// `p <= q`, or `<`. An infinity is not moved by what is added: then only equal additions cancel out.
    fn before(&mut self, p: &Place, q: &Place, strict: bool) -> Ref {
        match q.by.checked_sub(p.by) {
            Some(by) if by == 0 || p.finite || q.finite => self.space.within(p.term, q.term, by, strict),
            _ => {
                let (p, q) = (self.sum(p), self.sum(q));
                self.space.within(p, q, 0, strict)
            }
        }
    }

    /// A place as a term: an infinity is not moved.
    fn sum(&mut self, place: &Place) -> TermId {
        let sum = self.argument(place);
        if place.by == 0 || place.written.is_some() {
            return sum;
        }
        let symbol = self.space.symbol("is finite");
        let finite = self.space.holds(symbol, vec![place.term]);
        let moved = [self.space.within(sum, place.term, place.by, false), self.space.within(place.term, sum, -place.by, false)];
        let (moved, stays) = (self.space.and(moved), self.space.equal(sum, place.term));
        let lemmas = [self.space.or([!finite, moved]), self.space.or([finite, stays])];
        self.lemmas.extend(lemmas);
        self.usual.push(finite);
        sum
    }

    /// `LIKE`, `ILIKE`, `SIMILAR TO`.
    pub(super) fn like(&mut self, op: &str, sides: [&Expr; 2], escape: Option<&str>, expr: &Expr, scope: &Scope) -> Pair {
        let (a, b) = (self.value(sides[0], scope), self.value(sides[1], scope));
        let shown = self.pair_text(op, sides[0], sides[1], scope);
        let name = match op {
            "ILIKE" => "~~*",
            "SIMILAR TO" => "SIMILAR TO",
            _ => "~~",
        };
        if let (What::Text(Some(pattern)), "~~", None) = (&b.what, name, escape)
            && !pattern.contains(['%', '_', '\\'])
            && a.base(self.world).is_some_and(|kind| kind != BPCHAR && self.sort_name(Some(kind)) == "text")
        {
            return self.equality(&a, &b, &shown);
        }
        if name == "SIMILAR TO" || escape.is_some() {
            let (a, b) = (self.become_one(&a, TypeId::TEXT), self.become_one(&b, TypeId::TEXT));
            let symbol = format!("{name} ESCAPE {escape:?}");
            let shown = self.text(expr, scope);
            let applied = Applied { symbol: &symbol, head: &symbol, shown: &shown, habit: STRICT, result: Some(TypeId::BOOL) };
            let val = self.apply(&applied, &[a, b]);
            return self.truth_of(&val, expr, scope);
        }
        let val = self.infix(name, &a, &b, &shown);
        self.truth_of(&val, expr, scope)
    }
}

/// What an operator does with NULL.
fn habit_of(op: &str, meant: &Meant) -> Habit {
    // Two paths make none if one of them is closed.
    let yields = YIELD_NULL.contains(&op) || op == "+" && meant.operands.contains(&PATH);
    match (meant.strict, meant.is_own() && !yields) {
        (true, true) => TOTAL,
        (true, false) => STRICT,
        (false, _) => LOOSE,
    }
}

/// The operator that one is the negation of.
fn negated(op: &str) -> Option<&'static str> {
    match op {
        "!~~" => Some("~~"),
        "!~~*" => Some("~~*"),
        "!~" => Some("~"),
        "!~*" => Some("~*"),
        _ => None,
    }
}
