//! Rows of `pg_proc`, found by name: a program that calls three functions decodes three names.

use super::super::TypeId;
use super::line::Line;

const FUNCTIONS: &str = include_str!("functions.txt");

/// What is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FunctionKind {
    /// A function.
    Function,
    /// An aggregate.
    Aggregate,
    /// A window function.
    Window,
}

/// A function.
#[derive(Clone, Debug)]
pub struct Function {
    /// Its OID.
    pub id: u32,
    /// What it is.
    pub kind: FunctionKind,
    /// Whether it gives rows.
    pub set: bool,
    /// `i`, `s` or `v`.
    pub volatility: u8,
    /// Whether NULL in gives NULL out.
    pub strict: bool,
    /// Whether it tells nothing of its arguments but by its result.
    pub leakproof: bool,
    /// The element type of a VARIADIC last argument.
    pub variadic: Option<TypeId>,
    /// How many of its last arguments have defaults.
    pub defaults: usize,
    /// What it gives.
    pub result: TypeId,
    /// Its arguments.
    pub args: Vec<TypeId>,
    /// The names of its arguments, if they have names.
    pub names: Vec<&'static str>,
}

impl Function {
    /// Whether it can be called with that many arguments.
    #[must_use]
    pub fn takes(&self, arguments: usize) -> bool {
        let least = self.args.len() - self.defaults.min(self.args.len());
        let least = if self.variadic.is_some() { least.min(self.args.len()) } else { least };
        arguments >= least && (arguments <= self.args.len() || self.variadic.is_some())
    }
}

/// Reads a line.
pub(super) fn row(line: &Line<'static>) -> Function {
    Function {
        id: line.number(1),
        kind: match line.field(3) {
            "a" => FunctionKind::Aggregate,
            "w" => FunctionKind::Window,
            _ => FunctionKind::Function,
        },
        set: line.flag(4),
        volatility: line.field(5).bytes().next().unwrap_or(b'v'),
        strict: line.flag(6),
        leakproof: line.flag(7),
        variadic: Some(line.number(8)).filter(|oid| *oid != 0).map(TypeId),
        defaults: line.number(9) as usize,
        result: TypeId(line.number(10)),
        args: line.list(11).filter_map(|oid| oid.parse().ok()).map(TypeId).collect(),
        names: line.list(12).collect(),
    }
}

/// Every function of that name in that major.
pub(super) fn named(name: &str, major: u32) -> Vec<Function> {
    lines_of(FUNCTIONS, name).filter(|line| line.is_of(major)).map(|line| row(&line)).collect()
}

/// Every function of that name in any major.
pub(super) fn anywhere(name: &str) -> Vec<Function> {
    lines_of(FUNCTIONS, name).map(|line| row(&line)).collect()
}

/// Every name, once.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    let mut last = "";
    let name = |line: &'static str| line.split(' ').nth(2).unwrap_or_default();
    FUNCTIONS.lines().map(name).filter(move |name| std::mem::replace(&mut last, name) != *name)
}

/// The lines of one name in a text of functions, which is sorted by name.
pub(super) fn lines_of(text: &'static str, name: &str) -> impl Iterator<Item = Line<'static>> + use<> {
    let mut lines = from(text, name).map(Line::new).peekable();
    let wanted = lines.peek().map(|line| line.field(2)).filter(|found| *found == name);
    lines.take_while(move |line| wanted == Some(line.field(2)))
}

/// The lines from the first one on whose name is not before `name`; the text is sorted by it.
fn from(text: &'static str, name: &str) -> impl Iterator<Item = &'static str> + use<> {
    let named = |offset: usize| {
        let line = text.get(offset..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        line.split(' ').nth(2).unwrap_or_default()
    };
    let (mut low, mut high) = (0, text.len());
    while low < high {
        let middle = start_of_line(text, low.midpoint(high));
        if middle < low || named(middle) >= name {
            high = if middle < low { low } else { middle };
        } else {
            low = text.get(middle..).and_then(|rest| rest.find('\n')).map_or(high, |end| middle + end + 1);
        }
    }
    text.get(low..).unwrap_or_default().lines()
}

/// Where the line around an offset begins. The text is ASCII.
fn start_of_line(text: &str, offset: usize) -> usize {
    text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found() {
        for line in FUNCTIONS.lines().map(Line::new) {
            let majors = (super::super::OLDEST..=super::super::NEWEST).filter(|major| line.is_of(*major));
            for major in majors {
                assert!(named(line.field(2), major).iter().any(|function| function.id == line.number(1)), "{}", line.field(2));
            }
        }
        assert!(named("a_function_of_nobody", 18).is_empty() && named("zzz", 18).is_empty() && named("", 18).is_empty());
    }
}
