//! Rows made of models: for the evaluator with values, for people with names.
//!
//! In: a question encoded, a model of it. Out: a `Row` and a `Witness` of it. Must not know what was asked.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::encode::{Encoded, Field, Holder, Opaque};
use super::evaluate::{Columns, Decimal, Row, Value};
use super::model::{self, Model};
use super::space::{TermId, UNIT};
use crate::typing::{TypeId, World};

/// A row of which something holds, and the world around it. Values of which nothing is known are letters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Witness {
    /// The row under judgement, by column.
    pub row: BTreeMap<String, String>,
    /// The context, by field.
    pub ctx: BTreeMap<String, String>,
    /// Rows of other relations.
    pub others: Vec<Found>,
    /// What is taken for granted, and whether it is TRUE.
    pub opaque: Vec<(String, bool)>,
}

/// A row of another relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The relation.
    pub relation: String,
    /// Its columns.
    pub columns: BTreeMap<String, String>,
}

impl fmt::Display for Witness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<String> = self.row.iter().map(|(name, value)| said(name, value)).collect();
        parts.extend(self.ctx.iter().map(|(name, value)| said(&format!("ctx.{name}"), value)));
        for found in &self.others {
            let columns: Vec<String> = found.columns.iter().map(|(name, value)| said(name, value)).collect();
            parts.push(format!(
                "a row of {} with {}",
                found.relation,
                if columns.is_empty() { "any values".to_owned() } else { columns.join(", ") }
            ));
        }
        parts.extend(self.opaque.iter().map(|(text, holds)| if *holds { text.clone() } else { format!("not {text}") }));
        f.write_str(&parts.join(", "))
    }
}

fn said(name: &str, value: &str) -> String {
    if value == "NULL" { format!("{name} IS NULL") } else { format!("{name} = {value}") }
}

/// Makes rows of one model.
pub(super) struct Maker<'a> {
    world: &'a World,
    encoded: &'a Encoded,
    model: &'a Model,
    /// The letters of values of which nothing is known, by sort and value.
    letters: BTreeMap<(String, i128), usize>,
    /// Texts that are no letters.
    taken: BTreeSet<String>,
}

