//! Infix and prefix operators: PostgreSQL's own, under one spelling.
//!
//! Source: `pg_operator` and PostgreSQL documentation 4.1.3 and 4.1.6 (lexical rules, precedence).

use sqlparser::ast::{BinaryOperator as B, Expr as Ast, UnaryOperator as U};
use sqlparser::tokenizer::Token;

use super::Converter;
use crate::diag::{At, codes};
use crate::model::{Expr, Kind};

/// Operators that the parser has no name for: of ranges, then of extensions (`pg_trgm`, `vector`, PostGIS).
const CUSTOM: [&str; 21] = [
    "-|-", "<<=", ">>=", "<%", "%>", "<<%", "%>>", "<<->", "<->>", "<<<->", "<->>>", "<#>", "<~>", "<%>", "&&&", "&/&", "~~=", "~==",
    "<<@", "<<->>", "|=|",
];

/// The text of an infix operator; `None` if PostgreSQL has none of that meaning.
fn infix(op: &B) -> Option<&'static str> {
    Some(match op {
        B::Plus => "+",
        B::Minus => "-",
        B::Multiply => "*",
        B::Divide => "/",
        B::Modulo => "%",
        B::PGExp => "^",
        B::StringConcat => "||",
        B::Gt => ">",
        B::Lt => "<",
        B::GtEq => ">=",
        B::LtEq => "<=",
        B::Eq => "=",
        B::NotEq => "<>",
        B::BitwiseOr => "|",
        B::BitwiseAnd => "&",
        B::PGBitwiseXor => "#",
        B::PGBitwiseShiftLeft => "<<",
        B::PGBitwiseShiftRight => ">>",
        B::PGOverlap => "&&",
        B::PGRegexMatch => "~",
        B::PGRegexIMatch => "~*",
        B::PGRegexNotMatch => "!~",
        B::PGRegexNotIMatch => "!~*",
        B::PGLikeMatch => "~~",
        B::PGILikeMatch => "~~*",
        B::PGNotLikeMatch => "!~~",
        B::PGNotILikeMatch => "!~~*",
        B::PGStartsWith => "^@",
        B::Arrow => "->",
        B::LongArrow => "->>",
        B::HashArrow => "#>",
        B::HashLongArrow => "#>>",
        B::AtAt => "@@",
        B::AtArrow => "@>",
        B::ArrowAt => "<@",
        B::HashMinus => "#-",
        B::AtQuestion => "@?",
        B::Question => "?",
        B::QuestionAnd => "?&",
        B::QuestionPipe => "?|",
        B::AndLt => "&<",
        B::AndGt => "&>",
        B::LtDashGt => "<->",
        B::Spaceship => "<=>",
        B::At => "@",
        B::TildeEq => "~=",
        B::AndLtPipe => "&<|",
        B::LtLtPipe => "<<|",
        B::PipeAndGt => "|&>",
        B::PipeGtGt => "|>>",
        B::Custom(text) => *CUSTOM.iter().find(|known| *known == text)?,
        _ => return None,
    })
}

pub(super) fn is_comparison_operator(op: &B) -> bool {
    infix(op).is_some_and(is_comparison)
}

pub(super) fn is_comparison(op: &str) -> bool {
    matches!(op, "=" | "<>" | "<" | ">" | "<=" | ">=")
}

