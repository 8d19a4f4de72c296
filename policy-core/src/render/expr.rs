//! Expressions as SQL, with the brackets that PostgreSQL's precedence asks for.
//!
//! In: a linked expression and the table whose row it judges. Out: SQL text. Must not know where the text is put.
//! Source: PostgreSQL documentation 4.1.6 "Operator Precedence"; in doubt there is a pair of brackets too many.

use super::context;
use super::function::called;
use super::quote::{function, ident, literal, sql_type};
use crate::model::{Context, Expr, Ident, Kind, Literal, PolicySet, Query, Relation, Routine, SqlType, Table, Target, Test, View};
use crate::plan::Index;

/// How tightly an expression holds together, loosest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Loose,
    Or,
    And,
    Not,
    Is,
    Compare,
    Range,
    Operator,
    Add,
    Multiply,
    Power,
    At,
    Collate,
    Sign,
    Cast,
    Atom,
}

/// A predicate on one line: `tenant_id = (SELECT ..) AND NOT archived`.
#[must_use]
pub fn predicate(index: &Index<'_>, table: &Table, expr: &Expr) -> String {
    Writer::new(index, table, expr).at(expr, Level::Loose)
}

/// A predicate as a report says it: the caller's fields as `ctx.field`, the row's columns in a subquery as `self.column`.
#[must_use]
pub fn said(expr: &Expr) -> String {
    let (set, own) = (PolicySet::default(), Relation { name: Ident::cut("self"), ..Relation::default() });
    let index = Index::new(&set);
    let mut aliases = Vec::new();
    expr.visit(&mut |part| aliases.extend(part.query().into_iter().flat_map(Query::sources).map(|(_, alias, _)| alias)));
    Writer { index: &index, own: Some(&own), context: None, said: true, aliases, scope: Vec::new() }.at(expr, Level::Loose)
}