impl<'a> Maker<'a> {
    pub(super) fn new(world: &'a World, encoded: &'a Encoded, model: &'a Model) -> Maker<'a> {
        let labels = encoded.space.terms().iter().filter_map(|(term, ..)| match term {
            super::space::Term::Constant(super::space::Constant::Label(label)) => Some(label.clone()),
            _ => None,
        });
        Maker { world, encoded, model, letters: BTreeMap::new(), taken: labels.collect() }
    }

    /// The world of the model, as the evaluator reads it.
    pub(super) fn row(&mut self) -> Row {
        let mut row = Row { now: self.now(), ..Row::default() };
        let mut found: BTreeMap<usize, Columns> = BTreeMap::new();
        let exists = self.encoded.rows.iter().enumerate().skip(1).filter(|(_, row)| self.model.truth(row.exists));
        for (number, _) in exists {
            found.insert(number, Columns::new());
        }
        for field in &self.encoded.fields {
            let value = self.field(field);
            match field.holder {
                Holder::Context => row.ctx.insert(field.name.clone(), value),
                Holder::Row(0) => row.own.insert(field.name.clone(), value),
                Holder::Row(number) => found.get_mut(&number).and_then(|columns| columns.insert(field.name.clone(), value)),
            };
        }
        for (number, columns) in found {
            let source = self.encoded.rows.get(number).and_then(|row| row.source.as_ref());
            row.others.entry(source.map_or_else(String::new, Row::relation)).or_default().push(columns);
        }
        for kind in self.encoded.kinds.values() {
            if let Some(labels) = self.world.labels(*kind) {
                row.enums.insert(self.world.name(*kind), labels.to_vec());
            }
        }
        row
    }

    fn now(&self) -> Option<i64> {
        let term = self.encoded.space.terms().iter().position(|(term, ..)| *term == super::space::Term::Free("now()".to_owned()))?;
        match self.model.value(TermId(u32::try_from(term).ok()?)) {
            model::Value::Number(units) => i64::try_from(units / UNIT).ok(),
            _ => Some(0),
        }
    }

    /// What is open in the model, as answers for the evaluator; none where one call would have two.
    pub(super) fn answers(&mut self) -> Option<BTreeMap<String, Value>> {
        let mut answers: BTreeMap<String, Value> = BTreeMap::new();
        for one in &self.encoded.opaque {
            let args: Vec<Value> = one.args.iter().map(|arg| arg.map_or(Value::Null, |(term, by)| self.term(term, by))).collect();
            let value = self.answer(one);
            match answers.insert(Row::key(&one.head, &args), value.clone()) {
                Some(other) if other != value => return None,
                _ => {}
            }
        }
        Some(answers)
    }

    fn answer(&mut self, one: &Opaque) -> Value {
        match one.term {
            _ if !self.model.truth(one.there) => Value::Null,
            Some(term) => self.term(term, 0),
            None => Value::Bool(self.model.truth(one.truth)),
        }
    }

    fn field(&mut self, field: &Field) -> Value {
        let kind = field.kind.map(|kind| self.world.base(kind));
        if self.model.truth(field.null) {
            return Value::Null;
        }
        if kind == Some(TypeId::BOOL) {
            return Value::Bool(self.model.truth(field.truth));
        }
        if let Some(items) = self.elements(field.term) {
            return items;
        }
        self.concrete(kind, field.term, 0)
    }

    /// An array: what it is said to hold.
    fn elements(&mut self, array: TermId) -> Option<Value> {
        let kind = self.kind_of(array)?;
        self.world.element(kind)?;
        // What else is said of it is not said by its elements.
        let named = |one: &&Opaque| one.args.iter().flatten().any(|(arg, _)| *arg == array) || one.term == Some(array);
        if self.encoded.opaque.iter().filter(named).any(|one| one.head != "= ANY") {
            return None;
        }
        let mut items: Vec<Value> = Vec::new();
        for one in &self.encoded.opaque {
            let [arg, of] = one.args.as_slice() else { continue };
            if of.map(|(of, _)| of) != Some(array) || one.head != "= ANY" {
                continue;
            }
            match arg {
                Some((term, by)) if self.model.truth(one.truth) => {
                    let item = self.term(*term, *by);
                    if !items.contains(&item) {
                        items.push(item);
                    }
                }
                // Neither TRUE nor FALSE: an element is NULL.
                Some(_) if !self.model.truth(one.there) && !items.contains(&Value::Null) => items.push(Value::Null),
                _ => {}
            }
        }
        Some(Value::Array(items))
    }

    fn kind_of(&self, term: TermId) -> Option<TypeId> {
        self.encoded.kinds.get(&self.encoded.space.sort_of(term).name).copied()
    }

    /// A term by its sort.
    fn term(&mut self, term: TermId, by: i128) -> Value {
        let kind = self.kind_of(term);
        if kind == Some(TypeId::BOOL) {
            return Value::Bool(self.model.value(term) == model::Value::Label("true".to_owned()));
        }
        match self.elements(term) {
            Some(items) => items,
            None => self.concrete(kind, term, by),
        }
    }

    fn concrete(&mut self, kind: Option<TypeId>, term: TermId, by: i128) -> Value {
        let sort = self.encoded.space.sort_of(term).name.clone();
        let (units, label) = match (self.model.value(term), self.model.place(term)) {
            (model::Value::Label(label), _) => (0, Some(label)),
            (model::Value::Number(units), _) | (model::Value::Fresh(_), Some(units)) => (units, None),
            (model::Value::Fresh(number), None) => (i128::from(number), None),
        };
        let units = units.saturating_add(by);
        let whole = i64::try_from(units / UNIT).unwrap_or(i64::MAX);
        match (kind, label) {
            (Some(kind), None) if self.world.labels(kind).is_some() => {
                Value::Label(self.world.labels(kind).unwrap_or_default().to_vec(), usize::try_from(whole).unwrap_or_default())
            }
            (Some(TypeId::DATE), None) => Value::Date(whole),
            (Some(TypeId::TIMESTAMP), None) => Value::Timestamp(whole),
            (Some(TypeId::TIMESTAMPTZ), None) => Value::Timestamptz(whole),
            (Some(_), None) if sort == "number" && units % UNIT == 0 => Value::Int(whole),
            (Some(_), None) if sort == "number" => Value::Decimal(Decimal { units, scale: 9 }),
            (Some(_), None) if sort == "float" => Value::Float(units as f64 / UNIT as f64),
            (Some(_), Some(label)) if sort == "uuid" => Value::Uuid(label),
            (Some(_), Some(label)) if sort == "text" => Value::Text(label),
            (Some(_), None) if sort == "text" => Value::Text(self.letter(&sort, units)),
            (Some(_), None) if sort == "uuid" => {
                let letter = self.number(&sort, units);
                Value::Uuid(format!("00000000-0000-4000-8000-{:012}", letter + 1))
            }
            _ => Value::Other(sort.clone(), u32::try_from(self.number(&sort, units)).unwrap_or(u32::MAX)),
        }
    }

    /// The number of a value of which nothing is known.
    fn number(&mut self, sort: &str, units: i128) -> usize {
        let next = self.letters.len();
        *self.letters.entry((sort.to_owned(), units)).or_insert(next)
    }

    fn letter(&mut self, sort: &str, units: i128) -> String {
        let number = self.number(sort, units);
        let name = name(number);
        if self.taken.contains(&name) { format!("{name}{name}") } else { name }
    }

    /// The row for people: only these columns and fields.
    pub(super) fn witness(&self, row: &Row, opaque: Vec<(String, bool)>) -> Witness {
        let shown = |columns: &Columns| columns.iter().map(|(name, value)| (name.clone(), self.shown(value))).collect();
        let others = row.others.iter().flat_map(|(relation, rows)| {
            rows.iter().map(|columns| Found { relation: relation.clone(), columns: shown(columns) }).collect::<Vec<_>>()
        });
        Witness { row: shown(&row.own), ctx: shown(&row.ctx), others: others.collect(), opaque }
    }

    fn shown(&self, value: &Value) -> String {
        let letters = |text: &str| {
            let mut all = self.letters.values();
            all.find(|number| name(**number) == text && !self.taken.contains(text)).map(|number| name(*number))
        };
        match value {
            Value::Text(text) => letters(text).unwrap_or_else(|| value.to_string()),
            Value::Uuid(uuid) => match uuid.strip_prefix("00000000-0000-4000-8000-").and_then(|rest| rest.parse::<usize>().ok()) {
                Some(number) => name(number.saturating_sub(1)),
                None => value.to_string(),
            },
            Value::Other(_, number) => name(*number as usize),
            Value::Timestamp(_) | Value::Timestamptz(_) | Value::Date(_) => format!("'{value}'"),
            Value::Array(items) => format!("{{{}}}", items.iter().map(|item| self.shown(item)).collect::<Vec<_>>().join(", ")),
            _ => value.to_string(),
        }
    }
}

/// A, B, .. Z, A2, B2 ..
fn name(number: usize) -> String {
    let letter = u8::try_from(number % 26).map_or('?', |at| char::from(b'A' + at));
    if number < 26 { letter.to_string() } else { format!("{letter}{}", number / 26 + 1) }
}
