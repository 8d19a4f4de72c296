//! sqlparser's tree to ours: one arm for each construct that a policy may use, a refusal for the rest.

use sqlparser::ast::{AccessExpr, Array, CastKind, DataType, Expr as Ast, Ident, Interval, Spanned, Subscript, TypedString, Value};
use sqlparser::tokenizer::Token;

use super::Converter;
use super::operators::is_comparison;
use super::tokens::at;
use crate::diag::{At, codes};
use crate::model::{Expr, Kind, Literal, Query, SqlType, Test};

/// The deepest tree: below what overflows the stack of a debug build.
const DEEPEST: usize = 160;

impl Converter<'_> {
    /// Converts one expression; faults go to the sink.
    pub(super) fn expr(&mut self, ast: &Ast) -> Option<Expr> {
        if self.depth >= DEEPEST {
            let fault = self
                .fault(codes::TOO_DEEP, At::default(), "the predicate is nested too deep")
                .help("split it into several rules, or use a list with IN");
            self.push(fault);
            return None;
        }
        self.depth += 1;
        let converted = self.one(ast);
        self.depth -= 1;
        converted
    }

    fn boxed(&mut self, ast: &Ast) -> Option<Box<Expr>> {
        self.expr(ast).map(Box::new)
    }

    fn list(&mut self, all: &[Ast]) -> Option<Vec<Expr>> {
        let converted: Vec<Option<Expr>> = all.iter().map(|one| self.expr(one)).collect();
        converted.into_iter().collect()
    }

    fn one(&mut self, ast: &Ast) -> Option<Expr> {
        self.shape(ast)?;
        match ast {
            Ast::Nested(inner) => self.expr(inner).map(|inner| Expr { at: self.tokens.grow(around(inner.at)), ..inner }),
            Ast::Identifier(ident) => self.bare(ident),
            Ast::CompoundIdentifier(parts) => self.dotted(parts),
            Ast::CompoundFieldAccess { root, access_chain } => self.access(root, access_chain),
            Ast::Value(value) => self.value(&value.value, at(value.span).unwrap_or_default()),
            Ast::TypedString(typed) => self.typed(typed),
            Ast::Interval(interval) => self.interval(interval),
            Ast::BinaryOp { left, op, right } => self.binary(left, op, right),
            Ast::UnaryOp { op, expr } => self.unary(op, expr),
            Ast::Function(call) => self.function(call),
            Ast::Cast { kind: CastKind::Cast | CastKind::DoubleColon, expr, data_type, format: None } => self.cast(expr, data_type),
            Ast::Case { operand, conditions, else_result, .. } => self.case(ast, operand.as_deref(), conditions, else_result.as_deref()),
            Ast::Array(Array { elem, named: true }) => self.array(elem),
            Ast::Tuple(items) => self.spread(items, Kind::Row),
            Ast::Collate { expr, collation } => self.collate(expr, &collation.to_string()),
            Ast::AtTimeZone { timestamp, time_zone } => self.two(timestamp, time_zone, Kind::AtTimeZone),
            Ast::Extract { field, expr, .. } => {
                let inner = self.boxed(expr)?;
                let at = inner.at;
                let field = field.to_string().to_lowercase();
                if !field.chars().all(|c| c.is_ascii_lowercase() || c == '_') {
                    return self.refuse(at, "this field of EXTRACT", "year, month, day, hour, minute, second, epoch, dow ..");
                }
                Some(Expr { kind: Kind::Extract(field, inner), at })
            }
            Ast::Ceil { .. }
            | Ast::Floor { .. }
            | Ast::Position { .. }
            | Ast::Substring { .. }
            | Ast::Trim { .. }
            | Ast::Overlay { .. } => self.special(ast),
            _ => self.test(ast),
        }
    }

    /// What gives a truth value by a word: IS, IN, BETWEEN, LIKE, ANY, EXISTS.
    fn test(&mut self, ast: &Ast) -> Option<Expr> {
        match ast {
            Ast::IsNull(x) => self.is(x, Test::Null, false),
            Ast::IsNotNull(x) => self.is(x, Test::Null, true),
            Ast::IsTrue(x) => self.is(x, Test::True, false),
            Ast::IsNotTrue(x) => self.is(x, Test::True, true),
            Ast::IsFalse(x) => self.is(x, Test::False, false),
            Ast::IsNotFalse(x) => self.is(x, Test::False, true),
            Ast::IsUnknown(x) => self.is(x, Test::Unknown, false),
            Ast::IsNotUnknown(x) => self.is(x, Test::Unknown, true),
            Ast::IsDistinctFrom(a, b) => self.two(a, b, |a, b| Kind::Distinct(a, b, false)),
            Ast::IsNotDistinctFrom(a, b) => self.two(a, b, |a, b| Kind::Distinct(a, b, true)),
            Ast::InList { expr, list, negated } => {
                let (left, list) = (self.boxed(expr), self.list(list));
                let (left, list) = (left?, list?);
                let at = list.iter().fold(left.at, |at, one| at.to(one.at));
                Some(Expr { kind: Kind::In(left, list, *negated), at: self.tokens.grow(widen(at)) })
            }
            Ast::InSubquery { expr, subquery, negated } => {
                let (left, query) = (self.boxed(expr), self.query(subquery));
                let (left, query) = (left?, query?);
                self.columns_for(&left, &query)?;
                let at = at(subquery.body.span()).map_or(left.at, |body| self.tokens.grow(widen(left.at.to(body))));
                Some(Expr { at, kind: Kind::InQuery(left, Box::new(query), *negated) })
            }
            Ast::Between { expr, negated, low, high } => {
                let (a, b, c) = (self.boxed(expr), self.boxed(low), self.boxed(high));
                let (a, b, c) = (a?, b?, c?);
                let at = a.at.to(c.at);
                Some(Expr { kind: Kind::Between(a, b, c, *negated), at })
            }
            Ast::Like { negated, any: false, expr, pattern, escape_char } => {
                self.like("LIKE", expr, pattern, escape_char.as_deref(), *negated)
            }
            Ast::ILike { negated, any: false, expr, pattern, escape_char } => {
                self.like("ILIKE", expr, pattern, escape_char.as_deref(), *negated)
            }
            Ast::SimilarTo { negated, expr, pattern, escape_char } => {
                self.like("SIMILAR TO", expr, pattern, escape_char.as_deref(), *negated)
            }
            Ast::AnyOp { left, compare_op, right, .. } => self.quantified(left, compare_op, right, false),
            Ast::AllOp { left, compare_op, right } => self.quantified(left, compare_op, right, true),
            Ast::Exists { subquery, negated } => {
                let at = at(subquery.body.span()).unwrap_or_default();
                let query = self.query(subquery)?;
                Some(Expr { kind: Kind::Exists(Box::new(query), *negated), at })
            }
            Ast::Subquery(query) => {
                let at = at(query.body.span()).unwrap_or_default();
                let query = self.query(query)?;
                self.one_column(&query, at)?;
                Some(Expr { kind: Kind::Scalar(Box::new(query)), at })
            }
            other => self.not_understood(other),
        }
    }

    pub(super) fn not_understood(&mut self, ast: &Ast) -> Option<Expr> {
        let text = ast.to_string();
        let text: String = text.chars().take(40).collect();
        let at = at(ast.span()).unwrap_or_default();
        self.refuse(at, &format!("`{text}`"), "see docs/codes/H0214.md for what a predicate may hold")
    }

    fn is(&mut self, inner: &Ast, test: Test, negated: bool) -> Option<Expr> {
        let inner = self.boxed(inner)?;
        Some(Expr { at: self.tokens.test(inner.at), kind: Kind::Is(inner, test, negated) })
    }

    fn two(&mut self, a: &Ast, b: &Ast, kind: impl Fn(Box<Expr>, Box<Expr>) -> Kind) -> Option<Expr> {
        let (a, b) = (self.boxed(a), self.boxed(b));
        let (a, b) = (a?, b?);
        let at = a.at.to(b.at);
        Some(Expr { kind: kind(a, b), at })
    }

    fn spread(&mut self, all: &[Ast], kind: impl Fn(Vec<Expr>) -> Kind) -> Option<Expr> {
        let all = self.list(all)?;
        let at = all.iter().map(|one| one.at).reduce(At::to).unwrap_or_default();
        Some(Expr { kind: kind(all), at })
    }

    fn value(&mut self, value: &Value, at: At) -> Option<Expr> {
        let literal = match value {
            Value::Number(text, false) if !text.contains('_') => Literal::Number(text.clone()),
            Value::SingleQuotedString(text) | Value::EscapedStringLiteral(text) if text.contains('\0') => {
                return self.refuse(at, &format!("a NUL byte in `{}`", text.replace('\0', "\\0")), "PostgreSQL's text cannot hold one");
            }
            Value::SingleQuotedString(text) | Value::EscapedStringLiteral(text) => Literal::Text(text.clone()),
            Value::Boolean(value) => Literal::Bool(*value),
            Value::Null => Literal::Null,
            other => return self.refuse(at, &format!("the literal `{other}`"), "write it as a text, a number, true, false or null"),
        };
        Some(Expr { kind: Kind::Literal(literal), at })
    }

    /// `date '2024-01-31'`.
    fn typed(&mut self, typed: &TypedString) -> Option<Expr> {
        let here = at(typed.value.span).unwrap_or_default();
        let kind = self.sql_type(&typed.data_type, here)?;
        match &typed.value.value {
            Value::SingleQuotedString(text) if !text.contains('\0') => Some(Expr { kind: Kind::Typed(kind, text.clone()), at: here }),
            _ => self.refuse(here, "this literal", "write `type \"text\"`"),
        }
    }

    /// `interval '1 day'`.
    fn interval(&mut self, interval: &Interval) -> Option<Expr> {
        let here = at(interval.value.span()).unwrap_or_default();
        if let (Ast::Value(value), None, None, None) =
            (interval.value.as_ref(), &interval.leading_field, &interval.leading_precision, &interval.last_field)
            && let Value::SingleQuotedString(text) = &value.value
            && let Some(kind) = SqlType::builtin("interval")
        {
            return Some(Expr { kind: Kind::Typed(kind, text.clone()), at: here });
        }
        self.refuse(here, "this form of interval", "write the unit inside the quotes: `interval \"1 day\"`")
    }

    fn sql_type(&mut self, written: &DataType, at: At) -> Option<SqlType> {
        let text = written.to_string();
        match SqlType::parse(&text) {
            Ok(kind) => Some(kind),
            Err(why) => {
                let fault = self
                    .fault(codes::BAD_TYPE_TEXT, at, format!("not an SQL type: {why}"))
                    .help("write a type of PostgreSQL, such as `uuid`, `bigint[]` or `numeric(10,2)`");
                self.push(fault);
                None
            }
        }
    }

    fn cast(&mut self, inner: &Ast, written: &DataType) -> Option<Expr> {
        let inner = self.boxed(inner)?;
        let kind = self.sql_type(written, inner.at)?;
        let at = self.tokens.cast(inner.at);
        Some(Expr { kind: Kind::Cast(inner, kind), at })
    }

    fn case(&mut self, ast: &Ast, operand: Option<&Ast>, arms: &[sqlparser::ast::CaseWhen], otherwise: Option<&Ast>) -> Option<Expr> {
        let operand = operand.map(|operand| self.boxed(operand));
        let arms: Vec<Option<(Expr, Expr)>> = arms
            .iter()
            .map(|arm| {
                let (when, then) = (self.expr(&arm.condition), self.expr(&arm.result));
                Some((when?, then?))
            })
            .collect();
        let otherwise = otherwise.map(|otherwise| self.boxed(otherwise));
        let at = at(ast.span()).unwrap_or_default();
        let operand = match operand {
            Some(operand) => Some(operand?),
            None => None,
        };
        let otherwise = match otherwise {
            Some(otherwise) => Some(otherwise?),
            None => None,
        };
        Some(Expr { kind: Kind::Case(operand, arms.into_iter().collect::<Option<_>>()?, otherwise), at })
    }

    /// `ARRAY[..]`; sqlparser reads `ARRAY(SELECT ..)` as a call.
    fn array(&mut self, items: &[Ast]) -> Option<Expr> {
        let array = self.spread(items, Kind::Array)?;
        let at = self.tokens.array(if items.is_empty() { None } else { Some(array.at) });
        Some(Expr { at, ..array })
    }

    fn collate(&mut self, inner: &Ast, collation: &str) -> Option<Expr> {
        let inner = self.boxed(inner)?;
        let at = inner.at;
        match collation.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            Some(name) if !name.contains('"') => {
                // `COLLATE` and the name.
                let at = at.to(At::token(at.last + 2));
                Some(Expr { kind: Kind::Collate(inner, name.to_owned()), at })
            }
            _ => self.refuse(
                at,
                &format!("the collation `{collation}`"),
                "write its name in double quotes, in the string form: `COLLATE \"C\"`",
            ),
        }
    }

    fn like(&mut self, op: &str, inner: &Ast, pattern: &Ast, escape: Option<&Ast>, negated: bool) -> Option<Expr> {
        let escape = match escape.map(|escape| self.expr(escape)) {
            None => None,
            Some(escape) => match escape?.kind {
                Kind::Literal(Literal::Text(text)) if text.chars().count() <= 1 => Some(text),
                _ => return self.refuse(At::default(), "this ESCAPE", "one character in quotes"),
            },
        };
        let (a, b) = (self.boxed(inner), self.boxed(pattern));
        let (a, b) = (a?, b?);
        let at = a.at.to(b.at);
        Some(Expr { kind: Kind::Like(op.to_owned(), a, b, escape, negated), at })
    }

    fn quantified(&mut self, left: &Ast, op: &sqlparser::ast::BinaryOperator, right: &Ast, all: bool) -> Option<Expr> {
        let left = self.boxed(left)?;
        let word = if all { "ALL" } else { "ANY" };
        let at = left.at;
        if let Ast::Subquery(query) = right {
            let query = self.query(query)?;
            self.columns_for(&left, &query)?;
            let op = self.operator(op, at, At::token(at.last + 2))?.to_owned();
            return self.comparing(&op, at, word).map(|()| Expr { kind: Kind::AnyQuery(left, op, Box::new(query), all), at });
        }
        if self.opens_query(at.last + 1) {
            // `= ANY (SELECT ..)::text`: sqlparser hangs on the query what PostgreSQL hangs on the whole.
            return self.refuse(at, &format!("what follows the query of `{word}`"), "put brackets around the comparison");
        }
        let right = self.boxed(right)?;
        let op = self.operator(op, at, At::token(at.last + 2))?.to_owned();
        self.comparing(&op, at, word)?;
        let at = at.to(right.at);
        Some(Expr { kind: Kind::AnyArray(left, op, right, all), at })
    }

    /// Whether the first bracket from that token on holds a query.
    fn opens_query(&self, from: u32) -> bool {
        let open = (from..self.tokens.len()).find(|i| matches!(self.tokens.get(*i), Some(Token::LParen)));
        let first = open.and_then(|open| self.tokens.get(open + 1));
        matches!(first, Some(Token::Word(word)) if word.quote_style.is_none() && word.value.eq_ignore_ascii_case("select"))
    }

    fn comparing(&mut self, op: &str, at: At, word: &str) -> Option<()> {
        if is_comparison(op) || op.starts_with('~') || op.starts_with("!~") {
            return Some(());
        }
        self.refuse(at, &format!("`{op} {word}`"), "compare with = <> < > <= >=");
        None
    }

    pub(super) fn one_column(&mut self, query: &Query, at: At) -> Option<()> {
        self.columns(1, query, at)
    }

    /// A row is compared with as many columns as it has values.
    fn columns_for(&mut self, left: &Expr, query: &Query) -> Option<()> {
        self.columns(if let Kind::Row(values) = &left.kind { values.len() } else { 1 }, query, left.at)
    }

    fn columns(&mut self, count: usize, query: &Query, at: At) -> Option<()> {
        if query.columns.len() == count {
            return Some(());
        }
        let (wanted, help) = match count {
            1 => ("one value belongs".to_owned(), "select one column".to_owned()),
            _ => (format!("a row of {count} values is compared"), format!("select {count} columns, in the order of the row")),
        };
        let found = if let [_] = query.columns.as_slice() { "1 column".to_owned() } else { format!("{} columns", query.columns.len()) };
        let fault = self.fault(codes::NOT_UNDERSTOOD, at, format!("a subquery of {found} where {wanted}"));
        self.push(fault.help(help));
        None
    }

    /// `root.field[index]`: names first, then subscripts.
    fn access(&mut self, root: &Ast, chain: &[AccessExpr]) -> Option<Expr> {
        let mut names: Vec<Ident> = if let Ast::Identifier(ident) = root { vec![ident.clone()] } else { Vec::new() };
        let mut rest = chain;
        while let (false, Some((AccessExpr::Dot(Ast::Identifier(field)), after))) = (names.is_empty(), rest.split_first()) {
            names.push(field.clone());
            rest = after;
        }
        let mut value = match names.as_slice() {
            [] => self.expr(root)?,
            [only] => self.bare(only)?,
            several => self.dotted(several)?,
        };
        let slices = rest.iter().any(|access| matches!(access, AccessExpr::Subscript(Subscript::Slice { .. })));
        if slices && rest.len() > 1 {
            return self.refuse(
                value.at,
                "a slice among several subscripts",
                "PostgreSQL reads them all as slices: put brackets around the inner one",
            );
        }
        for access in rest {
            value = match access {
                AccessExpr::Subscript(Subscript::Index { index }) => {
                    let index = self.boxed(index)?;
                    Expr { at: self.tokens.grow(value.at.to(index.at)), kind: Kind::Subscript(Box::new(value), index) }
                }
                AccessExpr::Subscript(Subscript::Slice { lower_bound, upper_bound, stride: None }) => {
                    let bound = |this: &mut Self, bound: &Option<Ast>| match bound {
                        Some(bound) => this.boxed(bound).map(Some),
                        None => Some(None),
                    };
                    let (low, high) = (bound(self, lower_bound)?, bound(self, upper_bound)?);
                    let bounds = [&low, &high].into_iter().flatten().fold(value.at, |at, bound| at.to(bound.at));
                    Expr { at: self.tokens.grow(bounds), kind: Kind::Slice(Box::new(value), low, high) }
                }
                _ => return self.refuse(value.at, "a field of a composite value", "read composite columns through a view or a function"),
            };
        }
        Some(value)
    }
}

/// One token more on each side: the brackets.
fn around(at: At) -> At {
    At { first: at.first.saturating_sub(1), last: at.last + 1 }
}

/// One token more at the end: the closing bracket.
fn widen(at: At) -> At {
    At { first: at.first, last: at.last + 1 }
}
