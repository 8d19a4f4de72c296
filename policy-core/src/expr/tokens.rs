//! The tokens of a predicate: caps and lexical traps before parsing, indexes instead of lines and columns.
//!
//! Every token's location is overwritten with its index, so that the tree's spans and the parser's errors are
//! indexes: a line and a column would need a search from the start of the line each time.

use std::ops::Range;

use sqlparser::ast::{Expr as Ast, Query as AstQuery};
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Location, Span, Token, TokenWithSpan, Tokenizer, Whitespace};

use super::{Form, Scope};
use crate::diag::{At, Code, Diagnostic, Part, Place, codes};

/// The most tokens of one predicate: 20,000 overflow the stack of a debug build.
const MOST_TOKENS: usize = 4000;
/// The most brackets within brackets: sqlparser gives up between 45 and 60.
const DEEPEST: usize = 40;

/// The tokens of a predicate, without blanks.
#[derive(Debug, Default)]
pub struct Tokens {
    list: Vec<TokenWithSpan>,
    ranges: Vec<Range<usize>>,
    /// For a bracket, its partner.
    partner: Vec<Option<u32>>,
}

impl Tokens {
    /// The bytes of the text that some tokens stand at.
    #[must_use]
    pub fn bytes(&self, at: At) -> Range<usize> {
        let of = |index: u32| self.ranges.get(index as usize);
        match (of(at.first), of(at.last).or(self.ranges.last())) {
            (Some(first), Some(last)) => first.start..last.end.max(first.end),
            (None, Some(last)) => last.clone(),
            _ => 0..0,
        }
    }

    pub(super) fn get(&self, index: u32) -> Option<&Token> {
        self.list.get(index as usize).map(|token| &token.token)
    }

    pub(super) fn len(&self) -> u32 {
        u32::try_from(self.list.len()).unwrap_or(u32::MAX)
    }

    /// The partner of a bracket.
    pub(super) fn partner(&self, index: u32) -> Option<u32> {
        self.partner.get(index as usize).copied().flatten()
    }

    /// The tokens of `ARRAY[..]` around those of its items; of the first empty one if there are none.
    pub(super) fn array(&self, items: Option<At>) -> At {
        let opens = |index: u32| matches!(self.get(index), Some(Token::LBracket));
        let whole = |open: u32| At { first: open.saturating_sub(1), last: self.partner(open).unwrap_or(open) };
        match items {
            Some(items) => items.first.checked_sub(1).filter(|open| opens(*open)).map_or(items, whole),
            None => (1..self.len()).find(|open| opens(*open) && self.partner(*open) == Some(open + 1)).map_or(At::default(), whole),
        }
    }

    /// The token at which more is open than sqlparser follows: brackets, CASEs, NOTs in a row.
    fn too_deep(&self) -> Option<u32> {
        let (mut open, mut nots) = (0_usize, 0_usize);
        for (i, token) in self.list.iter().enumerate() {
            let word = if let Token::Word(word) = &token.token { word.value.to_ascii_uppercase() } else { String::new() };
            nots = if word == "NOT" { nots + 1 } else { 0 };
            match &token.token {
                Token::LParen | Token::LBracket => open += 1,
                Token::RParen | Token::RBracket => open = open.saturating_sub(1),
                _ if word == "CASE" => open += 1,
                _ if word == "END" => open = open.saturating_sub(1),
                _ => {}
            }
            if open + nots > DEEPEST {
                return u32::try_from(i).ok();
            }
        }
        None
    }

    /// Whether two neighbouring tokens touch.
    pub(super) fn touch(&self, left: u32, right: u32) -> bool {
        match (self.ranges.get(left as usize), self.ranges.get(right as usize)) {
            (Some(left), Some(right)) => left.end == right.start,
            _ => false,
        }
    }
}

/// The tokens that a span of the tree covers; an empty span covers none.
pub(super) fn at(span: Span) -> Option<At> {
    let index = |line: u64| line.checked_sub(1).and_then(|line| u32::try_from(line).ok());
    Some(At { first: index(span.start.line)?, last: index(span.end.line)? })
}

