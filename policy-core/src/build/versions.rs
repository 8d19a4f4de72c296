//! The next migration's version and files.
//!
//! In: the names in the folder of migrations. Out: the next name. Must not know what a migration says.

use std::path::{Path, PathBuf};

/// The migrations that are there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Versions {
    /// The highest version, as written.
    highest: Option<(u64, usize)>,
    /// Its up file.
    pub(super) last_up: Option<PathBuf>,
}

/// Digits of a version where there is none to go by.
const WIDTH: usize = 4;

impl Versions {
    /// Reads the names in a folder: `<version>_<name>.sql`, as sqlx does. A folder that is not there holds none.
    pub(super) fn read(folder: &Path) -> std::io::Result<Versions> {
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Versions::default()),
            Err(error) => return Err(error),
        };
        let mut versions = Versions::default();
        for entry in entries {
            let path = entry?.path();
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            versions.add(&name, path);
        }
        Ok(versions)
    }

    fn add(&mut self, name: &str, path: PathBuf) {
        let Some((digits, _)) = name.split_once('_').filter(|_| name.ends_with(".sql")) else { return };
        let Ok(version) = digits.parse::<u64>() else { return };
        let highest = self.highest.map(|(version, _)| version);
        if highest.is_none_or(|highest| version > highest) {
            self.highest = Some((version, digits.len()));
            self.last_up = None;
        }
        if highest.is_none_or(|highest| version >= highest) && name.ends_with(".up.sql") {
            self.last_up = Some(path);
        }
    }

    /// The version after the highest, as wide as that is.
    pub(super) fn next(&self) -> String {
        let (highest, width) = self.highest.unwrap_or((0, WIDTH));
        format!("{:0width$}", highest.saturating_add(1))
    }
}

/// Whether a text can be the name of a migration.
pub(super) fn is_name(name: &str) -> bool {
    !name.is_empty() && name.len() <= 100 && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_version_is_as_wide_as_the_highest() {
        for (names, next) in [
            (&[][..], "0001"),
            (&["0009_a.sql", "0010_b.up.sql", "0010_b.down.sql", "README.md", "x_1.sql"], "0011"),
            (&["1_a.sql", "9_b.sql"], "10"),
            (&["20240131235959_a.up.sql", "1_b.sql"], "20240131235960"),
            (&["0003_a.sql", "no_version.sql", "99999999999999999999999_x.sql"], "0004"),
        ] {
            let mut versions = Versions::default();
            names.iter().for_each(|name| versions.add(name, PathBuf::from(name)));
            assert_eq!(versions.next(), next, "{names:?}");
        }
    }
}
