//! Predicates: our own tree, an allow-list of what a policy may say.
//!
//! `expr` builds it from SQL text, `render` writes SQL from it. Nothing else of the user's text survives.

use super::function::Routine;
use super::notate::{fail, words};
use super::notation::{Node, Notate, NotationError};
use super::query::Query;
use super::types::SqlType;
use crate::diag::At;

/// An expression and the tokens it came from (which do not count in a comparison).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expr {
    /// What it says.
    pub kind: Kind,
    /// Which tokens said it.
    pub at: At,
}

/// What an expression says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A column of the row under judgement, by database name.
    Own(String),
    /// A column of a subquery's relation: alias, and field (as declared) or database name (linked).
    Column(String, String),
    /// A context field, by Rust name.
    Ctx(String),
    /// A constant.
    Literal(Literal),
    /// `date '2024-01-31'`, `interval '1 day'`.
    Typed(SqlType, String),
    /// All of them.
    And(Vec<Expr>),
    /// Any of them.
    Or(Vec<Expr>),
    /// `NOT`.
    Not(Box<Expr>),
    /// A prefix operator.
    Unary(String, Box<Expr>),
    /// An infix operator.
    Binary(String, Box<Expr>, Box<Expr>),
    /// `IS [NOT] ..`; true stands for NOT.
    Is(Box<Expr>, Test, bool),
    /// `IS [NOT] DISTINCT FROM`; true stands for NOT.
    Distinct(Box<Expr>, Box<Expr>, bool),
    /// `[NOT] IN (list)`.
    In(Box<Expr>, Vec<Expr>, bool),
    /// `[NOT] IN (SELECT ..)`.
    InQuery(Box<Expr>, Box<Query>, bool),
    /// `left op ANY (array)`, or ALL if the flag is set.
    AnyArray(Box<Expr>, String, Box<Expr>, bool),
    /// `left op ANY (SELECT ..)`, or ALL if the flag is set.
    AnyQuery(Box<Expr>, String, Box<Query>, bool),
    /// `[NOT] BETWEEN low AND high`.
    Between(Box<Expr>, Box<Expr>, Box<Expr>, bool),
    /// `[NOT] LIKE | ILIKE | SIMILAR TO`, with an escape character.
    Like(String, Box<Expr>, Box<Expr>, Option<String>, bool),
    /// `CASE [operand] WHEN .. THEN .. [ELSE ..] END`.
    Case(Option<Box<Expr>>, Vec<(Expr, Expr)>, Option<Box<Expr>>),
    /// A built-in function, by folded name.
    Call(String, Vec<Expr>),
    /// `expr::type`.
    Cast(Box<Expr>, SqlType),
    /// `expr[index]`.
    Subscript(Box<Expr>, Box<Expr>),
    /// `expr[low:high]`.
    Slice(Box<Expr>, Option<Box<Expr>>, Option<Box<Expr>>),
    /// `ARRAY[..]`.
    Array(Vec<Expr>),
    /// `ARRAY(SELECT ..)`.
    ArrayQuery(Box<Query>),
    /// `(a, b)`.
    Row(Vec<Expr>),
    /// `[NOT] EXISTS (SELECT ..)`.
    Exists(Box<Query>, bool),
    /// `(SELECT ..)`.
    Scalar(Box<Query>),
    /// `expr AT TIME ZONE zone`.
    AtTimeZone(Box<Expr>, Box<Expr>),
    /// `EXTRACT(field FROM expr)`.
    Extract(String, Box<Expr>),
    /// `expr COLLATE "name"`.
    Collate(Box<Expr>, String),
    /// `name => expr`: an argument of a call by its name.
    Named(String, Box<Expr>),
    /// A declared function.
    Routine(Routine, Vec<Expr>),
    /// A function that SQL writes without brackets: `current_user`, `current_date` ..
    Keyword(String),
}

/// A constant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Literal {
    /// Text, without quotes.
    Text(String),
    /// A number, as written.
    Number(String),
    /// TRUE or FALSE.
    Bool(bool),
    /// NULL.
    Null,
}

/// What `IS` asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    /// IS NULL
    Null,
    /// IS TRUE
    True,
    /// IS FALSE
    False,
    /// IS UNKNOWN
    Unknown,
}
words!(Test { Null = "null", True = "true", False = "false", Unknown = "unknown" });

impl Notate for At {
    fn note(&self) -> Node {
        Node::List(Vec::new())
    }
    fn read(_: &Node) -> Result<Self, NotationError> {
        Ok(At::default())
    }
    fn is_absent(&self) -> bool {
        true
    }
    fn absent() -> Option<Self> {
        Some(At::default())
    }
}

impl Notate for Literal {
    fn note(&self) -> Node {
        match self {
            Literal::Text(text) => Node::list("text", [text.note()]),
            Literal::Number(text) => Node::list("number", [text.note()]),
            Literal::Bool(true) => Node::Word("true".to_owned()),
            Literal::Bool(false) => Node::Word("false".to_owned()),
            Literal::Null => Node::Word("null".to_owned()),
        }
    }
    fn read(node: &Node) -> Result<Self, NotationError> {
        match (node, node.head()) {
            (_, Some(("text", [text]))) => String::read(text).map(Literal::Text),
            (_, Some(("number", [text]))) => String::read(text).map(Literal::Number),
            (Node::Word(word), _) if word == "true" => Ok(Literal::Bool(true)),
            (Node::Word(word), _) if word == "false" => Ok(Literal::Bool(false)),
            (Node::Word(word), _) if word == "null" => Ok(Literal::Null),
            _ => fail("a constant", node),
        }
    }
}

