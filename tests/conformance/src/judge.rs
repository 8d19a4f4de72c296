//! What a server says of SQL texts that it is not to execute. In: a private server's socket, texts. Out: for each text the error of
//! parse analysis, or the type of the first column. Must not know: what the texts are about.
//!
//! Each text is a Parse, a Describe and a Sync of its own.

use std::io;

use sqlx::postgres::PgConnectOptions;

use crate::Failure;
use crate::wire::{Wire, refusal, sized, text};

/// The server's word on one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The number of the first column's type; 0 without a column.
    Accepted(u32),
    /// The first error.
    Refused {
        /// The SQLSTATE.
        code: String,
        /// The message.
        message: String,
    },
}

/// Before 17 a server searches all its failed look-ups of operators one by one, so a session gets slower with each; source: `cc_lists`
/// in `catcache.c`.
const WORN: usize = 8192;

/// A server that judges, through one session after the other.
#[derive(Debug)]
pub struct Judge {
    options: PgConnectOptions,
    wire: Wire,
    judged: usize,
}

impl Judge {
    /// Connects. The server must ask for no password.
    ///
    /// # Errors
    /// What the socket or the server says; that there is no socket.
    pub fn connect(options: &PgConnectOptions) -> Result<Judge, Failure> {
        Ok(Judge { options: options.clone(), wire: Wire::connect(options)?, judged: 0 })
    }

    /// One answer for each text.
    ///
    /// # Errors
    /// What the socket or the server says.
    pub fn judge(&mut self, texts: &[String]) -> Result<Vec<Answer>, Failure> {
        if self.judged > WORN {
            (self.wire, self.judged) = (Wire::connect(&self.options)?, 0);
        }
        self.judged += texts.len();
        Ok(self.wire.ask(texts, write, answer)?)
    }
}

/// Reads until the server is ready for the next text.
fn answer(wire: &mut Wire) -> io::Result<Answer> {
    let mut answer = Answer::Accepted(0);
    loop {
        match wire.message()? {
            b'Z' => return Ok(answer),
            b'T' => answer = Answer::Accepted(first_type(wire.body())),
            b'E' => {
                let (code, message) = refusal(wire.body());
                answer = Answer::Refused { code, message };
            }
            _ => {}
        }
    }
}

#[expect(clippy::ptr_arg, reason = "a question is a String here, whatever the wire sends")]
fn write(question: &String, buffer: &mut Vec<u8>) -> io::Result<()> {
    let parse = [b"\0", text(question)?, b"\0\0\0"].concat();
    buffer.push(b'P');
    buffer.extend(sized(&parse)?);
    buffer.extend_from_slice(b"D\0\0\0\x06S\0S\0\0\0\x04");
    Ok(())
}

/// The type of the first column of a row description.
fn first_type(body: &[u8]) -> u32 {
    // Count, then for each column its name, its table, its number there, its type ..
    let columns = body.get(2..).unwrap_or_default();
    let Some(end) = columns.iter().position(|byte| *byte == 0) else { return 0 };
    columns.get(end + 7..end + 11).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_be_bytes)
}