/// Splits a text and refuses what lexes but deceives.
pub(super) fn tokenize(text: &str, scope: &Scope<'_>, faults: &mut Vec<Diagnostic>) -> Tokens {
    let mut fault = |code: Code, index: usize, message: String, help: &str| {
        let at = At::token(u32::try_from(index).unwrap_or(u32::MAX));
        faults.push(Diagnostic::new(code, Place::Predicate(scope.part, at.into()), message).help(help));
    };
    let dialect = PostgreSqlDialect {};
    let all = match Tokenizer::new(&dialect, text).tokenize_with_location() {
        Ok(all) => all,
        Err(error) => {
            let message = error.message.to_lowercase();
            let help = if message.contains("unterminated") { "close every quote" } else { "put blanks between operators" };
            fault(codes::UNPARSABLE, 0, format!("not SQL: {message}"), help);
            // The fault is about token 0: one that ends where the text became unreadable.
            let mut cursor = Cursor::new(text);
            let end = cursor.offset(error.location);
            return Tokens { ranges: std::iter::once(end.saturating_sub(1)..end).collect(), ..Tokens::default() };
        }
    };
    let mut tokens = Tokens::default();
    let mut cursor = Cursor::new(text);
    for token in all {
        let (start, end) = (cursor.offset(token.span.start), cursor.offset(token.span.end));
        let index = tokens.list.len();
        match &token.token {
            Token::EOF => continue,
            Token::Whitespace(Whitespace::SingleLineComment { .. } | Whitespace::MultiLineComment(_)) => {
                let help = if scope.form == Form::Tokens { "write comments as `// ..`" } else { "write the comment beside the attribute" };
                fault(
                    codes::COMMENT,
                    index.saturating_sub(1),
                    format!("a comment in a {} would swallow what follows it", scope.word()),
                    help,
                );
                continue;
            }
            Token::Whitespace(_) => continue,
            other => {
                if let Some((code, message, help)) = refused(other, scope) {
                    fault(code, index, message, help);
                }
                if let Some(written) = text.get(start..end).filter(|written| misread(other, written)) {
                    let message = format!("`{written}` is no operator that a policy may use");
                    fault(codes::UNKNOWN_OPERATOR, index, message, "put a blank behind the operator");
                }
            }
        }
        let line = Location { line: index as u64 + 1, column: 1 };
        tokens.list.push(TokenWithSpan { token: token.token, span: Span { start: line, end: line } });
        tokens.ranges.push(start..end);
    }
    if tokens.list.is_empty() && faults.is_empty() {
        faults.push(empty(scope));
    }
    limits(&mut tokens, scope, faults);
    tokens
}

/// Whether an operator is not what is written: sqlparser takes `&>b` for `&>`, and `<|` for `<<|`.
fn misread(token: &Token, written: &str) -> bool {
    let read = token.to_string();
    let operator = !read.is_empty() && read.chars().all(|c| "+-*/<>=~!@#%^&|`?".contains(c));
    // A blank behind it may be part of it.
    operator && *token != Token::Neq && read != written.trim_end()
}

/// What is wrong with a token wherever it stands.
fn refused(token: &Token, scope: &Scope<'_>) -> Option<(Code, String, &'static str)> {
    match token {
        Token::SemiColon if scope.part == Part::Query => {
            Some((codes::STATEMENT, "`;` in a query".to_owned(), "a view is one query; remove the `;`"))
        }
        Token::SemiColon => Some((codes::STATEMENT, "`;` in a predicate".to_owned(), "a predicate is one expression; remove the `;`")),
        Token::DollarQuotedString(_) | Token::Placeholder(_) => {
            let help = "write a text in quotes and a value of the caller as `ctx.field`";
            Some((codes::NOT_SQL_TOKEN, format!("`{token}` cannot stand in a policy"), help))
        }
        _ => None,
    }
}

fn empty(scope: &Scope<'_>) -> Diagnostic {
    let query = scope.part == Part::Query;
    let help = if query { "write `SELECT .. FROM Item alias`" } else { "write what must hold of a row; `true` means every row" };
    Diagnostic::new(codes::EMPTY_PREDICATE, Place::Part(scope.part), format!("the {} is empty", scope.word())).help(help)
}