/// Writes the expressions of one predicate.
pub(super) struct Writer<'a> {
    pub(super) index: &'a Index<'a>,
    /// The table whose row is judged; none in a view.
    pub(super) own: Option<&'a Relation>,
    context: Option<&'a Context>,
    /// Whether it is for a report and not for a server.
    said: bool,
    /// Every alias of the predicate: a new one must differ from all.
    pub(super) aliases: Vec<&'a str>,
    /// The aliases in force, innermost last: as declared, as written.
    pub(super) scope: Vec<(String, String)>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(index: &'a Index<'a>, table: &'a Table, expr: &'a Expr) -> Self {
        let mut aliases = Vec::new();
        expr.visit(&mut |part| aliases.extend(part.query().into_iter().flat_map(Query::sources).map(|(_, alias, _)| alias)));
        Writer {
            index,
            own: Some(&table.relation),
            context: index.context(table.context.as_deref()),
            said: false,
            aliases,
            scope: Vec::new(),
        }
    }

    /// For the query of a view: there is no row whose columns an alias could capture.
    pub(super) fn of_view(index: &'a Index<'a>, view: &View) -> Self {
        Writer { index, own: None, context: index.context(view.context.as_deref()), said: false, aliases: Vec::new(), scope: Vec::new() }
    }

    /// The text, in brackets if it holds together less tightly than asked for.
    pub(super) fn at(&mut self, expr: &Expr, least: Level) -> String {
        let (text, level) = self.write(expr);
        if level < least { format!("({text})") } else { text }
    }

    fn write(&mut self, expr: &Expr) -> (String, Level) {
        if let Some((level, [head, tail], clauses)) = self.around_query(expr) {
            return (format!("{head}{}{tail}", clauses.join(" ")), level);
        }
        match &expr.kind {
            Kind::Own(name) => match self.own.filter(|_| !self.scope.is_empty()) {
                Some(own) => (format!("{}.{}", ident(own.name.as_str()), ident(name)), Level::Atom),
                None => (ident(name), Level::Atom),
            },
            Kind::Column(alias, name) => (format!("{}.{}", ident(&self.alias(alias)), ident(name)), Level::Atom),
            Kind::Ctx(name) => (self.ctx(name), Level::Atom),
            Kind::Literal(value) => (constant(value), if is_negative(value) { Level::Sign } else { Level::Atom }),
            Kind::Typed(kind, text) => typed(kind, text),
            Kind::And(all) => (self.chain(all, Level::And), if all.len() > 1 { Level::And } else { Level::Loose }),
            Kind::Or(any) => (self.chain(any, Level::Or), if any.len() > 1 { Level::Or } else { Level::Loose }),
            Kind::Not(inner) => (format!("NOT {}", self.at(inner, Level::Cast)), Level::Not),
            Kind::Unary(op, inner) => self.unary(op, inner),
            Kind::Binary(op, left, right) => self.binary(op, left, right),
            Kind::Is(inner, test, not) => {
                (format!("{} IS {}{}", self.at(inner, Level::Operator), maybe_not(*not), tested(*test)), Level::Is)
            }
            Kind::Distinct(a, b, not) => {
                let (a, b) = (self.at(a, Level::Operator), self.at(b, Level::Operator));
                (format!("{a} IS {}DISTINCT FROM {b}", maybe_not(*not)), Level::Is)
            }
            _ => self.write_test(expr),
        }
    }

    fn write_test(&mut self, expr: &Expr) -> (String, Level) {
        match &expr.kind {
            Kind::In(left, list, not) => self.in_list(left, list, *not),
            Kind::AnyArray(left, op, right, all) => {
                let left = self.at(left, Level::Operator);
                (format!("{left} {} {} ({})", operator(op), quantifier(*all), self.array(right)), Level::Compare)
            }
            Kind::Between(inner, low, high, not) => {
                let inner = self.at(inner, Level::Operator);
                // The grammar allows less in the lower bound than anywhere else.
                let (low, high) = (self.at(low, Level::Sign), self.at(high, Level::Operator));
                (format!("{inner} {}BETWEEN {low} AND {high}", maybe_not(*not)), Level::Range)
            }
            Kind::Like(op, inner, pattern, escape, not) => {
                let (inner, pattern) = (self.at(inner, Level::Operator), self.at(pattern, Level::Operator));
                let op = if matches!(op.as_str(), "ILIKE" | "SIMILAR TO") { op } else { "LIKE" };
                let escape = escape.as_ref().map(|text| format!(" ESCAPE {}", literal(text))).unwrap_or_default();
                (format!("{inner} {}{op} {pattern}{escape}", maybe_not(*not)), Level::Range)
            }
            _ => self.write_value(expr),
        }
    }

    fn write_value(&mut self, expr: &Expr) -> (String, Level) {
        match &expr.kind {
            Kind::Cast(inner, kind) => (format!("{}::{}", self.at(inner, Level::Cast), sql_type(kind)), Level::Cast),
            Kind::AtTimeZone(inner, zone) => {
                (format!("{} AT TIME ZONE {}", self.at(inner, Level::At), self.at(zone, Level::Collate)), Level::At)
            }
            Kind::Collate(inner, name) => (format!("{} COLLATE {}", self.at(inner, Level::Collate), ident(name)), Level::Collate),
            Kind::Subscript(base, index) => (format!("{}[{}]", self.indexed(base), self.at(index, Level::Loose)), Level::Atom),
            Kind::Slice(base, low, high) => {
                let base = self.indexed(base);
                let mut bound = |at: &Option<Box<Expr>>| at.as_ref().map(|at| self.at(at, Level::Atom)).unwrap_or_default();
                (format!("{base}[{}:{}]", bound(low), bound(high)), Level::Atom)
            }
            Kind::Case(operand, arms, otherwise) => (self.case(operand.as_deref(), arms, otherwise.as_deref()), Level::Atom),
            Kind::Named(name, inner) => (format!("{} => {}", ident(name), self.at(inner, Level::Loose)), Level::Loose),
            Kind::Call(name, args) => (format!("{}({})", function(name), self.list(args)), Level::Atom),
            Kind::Extract(field, inner) => (format!("EXTRACT({} FROM {})", extracted(field), self.at(inner, Level::Loose)), Level::Atom),
            Kind::Array(items) => (format!("ARRAY[{}]", self.list(items)), Level::Atom),
            Kind::Row(items) if items.len() > 1 => (format!("({})", self.list(items)), Level::Atom),
            Kind::Row(items) => (format!("ROW({})", self.list(items)), Level::Atom),
            Kind::Keyword(name) => (keyword(name), Level::Atom),
            Kind::Routine(routine, args) => self.routine(routine, args),
            // Everything else is written above.
            _ => (constant(&Literal::Null), Level::Atom),
        }
    }

    /// Joined by AND or OR. An AND inside an OR gets its brackets although SQL would not ask for them.
    fn chain(&mut self, parts: &[Expr], level: Level) -> String {
        let word = if level == Level::And { " AND " } else { " OR " };
        if parts.is_empty() {
            return constant(&Literal::Bool(level == Level::And));
        }
        let alone = parts.len() == 1;
        parts.iter().map(|part| self.at(part, if alone { Level::Loose } else { Level::Not })).collect::<Vec<_>>().join(word)
    }

    pub(super) fn list(&mut self, items: &[Expr]) -> String {
        items.iter().map(|item| self.at(item, Level::Loose)).collect::<Vec<_>>().join(", ")
    }

    fn unary(&mut self, op: &str, inner: &Expr) -> (String, Level) {
        match op {
            // Two signs in a row would be a comment.
            "-" | "+" => (format!("{op}{}", self.at(inner, Level::Cast)), Level::Sign),
            _ => (format!("{} {}", operator(op), self.at(inner, Level::Sign)), Level::Operator),
        }
    }

    fn binary(&mut self, op: &str, left: &Expr, right: &Expr) -> (String, Level) {
        let (level, least_left, least_right) = match op {
            // Not every reader knows that a sign holds tighter than `^`.
            "^" => (Level::Power, Level::Cast, Level::Cast),
            "*" | "/" | "%" => (Level::Multiply, Level::Multiply, Level::Power),
            "+" | "-" => (Level::Add, Level::Add, Level::Multiply),
            "=" | "<>" | "!=" | "<" | ">" | "<=" | ">=" => (Level::Compare, Level::Operator, Level::Operator),
            _ => (Level::Operator, Level::Operator, Level::Add),
        };
        let (left, right) = (self.at(left, least_left), self.at(right, least_right));
        (format!("{left} {} {right}", operator(op)), level)
    }

    /// `x IN (a, b)`. A single element is compared: `x IN ((SELECT ..))` would be a query over rows.
    fn in_list(&mut self, left: &Expr, list: &[Expr], not: bool) -> (String, Level) {
        match list {
            [] => (constant(&Literal::Bool(false)), Level::Atom),
            [only] if matches!(only.kind, Kind::Ctx(_) | Kind::Scalar(_)) => self.binary(if not { "<>" } else { "=" }, left, only),
            _ => (format!("{} {}IN ({})", self.at(left, Level::Operator), maybe_not(not), self.list(list)), Level::Range),
        }
    }

    /// The array of `= ANY (..)`. A sub-select there would be a query over rows, so it is made an expression.
    fn array(&mut self, array: &Expr) -> String {
        let text = self.at(array, Level::Loose);
        match &array.kind {
            Kind::Ctx(name) => match self.context.and_then(|context| context.field(name)) {
                Some(field) => format!("{text}::{}", sql_type(&field.kind)),
                None => text,
            },
            Kind::Scalar(_) | Kind::Routine(..) if text.starts_with('(') => format!("coalesce({text})"),
            _ => text,
        }
    }

    /// A call of a declared function. Where it is asked nothing about the row it is a sub-select, evaluated once for a
    /// statement; what is volatile never stands here.
    fn routine(&mut self, routine: &Routine, args: &[Expr]) -> (String, Level) {
        let call = format!("{}({})", called(routine), self.list(args));
        let mut of_row = self.index.set.target == Target::Citus;
        for arg in args {
            arg.visit(&mut |one| of_row |= matches!(one.kind, Kind::Own(_) | Kind::Column(..)));
        }
        (if of_row { call } else { format!("(SELECT {call})") }, Level::Atom)
    }

    fn indexed(&mut self, base: &Expr) -> String {
        match base.kind {
            Kind::Own(_) | Kind::Column(..) | Kind::Subscript(..) => self.at(base, Level::Atom),
            _ => format!("({})", self.at(base, Level::Loose)),
        }
    }

    fn case(&mut self, operand: Option<&Expr>, arms: &[(Expr, Expr)], otherwise: Option<&Expr>) -> String {
        let mut text = "CASE".to_owned();
        if let Some(operand) = operand {
            text = format!("{text} {}", self.at(operand, Level::Loose));
        }
        for (when, then) in arms {
            text = format!("{text} WHEN {} THEN {}", self.at(when, Level::Loose), self.at(then, Level::Loose));
        }
        if let Some(otherwise) = otherwise {
            text = format!("{text} ELSE {}", self.at(otherwise, Level::Loose));
        }
        text + " END"
    }

    /// A field that the context lacks is NULL: no row.
    fn ctx(&self, name: &str) -> String {
        match self.context.and_then(|context| context.field(name)) {
            Some(field) => context::field(field, self.index.set.target == Target::Citus),
            None if self.said => format!("ctx.{name}"),
            None => constant(&Literal::Null),
        }
    }

    fn alias(&self, declared: &str) -> String {
        let found = self.scope.iter().rev().find(|(name, _)| name == declared);
        found.map_or_else(|| declared.to_owned(), |(_, written)| written.clone())
    }

    pub(super) fn is_array(&self, field: &str) -> Option<bool> {
        self.context?.field(field).map(|field| field.kind.array)
    }
}

