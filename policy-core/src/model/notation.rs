//! The notation of `policy.lock` and of the literal that a macro leaves in the program: nested lists of words.
//!
//! In: model values. Out: text, and the same values again. One writer, one reader, for everything
//! that is stored. A list is `(word ...)`; a word with other characters than the plain ones is quoted.

use std::fmt;

/// A word or a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// A word.
    Word(String),
    /// A list.
    List(Vec<Node>),
}

/// Why a text could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotationError(pub String);

impl fmt::Display for NotationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotationError {}

/// What can be written in the notation and read back.
pub trait Notate: Sized {
    /// As a node.
    fn note(&self) -> Node;
    /// From a node.
    ///
    /// # Errors
    /// If the node is not one that `note` writes.
    fn read(node: &Node) -> Result<Self, NotationError>;
    /// Whether the value is left out of a record.
    fn is_absent(&self) -> bool {
        false
    }
    /// What a record without the key holds; `None` if the key is required.
    fn absent() -> Option<Self> {
        None
    }
}

const WIDTH: usize = 110;
const DEPTH: usize = 400;

impl Node {
    /// A list that begins with a word.
    pub fn list(head: &str, rest: impl IntoIterator<Item = Node>) -> Node {
        Node::List(std::iter::once(Node::Word(head.to_owned())).chain(rest).collect())
    }

    /// The first word of a list and the nodes after it.
    #[must_use]
    pub fn head(&self) -> Option<(&str, &[Node])> {
        match self {
            Node::List(items) => match items.split_first() {
                Some((Node::Word(head), rest)) => Some((head, rest)),
                _ => None,
            },
            Node::Word(_) => None,
        }
    }

    /// On one line.
    #[must_use]
    pub fn compact(&self) -> String {
        let mut out = String::new();
        self.write_within(usize::MAX, &mut out);
        out
    }

    /// Over several lines, two spaces for each level, where one line would be too long.
    #[must_use]
    pub fn pretty(&self) -> String {
        let mut out = String::new();
        self.write_pretty(0, &mut out);
        out.push('\n');
        out
    }

    /// Writes on one line; false, and what fits, if that is longer than `room`.
    fn write_within(&self, room: usize, out: &mut String) -> bool {
        match self {
            Node::Word(word) => write_word(word, out),
            Node::List(items) => {
                out.push('(');
                for (i, item) in items.iter().enumerate() {
                    if i > 0 {
                        out.push(' ');
                    }
                    if !item.write_within(room, out) {
                        return false;
                    }
                }
                out.push(')');
            }
        }
        out.len() <= room
    }

    fn write_pretty(&self, indent: usize, out: &mut String) {
        let before = out.len();
        let Node::List(items) = self else {
            self.write_within(usize::MAX, out);
            return;
        };
        if self.write_within(before + WIDTH.saturating_sub(indent), out) {
            return;
        }
        out.truncate(before);
        out.push('(');
        for (i, item) in items.iter().enumerate() {
            if i > 0 {
                out.push('\n');
                out.push_str(&" ".repeat(indent + 2));
            }
            item.write_pretty(indent + 2, out);
        }
        out.push(')');
    }

    /// Reads all nodes of a text; `;` begins a comment line.
    ///
    /// # Errors
    /// If brackets or quotes do not close, with the line number.
    pub fn parse_all(text: &str) -> Result<Vec<Node>, NotationError> {
        let mut reader = Reader { rest: text, line: 1 };
        let mut nodes = Vec::new();
        while let Some(node) = reader.node(0)? {
            nodes.push(node);
        }
        if reader.next().is_some() {
            return Err(reader.error("`)` without its `(`"));
        }
        Ok(nodes)
    }

    /// Reads a text that holds exactly one node.
    ///
    /// # Errors
    /// If it holds none, several, or is damaged.
    pub fn parse(text: &str) -> Result<Node, NotationError> {
        let mut nodes = Node::parse_all(text)?;
        match (nodes.pop(), nodes.is_empty()) {
            (Some(node), true) => Ok(node),
            _ => Err(NotationError("one node expected".to_owned())),
        }
    }
}

const fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(
            c,
            '_' | '.' | ':' | '-' | '+' | '*' | '<' | '>' | '=' | '!' | '@' | '~' | '/' | '%' | '&' | '|' | '#' | '?' | '^' | '[' | ']'
        )
}

