//! Statements, executed. In: SQL texts, perhaps with data to copy in. Out: rows, or the error, of each. Must not know: what they are about.

use std::io;

use sqlx::postgres::PgConnectOptions;

use crate::Failure;
use crate::wire::{Wire, refusal, sized, text};

/// One statement, or several that are one message.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    /// Its text.
    pub(crate) sql: String,
    /// What COPY FROM STDIN is to read.
    pub(crate) copy: Option<String>,
}

impl Question {
    pub(crate) fn sql(sql: String) -> Question {
        Question { sql, copy: None }
    }
}

/// A value as text; absent for NULL.
pub(crate) type Value = Option<String>;

/// What came back.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answer {
    /// Rows, those of COPY TO too.
    pub(crate) rows: Vec<Vec<Value>>,
    /// The SQLSTATE and the message.
    pub(crate) refusal: Option<(String, String)>,
}

/// A session.
#[derive(Debug)]
pub(crate) struct Client(Wire);

impl Client {
    pub(crate) fn connect(options: &PgConnectOptions) -> Result<Client, Failure> {
        Wire::connect(options).map(Client)
    }

    /// One answer for each question.
    pub(crate) fn ask(&mut self, questions: &[Question]) -> Result<Vec<Answer>, Failure> {
        Ok(self.0.ask(questions, write, answer)?)
    }
}

fn write(question: &Question, buffer: &mut Vec<u8>) -> io::Result<()> {
    buffer.push(b'Q');
    buffer.extend(sized(&[text(&question.sql)?, b"\0"].concat())?);
    if let Some(data) = &question.copy {
        // Where COPY is refused, the server passes over both.
        buffer.push(b'd');
        buffer.extend(sized(data.as_bytes())?);
        buffer.extend_from_slice(b"c\0\0\0\x04");
    }
    Ok(())
}

fn answer(wire: &mut Wire) -> io::Result<Answer> {
    let mut answer = Answer::default();
    loop {
        match wire.message()? {
            b'Z' => return Ok(answer),
            b'D' => answer.rows.push(row(wire.body()).ok_or_else(|| io::Error::other("a row that cannot be read"))?),
            b'd' => answer.rows.push(copied(&String::from_utf8_lossy(wire.body()))),
            b'E' => answer.refusal = Some(refusal(wire.body())),
            _ => {}
        }
    }
}

/// The values of a row: a count, then of each its length, -1 for NULL, and its bytes.
fn row(body: &[u8]) -> Option<Vec<Value>> {
    let (count, mut rest) = body.split_first_chunk::<2>()?;
    let mut values = Vec::new();
    for _ in 0..u16::from_be_bytes(*count) {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let Ok(length) = usize::try_from(i32::from_be_bytes(*length)) else {
            values.push(None);
            rest = after;
            continue;
        };
        let (value, after) = after.split_at_checked(length)?;
        values.push(Some(String::from_utf8_lossy(value).into_owned()));
        rest = after;
    }
    Some(values)
}

/// A line of COPY TO.
fn copied(line: &str) -> Vec<Value> {
    line.trim_end_matches('\n').split('\t').map(|value| (value != "\\N").then(|| value.to_owned())).collect()
}
