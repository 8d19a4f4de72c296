//! Where a server can come from. In: an [`Environment`], read from the process once. Out: a [`Source`], or a message
//! that says how to get one. Must not know: how a server is started.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{DatabaseUrl, Error};

/// Every place that is searched. The default is a machine without any.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    /// `DATABASE_URL`.
    pub database_url: Option<DatabaseUrl>,
    /// `PG_BIN`.
    pub pg_bin: Option<PathBuf>,
    /// The folder of the installed majors: `/usr/lib/postgresql`.
    pub system: Option<PathBuf>,
    /// The folders of `PATH`.
    pub path: Vec<PathBuf>,
    /// The folder of the unpacked majors.
    pub cache: Option<PathBuf>,
    /// `HEDGEROW_MAJORS`: the majors that [`Server::each_major`](super::Server::each_major) takes.
    pub majors: Option<String>,
}

impl Environment {
    /// What this process sees. An empty variable counts as unset.
    #[must_use]
    pub fn current() -> Self {
        let set = |name| env::var_os(name).filter(|value| !value.is_empty());
        let cache = || {
            let caches = set("XDG_CACHE_HOME").map(PathBuf::from);
            let caches = caches.or_else(|| set("HOME").map(|home| Path::new(&home).join(".cache")));
            caches.map(|caches| caches.join("hedgerow").join("postgresql"))
        };
        Self {
            database_url: set("DATABASE_URL").map(|url| DatabaseUrl::new(url.to_string_lossy())),
            pg_bin: set("PG_BIN").map(PathBuf::from),
            system: Some(PathBuf::from("/usr/lib/postgresql")),
            path: set("PATH").map(|path| env::split_paths(&path).collect()).unwrap_or_default(),
            cache: set("HEDGEROW_PG_CACHE").map(PathBuf::from).or_else(cache),
            majors: set("HEDGEROW_MAJORS").map(|majors| majors.to_string_lossy().into_owned()),
        }
    }

    /// The same without `DATABASE_URL`: a private cluster is wanted.
    #[must_use]
    pub fn private(self) -> Self {
        Self { database_url: None, ..self }
    }

    /// The programs of every installed major, by major.
    #[must_use]
    pub fn installed(&self) -> BTreeMap<u32, PathBuf> {
        let mut found = BTreeMap::new();
        let loose = |bin: &PathBuf| is_bin(bin).then(|| Some((major_of(bin)?, bin.clone()))).flatten();
        found.extend(majors(self.cache.as_deref()));
        // A later source overrides: the order of `find`, backwards.
        found.extend(self.path.iter().rev().filter_map(loose));
        found.extend(majors(self.system.as_deref()));
        found.extend(self.pg_bin.iter().filter_map(loose));
        found
    }
}

/// A place that a server comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A server that already runs.
    Existing(DatabaseUrl),
    /// A folder with `initdb` and `postgres`.
    Installed(PathBuf),
}

/// The first source of `environment`, in the order of the [module](super).
///
/// # Errors
/// [`Error::NoServer`], or [`Error::BadPgBin`].
pub fn find(environment: &Environment) -> Result<Source, Error> {
    if let Some(url) = &environment.database_url {
        return Ok(Source::Existing(url.clone()));
    }
    if let Some(bin) = &environment.pg_bin {
        return if is_bin(bin) { Ok(Source::Installed(bin.clone())) } else { Err(Error::BadPgBin(bin.clone())) };
    }
    let newest = |root: Option<&Path>| majors(root).into_values().next_back();
    newest(environment.system.as_deref())
        .or_else(|| environment.path.iter().find(|bin| is_bin(bin)).cloned())
        .or_else(|| newest(environment.cache.as_deref()))
        .map(Source::Installed)
        .ok_or(Error::NoServer)
}

/// The programs of one major. `DATABASE_URL` is not asked: its server has the major that it has.
///
/// # Errors
/// [`Error::NoMajor`].
pub fn find_major(environment: &Environment, major: u32) -> Result<Source, Error> {
    let mut installed = environment.installed();
    installed
        .remove(&major)
        .map(Source::Installed)
        .ok_or_else(|| Error::NoMajor { wanted: major, installed: installed.into_keys().collect() })
}

/// `root/<major>/bin`, for every major below `root`.
fn majors(root: Option<&Path>) -> BTreeMap<u32, PathBuf> {
    let entries = root.and_then(|root| fs::read_dir(root).ok()).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, bin)| is_bin(bin))
        .collect()
}

fn is_bin(folder: &Path) -> bool {
    folder.join("initdb").is_file() && folder.join("postgres").is_file()
}

/// The major of a folder whose name does not tell, asked of the program.
fn major_of(bin: &Path) -> Option<u32> {
    let output = Command::new(bin.join("postgres")).arg("--version").output().ok()?;
    parse_major(&String::from_utf8_lossy(&output.stdout))
}

/// `postgres (PostgreSQL) 17.2 (Debian 17.2-1)` is 17, `postgres (PostgreSQL) 19beta1` is 19.
fn parse_major(version: &str) -> Option<u32> {
    let number = version.split_whitespace().nth(2)?;
    number.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_major() {
        assert_eq!(parse_major("postgres (PostgreSQL) 17.2 (Debian 17.2-1.pgdg120+1)\n"), Some(17));
        assert_eq!(parse_major("postgres (PostgreSQL) 19beta1\n"), Some(19));
        assert_eq!(parse_major("command not found"), None);
        assert_eq!(parse_major(""), None);
    }
}