/// Caps length and depth, and pairs the brackets.
fn limits(tokens: &mut Tokens, scope: &Scope<'_>, faults: &mut Vec<Diagnostic>) {
    let mut fault = |code: Code, index: usize, message: &str, help: &str| {
        let at = At::token(u32::try_from(index).unwrap_or(u32::MAX));
        faults.push(Diagnostic::new(code, Place::Predicate(scope.part, at.into()), message).help(help));
    };
    if tokens.list.len() > MOST_TOKENS {
        let help =
            format!("it has {} tokens, the most are {MOST_TOKENS}; put the values in a table and read it with IN", tokens.list.len());
        fault(codes::TOO_LONG, 0, &format!("the {} is too long", scope.word()), &help);
        return;
    }
    tokens.partner = vec![None; tokens.list.len()];
    let mut open: Vec<(usize, Token)> = Vec::new();
    for (i, token) in tokens.list.iter().enumerate() {
        let closes = match &token.token {
            Token::LParen | Token::LBracket => {
                open.push((i, token.token.clone()));
                if open.len() > DEEPEST {
                    fault(
                        codes::TOO_DEEP,
                        i,
                        &format!("the {} is nested too deep", scope.word()),
                        "at most 40 brackets may stand within one another",
                    );
                    return;
                }
                continue;
            }
            Token::RParen => Token::LParen,
            Token::RBracket => Token::LBracket,
            _ => continue,
        };
        match open.pop() {
            Some((start, opened)) if opened == closes => {
                for (one, other) in [(start, i), (i, start)] {
                    if let Some(slot) = tokens.partner.get_mut(one) {
                        *slot = u32::try_from(other).ok();
                    }
                }
            }
            _ => return fault(codes::UNPARSABLE, i, &format!("`{}` closes nothing", token.token), "open the bracket, or remove this one"),
        }
    }
    if let Some((i, token)) = open.pop() {
        fault(codes::UNPARSABLE, i, &format!("`{token}` is not closed"), "close the bracket");
    }
}

struct Cursor<'a> {
    chars: std::iter::Peekable<std::str::CharIndices<'a>>,
    end: usize,
    line: u64,
    column: u64,
}

impl Cursor<'_> {
    fn new(text: &str) -> Cursor<'_> {
        Cursor { chars: text.char_indices().peekable(), end: text.len(), line: 1, column: 1 }
    }

    /// The byte offset of a location at or after the last one asked for.
    fn offset(&mut self, to: Location) -> usize {
        while (self.line, self.column) < (to.line, to.column) {
            match self.chars.next() {
                Some((_, '\n')) => (self.line, self.column) = (self.line + 1, 1),
                Some(_) => self.column += 1,
                None => return self.end,
            }
        }
        self.chars.peek().map_or(self.end, |(offset, _)| *offset)
    }
}

const STATEMENTS: &[&str] = &[
    "SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE", "CREATE", "ALTER", "DROP", "GRANT", "REVOKE", "SET", "TRUNCATE", "VALUES",
    "TABLE",
];

/// Parses one expression and demands the end.
pub(super) fn parse(tokens: &mut Tokens, scope: &Scope<'_>, faults: &mut Vec<Diagnostic>) -> Option<Ast> {
    if let (Some(Token::Word(word)), Some(next)) = (tokens.get(0), tokens.get(1))
        && word.quote_style.is_none()
        && STATEMENTS.contains(&word.value.to_uppercase().as_str())
        && matches!(next, Token::Word(_) | Token::Number(..) | Token::Mul | Token::SingleQuotedString(_))
    {
        let message = format!("a `{}` statement where an expression belongs", word.value.to_uppercase());
        let help = "write what must hold of a row; a query stands in brackets: `EXISTS (SELECT 1 ..)`";
        faults.push(Diagnostic::new(codes::STATEMENT, Place::Predicate(scope.part, At::token(0).into()), message).help(help));
        return None;
    }
    let (what, like) = ("an SQL expression", "write it as in the WHERE of a query");
    whole(tokens, scope, faults, (what, like), |parser| parser.parse_expr())
}

