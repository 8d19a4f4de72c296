//! Values: lists of places, each with the condition under which it is the value.
//!
//! In: conditions and terms. Out: the same as terms, applied to symbols. Must not know expressions.

use super::super::space::{Constant, Ref, Term, TermId, UNIT};
use super::{Encoder, Pair};
use crate::typing::{TypeId, World};

/// The most places that a value has; one with more is a value of which nothing is known.
pub(super) const MOST: usize = 32;

/// A value that is not NULL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) term: TermId,
    /// What is added to it, in units.
    pub(super) by: i128,
    /// Whether it is certainly no infinity.
    pub(super) finite: bool,
    /// The digits of a number: equal ones may differ in them.
    pub(super) written: Option<String>,
}

impl Place {
    pub(super) fn plain(term: TermId) -> Place {
        Place { term, by: 0, finite: false, written: None }
    }

    pub(super) fn finite(term: TermId) -> Place {
        Place { finite: true, ..Place::plain(term) }
    }
}

/// A place and when it is the value. No two conditions hold at once; where none does it is NULL.
pub(super) type Alternatives = Vec<(Ref, Place)>;

/// What a value is.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// A constant without a type; NULL is one without a text.
    Text(Option<String>),
    /// A truth value.
    Truth(Pair),
    /// One of these.
    Of(Alternatives),
    /// `(a, b)`.
    Row(Vec<Val>),
    /// `ARRAY[..]`.
    Array(Vec<Val>),
}

/// A value with its type, if that is known.
#[derive(Clone, Debug)]
pub(super) struct Val {
    pub(super) kind: Option<TypeId>,
    pub(super) what: What,
    /// The collation that was asked for.
    pub(super) collation: Option<String>,
}

impl Val {
    pub(super) fn new(kind: Option<TypeId>, what: What) -> Val {
        Val { kind, what, collation: None }
    }

    pub(super) fn of(kind: Option<TypeId>, all: Alternatives) -> Val {
        Val::new(kind, What::Of(all))
    }

    pub(super) fn one(kind: TypeId, place: Place) -> Val {
        Val::of(Some(kind), vec![(Ref::TRUE, place)])
    }

    pub(super) fn truth(pair: Pair) -> Val {
        Val::new(Some(TypeId::BOOL), What::Truth(pair))
    }

    pub(super) fn text(text: Option<&str>) -> Val {
        Val::new(Some(TypeId::UNKNOWN), What::Text(text.map(str::to_owned)))
    }

    pub(super) fn null(kind: Option<TypeId>) -> Val {
        Val::of(kind, Vec::new())
    }

    /// Its type, a domain being what it is over.
    pub(super) fn base(&self, world: &World) -> Option<TypeId> {
        self.kind.map(|kind| world.base(kind))
    }
}

/// A value or predicate of which nothing is known but its arguments.
#[derive(Clone, Debug)]
pub struct Opaque {
    /// How it is written.
    pub shown: String,
    /// What it is of its arguments.
    pub head: String,
    /// Its arguments, each a term and what is added to it; none for NULL.
    pub args: Vec<Option<(TermId, i128)>>,
    /// When it is not NULL.
    pub there: Ref,
    /// Its value, if that is no truth value.
    pub term: Option<TermId>,
    /// When a predicate is TRUE.
    pub truth: Ref,
}

/// What a symbol does with NULL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Habit {
    /// NULL in gives NULL out.
    pub(super) strict: bool,
    /// It gives NULL for nothing else.
    pub(super) total: bool,
}

pub(super) const STRICT: Habit = Habit { strict: true, total: false };
pub(super) const TOTAL: Habit = Habit { strict: true, total: true };
pub(super) const LOOSE: Habit = Habit { strict: false, total: false };
/// Never NULL, whatever goes in.
pub(super) const SURE: Habit = Habit { strict: false, total: true };

/// A function or operator as it is applied: its symbol, how the whole is written, what it does with NULL.
#[derive(Clone, Debug)]
pub(super) struct Applied<'s> {
    pub(super) symbol: &'s str,
    /// What an evaluator calls it.
    pub(super) head: &'s str,
    pub(super) shown: &'s str,
    pub(super) habit: Habit,
    pub(super) result: Option<TypeId>,
}

