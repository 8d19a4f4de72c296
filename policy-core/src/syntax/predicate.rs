//! Predicates: Rust tokens to SQL text with a map back, or the text of a string literal.
//!
//! Blanks stand where the tokens stood apart, so that SQL's lexer sees the operators that the user wrote.

use std::ops::Range;
use std::rc::Rc;

use proc_macro2::{Delimiter, Group, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

use super::entry::{Entry, Value};
use super::origins::{PredicateTokens, Tokens};
use super::{Cx, Keep, memo, unraw};
use crate::diag::{Part, codes};
use crate::expr::{self, Form, Scope};
use crate::model::{Column, Expr};

/// What predicates of an item may name.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    pub(super) columns: &'a [Column],
    pub(super) context: bool,
}

/// What stands at a key: SQL as tokens, or as a text.
pub(super) enum Written {
    Tokens(TokenStream),
    Text(syn::LitStr),
}

/// `key(tokens)` or `key = "text"`.
pub(super) fn read(entry: &Entry, part: Part, names: Names<'_>, cx: &mut Cx) -> Option<Expr> {
    cx.origins.part(part, entry.tokens);
    match written(entry, cx)? {
        Written::Tokens(stream) => tokens(stream, part, names, cx),
        Written::Text(literal) => text(&literal, part, names, cx),
    }
}

/// Which of the two forms an entry has.
pub(super) fn written(entry: &Entry, cx: &mut Cx) -> Option<Written> {
    match &entry.value {
        Value::List(group) => {
            let Some(literal) = only_text(group.stream()) else { return Some(Written::Tokens(group.stream())) };
            cx.at(codes::TOKENS_OR_STRING, &literal, format!("a text in `{}(..)`", entry.name))
                .note("in brackets stands SQL as tokens, where text in quotes is a constant")
                .help(format!("SQL text is written `{} = \"..\"`", entry.name))
                .keep(cx);
            None
        }
        Value::Assign(value) => match syn::parse2::<syn::LitStr>(value.clone()) {
            Ok(literal) => Some(Written::Text(literal)),
            Err(_) => {
                cx.at(codes::TOKENS_OR_STRING, entry.tokens, format!("tokens after `{} =`", entry.name))
                    .help(format!("write tokens in brackets, `{}(..)`, or SQL text in quotes, `{} = \"..\"`", entry.name, entry.name))
                    .keep(cx);
                None
            }
        },
        Value::Flag => {
            entry.malformed(&format!("{}(..)` or `{} = \"..\"", entry.name, entry.name), cx);
            None
        }
    }
}

fn only_text(stream: TokenStream) -> Option<syn::LitStr> {
    syn::parse2(stream).ok()
}

/// A predicate as tokens.
pub(super) fn tokens(stream: TokenStream, part: Part, names: Names<'_>, cx: &mut Cx) -> Option<Expr> {
    let (text, source) = sql(stream, names, cx)?;
    finish(&text, source, Scope { columns: names.columns, context: names.context, form: Form::Tokens, part }, cx)
}

/// Text, and the bytes of it that each token stands at.
pub(super) type Sourced = (String, Vec<(Range<usize>, Span)>);

/// Tokens as the text that SQL's lexer reads.
pub(super) fn sql(stream: TokenStream, names: Names<'_>, cx: &mut Cx) -> Option<Sourced> {
    let mut writer = Writer { text: String::new(), source: Vec::new(), glue: true, names, cx, sound: true, strange: false };
    writer.stream(stream);
    writer.sound.then_some((writer.text, writer.source))
}

/// A predicate as SQL text.
fn text(literal: &syn::LitStr, part: Part, names: Names<'_>, cx: &mut Cx) -> Option<Expr> {
    let text = literal.value();
    let source = vec![(0..text.len().max(1), literal.span())];
    let scope = Scope { columns: names.columns, context: names.context, form: Form::Sql, part };
    let before = cx.faults.len();
    let found = finish(&text, source, scope, cx);
    // The arrow can only point at the whole literal: say which piece of it.
    for fault in cx.faults.iter_mut().skip(before) {
        if let crate::diag::Place::Predicate(..) = fault.place {
            fault.notes.push(format!("in the text `{}`", shortened(&text)));
        }
    }
    found
}