impl Converter<'_> {
    /// `left op right`, AND and OR included.
    pub(super) fn binary(&mut self, left: &Ast, op: &B, right: &Ast) -> Option<Expr> {
        if matches!(op, B::And | B::Or) {
            return self.chain(left, op, right);
        }
        let (a, b) = (self.expr(left), self.expr(right));
        let (a, b) = (a?, b?);
        let at = a.at.to(b.at);
        let text = self.operator(op, a.at, b.at)?;
        if is_comparison(text) && [left, right].iter().any(|side| chained(side)) {
            return self.refuse(at, "a chain of comparisons", "put brackets around the inner one, or join two comparisons with AND");
        }
        if text == "^" && matches!(left, Ast::UnaryOp { op: U::Minus, .. }) {
            return self.refuse(at, "a sign before `^`", "put brackets where they belong: `(-a) ^ b` or `-(a ^ b)`");
        }
        Some(Expr { kind: Kind::Binary(text.to_owned(), Box::new(a), Box::new(b)), at })
    }

    /// A long chain of AND or OR, without recursion along it.
    fn chain(&mut self, left: &Ast, op: &B, right: &Ast) -> Option<Expr> {
        let (mut operands, mut rest) = (vec![right], left);
        while let Ast::BinaryOp { left, op: inner, right } = rest
            && inner == op
        {
            self.shape(rest)?;
            operands.push(right);
            rest = left;
        }
        operands.push(rest);
        let converted: Vec<Option<Expr>> = operands.into_iter().rev().map(|operand| self.expr(operand)).collect();
        let converted: Vec<Expr> = converted.into_iter().collect::<Option<_>>()?;
        let at = converted.iter().map(|one| one.at).reduce(At::to).unwrap_or_default();
        let kind = match op {
            B::And => Expr::all_of(converted),
            _ => Expr::any(converted).kind,
        };
        Some(Expr { kind, at })
    }

    /// The operator between two operands, if PostgreSQL would read it as that.
    pub(super) fn operator(&mut self, op: &B, left: At, right: At) -> Option<&'static str> {
        let at = self.between(left, right);
        match infix(op) {
            Some(text) => {
                let touching = (at.first..at.last).any(|i| self.tokens.touch(i, i + 1) && self.fuses(i));
                let touching = touching || (self.tokens.touch(at.last, at.last + 1) && self.fuses(at.last));
                if !touching {
                    return Some(text);
                }
                self.touching(at, text);
                None
            }
            None => {
                let fault = self
                    .fault(codes::UNKNOWN_OPERATOR, at, format!("`{op}` is no operator that a policy may use"))
                    .help("the comparisons are = <> < > <= >=; operators that touch are read as one, a blank parts them");
                self.push(fault);
                None
            }
        }
    }

    /// Whatever else touches: prefix operators, and what sqlparser takes apart.
    pub(super) fn apart(&mut self) {
        let found = (0..self.tokens.len()).find(|i| self.tokens.touch(*i, i + 1) && self.fuses(*i));
        if let Some(index) = found {
            let text = self.tokens.get(index).map(ToString::to_string).unwrap_or_default();
            self.touching(At::token(index), &text);
        }
    }

    fn touching(&mut self, at: At, text: &str) {
        let fault = self
            .fault(codes::UNKNOWN_OPERATOR, at, format!("`{text}` touches the operator after it"))
            .note("PostgreSQL reads operator characters that touch as one operator")
            .help("put a blank between the two");
        self.push(fault);
    }

    /// The tokens between two operands, without brackets.
    fn between(&self, left: At, right: At) -> At {
        let (mut first, mut last) = (left.last + 1, right.first.saturating_sub(1));
        while first < last && matches!(self.tokens.get(first), Some(Token::RParen | Token::RBracket)) {
            first += 1;
        }
        while last > first && matches!(self.tokens.get(last), Some(Token::LParen | Token::LBracket)) {
            last -= 1;
        }
        if first <= last { At { first, last } } else { left.to(right) }
    }

    /// Whether PostgreSQL's lexer would join this token and the next into one operator.
    fn fuses(&self, index: u32) -> bool {
        let text = |i: u32| match self.tokens.get(i) {
            // Of both spellings of it the one that holds on to what follows.
            Some(Token::Neq) => "!=".to_owned(),
            token => token.map(ToString::to_string).unwrap_or_default(),
        };
        let (a, b) = (text(index), text(index + 1));
        let all = |s: &str| !s.is_empty() && s.chars().all(|c| "+-*/<>=~!@#%^&|`?".contains(c));
        // A sign at its end is no part of an operator without one of the others.
        let held = !b.chars().all(|c| "+-".contains(c)) || format!("{a}{b}").contains(|c| "~!@#%^&|`?".contains(c));
        all(&a) && all(&b) && held
    }

    /// `op expr`.
    pub(super) fn unary(&mut self, op: &U, inner: &Ast) -> Option<Expr> {
        let converted = self.expr(inner)?;
        let at = At { first: converted.at.first.saturating_sub(1), last: converted.at.last };
        let text = match op {
            U::Not => return Some(Expr { kind: Kind::Not(Box::new(converted)), at }),
            U::Minus if matches!(inner, Ast::BinaryOp { op: B::PGExp, .. }) => {
                return self.refuse(at, "a sign before `^`", "put brackets where they belong: `(-a) ^ b` or `-(a ^ b)`");
            }
            U::Minus => "-",
            U::Plus => "+",
            U::BitwiseNot => "~",
            U::PGAbs => "@",
            _ => return self.refuse(at, &format!("the prefix operator `{op}`"), "call the function instead"),
        };
        Some(Expr { kind: Kind::Unary(text.to_owned(), Box::new(converted)), at })
    }
}