/// Arguments that are all known: when they are, and what they are; none for NULL.
type Combination = (Ref, Vec<Option<Place>>);

impl Encoder<'_> {
    /// When a value is NULL.
    pub(super) fn null_of(&mut self, val: &Val) -> Ref {
        match &val.what {
            What::Text(text) => {
                if text.is_none() {
                    Ref::TRUE
                } else {
                    Ref::FALSE
                }
            }
            What::Truth(pair) => self.space.and([!pair.holds, !pair.fails]),
            What::Of(all) => {
                let all: Vec<Ref> = all.iter().map(|(when, _)| !*when).collect();
                self.space.and(all)
            }
            What::Row(_) | What::Array(_) => Ref::FALSE,
        }
    }

    /// The places of a value.
    pub(super) fn places(&mut self, val: &Val) -> Alternatives {
        match &val.what {
            What::Of(all) => all.clone(),
            What::Truth(pair) => {
                let sort = self.sort_of(Some(TypeId::BOOL));
                let mut of = |label: &str| self.space.constant(Constant::Label(label.to_owned()), sort);
                let (yes, no) = (Place::plain(of("true")), Place::plain(of("false")));
                vec![(pair.holds, yes), (pair.fails, no)].into_iter().filter(|(when, _)| *when != Ref::FALSE).collect()
            }
            What::Text(None) => Vec::new(),
            What::Text(Some(text)) => {
                let text = text.clone();
                let text = self.constant(&text, TypeId::TEXT);
                self.places(&text)
            }
            What::Row(items) | What::Array(items) => {
                let (items, word) = (items.clone(), if matches!(val.what, What::Row(_)) { "ROW" } else { "ARRAY" });
                let symbol = format!("{word} {}", self.sort_name(val.kind));
                let built = Applied { symbol: &symbol, head: "", shown: word, habit: SURE, result: val.kind };
                let built = self.apply(&built, &items);
                self.places(&built)
            }
        }
    }

    /// The term of a place, as the argument of a function.
    pub(super) fn argument(&mut self, place: &Place) -> TermId {
        let (sort, integral) = match self.space.terms().get(place.term.0 as usize) {
            Some((_, sort, integral)) => (*sort, *integral),
            None => return place.term,
        };
        if let Some(written) = &place.written {
            return self.space.free(&format!("'{written}'"), sort);
        }
        if place.by == 0 {
            return place.term;
        }
        let symbol = self.space.symbol(&format!("plus {}", place.by));
        self.space.term(Term::Apply(symbol, vec![place.term]), sort, integral && place.by % UNIT == 0)
    }

    /// Every way in which the arguments can be known; none if there are too many. A strict symbol has no way for NULL.
    fn combinations(&mut self, args: &[Val], strict: bool) -> Option<Vec<Combination>> {
        let mut all: Vec<Combination> = vec![(Ref::TRUE, Vec::new())];
        for arg in args {
            let mut ways: Vec<(Ref, Option<Place>)> = self.places(arg).into_iter().map(|(when, place)| (when, Some(place))).collect();
            if !strict {
                ways.push((self.null_of(arg), None));
            }
            let mut next = Vec::new();
            for (when, chosen) in &all {
                for (also, place) in &ways {
                    let both = self.space.and([*when, *also]);
                    if both != Ref::FALSE {
                        next.push((both, chosen.iter().cloned().chain([place.clone()]).collect()));
                    }
                }
            }
            if next.len() > MOST {
                return None;
            }
            all = next;
        }
        Some(all)
    }

    /// A symbol applied to values: a value of its own in every way in which they are known.
    /// The collation of its arguments is a part of what it does, and of what it makes.
    pub(super) fn apply(&mut self, applied: &Applied<'_>, args: &[Val]) -> Val {
        let Some(collation) = args.iter().find_map(|arg| arg.collation.clone()) else { return self.apply_plain(applied, args) };
        let symbol = format!("{} COLLATE {collation:?}", applied.symbol);
        let val = self.apply_plain(&Applied { symbol: &symbol, ..applied.clone() }, args);
        let without = applied.result.is_some_and(|kind| self.base(kind) == TypeId::BOOL || self.is_always_ordered(self.base(kind)));
        Val { collation: Some(collation).filter(|_| !without), ..val }
    }

    fn apply_plain(&mut self, applied: &Applied<'_>, args: &[Val]) -> Val {
        let Some(ways) = self.combinations(args, applied.habit.strict) else { return self.apply_to_all(applied, args) };
        let boolean = applied.result.map(|kind| self.base(kind)) == Some(TypeId::BOOL);
        let (mut holds, mut fails, mut places) = (Vec::new(), Vec::new(), Vec::new());
        for (when, chosen) in ways {
            let given = self.given(&chosen);
            let null = if applied.habit.total { Ref::FALSE } else { self.null_atom(applied.symbol, &given) };
            let there = self.space.and([when, !null]);
            let (term, truth) = if boolean {
                let symbol = self.space.symbol(applied.symbol);
                let truth = self.space.holds(symbol, given);
                holds.push(self.space.and([there, truth]));
                fails.push(self.space.and([there, !truth]));
                (None, truth)
            } else {
                let term = self.applied_term(applied, given);
                self.bound(term, applied.result, null);
                let finite = applied.result.is_some_and(|kind| super::sorts::is_integer(self.base(kind)));
                places.push((there, Place { finite, ..Place::plain(term) }));
                (Some(term), Ref::FALSE)
            };
            self.note(applied, &chosen, !null, term, truth);
        }
        if boolean {
            return Val::truth(Pair { holds: self.space.or(holds), fails: self.space.or(fails) });
        }
        Val::of(applied.result, places)
    }

    /// A symbol applied to arguments that can be known in too many ways: it is the same where all of those are.
    fn apply_to_all(&mut self, applied: &Applied<'_>, args: &[Val]) -> Val {
        let args: Vec<String> = args.iter().map(|arg| self.all_of(arg)).collect();
        let symbol = format!("{} of {}", applied.symbol, args.join(", "));
        self.apply_plain(&Applied { symbol: &symbol, head: applied.shown, habit: LOOSE, ..applied.clone() }, &[])
    }

    /// The terms of arguments; NULL has one that is equal to nothing.
    pub(super) fn given(&mut self, chosen: &[Option<Place>]) -> Vec<TermId> {
        let mut given = Vec::new();
        for place in chosen {
            given.push(match place {
                Some(place) => self.argument(place),
                None => {
                    let sort = self.sort_of(None);
                    self.space.free("NULL", sort)
                }
            });
        }
        given
    }

    fn null_atom(&mut self, symbol: &str, given: &[TermId]) -> Ref {
        let symbol = self.space.symbol(&format!("{symbol} IS NULL"));
        self.space.holds(symbol, given.to_vec())
    }

    fn applied_term(&mut self, applied: &Applied<'_>, given: Vec<TermId>) -> TermId {
        let (sort, integral) = (self.sort_of(applied.result), self.is_integral(applied.result));
        if given.is_empty() {
            return self.space.term(Term::Free(applied.symbol.to_owned()), sort, integral);
        }
        let symbol = self.space.symbol(applied.symbol);
        self.space.term(Term::Apply(symbol, given), sort, integral)
    }

    fn note(&mut self, applied: &Applied<'_>, chosen: &[Option<Place>], there: Ref, term: Option<TermId>, truth: Ref) {
        if applied.head.is_empty() {
            return;
        }
        let args = chosen.iter().map(|place| place.as_ref().map(|place| (place.term, place.by))).collect();
        let (head, shown) = (applied.head.to_owned(), applied.shown.to_owned());
        if !self.opaque.iter().any(|one| one.term == term && one.truth == truth && one.there == there) {
            self.opaque.push(Opaque { shown, head, args, there, term, truth });
        }
    }

    /// A value of which nothing is known but how it is written. INVARIANT: the text names all that it depends on.
    pub(super) fn unknown(&mut self, text: &str, kind: Option<TypeId>) -> Val {
        let applied = Applied { symbol: text, head: text, shown: text, habit: LOOSE, result: kind };
        self.apply(&applied, &[])
    }

    /// A truth value of which nothing is known but how it is written.
    pub(super) fn unknown_truth(&mut self, text: &str) -> Pair {
        let val = self.unknown(text, Some(TypeId::BOOL));
        if let What::Truth(pair) = val.what { pair } else { Pair::NULL }
    }
}
