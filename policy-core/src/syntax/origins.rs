//! Which tokens each part of an item was written with: first and last, never a lone span.
//!
//! On stable, `Span::join` gives nothing in a macro and the span of several tokens is that of the first; so
//! both ends are kept, and the edges underline from one to the other.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens;

use crate::diag::{At, Diagnostic, LogPart, Part, Place, RulePart, TriggerPart};
use crate::expr;

/// A run of tokens by its ends.
#[derive(Clone, Copy, Debug)]
pub struct Tokens {
    /// The first token's span.
    pub first: Span,
    /// The last token's span.
    pub last: Span,
}

impl<T: ToTokens> From<&T> for Tokens {
    fn from(tokens: &T) -> Self {
        Tokens::of(tokens.to_token_stream())
    }
}

impl Tokens {
    /// The ends of some tokens; the call site if there are none.
    #[must_use]
    pub fn of(tokens: TokenStream) -> Tokens {
        let mut ends: Option<Tokens> = None;
        for tree in tokens {
            let (first, last) = match &tree {
                TokenTree::Group(group) => (group.span_open(), group.span_close()),
                other => (other.span(), other.span()),
            };
            ends = Some(Tokens { first: ends.map_or(first, |ends| ends.first), last });
        }
        ends.unwrap_or(Tokens { first: Span::call_site(), last: Span::call_site() })
    }

    /// Both in one.
    #[must_use]
    pub fn to(self, other: Tokens) -> Tokens {
        Tokens { first: self.first, last: other.last }
    }
}

/// The tokens of a predicate: the text's, and those of the source.
#[derive(Debug)]
pub(super) struct PredicateTokens {
    pub(super) sql: Rc<expr::Tokens>,
    /// The bytes of the text that each source token stands at.
    pub(super) source: Vec<(Range<usize>, Span)>,
    /// The text, where one literal holds all of it.
    pub(super) text: Option<String>,
}

/// Where the parts of an item were written.
#[derive(Debug, Default)]
pub struct Origins {
    list: Vec<Tokens>,
    parts: BTreeMap<Part, Tokens>,
    predicates: BTreeMap<Part, PredicateTokens>,
    /// How many memberships have been read.
    pub(super) memberships: usize,
    /// The own column and the parent's key of `through(..)`.
    pub through: Option<(proc_macro2::Ident, proc_macro2::Ident)>,
}

impl Origins {
    /// Keeps some tokens under a number.
    pub(super) fn add(&mut self, tokens: impl Into<Tokens>) -> u32 {
        self.list.push(tokens.into());
        u32::try_from(self.list.len() - 1).unwrap_or(u32::MAX)
    }

    /// Keeps the tokens of a part.
    pub(super) fn part(&mut self, part: Part, tokens: impl Into<Tokens>) {
        self.parts.insert(part, tokens.into());
    }

    /// Keeps the tokens of the predicate that stands at a part.
    pub(super) fn predicate(&mut self, part: Part, tokens: PredicateTokens) {
        self.predicates.insert(part, tokens);
    }

    /// First and last token of a place; of what is around it if the place itself was not written.
    #[must_use]
    pub fn span(&self, place: Place) -> (Span, Span) {
        let tokens = match place {
            Place::Origin(number) => self.list.get(number as usize).copied(),
            Place::Part(part) => self.of_part(part),
            Place::Predicate(part, at) => self.of_predicate(part, at.into()).or_else(|| self.of_part(part)),
        };
        let tokens = tokens.or_else(|| self.parts.get(&Part::Item).copied());
        tokens.map_or((Span::call_site(), Span::call_site()), |tokens| (tokens.first, tokens.last))
    }

    /// A fault in the words of the form that its predicate has. The arrow can only point at a whole literal: the note says which
    /// piece of it, and SQL text has its constants in single quotes.
    #[must_use]
    pub fn worded(&self, mut fault: Diagnostic) -> Diagnostic {
        let Place::Predicate(part, at) = fault.place else { return fault };
        let Some(predicate) = self.predicates.get(&part) else { return fault };
        let Some(text) = &predicate.text else { return fault };
        if !fault.notes.iter().any(|note| note.starts_with("in the text")) {
            fault.notes.push(format!("in the text {}", around(text, predicate.sql.bytes(at.into()))));
        }
        for line in fault.notes.iter_mut().chain(&mut fault.help).filter(|line| !line.contains("r\"") && !line.contains("r#")) {
            *line = quotes(line);
        }
        fault
    }

    fn of_part(&self, part: Part) -> Option<Tokens> {
        self.parts.get(&part).copied().or_else(|| match part {
            Part::Rule(i, part) if part != RulePart::Whole => self.of_part(Part::Rule(i, RulePart::Whole)),
            Part::Shared => self.of_part(Part::Tenant),
            Part::NeverUsing(i) => self.of_part(Part::Never(i)),
            Part::Trigger(i, part) if part != TriggerPart::Whole => self.of_part(Part::Trigger(i, TriggerPart::Whole)),
            Part::Log(part) if part != LogPart::Whole => self.of_part(Part::Log(LogPart::Whole)),
            _ => None,
        })
    }

    fn of_predicate(&self, part: Part, at: At) -> Option<Tokens> {
        let predicate = self.predicates.get(&part)?;
        let bytes = predicate.sql.bytes(at);
        let first = predicate.source.iter().find(|(range, _)| range.end > bytes.start)?;
        let last = predicate.source.iter().rfind(|(range, _)| range.start < bytes.end).unwrap_or(first);
        Some(Tokens { first: first.1, last: last.1 })
    }
}

/// A piece of a text and what stands around it: `.. AND status = 5`, at `5`.
fn around(text: &str, piece: Range<usize>) -> String {
    const WIDE: usize = 30;
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (before, after) = (text.get(..piece.start).unwrap_or_default(), text.get(piece.end..).unwrap_or_default());
    let from = before.char_indices().rev().take(WIDE).find(|(i, _)| *i == 0).map_or_else(
        || before.char_indices().rev().take(WIDE).filter(|(_, c)| c.is_whitespace()).last().map_or(piece.start, |(i, _)| i),
        |(i, _)| i,
    );
    let to = if after.chars().count() <= WIDE {
        text.len()
    } else {
        piece.end + after.char_indices().take(WIDE).filter(|(_, c)| c.is_whitespace()).last().map_or(0, |(i, _)| i)
    };
    let (left, right) = (if from == 0 { "" } else { ".. " }, if to == text.len() { "" } else { " .." });
    let window = line(text.get(from..to).unwrap_or(text));
    let piece = line(text.get(piece).unwrap_or_default());
    if piece == window { format!("`{piece}`") } else { format!("`{left}{window}{right}`, at `{piece}`") }
}

/// What stands in backticks, with single quotes.
fn quotes(line: &str) -> String {
    let pieces = line.split('`').enumerate();
    pieces.map(|(i, piece)| if i % 2 == 1 { piece.replace('"', "'") } else { piece.to_owned() }).collect::<Vec<_>>().join("`")
}
