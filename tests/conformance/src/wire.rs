//! A session on a server's socket, spoken to in messages. In: a private server's socket. Out: its messages, one by one. Must not know:
//! what is asked.
//!
//! Many questions are under way at once: one thread writes while another reads, so neither side waits for the other. Source: PostgreSQL
//! documentation, chapter "Frontend/Backend Protocol".

use std::io::{self, BufReader, Read, Write};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::thread;

use sqlx::postgres::PgConnectOptions;

use crate::Failure;

/// Refused texts are many, and each would be a line in the server's log.
const OPTIONS: &str = "-c log_min_messages=panic -c log_min_error_statement=panic -c client_min_messages=error -c search_path=public";

/// A session.
#[derive(Debug)]
pub struct Wire {
    reader: BufReader<UnixStream>,
    writer: UnixStream,
    body: Vec<u8>,
}

impl Wire {
    /// Connects. The server must ask for no password.
    ///
    /// # Errors
    /// What the socket or the server says; that there is no socket.
    pub fn connect(options: &PgConnectOptions) -> Result<Wire, Failure> {
        let folder = options.get_socket().ok_or("a session needs a server on a Unix socket: unset DATABASE_URL")?;
        let writer = UnixStream::connect(folder.join(format!(".s.PGSQL.{}", options.get_port())))?;
        let mut wire = Wire { reader: BufReader::with_capacity(1 << 16, writer.try_clone()?), writer, body: Vec::new() };
        let database = options.get_database().unwrap_or_default();
        let mut body = 196_608_u32.to_be_bytes().to_vec();
        for word in ["user", options.get_username(), "database", database, "options", OPTIONS, ""] {
            body.extend_from_slice(word.as_bytes());
            body.push(0);
        }
        wire.writer.write_all(&sized(&body)?)?;
        loop {
            match wire.message()? {
                b'Z' => return Ok(wire),
                b'E' => return Err(refusal(&wire.body).1.into()),
                b'R' if wire.body != [0; 4] => return Err("the server asks for a password".into()),
                _ => {}
            }
        }
    }

    /// Sends questions as `write` puts them in bytes, and reads an answer to each with `read`.
    ///
    /// # Errors
    /// What the socket says, or either of the two.
    pub fn ask<T: Sync, A>(
        &mut self,
        questions: &[T],
        write: impl Fn(&T, &mut Vec<u8>) -> io::Result<()> + Send,
        read: impl Fn(&mut Wire) -> io::Result<A>,
    ) -> io::Result<Vec<A>> {
        let mut writer = self.writer.try_clone()?;
        thread::scope(|scope| {
            let writing = scope.spawn(move || send(&mut writer, questions, write));
            let answers: io::Result<Vec<A>> = questions.iter().map(|_| read(self)).collect();
            if answers.is_err() {
                // A writer that nobody reads after must not wait for ever.
                let _ = self.writer.shutdown(Shutdown::Both);
            }
            let written = writing.join().unwrap_or_else(|_| Err(io::Error::other("the writer panicked")));
            answers.and_then(|answers| written.map(|()| answers))
        })
    }

    /// The next message: its letter; its body is kept.
    ///
    /// # Errors
    /// What the socket says.
    pub fn message(&mut self) -> io::Result<u8> {
        let mut head = [0; 5];
        self.reader.read_exact(&mut head)?;
        let length = u32::from_be_bytes([head[1], head[2], head[3], head[4]]);
        let length = usize::try_from(length.saturating_sub(4)).map_err(io::Error::other)?;
        self.body.resize(length, 0);
        self.reader.read_exact(&mut self.body)?;
        Ok(head[0])
    }

    /// The body of the last message.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

fn send<T>(writer: &mut UnixStream, questions: &[T], write: impl Fn(&T, &mut Vec<u8>) -> io::Result<()>) -> io::Result<()> {
    let mut buffer = Vec::with_capacity(1 << 16);
    for question in questions {
        write(question, &mut buffer)?;
        if buffer.len() > 1 << 15 {
            writer.write_all(&buffer)?;
            buffer.clear();
        }
    }
    writer.write_all(&buffer)
}

/// A body with its length before it.
///
/// # Errors
/// That it is too long for a message.
pub fn sized(body: &[u8]) -> io::Result<Vec<u8>> {
    let length = u32::try_from(body.len() + 4).map_err(io::Error::other)?;
    Ok([&length.to_be_bytes(), body].concat())
}

/// A text for a message.
///
/// # Errors
/// That it holds a zero byte.
pub fn text(text: &str) -> io::Result<&[u8]> {
    if text.contains('\0') { Err(io::Error::other("a text with a zero byte")) } else { Ok(text.as_bytes()) }
}

/// The SQLSTATE and the message of an error.
#[must_use]
pub fn refusal(body: &[u8]) -> (String, String) {
    let (mut code, mut message) = (String::new(), String::new());
    for field in body.split(|byte| *byte == 0) {
        match field.split_first() {
            Some((b'C', text)) => code = String::from_utf8_lossy(text).into_owned(),
            Some((b'M', text)) => message = String::from_utf8_lossy(text).into_owned(),
            _ => {}
        }
    }
    (code, message)
}