/// A bit for each byte of plain words. Not asked of `is_plain`, because every compilation reads a text of all items with
/// macros that are built without optimization.
const PLAIN: u128 = {
    let (mut bits, mut byte) = (0, 0_u8);
    while byte < 128 {
        bits |= (is_plain(byte as char) as u128) << byte;
        byte += 1;
    }
    bits
};

fn is_plain_byte(byte: u8) -> bool {
    byte < 128 && PLAIN >> byte & 1 == 1
}

fn write_word(word: &str, out: &mut String) {
    if !word.is_empty() && word.chars().all(is_plain) {
        out.push_str(word);
        return;
    }
    out.push('"');
    for c in word.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// What is left of a text. Most of it are plain words, so it is read by bytes: none of those that mean something here is
/// part of a longer character.
struct Reader<'a> {
    rest: &'a str,
    line: usize,
}

impl<'a> Reader<'a> {
    fn error(&self, what: &str) -> NotationError {
        NotationError(format!("line {}: {what}", self.line))
    }

    fn peek(&self) -> Option<u8> {
        self.rest.as_bytes().first().copied()
    }

    /// Takes the bytes up to the first that ends them.
    fn until(&mut self, ends: impl Fn(u8) -> bool) -> &'a str {
        let mut length = 0;
        for byte in self.rest.as_bytes() {
            if ends(*byte) {
                break;
            }
            length += 1;
        }
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// Takes one character.
    fn next(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let next = chars.next();
        self.rest = chars.as_str();
        next
    }

    fn skip_blank(&mut self) {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\r') => {}
                Some(b'\n') => self.line += 1,
                Some(b';') => {
                    self.until(|byte| byte == b'\n');
                    continue;
                }
                _ => return,
            }
            self.next();
        }
    }

    fn node(&mut self, depth: usize) -> Result<Option<Node>, NotationError> {
        if depth > DEPTH {
            return Err(self.error("nested too deep"));
        }
        self.skip_blank();
        match self.peek() {
            None | Some(b')') => Ok(None),
            Some(b'(') => {
                self.next();
                let mut items = Vec::new();
                while let Some(item) = self.node(depth + 1)? {
                    items.push(item);
                }
                match self.next() {
                    Some(')') => Ok(Some(Node::List(items))),
                    _ => Err(self.error("`(` without its `)`")),
                }
            }
            Some(b'"') => self.quoted().map(Some),
            Some(byte) if is_plain_byte(byte) => Ok(Some(Node::Word(self.until(|byte| !is_plain_byte(byte)).to_owned()))),
            Some(_) => {
                let what = format!("unexpected `{}`", self.next().unwrap_or_default());
                Err(self.error(&what))
            }
        }
    }

    fn quoted(&mut self) -> Result<Node, NotationError> {
        self.next();
        let mut word = String::new();
        loop {
            let plain = self.until(|byte| matches!(byte, b'"' | b'\\'));
            self.line += plain.bytes().filter(|byte| *byte == b'\n').count();
            word.push_str(plain);
            match (self.next(), self.peek()) {
                (Some('"'), _) => return Ok(Node::Word(word)),
                (Some(_), Some(_)) => match self.next() {
                    Some('n') => word.push('\n'),
                    Some('r') => word.push('\r'),
                    escaped => word.extend(escaped),
                },
                _ => return Err(self.error("a quoted word does not end")),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_comes_back() {
        for word in ["a", "", "a b", "\"", "\\", "line\nline", "(", ";", "é", "tenant_id"] {
            let node = Node::list("x", [Node::Word(word.to_owned()), Node::List(vec![])]);
            assert_eq!(Node::parse(&node.compact()), Ok(node.clone()));
            assert_eq!(Node::parse(&node.pretty()), Ok(node));
        }
    }

    #[test]
    fn damage_is_an_error_with_its_line() {
        assert_eq!(Node::parse_all("(a\n(b)"), Err(NotationError("line 2: `(` without its `)`".to_owned())));
        assert_eq!(Node::parse_all("a\n\"b\nc\" é"), Err(NotationError("line 3: unexpected `é`".to_owned())));
        assert_eq!(Node::parse_all("; é\n\"a\\"), Err(NotationError("line 2: a quoted word does not end".to_owned())));
        assert!(Node::parse_all("a)").is_err());
        assert!(Node::parse_all("\"a").is_err());
        assert!(Node::parse_all(&"(".repeat(100_000)).is_err());
    }
}
