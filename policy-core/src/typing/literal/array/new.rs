//! Arrays as 17 and later read them. In: the text from its first brace on. Out: what becomes of it.

use super::super::cursor::{Cursor, is_space};
use super::super::outcome::{Reading, Sense};
use super::{LEVELS, Source, bare, ends};

enum Token {
    Open,
    Close,
    Delimiter,
    Element(Option<Vec<u8>>),
}

/// What is known of the shape.
struct Shape {
    /// The size of each level, once it is known.
    sizes: [Option<usize>; LEVELS],
    /// The elements so far of each level that is open.
    counts: Vec<usize>,
    levels: usize,
    /// No further level may come.
    frozen: bool,
    expects_delimiter: bool,
}

pub(super) fn read(source: &Source, mut cursor: Cursor, sizes: &[usize]) -> Reading<Sense> {
    let mut known = [None; LEVELS];
    known.iter_mut().zip(sizes).for_each(|(known, size)| *known = Some(*size));
    let levels = sizes.len();
    let mut shape = Shape { sizes: known, counts: Vec::new(), levels, frozen: levels > 0, expects_delimiter: false };
    let mut sense = Sense::Fixed;
    loop {
        let right = match token(source, &mut cursor)? {
            Token::Open if !shape.expects_delimiter && shape.counts.len() >= LEVELS => return Err(source.too_deep()),
            Token::Open => shape.open(),
            Token::Close => shape.close(),
            Token::Delimiter => std::mem::take(&mut shape.expects_delimiter),
            Token::Element(_) if shape.expects_delimiter => false,
            Token::Element(text) => {
                sense = sense.and(source.element(text)?);
                shape.element()
            }
        };
        if !right {
            return Err(source.malformed());
        }
        if shape.counts.is_empty() {
            return ends(source, &cursor).map(|()| sense);
        }
    }
}

impl Shape {
    fn open(&mut self) -> bool {
        if self.expects_delimiter {
            return false;
        }
        self.counts.push(0);
        if self.counts.len() > self.levels {
            self.levels = self.counts.len();
            return !self.frozen;
        }
        true
    }

    fn close(&mut self) -> bool {
        let Some(count) = self.counts.pop() else { return false };
        if count > 0 && !self.expects_delimiter {
            return false;
        }
        if let Some(outer) = self.counts.last_mut() {
            *outer += 1;
        }
        self.expects_delimiter = true;
        self.sizes.get_mut(self.counts.len()).is_some_and(|size| *size.get_or_insert(count) == count)
    }

    fn element(&mut self) -> bool {
        self.frozen = true;
        self.expects_delimiter = true;
        let deep = self.counts.len() == self.levels;
        if let Some(count) = self.counts.last_mut() {
            *count += 1;
        }
        deep
    }
}

fn token(source: &Source, cursor: &mut Cursor) -> Reading<Token> {
    cursor.spaces();
    match cursor.peek() {
        0 => Err(source.malformed()),
        b'"' => quoted(source, cursor),
        byte if byte == b'{' || byte == b'}' || byte == source.delimiter => {
            cursor.skip(1);
            Ok(match byte {
                b'{' => Token::Open,
                b'}' => Token::Close,
                _ => Token::Delimiter,
            })
        }
        _ => unquoted(source, cursor),
    }
}

fn quoted(source: &Source, cursor: &mut Cursor) -> Reading<Token> {
    let mut text = Vec::new();
    cursor.skip(1);
    loop {
        match cursor.next() {
            0 => return Err(source.malformed()),
            b'\\' if cursor.is_done() => return Err(source.malformed()),
            b'\\' => text.push(cursor.next()),
            b'"' => break,
            byte => text.push(byte),
        }
    }
    cursor.spaces();
    let next = cursor.peek();
    if next == source.delimiter || next == b'}' || next == b'{' { Ok(Token::Element(Some(text))) } else { Err(source.malformed()) }
}

fn unquoted(source: &Source, cursor: &mut Cursor) -> Reading<Token> {
    let mut text = Vec::new();
    let mut kept = 0;
    let mut escaped = false;
    loop {
        let byte = cursor.peek();
        if byte == source.delimiter || byte == b'}' {
            return Ok(Token::Element(bare(text, kept, escaped)));
        }
        cursor.skip(1);
        match byte {
            0 | b'{' | b'"' => return Err(source.malformed()),
            b'\\' if cursor.is_done() => return Err(source.malformed()),
            b'\\' => {
                text.push(cursor.next());
                escaped = true;
                kept = text.len();
            }
            _ => {
                text.push(byte);
                if !is_space(byte) {
                    kept = text.len();
                }
            }
        }
    }
}
