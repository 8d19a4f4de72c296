//! The account that runs a server for root. In: `/etc/passwd`. Out: an account without rights, and whether it can reach
//! a path. Must not know: what is run. PostgreSQL refuses to run as root.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use super::Error;

/// An account to step down to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Account {
    pub(super) name: String,
    pub(super) uid: u32,
    pub(super) gid: u32,
}

impl Account {
    /// The account for a process of user `uid`: none but for root, who has to step down.
    pub(super) fn below(uid: u32) -> Result<Option<Self>, Error> {
        if uid != 0 {
            return Ok(None);
        }
        let passwd = fs::read_to_string("/etc/passwd").map_err(Error::io("reading /etc/passwd"))?;
        let find = |name| passwd.lines().find_map(|line| parse(line, name));
        find("postgres").or_else(|| find("nobody")).map(Some).ok_or(Error::NoAccount)
    }

    /// Makes `command` run as this account.
    pub(super) fn run(&self, command: &mut Command) {
        command.uid(self.uid).gid(self.gid);
    }

    /// Whether this account can open what lies at `path`: every folder above it lets it pass.
    pub(super) fn reaches(&self, path: &Path) -> bool {
        let Ok(path) = fs::canonicalize(path) else {
            return false;
        };
        path.ancestors().skip(1).all(|folder| fs::metadata(folder).is_ok_and(|found| self.passes(&found)))
    }

    fn passes(&self, folder: &fs::Metadata) -> bool {
        let bit = match (folder.uid() == self.uid, folder.gid() == self.gid) {
            (true, _) => 0o100,
            (false, true) => 0o010,
            (false, false) => 0o001,
        };
        folder.mode() & bit != 0
    }
}

/// The account of one line of `/etc/passwd`, if it is called `name` and is not root by another name.
fn parse(line: &str, name: &str) -> Option<Account> {
    let mut fields = line.split(':');
    if fields.next() != Some(name) {
        return None;
    }
    let (uid, gid) = (fields.nth(1)?.parse().ok()?, fields.next()?.parse().ok()?);
    (uid != 0).then(|| Account { name: name.to_owned(), uid, gid })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_line_of_passwd() {
        let line = "nobody:x:65534:65533:nobody:/nonexistent:/usr/sbin/nologin";
        let nobody = Account { name: "nobody".to_owned(), uid: 65534, gid: 65533 };
        assert_eq!(parse(line, "nobody"), Some(nobody));
        assert_eq!(parse(line, "nob"), None);
        assert_eq!(parse("postgres:x:0:0::/:", "postgres"), None);
        assert_eq!(parse("nobody:*:-2:-2::/:", "nobody"), None);
    }
}
