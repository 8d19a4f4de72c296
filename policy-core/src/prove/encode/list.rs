//! `IN (list)` and `op ANY (array)`.

use super::super::space::Ref;
use super::scope::Scope;
use super::sorts::is_float;
use super::value::{Place, Val, What};
use super::{Encoder, Opaque, Pair};
use crate::model::{Expr, Kind, Query};
use crate::typing::TypeId;
use crate::typing::meaning;

impl Encoder<'_> {
    /// `left IN (..)`: equal to any of them.
    pub(super) fn in_list(&mut self, left: &Expr, list: &[Expr], scope: &Scope) -> Pair {
        let val = self.value(left, scope);
        let items: Vec<Val> = list.iter().map(|item| self.value(item, scope)).collect();
        if !self.is_each_by_itself(&val, &items) {
            let texts: Vec<String> = list.iter().map(|item| self.pair_text("=", left, item, scope)).collect();
            return self.unknown_truth(&format!("IN: {}", texts.join(", ")));
        }
        let mut all = Vec::new();
        for (item, text) in items.iter().zip(list) {
            let shown = self.pair_text("=", left, text, scope);
            let equal = self.beside("=", &val, item, &shown);
            all.push(if let What::Truth(pair) = equal.what { pair } else { self.unknown_truth(&shown) });
        }
        self.any(&all)
    }

    /// Whether the items of a list compare as each does alone. Where there are several, PostgreSQL makes them of one type first:
    /// `r IN (0.1, 0.2)` compares reals where `r = 0.1` does not.
    fn is_each_by_itself(&self, val: &Val, items: &[Val]) -> bool {
        let known = |val: &&Val| val.kind.is_some_and(|kind| kind != TypeId::UNKNOWN && kind != TypeId::RECORD);
        let kinds: Vec<TypeId> = std::iter::once(val).chain(items).filter(known).filter_map(|val| val.base(self.world)).collect();
        let [first, rest @ ..] = kinds.as_slice() else { return true };
        // Of one sort the same values are equal, whatever their types; but the text of a float is another float in another width.
        let alike = |kind: &TypeId| !is_float(*kind) && self.sort_name(Some(*kind)) == self.sort_name(Some(*first));
        items.len() < 2 || rest.iter().all(|kind| kind == first || alike(kind))
    }

    /// `left op ANY (array)`, or ALL.
    pub(super) fn any_array(&mut self, expr: &Expr, left: &Expr, op: &str, right: &Expr, all: bool, scope: &Scope) -> Pair {
        let op = if op == "!=" { "<>" } else { op };
        if let Some(query) = self.as_query(right) {
            return self.any_query(expr, left, op, query, all, scope);
        }
        let (val, array) = (self.value(left, scope), self.value(right, scope));
        let array = self.typed_array(&val, array);
        let element = array.base(self.world).and_then(|kind| self.world.element(kind));
        if let (What::Array(items), true) = (&array.what, element.is_some() || array.kind.is_none()) {
            let mut pairs = Vec::new();
            for (index, item) in items.iter().enumerate() {
                let shown = format!("{} ({index})", self.text(expr, scope));
                let item = Val { collation: item.collation.clone().or(array.collation.clone()), ..item.clone() };
                pairs.push(self.compared_so(op, &val, &item, &shown));
            }
            return if all { self.all(&pairs) } else { self.any(&pairs) };
        }
        let opposite = all && op == "<>" && self.is_negation(&val, element);
        let (op, all) = if opposite { ("=", false) } else { (op, all) };
        let val = match element.filter(|_| val.kind == Some(TypeId::UNKNOWN)) {
            Some(element) => self.become_one(&val, element),
            None => val,
        };
        self.any_of(op, all, &val, &array, &self.text(expr, scope)).not_if(opposite)
    }

    /// The query of `ARRAY(SELECT ..)` whose elements are single values.
    fn as_query<'e>(&self, expr: &'e Expr) -> Option<&'e Query> {
        let Kind::ArrayQuery(query) = &expr.kind else { return None };
        Some(query)
    }

    /// A constant without a type is an array of what it is compared with.
    fn typed_array(&mut self, val: &Val, array: Val) -> Val {
        let of = val.base(self.world).filter(|kind| *kind != TypeId::UNKNOWN).and_then(|kind| self.world.array_of(kind));
        match (array.kind, of) {
            (Some(TypeId::UNKNOWN), Some(of)) => self.become_one(&array, of),
            _ => array,
        }
    }

    /// Whether `<>` is the negation of `=` between a value and an element.
    fn is_negation(&self, val: &Val, element: Option<TypeId>) -> bool {
        let (Some(left), Some(right)) = (val.kind, element) else { return false };
        let (a, b) = (meaning::operator(self.world, "=", Some(left), right), meaning::operator(self.world, "<>", Some(left), right));
        match (a, b) {
            (Some(a), Some(b)) => a.operands == b.operands && a.btree.iter().any(|(_, strategy)| *strategy == 3),
            _ => false,
        }
    }

    /// An array of which nothing is known: TRUE, FALSE, or NULL for an element that is NULL. An empty one is FALSE for NULL too.
    fn any_of(&mut self, op: &str, all: bool, val: &Val, array: &Val, shown: &str) -> Pair {
        let head = format!("{op} {}", if all { "ALL" } else { "ANY" });
        let collation = val.collation.as_ref().or(array.collation.as_ref()).map(|name| format!(" COLLATE {name:?}")).unwrap_or_default();
        // Names and texts of one sort are not ordered the same.
        let kind = val.kind.map_or_else(String::new, |kind| self.world.name(kind));
        let symbol = format!("{head} {kind} {}{collation}", self.sort_name(array.kind));
        let null = self.null_of(val);
        let mut ways: Vec<(Ref, Option<Place>)> = self.places(val).into_iter().map(|(when, place)| (when, Some(place))).collect();
        ways.push((null, None));
        let (mut holds, mut fails) = (Vec::new(), Vec::new());
        for (when, array) in self.places(array) {
            for (also, place) in &ways {
                let there = self.space.and([when, *also]);
                let chosen = [place.clone(), Some(array.clone())];
                let given = self.given(&chosen);
                let (yes, no) = (self.space.symbol(&symbol), self.space.symbol(&format!("{symbol} fails")));
                let yes = self.space.holds(yes, given.clone());
                let no = self.space.holds(no, given);
                // For NULL an array that is not empty decides nothing: ANY is no TRUE then, ALL no FALSE.
                let decided = place.is_some();
                let first = self.space.and([there, yes]);
                let second = self.space.and([there, !yes, no]);
                if decided || all {
                    holds.push(first);
                }
                if decided || !all {
                    fails.push(if decided { second } else { self.space.and([there, no]) });
                }
                let args = chosen.iter().map(|place| place.as_ref().map(|place| (place.term, place.by))).collect();
                let sure = self.space.or([yes, no]);
                self.opaque.push(Opaque { shown: shown.to_owned(), head: head.clone(), args, there: sure, term: None, truth: yes });
            }
        }
        Pair { holds: self.space.or(holds), fails: self.space.or(fails) }
    }
}
