//! JSON. In: a text. Out: what becomes of it. The source is `jsonapi.c`: json looks at the form alone, jsonb makes values of
//! strings and numbers.

use super::cursor::{Cursor, hex};
use super::numeric;
use super::outcome::{Reading, Sense, Stop};

/// Which of the two types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Text,
    Binary,
}

/// As deep as values may lie in each other here; the server's limit is its stack.
const DEPTH: usize = 500;

/// A token, with the text of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'a> {
    End,
    Sign(u8),
    String,
    Number(&'a [u8]),
    Word,
}

struct Reader<'a> {
    cursor: Cursor<'a>,
    token: Token<'a>,
    form: Form,
    major: u32,
}

/// A whole text as one value.
pub(super) fn read(text: &str, form: Form, major: u32) -> Reading<Sense> {
    let mut reader = Reader { cursor: Cursor::new(text.as_bytes()), token: Token::End, form, major };
    reader.advance()?;
    reader.value(0)?;
    if reader.token == Token::End { Ok(Sense::Fixed) } else { Err(syntax()) }
}

fn syntax() -> Stop {
    Stop::refused("22P02", "invalid input syntax for type json")
}

impl<'a> Reader<'a> {
    /// The value that begins at the present token, and the token behind it.
    fn value(&mut self, depth: usize) -> Reading<()> {
        if depth > DEPTH {
            return Err(Stop::Unjudged);
        }
        match self.token {
            Token::Sign(b'{') => self.object(depth),
            Token::Sign(b'[') => self.array(depth),
            Token::String | Token::Word => self.advance(),
            Token::Number(digits) => {
                // INVARIANT: the token behind a number is read before the number is made.
                self.advance()?;
                self.number(digits)
            }
            _ => Err(syntax()),
        }
    }

    fn number(&self, digits: &[u8]) -> Reading<()> {
        if self.form == Form::Text {
            return Ok(());
        }
        let digits = std::str::from_utf8(digits).map_err(|_| Stop::Unjudged)?;
        numeric::read(digits, self.major).map(|_| ())
    }

    fn object(&mut self, depth: usize) -> Reading<()> {
        self.advance()?;
        if self.token == Token::Sign(b'}') {
            return self.advance();
        }
        loop {
            if self.token != Token::String {
                return Err(syntax());
            }
            self.advance()?;
            self.sign(b':')?;
            self.value(depth + 1)?;
            if self.token != Token::Sign(b',') {
                return self.sign(b'}');
            }
            self.advance()?;
        }
    }

    fn array(&mut self, depth: usize) -> Reading<()> {
        self.advance()?;
        if self.token == Token::Sign(b']') {
            return self.advance();
        }
        loop {
            self.value(depth + 1)?;
            if self.token != Token::Sign(b',') {
                return self.sign(b']');
            }
            self.advance()?;
        }
    }

    fn sign(&mut self, sign: u8) -> Reading<()> {
        if self.token == Token::Sign(sign) { self.advance() } else { Err(syntax()) }
    }

    /// Reads the next token.
    fn advance(&mut self) -> Reading<()> {
        self.cursor.take(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
        self.token = match self.cursor.peek() {
            0 => Token::End,
            sign @ (b'{' | b'}' | b'[' | b']' | b',' | b':') => {
                self.cursor.skip(1);
                Token::Sign(sign)
            }
            b'"' => {
                self.cursor.skip(1);
                self.string()?;
                Token::String
            }
            b'-' | b'0'..=b'9' => Token::Number(digits(&mut self.cursor)?),
            _ => match self.cursor.take(is_word) {
                b"true" | b"false" | b"null" => Token::Word,
                _ => return Err(syntax()),
            },
        };
        Ok(())
    }

    /// The rest of a string.
    fn string(&mut self) -> Reading<()> {
        let mut high = false;
        loop {
            let byte = self.cursor.next();
            if byte == b'\\' && self.cursor.peek() == b'u' {
                self.cursor.skip(1);
                high = self.escape(high)?;
                continue;
            }
            // The first half of a pair asks for the second one.
            if byte < 32 || high {
                return Err(syntax());
            }
            match byte {
                b'"' => return Ok(()),
                b'\\' if !matches!(self.cursor.next(), b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => return Err(syntax()),
                _ => {}
            }
        }
    }

    /// What follows `\u`. Out: whether it is the first half of a pair of surrogates.
    fn escape(&mut self, high: bool) -> Reading<bool> {
        let mut code: u32 = 0;
        for _ in 0..4 {
            let digit = hex(self.cursor.next()).ok_or_else(syntax)?;
            code = code * 16 + u32::from(digit);
        }
        if self.form == Form::Text {
            return Ok(false);
        }
        match (code, high) {
            (0xd800..=0xdbff, false) => Ok(true),
            (0xdc00..=0xdfff, true) => Ok(false),
            (0xd800..=0xdfff, _) | (_, true) => Err(syntax()),
            (0, false) => Err(Stop::refused("22P05", "unsupported Unicode escape sequence")),
            _ => Ok(false),
        }
    }
}

/// Bytes that the server takes together as one word, right or not.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// A number, with nothing of a word behind it.
fn digits<'a>(cursor: &mut Cursor<'a>) -> Reading<&'a [u8]> {
    let start = *cursor;
    cursor.eat(b'-');
    if !cursor.eat(b'0') && cursor.digits().is_empty() {
        return Err(syntax());
    }
    if cursor.eat(b'.') && cursor.digits().is_empty() {
        return Err(syntax());
    }
    if matches!(cursor.peek(), b'e' | b'E') {
        cursor.skip(1);
        if matches!(cursor.peek(), b'+' | b'-') {
            cursor.skip(1);
        }
        if cursor.digits().is_empty() {
            return Err(syntax());
        }
    }
    if is_word(cursor.peek()) { Err(syntax()) } else { Ok(cursor.since(&start)) }
}
