//! Which types are compared with which, and what that means for their values.
//!
//! In: types. Out: sorts. Must not know expressions. A value of one sort is equal to one of the same sort just if PostgreSQL's `=`
//! between their types says so.

use super::super::space::{Constant, Ref, Sort, SortId, TermId, UNIT};
use super::Encoder;
use crate::typing::TypeId;

pub(super) const INT2: TypeId = TypeId(21);
pub(super) const PATH: TypeId = TypeId(602);
pub(super) const BPCHAR: TypeId = TypeId(1042);
pub(super) const VARCHAR: TypeId = TypeId(1043);
pub(super) const INTERVAL: TypeId = TypeId(1186);
pub(super) const UUID: TypeId = TypeId(2950);
pub(super) const NUMBER: &str = "number";
const TEXT: &str = "text";

impl Encoder<'_> {
    /// The name of a type's sort.
    pub(super) fn sort_name(&self, kind: Option<TypeId>) -> String {
        let Some(kind) = kind.map(|kind| self.base(kind)) else { return "?".to_owned() };
        match kind {
            _ if is_integer(kind) || kind == TypeId::NUMERIC => NUMBER.to_owned(),
            TypeId::TEXT | VARCHAR | TypeId::NAME => TEXT.to_owned(),
            _ if is_float(kind) => "float".to_owned(),
            _ => match self.world.element(kind) {
                Some(element) => format!("{}[]", self.sort_name_of_element(element)),
                None => self.world.name(kind),
            },
        }
    }

    /// The digits of a number show in an array of them, the label of a text does not.
    fn sort_name_of_element(&self, element: TypeId) -> String {
        match self.base(element) {
            TypeId::TEXT | VARCHAR => TEXT.to_owned(),
            element => self.world.name(element),
        }
    }

    /// The sort of a type.
    pub(super) fn sort_of(&mut self, kind: Option<TypeId>) -> SortId {
        let name = self.sort_name(kind);
        let kind = kind.map(|kind| self.base(kind));
        if kind == Some(TypeId::NUMERIC) {
            self.found.numeric = true;
        }
        let ordered = kind.is_some_and(|kind| self.is_always_ordered(kind)) || self.needs.ordered.contains(&name);
        let image = match kind {
            None => false,
            Some(_) if name == NUMBER => !self.needs.numeric,
            Some(_) if name == TEXT => true,
            Some(BPCHAR) => false,
            Some(kind) => !is_float(kind) && self.world.row(kind).is_some_and(|row| row.equal_image),
        };
        if let Some(kind) = kind {
            self.kinds.entry(name.clone()).or_insert(kind);
        }
        self.space.sort(Sort { name, image, ordered })
    }

    pub(super) fn is_always_ordered(&self, kind: TypeId) -> bool {
        let moment = matches!(kind, TypeId::DATE | TypeId::TIMESTAMP | TypeId::TIMESTAMPTZ);
        moment || is_integer(kind) || is_float(kind) || kind == TypeId::NUMERIC || self.world.is_enum(kind)
    }

    /// Whether values of a sort have an order here; if not, the question is encoded once more with one.
    pub(super) fn wants_order(&mut self, kind: TypeId) -> bool {
        let kind = self.base(kind);
        if self.is_always_ordered(kind) {
            return true;
        }
        let name = self.sort_name(Some(kind));
        self.found.ordered.insert(name.clone());
        self.needs.ordered.contains(&name)
    }

    /// Whether values of a type are whole numbers.
    pub(super) fn is_integral(&self, kind: Option<TypeId>) -> bool {
        kind.map(|kind| self.base(kind)).is_some_and(|kind| {
            is_integer(kind) || self.world.is_enum(kind) || matches!(kind, TypeId::DATE | TypeId::TIMESTAMP | TypeId::TIMESTAMPTZ)
        })
    }

    /// An enum has no values but its labels.
    pub(super) fn bound(&mut self, term: TermId, kind: Option<TypeId>, null: Ref) {
        let Some(kind) = kind.map(|kind| self.base(kind)) else { return };
        let Some(labels) = self.world.labels(kind).map(<[String]>::len) else { return };
        if !self.bounded.insert(term) {
            return;
        }
        let sort = self.sort_of(Some(kind));
        let highest = i128::try_from(labels).unwrap_or(i128::MAX / UNIT).saturating_sub(1);
        let (low, high) = (self.space.constant(Constant::Number(0), sort), self.space.constant(Constant::Number(highest * UNIT), sort));
        let bounds = [self.space.within(low, term, 0, false), self.space.within(term, high, 0, false)];
        let inside = self.space.and(bounds);
        let lemma = self.space.or([null, inside]);
        self.lemmas.push(lemma);
    }
}

pub(super) fn is_integer(kind: TypeId) -> bool {
    matches!(kind, INT2 | TypeId::INT4 | TypeId::INT8)
}

pub(super) fn is_float(kind: TypeId) -> bool {
    matches!(kind.0, 700 | 701)
}