/// Whether an operand without brackets is itself a comparison, which PostgreSQL does not chain.
fn chained(operand: &Ast) -> bool {
    matches!(operand, Ast::BinaryOp { op, .. } if infix(op).is_some_and(is_comparison))
}

impl Expr {
    /// AND of several, kept as written (a TRUE in it stays).
    fn all_of(operands: Vec<Expr>) -> Kind {
        let mut flat = Vec::new();
        for operand in operands {
            match operand.kind {
                Kind::And(inner) => flat.extend(inner),
                kind => flat.push(Expr { kind, at: operand.at }),
            }
        }
        Kind::And(flat)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failure here is a failed test")]

    use super::super::{Form, Scope, parse};
    use crate::diag::Part;
    use crate::model::{Column, Kind, Node, Notate};

    /// The operator that a text is read as.
    fn read(text: &str) -> Option<String> {
        let column = |name: &str| {
            let kind = "((type geometry) () no)";
            Column::read(&Node::parse(&format!("(column (field {name}) (name {name}) (kind {kind}) (nullable yes))")).unwrap()).unwrap()
        };
        let columns = [column("a"), column("b")];
        let found = parse(text, Scope { columns: &columns, context: true, form: Form::Sql, part: Part::Item });
        match found.expr.filter(|_| found.faults.is_empty())?.kind {
            Kind::Binary(op, ..) => Some(op),
            _ => None,
        }
    }

    #[test]
    fn operators_of_extensions_are_read() {
        let ops = "<% %> <<% %>> <<-> <->> <<<-> <->>> <-> <#> <=> <~> <%> && &&& &/& &< &> << >> &<| <<| |&> |>> ~ @ ~= ~~= ~== <<@ <<->> |=| \
                   @@ -> ? ?& ?| @> <@ || - + * %";
        for op in ops.split_whitespace() {
            assert_eq!(read(&format!("a {op} b")).as_deref(), Some(op), "{op}");
            // Without blanks it is the same operator or none.
            assert!(read(&format!("a{op}ab")).is_none_or(|read| read == op), "{op}");
        }
    }

    #[test]
    fn what_the_parser_takes_apart_is_refused() {
        for op in "<+> <| |~ ^@> ^<@ ^~ ^? ?@> ?<@ ?~ ?@ @>> <=>- <->- @- &<|@".split_whitespace() {
            assert_eq!(read(&format!("a {op} b")), None, "{op}");
        }
        assert_eq!(read("a <-> - b").as_deref(), Some("<->"));
        // sqlparser would read `a &> b` here.
        assert_eq!(read("a &>ab"), None);
    }
}
