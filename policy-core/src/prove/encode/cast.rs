//! What becomes of a value of one type where another is wanted.
//!
//! In: a value and a type. Out: a value of that type: the same term where the sorts are one and nothing is lost, else a symbol of it.

use super::super::space::{Constant, Ref, Term, UNIT};
use super::Encoder;
use super::sorts::{INT2, UUID, VARCHAR, is_integer};
use super::value::{Alternatives, Applied, Place, STRICT, TOTAL, Val, What};
use crate::model::SqlType;
use crate::typing::TypeId;
use crate::typing::meaning::{self, CastMeant};

impl Encoder<'_> {
    /// The value as an operand of that type; a polymorphic one leaves it as it is.
    pub(super) fn become_one(&mut self, val: &Val, kind: TypeId) -> Val {
        if kind.is_polymorphic() || kind == TypeId::ANY || kind == TypeId::UNKNOWN || val.kind == Some(kind) {
            return val.clone();
        }
        let shown = format!("::{}", self.world.name(kind));
        let cast = self.cast_to(val, kind, &shown);
        Val { collation: val.collation.clone().or(cast.collation.clone()), ..cast }
    }

    /// `value::type`.
    pub(super) fn cast(&mut self, val: &Val, kind: &SqlType, shown: &str) -> Val {
        let Some(target) = self.facts.cast(self.world, kind) else {
            let symbol = format!("cast {} {kind}", self.sort_name(val.kind));
            let val = self.read_as_text(val);
            return self.apply(&Applied { symbol: &symbol, head: "cast", shown, habit: super::value::LOOSE, result: None }, &[val]);
        };
        if kind.modifier.is_empty() && !self.is_cut(target) {
            return self.cast_to(val, target, shown);
        }
        // Cut or rounded: a value of its own.
        let val = match (&val.what, val.kind) {
            (What::Text(Some(text)), _) => self.constant(text, target),
            _ => val.clone(),
        };
        let symbol = format!("cast {} {kind}", self.sort_name(val.kind));
        self.apply(&Applied { symbol: &symbol, head: "cast", shown, habit: STRICT, result: Some(target) }, &[val])
    }

    /// Whether a cast to a type without a length may cut or round what it is given.
    fn is_cut(&self, target: TypeId) -> bool {
        let one = self.world.element(self.base(target)).unwrap_or(target);
        needs_length(self.base(one)) || self.world.is_limited(target) || self.world.is_limited(one)
    }

    fn read_as_text(&mut self, val: &Val) -> Val {
        if let What::Text(Some(text)) = &val.what { self.constant(text, TypeId::TEXT) } else { val.clone() }
    }

    /// The value as one of that type. INVARIANT: NULL stays NULL.
    pub(super) fn cast_to(&mut self, val: &Val, target: TypeId, shown: &str) -> Val {
        let kind = match (&val.what, val.kind) {
            (What::Text(None), _) => return Val::null(Some(target)),
            (What::Text(Some(text)), _) => return self.constant(text, target),
            (_, Some(kind)) => kind,
            (_, None) => return self.converted(val, target, shown),
        };
        let (from, to) = (self.base(kind), self.base(target));
        if let (What::Array(items), Some(element)) = (&val.what, self.world.element(to)) {
            let items = items.iter().map(|item| self.cast_to(item, element, shown)).collect();
            return Val::new(Some(target), What::Array(items));
        }
        if self.is_same(from, to) {
            // The text of a name is ordered as the name is.
            let own = (from == TypeId::NAME && to != from).then(|| "C".to_owned());
            return Val { kind: Some(target), collation: val.collation.clone().or(own), ..val.clone() };
        }
        if to == TypeId::TEXT || to == VARCHAR {
            if let Some(labels) = self.world.labels(from).map(<[String]>::to_vec) {
                return self.labels_as_text(val, &labels, target);
            }
            if let What::Truth(pair) = val.what {
                let all = [(pair.holds, "true"), (pair.fails, "false")];
                let all = all.into_iter().map(|(when, text)| (when, self.text_place(text))).collect();
                return Val::of(Some(target), all);
            }
        }
        self.converted(val, target, shown)
    }

    /// Whether every value of one type is the same value of the other.
    fn is_same(&self, from: TypeId, to: TypeId) -> bool {
        let texts = |kind: TypeId| matches!(kind, TypeId::TEXT | VARCHAR);
        from == to
            || (is_integer(from) && (is_integer(to) || to == TypeId::NUMERIC))
            || ((texts(from) || from == TypeId::NAME) && texts(to))
            || (self.sort_name(Some(from)) == self.sort_name(Some(to))
                && self.world.element(from).is_some()
                && meaning::cast(self.world, from, to) == Some(CastMeant::Relabel))
    }

    fn text_place(&mut self, text: &str) -> Place {
        let sort = self.sort_of(Some(TypeId::TEXT));
        Place::plain(self.space.constant(Constant::Label(text.to_owned()), sort))
    }

    /// The text of an enum is its label.
    fn labels_as_text(&mut self, val: &Val, labels: &[String], target: TypeId) -> Val {
        if labels.len() > super::value::MOST {
            return self.converted(val, target, "::text");
        }
        let sort = self.sort_of(val.kind);
        let mut all: Alternatives = Vec::new();
        for (when, place) in self.places(val) {
            for (number, label) in (0_i128..).zip(labels) {
                let own = self.space.constant(Constant::Number(number * UNIT), sort);
                let is = self.space.equal(place.term, own);
                let both = self.space.and([when, is]);
                if both != Ref::FALSE {
                    all.push((both, self.text_place(label)));
                }
            }
        }
        Val::of(Some(target), all)
    }

    /// A conversion as a symbol. What a text of a value is read back as is the value.
    fn converted(&mut self, val: &Val, target: TypeId, shown: &str) -> Val {
        let from = val.base(self.world);
        let to = self.base(target);
        let symbol = format!("cast {} {}", self.cast_name(from), self.cast_name(Some(to)));
        let plain = |kind: TypeId| is_integer(kind) || kind == UUID || kind == TypeId::BOOL || kind == TypeId::NUMERIC;
        let total = from.is_some_and(plain) || (matches!(from, Some(TypeId::TEXT | VARCHAR)) && plain(to));
        // An infinite moment has no time of day.
        let timeless = !matches!(to, TypeId::TIME | TypeId::TIMETZ);
        let moments = timeless && matches!(from, Some(TypeId::TIMESTAMPTZ | TypeId::TIMESTAMP | TypeId::DATE));
        let habit = match from {
            _ if total || moments => TOTAL,
            Some(_) => STRICT,
            None => super::value::LOOSE,
        };
        let shown = if shown.starts_with("::") { self.shown_cast(val, shown) } else { shown.to_owned() };
        let made =
            self.apply(&Applied { symbol: &symbol, head: "cast", shown: &shown, habit, result: Some(target) }, std::slice::from_ref(val));
        let back = matches!(from, Some(UUID | INT2 | TypeId::INT4 | TypeId::INT8)) && matches!(to, TypeId::TEXT | VARCHAR);
        if let (true, Some(from)) = (back, from) {
            self.read_back(&made, from);
        }
        Val { kind: Some(target), ..made }
    }

    /// Lemma: the text of a value, read again, is the value.
    fn read_back(&mut self, made: &Val, from: TypeId) {
        let What::Of(all) = &made.what else { return };
        let name = format!("cast {} {}", self.cast_name(Some(TypeId::TEXT)), self.cast_name(Some(from)));
        let (symbol, sort, integral) = (self.space.symbol(&name), self.sort_of(Some(from)), self.is_integral(Some(from)));
        for (_, place) in all {
            let Some(Term::Apply(_, args)) = self.space.term_at(place.term).cloned() else { continue };
            let [arg] = args.as_slice() else { continue };
            let back = self.space.term(Term::Apply(symbol, vec![place.term]), sort, integral);
            let lemma = self.space.equal(back, *arg);
            self.lemmas.push(lemma);
        }
    }

    /// Types whose texts are the same share a name.
    fn cast_name(&self, kind: Option<TypeId>) -> String {
        match kind {
            Some(kind) if is_integer(kind) => "integer".to_owned(),
            Some(TypeId::TEXT | VARCHAR) => "text".to_owned(),
            Some(kind) => self.world.name(kind),
            None => "?".to_owned(),
        }
    }

    fn shown_cast(&mut self, val: &Val, shown: &str) -> String {
        format!("({}){shown}", self.all_of(val))
    }

    /// A value as a text that names all that it depends on.
    pub(super) fn all_of(&mut self, val: &Val) -> String {
        let places = self.places(val);
        let names: Vec<String> = places.iter().map(|(when, place)| format!("{when:?} {}", self.term_text(place))).collect();
        names.join(" | ")
    }

    /// A term as a text that names all that it depends on.
    fn term_text(&self, place: &Place) -> String {
        let digits = place.written.as_deref().unwrap_or_default();
        format!("{}#{}+{} {digits}", self.space_name(place.term), place.term.0, place.by)
    }

    fn space_name(&self, term: super::super::space::TermId) -> String {
        match self.space.term_at(term) {
            Some(Term::Free(name)) => name.clone(),
            Some(Term::Constant(Constant::Label(label))) => format!("'{label}'"),
            _ => String::new(),
        }
    }
}

/// Whether a type without a length means one of length 1.
fn needs_length(kind: TypeId) -> bool {
    matches!(kind.0, 1042 | 1560)
}
