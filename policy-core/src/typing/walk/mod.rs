//! Through an expression, in the order in which PostgreSQL goes through it, so that the first fault is the server's.
//!
//! In: an expression and the types of what it names. Out: a `Judgement`. Must not know where names come from.
//! Source: `transformExprRecurse` of PostgreSQL's `parse_expr.c`.

mod advice;
mod call;
mod collate;
mod compare;
mod constant;
mod construct;
mod idiom;
mod list;
mod nulls;
mod query;
mod recast;
mod repair;
mod said;
mod signatures;
mod subscript;
mod truth;
mod value;

use super::TypeId;
use super::coerce::{Context, can_coerce};
use super::fault::{Fault, Refusal, Subject};
use super::world::World;
use crate::diag::At;
use crate::model::{Expr, Kind, Literal, Query, Routine, Source, Test};

pub use nulls::{Trap, TrapKind};
use value::Value;

/// What is known of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// Its type, if that is declared.
    pub kind: Option<TypeId>,
    /// Whether it can be NULL.
    pub nullable: bool,
}

/// A declared function that a call may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The types of its arguments.
    pub args: Vec<TypeId>,
    /// The type of its value.
    pub result: TypeId,
}

/// The types of what an expression names. `None` where it is not known here: nothing is said of it then.
pub trait Names {
    /// A column of the row under judgement.
    fn own(&self, column: &str) -> Option<Given>;
    /// A column of another relation.
    fn column(&self, source: &Source, column: &str) -> Option<Given>;
    /// A context field.
    fn ctx(&self, field: &str) -> Option<Given>;
    /// The declared functions that a call may mean.
    fn routine(&self, routine: &Routine) -> Option<Vec<Signature>>;
    /// The type that a cast names.
    fn cast(&self, world: &World, kind: &crate::model::SqlType) -> Option<TypeId> {
        world.find(kind)
    }
    /// How a column of the row is written, for messages.
    fn said(&self, column: &str) -> String {
        column.to_owned()
    }
    /// The columns of the row as they are written, to find the one that was meant.
    fn own_columns(&self) -> Vec<(String, Given)> {
        Vec::new()
    }
}

/// What there is to say of an expression.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judgement {
    /// Its type; absent after a fault, and where it depends on what is not known here.
    pub kind: Option<TypeId>,
    /// Whether it can be NULL.
    pub nullable: bool,
    /// What PostgreSQL refuses; the first is the one that it reports.
    pub faults: Vec<Fault>,
    /// What it accepts and what still may surprise: comparisons that NULL makes undecided.
    pub traps: Vec<Trap>,
    /// Constants whose meaning depends on when or where they are read, and on what.
    pub depends: Vec<(At, &'static str)>,
    /// Functions that may give another answer at each call, by name: a policy cannot use them.
    pub volatile: Vec<(At, String)>,
    /// What is left to the server.
    pub declined: Vec<String>,
}

/// Judges an expression as a value.
#[must_use]
pub fn value(world: &World, names: &dyn Names, expr: &Expr) -> Judgement {
    let mut walker = Walker::new(world, names);
    let value = walker.expr(expr);
    walker.finish(&value)
}

/// Judges an expression as a condition: of a policy, a trigger, a view.
#[must_use]
pub fn predicate(world: &World, names: &dyn Names, expr: &Expr) -> Judgement {
    let mut walker = Walker::new(world, names);
    let value = walker.expr(expr);
    let value = walker.truth_of(expr, value, "POLICY");
    walker.finish(&value)
}

/// Judges an expression as the condition that a statement calls by that word: `WHEN`.
#[must_use]
pub fn condition(world: &World, names: &dyn Names, expr: &Expr, word: &str) -> Judgement {
    let mut walker = Walker::new(world, names);
    let value = walker.expr(expr);
    let value = walker.truth_of(expr, value, word);
    walker.finish(&value)
}

/// The types of the columns of a query.
#[must_use]
pub fn columns(world: &World, names: &dyn Names, query: &Query) -> Vec<Option<TypeId>> {
    Walker::new(world, names).columns_of(query).into_iter().map(|value| value.kind).collect()
}