pub(super) fn maybe_not(not: bool) -> &'static str {
    if not { "NOT " } else { "" }
}

pub(super) fn quantifier(all: bool) -> &'static str {
    if all { "ALL" } else { "ANY" }
}

fn tested(test: Test) -> &'static str {
    match test {
        Test::Null => "NULL",
        Test::True => "TRUE",
        Test::False => "FALSE",
        Test::Unknown => "UNKNOWN",
    }
}

fn constant(value: &Literal) -> String {
    match value {
        Literal::Text(text) => literal(text),
        Literal::Number(text) if is_number(text) => text.clone(),
        Literal::Number(text) => literal(text),
        Literal::Bool(true) => "true".to_owned(),
        Literal::Bool(false) => "false".to_owned(),
        Literal::Null => "NULL".to_owned(),
    }
}

fn is_negative(value: &Literal) -> bool {
    matches!(value, Literal::Number(text) if text.starts_with('-'))
}

/// Digits, perhaps with a sign, a point and an exponent; anything else is written as a text, which no operator takes for more.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && !digits.contains("--")
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '+' | '-'))
}

/// `interval '1 day'`; other types as a cast.
fn typed(kind: &SqlType, text: &str) -> (String, Level) {
    let prefixed = ["date", "time", "timestamp", "timestamptz", "interval"].iter().any(|name| kind.is(name));
    if prefixed && kind.modifier.is_empty() {
        (format!("{} {}", sql_type(kind), literal(text)), Level::Atom)
    } else {
        (format!("{}::{}", literal(text), sql_type(kind)), Level::Cast)
    }
}

/// An operator; what is none is written so that the server refuses it.
pub(super) fn operator(op: &str) -> String {
    let known = !op.is_empty() && op.chars().all(|c| "+-*/<>=~!@#%^&|`?".contains(c)) && !op.contains("--") && !op.contains("/*");
    match op {
        "!=" => "<>".to_owned(),
        _ if known => op.to_owned(),
        _ => format!("OPERATOR(pg_catalog.{})", ident(op)),
    }
}

fn extracted(field: &str) -> String {
    if field.chars().all(|c| c.is_ascii_lowercase() || c == '_') { field.to_owned() } else { literal(field) }
}

/// What SQL writes without brackets; anything else is no column, and the server refuses it.
fn keyword(name: &str) -> String {
    const WORDS: &[&str] =
        &["current_user", "current_role", "current_date", "current_time", "current_timestamp", "localtime", "localtimestamp"];
    if WORDS.contains(&name) { name.to_owned() } else { format!("\"\".{}", ident(name)) }
}
