//! The lines of a catalog file. In: its text. Out: the lines of one major, by field. Must not know what a field means.

use super::OLDEST;

/// A line, cut at its blanks.
#[derive(Debug)]
pub(in crate::typing) struct Line<'a> {
    fields: Vec<&'a str>,
}

impl<'a> Line<'a> {
    pub(in crate::typing) fn new(text: &'a str) -> Line<'a> {
        Line { fields: text.split(' ').collect() }
    }

    /// A field; `-` if there is none.
    pub(in crate::typing) fn field(&self, index: usize) -> &'a str {
        self.fields.get(index).copied().unwrap_or("-")
    }

    /// A field as a number; 0 if it is none.
    pub(super) fn number(&self, index: usize) -> u32 {
        self.field(index).parse().unwrap_or(0)
    }

    /// Whether a flag is set.
    pub(super) fn flag(&self, index: usize) -> bool {
        self.field(index) != "-"
    }

    /// A field as a list.
    pub(super) fn list(&self, index: usize) -> impl Iterator<Item = &'a str> + use<'a> {
        Some(self.field(index)).filter(|text| *text != "-").into_iter().flat_map(|text| text.split(','))
    }

    /// Whether that major has the row.
    pub(super) fn is_of(&self, major: u32) -> bool {
        self.number(0) >> (major - OLDEST) & 1 == 1
    }
}

/// The lines of a file that one major has.
pub(super) fn of(text: &'static str, major: u32) -> impl Iterator<Item = Line<'static>> {
    text.lines().map(Line::new).filter(move |line| line.is_of(major))
}