impl Notate for (Expr, Expr) {
    fn note(&self) -> Node {
        Node::List(vec![self.0.note(), self.1.note()])
    }
    fn read(node: &Node) -> Result<Self, NotationError> {
        match node {
            Node::List(pair) => match pair.as_slice() {
                [a, b] => Ok((Expr::read(a)?, Expr::read(b)?)),
                _ => fail("a pair", node),
            },
            Node::Word(_) => fail("a pair", node),
        }
    }
}

/// One line for each kind of expression: its word in the notation and its fields, written and read in that order.
macro_rules! kinds {
    ($($variant:ident $word:literal ($($field:ident),*)),* $(,)?) => {
        impl Notate for Expr {
            fn note(&self) -> Node {
                match &self.kind {
                    $(Kind::$variant($($field),*) => Node::list($word, [$($field.note()),*]),)*
                    Kind::Literal(literal) => literal.note(),
                }
            }
            fn read(node: &Node) -> Result<Self, NotationError> {
                let kind = match node.head() {
                    $(Some(($word, [$($field),*])) => Kind::$variant($(Notate::read($field)?),*),)*
                    _ => Kind::Literal(Literal::read(node)?),
                };
                Ok(Expr { kind, at: At::default() })
            }
        }
    };
}

kinds! {
    Own "self" (column),
    Column "column" (alias, column),
    Ctx "ctx" (field),
    Typed "typed" (kind, text),
    And "and" (all),
    Or "or" (any),
    Not "not" (inner),
    Unary "prefix" (op, inner),
    Binary "op" (op, left, right),
    Is "is" (inner, test, negated),
    Distinct "distinct" (left, right, negated),
    In "in" (left, list, negated),
    InQuery "in-query" (left, query, negated),
    AnyArray "any" (left, op, right, all),
    AnyQuery "any-query" (left, op, right, all),
    Between "between" (inner, low, high, negated),
    Like "like" (op, inner, pattern, escape, negated),
    Case "case" (operand, arms, otherwise),
    Call "call" (name, args),
    Named "named" (name, inner),
    Routine "routine" (routine, args),
    Cast "cast" (inner, kind),
    Subscript "subscript" (inner, index),
    Slice "slice" (inner, low, high),
    Array "array" (items),
    ArrayQuery "array-query" (query),
    Row "row" (items),
    Exists "exists" (query, negated),
    Scalar "scalar" (query),
    AtTimeZone "at-time-zone" (inner, zone),
    Extract "extract" (field, inner),
    Collate "collate" (inner, collation),
    Keyword "keyword" (name),
}

impl Expr {
    /// An expression that no token said.
    #[must_use]
    pub fn new(kind: Kind) -> Expr {
        Expr { kind, at: At::default() }
    }

    /// The constant TRUE.
    #[must_use]
    pub fn truth() -> Expr {
        Expr::new(Kind::Literal(Literal::Bool(true)))
    }

    /// Whether it is the constant TRUE.
    #[must_use]
    pub fn is_truth(&self) -> bool {
        self.kind == Kind::Literal(Literal::Bool(true))
    }

    /// All of them, without nesting AND in AND and without TRUE.
    #[must_use]
    pub fn all(parts: impl IntoIterator<Item = Expr>) -> Expr {
        let mut flat = Vec::new();
        for part in parts {
            match part.kind {
                Kind::And(inner) => flat.extend(inner),
                Kind::Literal(Literal::Bool(true)) => {}
                kind => flat.push(Expr { kind, at: part.at }),
            }
        }
        match (flat.pop(), flat.is_empty()) {
            (None, _) => Expr::truth(),
            (Some(only), true) => only,
            (Some(last), false) => {
                flat.push(last);
                Expr::new(Kind::And(flat))
            }
        }
    }

    /// Either of them, without nesting OR in OR.
    #[must_use]
    pub fn any(parts: impl IntoIterator<Item = Expr>) -> Expr {
        let mut flat = Vec::new();
        for part in parts {
            match part.kind {
                Kind::Or(inner) => flat.extend(inner),
                kind => flat.push(Expr { kind, at: part.at }),
            }
        }
        match (flat.pop(), flat.is_empty()) {
            (Some(only), true) => only,
            (last, _) => {
                flat.extend(last);
                Expr::new(Kind::Or(flat))
            }
        }
    }

    /// The expressions directly below this one, those of its subqueries included.
    #[must_use]
    pub fn children(&self) -> Vec<&Expr> {
        super::walk::children(self)
    }

    /// The subquery directly below this expression, if it is one that has one.
    #[must_use]
    pub fn query(&self) -> Option<&Query> {
        match &self.kind {
            Kind::InQuery(_, query, _)
            | Kind::AnyQuery(_, _, query, _)
            | Kind::ArrayQuery(query)
            | Kind::Exists(query, _)
            | Kind::Scalar(query) => Some(query),
            _ => None,
        }
    }

    /// The same, to be changed.
    #[must_use]
    pub fn query_mut(&mut self) -> Option<&mut Query> {
        match &mut self.kind {
            Kind::InQuery(_, query, _)
            | Kind::AnyQuery(_, _, query, _)
            | Kind::ArrayQuery(query)
            | Kind::Exists(query, _)
            | Kind::Scalar(query) => Some(query),
            _ => None,
        }
    }

    /// Calls `visit` on this expression and on every one below it, outermost first.
    pub fn visit<'a>(&'a self, visit: &mut dyn FnMut(&'a Expr)) {
        visit(self);
        for child in self.children() {
            child.visit(visit);
        }
    }

    /// The same with changes.
    pub fn visit_mut(&mut self, visit: &mut dyn FnMut(&mut Expr)) {
        visit(self);
        super::walk::for_each_child_mut(self, &mut |child| child.visit_mut(visit));
    }
}
