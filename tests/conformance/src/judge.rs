//! What a server says of SQL texts that it is not to execute. In: a private server's socket, texts. Out: for each text the error of
//! parse analysis, or the type of the first column. Must not know: what the texts are about.
//!
//! Each text is a Parse, a Describe and a Sync of its own, and many are under way at once: one thread writes while another reads, so
//! neither side waits for the other. Source: PostgreSQL documentation, chapter "Frontend/Backend Protocol".

use std::io::{self, BufReader, Read, Write};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::thread;

use sqlx::postgres::PgConnectOptions;

use crate::Failure;

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

/// Refused texts are many, and each would be a line in the server's log.
const OPTIONS: &str = "-c log_min_messages=panic -c log_min_error_statement=panic -c client_min_messages=error -c search_path=public";

/// Before 17 a server searches all its failed look-ups of operators one by one, so a session gets slower with each; source: `cc_lists`
/// in `catcache.c`.
const WORN: usize = 8192;

/// A server that judges, through one session after the other.
#[derive(Debug)]
pub struct Judge {
    options: PgConnectOptions,
    session: Session,
    judged: usize,
}

impl Judge {
    /// Connects. The server must ask for no password.
    ///
    /// # Errors
    /// What the socket or the server says; that there is no socket.
    pub fn connect(options: &PgConnectOptions) -> Result<Judge, Failure> {
        Ok(Judge { options: options.clone(), session: Session::connect(options)?, judged: 0 })
    }

    /// One answer for each text.
    ///
    /// # Errors
    /// What the socket or the server says.
    pub fn judge(&mut self, texts: &[String]) -> Result<Vec<Answer>, Failure> {
        if self.judged > WORN {
            (self.session, self.judged) = (Session::connect(&self.options)?, 0);
        }
        self.judged += texts.len();
        Ok(self.session.judge(texts)?)
    }
}

#[derive(Debug)]
struct Session {
    reader: BufReader<UnixStream>,
    writer: UnixStream,
    body: Vec<u8>,
}

impl Session {
    fn connect(options: &PgConnectOptions) -> Result<Session, Failure> {
        let folder = options.get_socket().ok_or("a judge needs a server on a Unix socket: unset DATABASE_URL")?;
        let writer = UnixStream::connect(folder.join(format!(".s.PGSQL.{}", options.get_port())))?;
        let mut session = Session { reader: BufReader::with_capacity(1 << 16, writer.try_clone()?), writer, body: Vec::new() };
        let database = options.get_database().unwrap_or_default();
        let mut body = 196_608_u32.to_be_bytes().to_vec();
        for word in ["user", options.get_username(), "database", database, "options", OPTIONS, ""] {
            body.extend_from_slice(word.as_bytes());
            body.push(0);
        }
        session.writer.write_all(&sized(&body)?)?;
        match session.answer()? {
            Answer::Accepted(_) => Ok(session),
            Answer::Refused { message, .. } => Err(message.into()),
        }
    }

    fn judge(&mut self, texts: &[String]) -> io::Result<Vec<Answer>> {
        let mut writer = self.writer.try_clone()?;
        thread::scope(|scope| {
            let writing = scope.spawn(move || write(&mut writer, texts));
            let answers: io::Result<Vec<Answer>> = texts.iter().map(|_| self.answer()).collect();
            if answers.is_err() {
                // A writer that nobody reads after must not wait for ever.
                let _ = self.writer.shutdown(Shutdown::Both);
            }
            let written = writing.join().unwrap_or_else(|_| Err(io::Error::other("the writer panicked")));
            answers.and_then(|answers| written.map(|()| answers))
        })
    }

    /// Reads until the server is ready for the next text.
    fn answer(&mut self) -> io::Result<Answer> {
        let mut answer = Answer::Accepted(0);
        loop {
            match self.message()? {
                b'Z' => return Ok(answer),
                b'T' => answer = Answer::Accepted(first_type(&self.body)),
                b'E' => answer = refusal(&self.body),
                b'R' if self.body != [0; 4] => {
                    answer = Answer::Refused { code: "28000".to_owned(), message: "the server asks for a password".to_owned() };
                    return Ok(answer);
                }
                _ => {}
            }
        }
    }

    /// The next message: its letter; its body is kept.
    fn message(&mut self) -> io::Result<u8> {
        let mut head = [0; 5];
        self.reader.read_exact(&mut head)?;
        let length = u32::from_be_bytes([head[1], head[2], head[3], head[4]]);
        let length = usize::try_from(length.saturating_sub(4)).map_err(io::Error::other)?;
        self.body.resize(length, 0);
        self.reader.read_exact(&mut self.body)?;
        Ok(head[0])
    }
}

fn sized(body: &[u8]) -> io::Result<Vec<u8>> {
    let length = u32::try_from(body.len() + 4).map_err(io::Error::other)?;
    Ok([&length.to_be_bytes(), body].concat())
}

fn write(writer: &mut UnixStream, texts: &[String]) -> io::Result<()> {
    let mut buffer = Vec::with_capacity(1 << 16);
    for text in texts {
        if text.contains('\0') {
            return Err(io::Error::other("a text with a zero byte"));
        }
        let parse = [b"\0", text.as_bytes(), b"\0\0\0"].concat();
        buffer.push(b'P');
        buffer.extend(sized(&parse)?);
        buffer.extend_from_slice(b"D\0\0\0\x06S\0S\0\0\0\x04");
        if buffer.len() > 1 << 15 {
            writer.write_all(&buffer)?;
            buffer.clear();
        }
    }
    writer.write_all(&buffer)
}

/// The type of the first column of a row description.
fn first_type(body: &[u8]) -> u32 {
    // Count, then for each column its name, its table, its number there, its type ..
    let columns = body.get(2..).unwrap_or_default();
    let Some(end) = columns.iter().position(|byte| *byte == 0) else { return 0 };
    columns.get(end + 7..end + 11).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_be_bytes)
}

fn refusal(body: &[u8]) -> Answer {
    let (mut code, mut message) = (String::new(), String::new());
    for field in body.split(|byte| *byte == 0) {
        match field.split_first() {
            Some((b'C', text)) => code = String::from_utf8_lossy(text).into_owned(),
            Some((b'M', text)) => message = String::from_utf8_lossy(text).into_owned(),
            _ => {}
        }
    }
    Answer::Refused { code, message }
}