/// Parses one query and demands the end.
pub(super) fn parse_query(tokens: &mut Tokens, scope: &Scope<'_>, faults: &mut Vec<Diagnostic>) -> Option<AstQuery> {
    let begins =
        matches!(tokens.get(0), Some(Token::Word(word)) if word.quote_style.is_none() && word.value.eq_ignore_ascii_case("select"));
    if !begins {
        let fault = Diagnostic::new(codes::STATEMENT, Place::Predicate(scope.part, At::token(0).into()), "the query is no SELECT");
        faults.push(fault.help("a view is `SELECT .. FROM Item alias JOIN .. WHERE ..`"));
        return None;
    }
    let (what, like) = ("an SQL query", "a view is `SELECT .. FROM Item alias JOIN .. WHERE ..`");
    whole(tokens, scope, faults, (what, like), |parser| parser.parse_query().map(|query| *query))
}

/// The whole text as one thing, or where it ceases to be one. `named` is what it should be, and how that is written.
fn whole<T>(
    tokens: &Tokens,
    scope: &Scope<'_>,
    faults: &mut Vec<Diagnostic>,
    named: (&str, &str),
    read: impl FnOnce(&mut Parser<'_>) -> Result<T, ParserError>,
) -> Option<T> {
    let mut fault = |at: At, code: Code, message: String, help: &str| {
        faults.push(Diagnostic::new(code, Place::Predicate(scope.part, at.into()), message).help(help));
    };
    let last = At::token(tokens.len().saturating_sub(1));
    let dialect = PostgreSqlDialect {};
    let mut parser = Parser::new(&dialect).with_tokens_with_locations(tokens.list.clone());
    let parsed = read(&mut parser);
    let ended = parsed.is_ok() && parser.peek_token_ref().token == Token::EOF;
    let split = "split it into several rules, or use a list with IN";
    // Where it gives up for depth, sqlparser tries another reading and says what is wrong with that.
    if let Some(index) = tokens.too_deep().filter(|_| !ended) {
        fault(At::token(index), codes::TOO_DEEP, format!("the {} is nested too deep", scope.word()), split);
        return None;
    }
    match parsed {
        Err(ParserError::RecursionLimitExceeded) => {
            fault(last, codes::TOO_DEEP, format!("the {} is nested too deep", scope.word()), split);
            None
        }
        Err(ParserError::ParserError(text) | ParserError::TokenizerError(text)) => {
            let (what, at) = located(&text);
            fault(at.unwrap_or(last), codes::UNPARSABLE, format!("not {}: {what}", named.0), named.1);
            None
        }
        Ok(ast) => {
            let rest = parser.peek_token();
            if rest.token == Token::EOF {
                return Some(ast);
            }
            let message = format!("not {}: `{}` is not expected here", named.0, rest.token);
            let help = "the text before it is complete: an operator, AND or OR is missing, or a keyword is misspelt";
            fault(at(rest.span).unwrap_or(last), codes::UNPARSABLE, message, help);
            None
        }
    }
}

/// Takes ` at Line: L, Column: C` off a parser's message and reads it as a token.
fn located(text: &str) -> (String, Option<At>) {
    let Some((what, place)) = text.rsplit_once(" at Line: ") else {
        return (text.replace(", found: EOF", ", found its end").to_lowercase_first(), None);
    };
    let line = place.split(',').next().and_then(|line| line.trim().parse::<u64>().ok());
    let at = line.and_then(|line| line.checked_sub(1)).and_then(|line| u32::try_from(line).ok()).map(At::token);
    (what.to_lowercase_first(), at)
}

trait LowerFirst {
    fn to_lowercase_first(&self) -> String;
}

impl LowerFirst for str {
    fn to_lowercase_first(&self) -> String {
        let text = self.replace("Expected: ", "expected ").replace("found: ", "found ");
        let mut chars = text.chars();
        chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
    }
}
