//! A private cluster. In: a folder with `initdb` and `postgres`. Out: a running server that accepts connections on a
//! Unix socket, and that does not outlive this process. Must not know: SQL.
//!
//! A supervisor, one small shell script, is the parent of the server and reads from a pipe that only this process
//! holds open. So the end of this process, in whatever way, is the end of the server and of its folder; the thread that
//! started it may end before. If the supervisor dies too, the next start sweeps what is left.

use std::env;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::Error;
use super::folder::Folder;

const SUPERVISE: &str = include_str!("supervise.sh");

/// How long a server may take to come up, on a machine that does much else.
const LIMIT: Duration = Duration::from_secs(120);

const PAUSE: Duration = Duration::from_millis(5);

/// A running server of our own; stopped and removed on drop.
#[derive(Debug)]
pub(super) struct Cluster {
    folder: Folder,
    /// Holds the pipe.
    supervisor: Child,
}

impl Cluster {
    pub(super) fn start(bin: &Path) -> Result<Self, Error> {
        let bin = fs::canonicalize(bin).map_err(Error::io(format!("opening {}", bin.display())))?;
        let folder = Folder::create()?;
        let program = bin.join("postgres");
        if let Some(account) = folder.account.as_ref().filter(|account| !account.reaches(&program)) {
            return Err(Error::Unreachable { program, account: account.name.clone() });
        }
        let supervisor = supervise(&folder, &bin).map_err(Error::io("starting PostgreSQL"))?;
        let mut cluster = Self { folder, supervisor };
        cluster.wait_until_ready()?;
        Ok(cluster)
    }

    /// The folder of the socket.
    pub(super) fn folder(&self) -> &Path {
        &self.folder.path
    }

    /// The server's major version, as the cluster records it.
    pub(super) fn major(&self) -> Result<u32, Error> {
        let text = fs::read_to_string(self.folder().join("data/PG_VERSION"));
        let text = text.map_err(Error::io("reading PG_VERSION"))?;
        text.trim().parse().map_err(|_| self.failure("PostgreSQL is older than 10"))
    }

    fn wait_until_ready(&mut self) -> Result<(), Error> {
        let start = Instant::now();
        while !self.is_ready() {
            if self.has_exited() {
                return Err(self.failure("PostgreSQL did not start"));
            }
            if start.elapsed() > LIMIT {
                return Err(self.failure("PostgreSQL took too long to start"));
            }
            thread::sleep(PAUSE);
        }
        Ok(())
    }

    fn is_ready(&self) -> bool {
        let status = fs::read_to_string(self.folder().join("data/postmaster.pid"));
        status.is_ok_and(|status| status.lines().nth(7).is_some_and(|line| line.trim() == "ready"))
    }

    fn has_exited(&mut self) -> bool {
        self.folder().join("exited").exists() || !matches!(self.supervisor.try_wait(), Ok(None))
    }

    fn failure(&self, what: &'static str) -> Error {
        let log = fs::read(self.folder().join("log")).unwrap_or_default();
        let log = String::from_utf8_lossy(&log);
        let lines: Vec<&str> = log.lines().collect();
        let tail = lines.len().saturating_sub(12);
        Error::Start { what, log: lines.get(tail..).unwrap_or_default().join("\n") }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Closes the pipe first. Nothing is left to do where this fails: the next start sweeps.
        let _ = self.supervisor.wait();
    }
}

/// Starts the supervisor: in a process group of its own, so that Ctrl-C does not reach it before it reaches us, and
/// without our output, so that nobody waits for it at the end of that.
fn supervise(folder: &Folder, bin: &Path) -> std::io::Result<Child> {
    let mut command = Command::new("/bin/sh");
    command.args(["-c", SUPERVISE, "hedgerow-supervisor"]).arg(&folder.path).arg(bin);
    command.current_dir(&folder.path).process_group(0);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    for (name, _) in env::vars_os().filter(|(name, _)| name.as_bytes().starts_with(b"PG")) {
        command.env_remove(name);
    }
    command.env("LC_ALL", "C").env("TZ", "UTC");
    if let Some(account) = &folder.account {
        account.run(&mut command);
    }
    command.spawn()
}
