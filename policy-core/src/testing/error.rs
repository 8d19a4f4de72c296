//! What can go wrong on the way to a test server. In: facts of the failure. Out: one message that says what to do.
//! Must not know: how the server is found or started.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why there is no test server, or no test database.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// No source offers a server.
    NoServer,
    /// No installed server has this major version.
    NoMajor {
        /// The major version asked for.
        wanted: u32,
        /// The major versions there are.
        installed: Vec<u32>,
    },
    /// `HEDGEROW_MAJORS` is neither `ends` nor `all` nor numbers.
    BadMajors(String),
    /// `PG_BIN` names a folder without `initdb` and `postgres`.
    BadPgBin(PathBuf),
    /// Root has to step down to an account that cannot reach the server's programs.
    Unreachable {
        /// The program out of reach.
        program: PathBuf,
        /// The account that would run it.
        account: String,
    },
    /// PostgreSQL refuses to run as root, and there is no account to step down to.
    NoAccount,
    /// A file, folder or process could not be handled.
    Io {
        /// What was being done.
        doing: String,
        /// The system's answer.
        source: io::Error,
    },
    /// The server did not come up.
    Start {
        /// What happened.
        what: &'static str,
        /// The end of the server's log.
        log: String,
    },
    /// The server refused.
    Sql {
        /// What was being done.
        doing: String,
        /// The server's answer.
        source: sqlx::Error,
    },
}

impl Error {
    pub(super) fn io(doing: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let doing = doing.into();
        move |source| Self::Io { doing, source }
    }

    pub(super) fn sql(doing: impl Into<String>) -> impl FnOnce(sqlx::Error) -> Self {
        let doing = doing.into();
        move |source| Self::Sql { doing, source }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoServer => f.write_str(
                "no PostgreSQL server found: install one (Debian/Ubuntu: apt-get install postgresql), \
                 or set PG_BIN to a folder with initdb and postgres, or DATABASE_URL to a server",
            ),
            Self::NoMajor { wanted, installed } => write_no_major(f, *wanted, installed),
            Self::BadMajors(text) => {
                write!(f, "HEDGEROW_MAJORS is set to `{text}`: write `ends`, `all`, or majors such as `14,18`")
            }
            Self::BadPgBin(folder) => {
                write!(f, "PG_BIN is set to `{}`, which has no initdb and postgres", folder.display())
            }
            Self::Unreachable { program, account } => write!(
                f,
                "`{}` is out of reach for `{account}`, the account that root steps down to: \
                 move it below a folder open to every account, and set PG_BIN or HEDGEROW_PG_CACHE to it",
                program.display()
            ),
            Self::NoAccount => f.write_str(
                "PostgreSQL refuses to run as root, and /etc/passwd has neither `postgres` nor `nobody`: \
                 run the tests as another user",
            ),
            Self::Io { doing, source } => write!(f, "{doing}: {source}"),
            Self::Start { what, log } => write!(f, "{what}; the end of its log:\n{log}"),
            Self::Sql { doing, source } => write!(f, "{doing}: {source}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Sql { source, .. } => Some(source),
            _ => None,
        }
    }
}

fn write_no_major(f: &mut fmt::Formatter<'_>, wanted: u32, installed: &[u32]) -> fmt::Result {
    write!(f, "no PostgreSQL {wanted} found")?;
    if !installed.is_empty() {
        let majors: Vec<String> = installed.iter().map(u32::to_string).collect();
        write!(f, " (there is {})", majors.join(", "))?;
    }
    write!(
        f,
        ": install it (Debian/Ubuntu: apt-get install postgresql-{wanted}), \
         or unpack one into `$HEDGEROW_PG_CACHE/{wanted}`, so that it holds bin/initdb and bin/postgres"
    )
}