pub(super) fn shortened(text: &str) -> String {
    let short: String = text.chars().take(60).collect();
    if short.len() < text.len() { format!("{short}..") } else { short }
}

fn finish(text: &str, source: Vec<(Range<usize>, Span)>, scope: Scope<'_>, cx: &mut Cx) -> Option<Expr> {
    let kept = (scope.form == Form::Sql).then(|| text.to_owned());
    if let Some(read) = memo::find(text, &scope) {
        cx.origins.predicate(scope.part, PredicateTokens { sql: read.tokens.clone(), source, text: kept });
        return Some(read.expr.clone());
    }
    let outcome = expr::parse(text, scope);
    let tokens = Rc::new(outcome.tokens);
    if let Some(expr) = outcome.expr.as_ref().filter(|_| outcome.faults.is_empty()) {
        memo::keep(text, &scope, expr, tokens.clone());
    }
    cx.origins.predicate(scope.part, PredicateTokens { sql: tokens, source, text: kept });
    outcome.faults.into_iter().for_each(|fault| fault.keep(cx));
    outcome.expr
}

struct Writer<'a, 'b> {
    text: String,
    source: Vec<(Range<usize>, Span)>,
    /// Whether the next token touches the last one.
    glue: bool,
    names: Names<'a>,
    cx: &'b mut Cx,
    sound: bool,
    /// Whether a token that SQL lacks was refused: of the next ones nobody learns more.
    strange: bool,
}

/// Words of SQL's grammar: a field of that name needs `self.` in front.
const GRAMMAR: &[&str] = &[
    "all",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "between",
    "by",
    "case",
    "cast",
    "collate",
    "cross",
    "distinct",
    "else",
    "end",
    "escape",
    "except",
    "exists",
    "extract",
    "false",
    "for",
    "from",
    "full",
    "group",
    "having",
    "ilike",
    "in",
    "inner",
    "intersect",
    "interval",
    "is",
    "join",
    "left",
    "like",
    "limit",
    "not",
    "null",
    "on",
    "or",
    "outer",
    "right",
    "row",
    "select",
    "similar",
    "some",
    "then",
    "true",
    "union",
    "unknown",
    "using",
    "when",
    "where",
    "with",
];

impl Writer<'_, '_> {
    fn stream(&mut self, stream: TokenStream) {
        let mut previous: Option<TokenTree> = None;
        let mut trees = stream.into_iter().peekable();
        while let Some(tree) = trees.next() {
            match &tree {
                TokenTree::Group(group) => self.group(group),
                TokenTree::Ident(ident) => self.ident(ident, previous.as_ref(), trees.peek()),
                TokenTree::Literal(literal) => self.literal(literal, previous.as_ref()),
                TokenTree::Punct(punct) => self.punct(punct, previous.as_ref(), trees.peek()),
            }
            previous = Some(tree);
        }
    }

    fn punct(&mut self, punct: &Punct, previous: Option<&TokenTree>, next: Option<&TokenTree>) {
        let joint = punct.spacing() == Spacing::Joint;
        let after = if let Some(TokenTree::Punct(next)) = next { Some(next.as_char()) } else { None };
        let touching = after.filter(|_| joint);
        let again = matches!(previous, Some(TokenTree::Punct(before)) if before.as_char() == punct.as_char());
        let continues = continues(previous, punct, next);
        if !again {
            // In the body of a macro_rules nothing says whether two `-` touch.
            self.pair(punct, if punct.as_char() == '-' { after } else { touching });
        }
        match punct.as_char() {
            '\'' | '$' | '\\' | '`' if !std::mem::replace(&mut self.strange, true) => {
                let help = "write texts in double quotes, and values of the caller as `ctx.field`";
                self.refuse(codes::NOT_SQL_TOKEN, punct, &format!("`{}` is not a token of SQL", punct.as_char()), help);
            }
            '!' if touching.is_none()
                && !continues
                && !matches!(previous, Some(TokenTree::Punct(before)) if before.spacing() == Spacing::Joint) =>
            {
                self.refuse(codes::RUST_OPERATOR, punct, "`!` is not NOT in SQL", "write `NOT`");
            }
            '#' if is_doc(next) => {
                self.refuse(codes::COMMENT, punct, "a doc comment in a predicate", "comments in a predicate are `// ..`");
            }
            _ => {}
        }
        self.put(&punct.as_char().to_string(), punct.span());
        self.glue = joint || punct.as_char() == '.' || continues;
    }

