//! How a server is reached. In: a `DATABASE_URL`, or the socket folder of a private cluster. Out: connect options and
//! URLs for any role and database of that server. Must not know: who started it. INVARIANT: passwords are never shown
//! by `Debug`.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use sqlx::ConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgSslMode};

use super::Error;

/// The port of a private cluster: part of its socket's name, never bound.
pub(super) const PORT: u16 = 5432;

/// The name of the superuser of a private cluster.
pub(super) const SUPERUSER: &str = "postgres";

/// The URL of a server that already runs. `Debug` hides it, for it may hold a password.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// Takes the URL as it is; whether it can be used is seen when it is.
    pub fn new(url: impl Into<String>) -> Self {
        Self(url.into())
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DatabaseUrl(..)")
    }
}

/// One server, as seen by its clients.
#[derive(Clone)]
pub(super) struct Address {
    options: PgConnectOptions,
    scheme: String,
    /// Percent-encoded.
    password: Option<String>,
    /// Host and port, still encoded.
    host: String,
    /// `?key=value&..`, still encoded, or nothing.
    query: String,
}

impl Address {
    pub(super) fn socket(folder: &Path) -> Self {
        let options = PgConnectOptions::new_without_pgpass()
            .socket(folder)
            .port(PORT)
            .username(SUPERUSER)
            .database(SUPERUSER)
            .ssl_mode(PgSslMode::Disable);
        Self {
            options,
            scheme: "postgres".to_owned(),
            password: None,
            host: format!("{}:{PORT}", encode(&folder.to_string_lossy())),
            query: "?sslmode=disable".to_owned(),
        }
    }

    pub(super) fn parse(DatabaseUrl(url): &DatabaseUrl) -> Result<Self, Error> {
        let options = PgConnectOptions::from_str(url).map_err(Error::sql("reading DATABASE_URL"))?;
        let (scheme, rest) = url.split_once("://").unwrap_or(("postgres", ""));
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, _database) = rest.split_once('/').unwrap_or((rest, ""));
        let (_user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
        Ok(Self {
            scheme: scheme.to_owned(),
            password: password_of(&options),
            options,
            host: host.to_owned(),
            query: without_role_and_database(query),
        })
    }

    /// The options of the connecting superuser, in the database it connects to first.
    pub(super) fn admin(&self) -> &PgConnectOptions {
        &self.options
    }

    /// The password of the connecting superuser, in clear, if it has one.
    pub(super) fn password(&self) -> Option<String> {
        self.password.as_deref().map(decode)
    }

    pub(super) fn options(&self, role: &str, database: &str) -> PgConnectOptions {
        self.options.clone().username(role).database(database)
    }

    pub(super) fn url(&self, role: &str, database: &str) -> String {
        let Self { scheme, password, host, query, .. } = self;
        let password = password.iter().map(|password| format!(":{password}")).collect::<String>();
        let (role, database) = (encode(role), encode(database));
        format!("{scheme}://{role}{password}@{host}/{database}{query}")
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Address").field("host", &self.host).finish_non_exhaustive()
    }
}

/// The password, wherever it came from: the URL, its parameters, `PGPASSWORD` or the password file. Only a URL shows it,
/// and only one of plain names is sure to be built.
fn password_of(options: &PgConnectOptions) -> Option<String> {
    let plain = options.clone().host("localhost").username("x").database("x");
    plain.to_url_lossy().password().map(str::to_owned)
}

/// The parameters of a URL that name neither the role nor the database, with the `?` before them.
fn without_role_and_database(query: &str) -> String {
    let kept: Vec<&str> =
        query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("user=") && !pair.starts_with("dbname=")).collect();
    if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) }
}

fn decode(text: &str) -> String {
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let mut digit = || char::from(bytes.next()?).to_digit(16)?.try_into().ok();
        let coded = if byte == b'%' { digit().zip(digit()) } else { None };
        decoded.push(coded.map_or(byte, |(high, low): (u8, u8)| high << 4 | low));
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// Percent-encodes everything that is not unreserved in a URL.
fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn a_url_keeps_host_password_and_parameters() {
        let url = DatabaseUrl::new("postgresql://me:p%40ss@db.example:6543/dev?sslmode=disable&user=x&dbname=y");
        let address = Address::parse(&url).unwrap();
        assert_eq!(address.url("app", "t 1"), "postgresql://app:p%40ss@db.example:6543/t%201?sslmode=disable");
        assert_eq!(address.password().as_deref(), Some("p@ss"));
        let options = address.options("app", "t 1");
        assert_eq!((options.get_username(), options.get_database()), ("app", Some("t 1")));
        assert_eq!((options.get_host(), options.get_port()), ("db.example", 6543));
        assert!(!format!("{url:?} {address:?}").contains("ss@"));
    }

    #[test]
    fn a_socket_url_reads_back() {
        let address = Address::socket(Path::new("/tmp/a b"));
        let options = PgConnectOptions::from_str(&address.url("we@ird/role", "d?b")).unwrap();
        assert_eq!(options.get_socket().map(|path| path.as_path()), Some(Path::new("/tmp/a b")));
        assert_eq!((options.get_username(), options.get_database()), ("we@ird/role", Some("d?b")));
    }
}
