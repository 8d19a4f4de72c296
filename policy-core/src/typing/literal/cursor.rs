//! A place in a text. In: bytes without a zero. Out: one byte after the other; zero stands for the end.

/// The rest of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'a> {
    bytes: &'a [u8],
}

impl<'a> Cursor<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// The next byte, zero at the end.
    pub(super) fn peek(&self) -> u8 {
        self.nth(0)
    }

    /// The byte after `n` others, zero behind the end.
    pub(super) fn nth(&self, n: usize) -> u8 {
        self.bytes.get(n).copied().unwrap_or(0)
    }

    pub(super) fn skip(&mut self, n: usize) {
        self.bytes = self.bytes.get(n..).unwrap_or_default();
    }

    /// Takes the next byte; at the end it stays there.
    pub(super) fn next(&mut self) -> u8 {
        let byte = self.peek();
        self.skip(1);
        byte
    }

    /// Takes `byte` if it is the next one.
    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let is = self.peek() == byte && byte != 0;
        if is {
            self.skip(1);
        }
        is
    }

    /// Takes the bytes that are meant.
    pub(super) fn take(&mut self, meant: impl Fn(u8) -> bool) -> &'a [u8] {
        let length = self.bytes.iter().take_while(|byte| meant(**byte)).count();
        let (taken, rest) = self.bytes.split_at_checked(length).unwrap_or((self.bytes, &[]));
        self.bytes = rest;
        taken
    }

    pub(super) fn digits(&mut self) -> &'a [u8] {
        self.take(|byte| byte.is_ascii_digit())
    }

    /// Passes white space.
    pub(super) fn spaces(&mut self) {
        self.take(is_space);
    }

    /// Whether nothing is left.
    pub(super) fn is_done(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Whether nothing but white space is left.
    pub(super) fn is_blank(&self) -> bool {
        self.bytes.iter().all(|byte| is_space(*byte))
    }

    /// Whether the text goes on with `word`, in any case. `word` is in lower case.
    pub(super) fn says(&self, word: &str) -> bool {
        self.bytes.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word.as_bytes()))
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes
    }

    /// What was taken since `earlier`, a copy of this cursor.
    pub(super) fn since(&self, earlier: &Cursor<'a>) -> &'a [u8] {
        earlier.bytes.get(..earlier.bytes.len() - self.bytes.len()).unwrap_or_default()
    }
}

/// `isspace` of C.
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | 9..=13)
}

/// The value of a hexadecimal digit.
pub(super) fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|value| u8::try_from(value).ok())
}