    /// Two punctuation characters in a row.
    fn pair(&mut self, punct: &Punct, next: Option<char>) {
        match (punct.as_char(), next) {
            ('-', Some('-')) => self.refuse(
                codes::COMMENT,
                punct,
                "`--` would turn the rest of the predicate into a comment",
                "comments in a predicate are `// ..`; a double negation takes brackets, `-(-a)`",
            ),
            ('=', Some('=')) => self.refuse(codes::RUST_OPERATOR, punct, "`==` is not an operator of SQL", "write `=`"),
            _ => {}
        }
    }

    fn group(&mut self, group: &Group) {
        // A fragment of macro_rules that is one token needs no brackets: `expr::$type`, `FROM $item`.
        if group.delimiter() == Delimiter::None && group.stream().into_iter().nth(1).is_none() {
            return self.stream(group.stream());
        }
        let (open, close) = match group.delimiter() {
            Delimiter::Parenthesis | Delimiter::None => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace => {
                return self.refuse(codes::NOT_SQL_TOKEN, group, "`{` is not a token of SQL", "group with round brackets");
            }
        };
        self.put(open, group.span_open());
        self.glue = true;
        self.stream(group.stream());
        self.glue = true;
        self.put(close, group.span_close());
    }

    fn ident(&mut self, ident: &proc_macro2::Ident, previous: Option<&TokenTree>, next: Option<&TokenTree>) {
        let name = unraw(ident);
        let punct = |tree: Option<&TokenTree>, wanted: char| matches!(tree, Some(TokenTree::Punct(p)) if p.as_char() == wanted);
        let called = matches!(next, Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis);
        let typed = matches!(next, Some(TokenTree::Literal(_)));
        let field = self.names.columns.iter().any(|column| column.field == name);
        let raw = ident.to_string().starts_with("r#");
        let quoted = (punct(previous, '.') && !called)
            || raw
            || (field && !called && !typed && !punct(previous, ':') && !punct(next, '.') && !self.is_grammar(&name, previous));
        if name == "U" && punct(next, '&') {
            self.refuse(
                codes::NOT_SQL_TOKEN,
                ident,
                "`U&\"..\"` is not a text of Rust",
                "write the characters themselves, or use the string form",
            );
        }
        let camel = name.starts_with(|c: char| c.is_uppercase()) && name != name.to_uppercase();
        if punct(next, ':') && !punct(previous, '.') && (follows(previous, &["from", "join"]) || (camel && !field)) {
            let help = "`::` casts a value; name an item alone, `FROM Member m`, and a function of one as `Auth.function(..)`";
            self.refuse(codes::NOT_SQL_TOKEN, ident, &format!("`{name}::` is a path of Rust"), help);
        }
        let text = if quoted { format!("\"{}\"", name.replace('"', "\"\"")) } else { name };
        self.put(&text, ident.span());
    }

    /// Whether a word belongs to SQL's grammar where it stands, although a field is called so: `EXTRACT(year FROM ..)`,
    /// `at time zone`.
    fn is_grammar(&self, name: &str, previous: Option<&TokenTree>) -> bool {
        let called =
            || self.text.trim_end_matches('(').trim_end().rsplit([' ', '(']).next().unwrap_or_default().eq_ignore_ascii_case("extract");
        GRAMMAR.contains(&name)
            || (name == "time" && follows(previous, &["at", "with", "without"]))
            || (name == "zone" && follows(previous, &["time"]))
            || (previous.is_none() && called())
    }