struct Walker<'a> {
    world: &'a World,
    names: &'a dyn Names,
    out: Judgement,
    /// Explicit collations that contradict each other: PostgreSQL finds them last.
    late: Vec<Fault>,
    /// The relations of the queries around, outermost first: alias, relation, whether a join may leave it empty.
    frames: Vec<Vec<(&'a str, &'a Source, bool)>>,
}

impl<'a> Walker<'a> {
    fn new(world: &'a World, names: &'a dyn Names) -> Walker<'a> {
        Walker { world, names, out: Judgement::default(), late: Vec::new(), frames: Vec::new() }
    }

    fn finish(mut self, value: &Value<'a>) -> Judgement {
        self.out.faults.append(&mut self.late);
        self.out.kind = value.kind.filter(|_| self.out.faults.is_empty());
        self.out.nullable = value.nullable;
        self.out
    }

    /// Keeps a refusal; the value has no type then.
    fn refuse(&mut self, at: At, refusal: Refusal) -> Value<'a> {
        self.out.faults.push(refusal.at(at));
        Value::unknown_here(at)
    }

    fn decline(&mut self, what: impl Into<String>) {
        self.out.declined.push(what.into());
    }

    fn expr(&mut self, expr: &'a Expr) -> Value<'a> {
        let value = self.one(expr);
        Value { at: expr.at, ..value }
    }

    fn one(&mut self, expr: &'a Expr) -> Value<'a> {
        let at = expr.at;
        match &expr.kind {
            Kind::Own(column) => self.named(self.names.own(column), 1, at),
            Kind::Column(alias, column) => self.column(alias, column, at),
            Kind::Ctx(field) => self.named(self.names.ctx(field), 0, at),
            Kind::Literal(literal) => Value::of_literal(literal, at),
            Kind::Typed(kind, text) if self.modifier(kind, at) => self.cast(Value::text(Some(text), at), None, kind, at),
            Kind::And(all) => self.connective(all, "AND"),
            Kind::Or(any) => self.connective(any, "OR"),
            Kind::Not(inner) => {
                let value = self.expr(inner);
                self.truth_of(inner, value, "NOT")
            }
            Kind::Unary(op, inner) => self.unary(op, inner, at),
            Kind::Binary(op, left, right) => self.binary(op, left, right, at),
            Kind::Is(inner, test, _) => self.is(inner, *test),
            Kind::Distinct(left, right, _) => self.distinct(left, right, at),
            Kind::In(left, list, not) => self.in_list(left, list, *not, at),
            Kind::InQuery(left, query, not) => self.in_query(left, query, *not, at),
            Kind::AnyArray(left, op, right, all) => self.any_array(left, op, right, *all, at),
            Kind::AnyQuery(left, op, query, all) => self.any_query(left, op, query, *all, at),
            Kind::Between(inner, low, high, not) => self.between(inner, low, high, *not, at),
            Kind::Like(op, left, pattern, escape, not) => self.like(op, left, pattern, escape.as_deref(), *not, at),
            _ => self.other(expr),
        }
    }

    /// What yields a value of its own kind rather than a truth value.
    fn other(&mut self, expr: &'a Expr) -> Value<'a> {
        let at = expr.at;
        match &expr.kind {
            Kind::Case(operand, arms, otherwise) => self.case(operand.as_deref(), arms, otherwise.as_deref(), at),
            Kind::Call(name, args) => self.call(name, args, at),
            Kind::Routine(routine, args) => self.routine(routine, args, at),
            Kind::Cast(inner, kind) => self.cast_of(inner, kind, at),
            Kind::Subscript(..) | Kind::Slice(..) => self.subscripted(expr),
            Kind::Array(items) => self.array(items, None, at),
            Kind::ArrayQuery(query) => self.array_query(query, at),
            Kind::Row(items) => self.row(items),
            Kind::Exists(query, _) => {
                self.columns_of(query);
                Value::of(TypeId::BOOL, at)
            }
            Kind::Scalar(query) => self.scalar(query, at),
            Kind::AtTimeZone(inner, zone) => {
                let values = vec![self.expr(zone), self.expr(inner)];
                self.function("timezone", values, &[], &[Some(zone), Some(inner)], at)
            }
            Kind::Extract(field, inner) => {
                let values = vec![Value::text(Some(field), at), self.expr(inner)];
                self.function("extract", values, &[], &[None, Some(inner)], at)
            }
            Kind::Collate(inner, name) => self.collate(inner, name, at),
            Kind::Keyword(name) => self.keyword(name, at),
            // An argument by name stands in a call only, which takes it apart.
            Kind::Named(_, inner) => self.expr(inner),
            // Everything else is in `one`.
            _ => Value::unknown_here(at),
        }
    }

    fn named(&mut self, given: Option<Given>, vars: u64, at: At) -> Value<'a> {
        match given {
            Some(given) => Value { kind: given.kind, nullable: given.nullable, vars, ..Value::unknown_here(at) },
            // Of what is not known nothing is said.
            None => Value { nullable: false, vars, ..Value::unknown_here(at) },
        }
    }

    fn column(&mut self, alias: &str, column: &str, at: At) -> Value<'a> {
        let found =
            self.frames.iter().enumerate().rev().find_map(|(level, frame)| {
                frame.iter().find(|(name, ..)| *name == alias).map(|(_, source, outer)| (level, *source, *outer))
            });
        match found {
            Some((level, source, outer)) => {
                let value = self.named(self.names.column(source, column), 2 << level, at);
                Value { nullable: value.nullable || outer, ..value }
            }
            // `new` and `old` of a trigger.
            None => self.named(self.names.own(column), 1, at),
        }
    }

    fn keyword(&mut self, name: &str, at: At) -> Value<'a> {
        let kind = match name {
            "current_date" => TypeId::DATE,
            "current_timestamp" => TypeId::TIMESTAMPTZ,
            "localtimestamp" => TypeId::TIMESTAMP,
            "current_time" => TypeId::TIMETZ,
            "localtime" => TypeId::TIME,
            _ => TypeId::NAME,
        };
        Value::of(kind, at)
    }

    fn connective(&mut self, operands: &'a [Expr], word: &'static str) -> Value<'a> {
        let mut nullable = false;
        let mut vars = 0;
        let at = operands.iter().map(|one| one.at).reduce(At::to).unwrap_or_default();
        for operand in operands {
            let value = self.expr(operand);
            let value = self.truth_of(operand, value, word);
            nullable |= value.nullable;
            vars |= value.vars;
        }
        Value { nullable, vars, ..Value::of(TypeId::BOOL, at) }
    }

    fn is(&mut self, inner: &'a Expr, test: Test) -> Value<'a> {
        let value = self.expr(inner);
        let word = match test {
            Test::Null => "",
            Test::True => "IS TRUE",
            Test::False => "IS FALSE",
            Test::Unknown => "IS UNKNOWN",
        };
        let value = if test == Test::Null { value } else { self.truth_of(inner, value, word) };
        Value { vars: value.vars, ..Value::of(TypeId::BOOL, value.at) }
    }

    /// Where a truth value is wanted.
    fn truth(&mut self, value: Value<'a>, word: &str) -> Value<'a> {
        match value.kind {
            None | Some(TypeId::BOOL) => value,
            Some(kind) if can_coerce(self.world, &[kind], &[TypeId::BOOL], Context::Assignment) => self.becoming(value, TypeId::BOOL),
            Some(kind) => {
                let message = format!("argument of {word} must be type boolean, not type {}", self.world.name(kind));
                self.refuse(value.at, Refusal::new("42804", message).about(Subject::Condition))
            }
        }
    }

    /// The same, with what to write instead.
    fn truth_of(&mut self, expr: &Expr, value: Value<'a>, word: &str) -> Value<'a> {
        let (kind, before) = (value.kind, self.out.faults.len());
        let value = self.truth(value, word);
        if let (Some(kind), Some(fault)) = (kind, self.out.faults.get(before).cloned())
            && fault.refusal.subject == Subject::Condition
        {
            let help = self.as_a_condition(expr, kind, word == "NOT");
            self.out.faults.truncate(before);
            self.out.faults.push(fault.refusal.help(help).at(fault.at));
        }
        value
    }
}

/// Whether an expression is the literal NULL.
fn is_null(expr: &Expr) -> bool {
    expr.kind == Kind::Literal(Literal::Null)
}
