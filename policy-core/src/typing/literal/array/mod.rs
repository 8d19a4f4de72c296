//! Arrays. In: the type of the elements and a text. Out: what becomes of it. The source is `arrayfuncs.c`, which 17 rewrote: until
//! 16 the braces of the whole text are looked at before any element is, from 17 on both go along together.

mod new;
mod old;

use super::cursor::{Cursor, is_space};
use super::outcome::{Reading, Sense, Stop};

/// How many levels of braces there may be.
const LEVELS: usize = 6;

/// A text of an array with the type of its elements.
struct Source<'a> {
    element: Element<'a>,
    text: &'a str,
    major: u32,
    delimiter: u8,
}

/// What the elements are.
#[derive(Clone, Copy)]
pub(super) enum Element<'a> {
    /// Of the type of that name.
    Kind(&'a str),
    /// Labels of an enum of that name.
    Label(&'a str, &'a [String]),
}

/// A whole text as an array.
pub(super) fn read(element: Element<'_>, text: &str, major: u32) -> Reading<Sense> {
    if matches!(element, Element::Kind(kind) if !super::KINDS.contains(&kind)) {
        return Err(Stop::Unjudged);
    }
    let source = Source { element, text, major, delimiter: if matches!(element, Element::Kind("box")) { b';' } else { b',' } };
    let mut cursor = Cursor::new(text.as_bytes());
    let sizes = source.dimensions(&mut cursor)?;
    if !sizes.is_empty() {
        if !cursor.eat(b'=') {
            return Err(source.malformed());
        }
        cursor.spaces();
    }
    if cursor.peek() != b'{' {
        return Err(source.malformed());
    }
    if major >= 17 { new::read(&source, cursor, &sizes) } else { old::read(&source, cursor, &sizes) }
}

impl Source<'_> {
    fn malformed(&self) -> Stop {
        Stop::refused("22P02", format!("malformed array literal: \"{}\"", self.text))
    }

    fn too_deep(&self) -> Stop {
        let count = LEVELS + usize::from(self.major < 17);
        Stop::refused("54000", format!("number of array dimensions ({count}) exceeds the maximum allowed ({LEVELS})"))
    }

    /// What the element's own input function does with it; none is NULL.
    fn element(&self, text: Option<Vec<u8>>) -> Reading<Sense> {
        match text {
            None => Ok(Sense::Fixed),
            Some(text) => {
                let text = String::from_utf8(text).map_err(|_| Stop::Unjudged)?;
                match self.element {
                    Element::Kind(kind) => super::judge(kind, &text, self.major),
                    Element::Label(_, labels) if labels.contains(&text) => Ok(Sense::Fixed),
                    Element::Label(name, _) => Err(Stop::refused("22P02", format!("invalid input value for enum {name}: \"{text}\""))),
                }
            }
        }
    }

    /// The sizes that `[1:2][3]` asks for.
    fn dimensions(&self, cursor: &mut Cursor) -> Reading<Vec<usize>> {
        let mut sizes = Vec::new();
        loop {
            cursor.spaces();
            if !cursor.eat(b'[') {
                return Ok(sizes);
            }
            if sizes.len() >= LEVELS {
                return Err(self.too_deep());
            }
            let first = self.limit(cursor)?;
            let (lower, upper) = if cursor.eat(b':') { (first, self.limit(cursor)?) } else { (1, first) };
            if !cursor.eat(b']') {
                return Err(self.malformed());
            }
            if upper < lower {
                return Err(Stop::refused("2202E", "upper bound cannot be less than lower bound"));
            }
            sizes.push(usize::try_from(upper - lower + 1).map_err(|_| Stop::Unjudged)?);
        }
    }

    /// A number of a dimension. Long ones and heaps of signs are read in ways that differ.
    fn limit(&self, cursor: &mut Cursor) -> Reading<i64> {
        let written = cursor.take(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'+'));
        if written.is_empty() {
            return Err(self.malformed());
        }
        let number = std::str::from_utf8(written).ok().filter(|digits| digits.len() <= 5);
        number.and_then(|digits| digits.parse().ok()).ok_or(Stop::Unjudged)
    }
}

/// An element without quotes: what `NULL` means, and white space around it.
fn bare(mut text: Vec<u8>, kept: usize, escaped: bool) -> Option<Vec<u8>> {
    text.truncate(kept);
    if !escaped && text.eq_ignore_ascii_case(b"null") { None } else { Some(text) }
}

/// Whether nothing but white space follows the last brace.
fn ends(source: &Source, cursor: &Cursor) -> Reading<()> {
    if cursor.rest().iter().all(|byte| is_space(*byte)) { Ok(()) } else { Err(source.malformed()) }
}