    fn literal(&mut self, literal: &Literal, previous: Option<&TokenTree>) {
        let written = literal.to_string();
        let tree = TokenTree::Literal(literal.clone());
        match syn::parse2::<syn::Lit>(TokenStream::from(tree.clone())) {
            Ok(syn::Lit::Str(text)) if text.suffix().is_empty() => {
                let value = text.value();
                if value.contains('\0') {
                    return self.refuse(codes::NOT_SQL_TOKEN, &tree, "a text with a NUL byte", "PostgreSQL's text cannot hold one");
                }
                // The name of a collation is an identifier.
                let named = matches!(previous, Some(TokenTree::Ident(word)) if word.to_string().eq_ignore_ascii_case("collate"));
                let quote = if named { '"' } else { '\'' };
                let sql = format!("{quote}{}{quote}", value.replace(quote, &format!("{quote}{quote}")));
                self.put(&sql, literal.span());
            }
            Ok(syn::Lit::Int(_) | syn::Lit::Float(_)) if is_number(&written) => self.put(&written, literal.span()),
            Ok(syn::Lit::Bool(_)) => self.put(&written, literal.span()),
            Ok(syn::Lit::Char(text)) => {
                let help = format!("write \"{}\" in double quotes", text.value());
                self.refuse(codes::SINGLE_QUOTES, &tree, "single quotes are a character of Rust, not a text", &help);
            }
            Ok(syn::Lit::Int(_) | syn::Lit::Float(_)) => {
                let help = "write the number in digits; a unit is `interval \"1 day\"`";
                self.refuse(codes::NOT_SQL_TOKEN, &tree, &format!("`{written}` is not a number of SQL"), help);
            }
            // rustc has said that it is no character, and goes on.
            _ if written.starts_with('\'') => {
                let help = format!("write \"{}\" in double quotes", written.trim_matches('\''));
                self.refuse(codes::SINGLE_QUOTES, &tree, "single quotes are a character of Rust, not a text", &help);
            }
            _ => self.refuse(
                codes::NOT_SQL_TOKEN,
                &tree,
                &format!("`{written}` is not a literal of SQL"),
                "write texts as \"..\" or r\"..\"",
            ),
        }
    }

    fn refuse(&mut self, code: crate::diag::Code, tokens: impl Into<Tokens>, message: &str, help: &str) {
        self.sound = false;
        self.cx.at(code, tokens, message).help(help).keep(self.cx);
    }

    fn put(&mut self, text: &str, span: Span) {
        if !std::mem::take(&mut self.glue) && !matches!(text, "." | "," | ";" | ")" | "]") {
            self.text.push(' ');
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.source.push((start..self.text.len(), span));
    }
}

/// Whether the token before is one of some words.
fn follows(previous: Option<&TokenTree>, words: &[&str]) -> bool {
    matches!(previous, Some(TokenTree::Ident(word)) if words.contains(&word.to_string().to_lowercase().as_str()))
}

/// Whether two characters are one operator although nothing says that they touch: in the body of a macro_rules that is
/// forgotten of what are two tokens of Rust, `<>` or `->>`. None of these could begin an operand.
fn continues(previous: Option<&TokenTree>, punct: &Punct, next: Option<&TokenTree>) -> bool {
    let Some(TokenTree::Punct(next)) = next else { return false };
    let before = if let Some(TokenTree::Punct(before)) = previous { before.as_char() } else { ' ' };
    match (before, punct.as_char(), next.as_char()) {
        ('-' | '#', '>', '>') | ('<', '-', '>') => true,
        (_, one, two) => ["<>", "#>", "@>", "?|", "?&", "~*", "!~", "@?"].contains(&format!("{one}{two}").as_str()),
    }
}

/// `/// words` are `#[doc = " words"]` to a macro.
fn is_doc(next: Option<&TokenTree>) -> bool {
    let Some(TokenTree::Group(group)) = next else { return false };
    matches!(group.stream().into_iter().next(), Some(TokenTree::Ident(word)) if word == "doc")
}

fn is_number(text: &str) -> bool {
    let mut rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if let Some(fraction) = rest.strip_prefix('.') {
        rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        rest = exponent.strip_prefix(['+', '-']).unwrap_or(exponent).trim_start_matches(|c: char| c.is_ascii_digit());
    }
    rest.is_empty()
}
