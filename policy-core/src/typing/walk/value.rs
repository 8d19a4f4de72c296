//! What an expression under way is: a type, or a text that has none yet.

use super::super::TypeId;
use crate::diag::At;
use crate::model::Literal;

/// A value.
#[derive(Clone, Debug)]
pub(super) struct Value<'e> {
    /// Its type; absent after a fault and where a name is not known here.
    pub(super) kind: Option<TypeId>,
    /// Whether it can be NULL.
    pub(super) nullable: bool,
    /// The text of a constant without a type; NULL is one without a text.
    pub(super) text: Option<&'e str>,
    /// The levels of queries whose columns it names, as bits: 0 is the row under judgement.
    pub(super) vars: u64,
    /// The collation that was asked for.
    pub(super) collation: Option<&'e str>,
    /// Its tokens.
    pub(super) at: At,
}

impl<'e> Value<'e> {
    /// A value of a type, never NULL.
    pub(super) fn of(kind: TypeId, at: At) -> Value<'e> {
        Value { kind: Some(kind), nullable: false, text: None, vars: 0, collation: None, at }
    }

    /// A value of which nothing is known.
    pub(super) fn unknown_here(at: At) -> Value<'e> {
        Value { kind: None, nullable: true, text: None, vars: 0, collation: None, at }
    }

    /// A constant without a type: `'a'`, NULL.
    pub(super) fn text(text: Option<&'e str>, at: At) -> Value<'e> {
        Value { text, nullable: text.is_none(), ..Value::of(TypeId::UNKNOWN, at) }
    }

    pub(super) fn of_literal(literal: &'e Literal, at: At) -> Value<'e> {
        match literal {
            Literal::Text(text) => Value::text(Some(text), at),
            Literal::Null => Value::text(None, at),
            Literal::Bool(_) => Value::of(TypeId::BOOL, at),
            Literal::Number(text) => Value::of(number(text), at),
        }
    }

    /// Whether it is a constant without a type.
    pub(super) fn is_unknown(&self) -> bool {
        self.kind == Some(TypeId::UNKNOWN)
    }
}

/// The type of a number: the smallest of integer, bigint and numeric that holds it.
pub(super) fn number(text: &str) -> TypeId {
    if text.parse::<i32>().is_ok() {
        TypeId::INT4
    } else if text.parse::<i64>().is_ok() {
        TypeId::INT8
    } else {
        TypeId::NUMERIC
    }
}

/// What several values have in common: whether any can be NULL, the levels they name.
pub(super) fn over<'e>(values: &[Value<'e>], kind: TypeId, at: At) -> Value<'e> {
    Value {
        nullable: values.iter().any(|value| value.nullable),
        vars: values.iter().fold(0, |all, value| all | value.vars),
        ..Value::of(kind, at)
    }
}
