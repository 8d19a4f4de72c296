//! One set and its lock: in step, or how far apart, and the next migration.
//!
//! In: a checked set, its lock, the folder of migrations. Out: a standing; with leave, files. Must not know how
//! sources are read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::sources::slashes;
use super::versions::{Versions, is_name};
use super::write;
use crate::check::Checked;
use crate::diag::{Diagnostic, Part, Place, codes};
use crate::migrate::{Lock, Migration, pending};
use crate::render::{Key, Script, Statement};

/// Where a set and its migrations live.
#[derive(Clone, Debug)]
pub(super) struct Paths {
    /// The package.
    pub(super) root: PathBuf,
    /// The folder of migrations, relative to it.
    pub(super) migrations: PathBuf,
    /// The lock, relative to it.
    pub(super) lock: PathBuf,
    /// What the next migration is called.
    pub(super) name: String,
}

/// How a set stands to its lock.
#[derive(Debug)]
pub(super) enum Standing {
    /// The lock says what the sources say.
    InStep,
    /// The lock says the same in other words.
    Notation,
    /// There is something to migrate.
    Behind(Box<Behind>),
}

/// What is between a lock and a set.
#[derive(Debug)]
pub(super) struct Behind {
    migration: Migration,
    /// What differs, in a few lines.
    summary: Vec<String>,
    /// Whether there is a lock at all.
    locked: bool,
}

/// A set beside its lock.
pub(super) struct Step<'a> {
    checked: &'a Checked,
    script: &'a Script,
    paths: &'a Paths,
    pub(super) standing: Standing,
}

impl<'a> Step<'a> {
    /// Compares a set, rendered to a script, with its lock.
    pub(super) fn compare(checked: &'a Checked, script: &'a Script, paths: &'a Paths) -> Result<Step<'a>, Box<Diagnostic>> {
        let standing = standing(checked, script, paths)?;
        Ok(Step { checked, script, paths, standing })
    }

    /// That the migrations are behind, and how to bring them in step.
    pub(super) fn out_of_step(&self) -> Option<Diagnostic> {
        let Standing::Behind(behind) = &self.standing else { return None };
        let (set, lock) = (&self.checked.set().name, slashes(&self.paths.lock));
        let message = if behind.locked {
            format!("the migrations are out of step with `{set}`")
        } else {
            format!("the policies of `{set}` are in no migration yet: there is no `{lock}`")
        };
        let diagnostic = Diagnostic::new(codes::OUT_OF_STEP, Place::Part(Part::Item), message).of(set.as_str());
        let diagnostic = behind.summary.iter().fold(diagnostic, |all, line| all.note(line.as_str()));
        Some(diagnostic.help("write the next migration: `HEDGEROW_WRITE=1 cargo build`"))
    }

    /// Writes the next migration and moves the lock. What was written, as messages show it.
    pub(super) fn write(&self) -> Result<Vec<PathBuf>, Box<Diagnostic>> {
        let mut written = match &self.standing {
            Standing::InStep => return Ok(Vec::new()),
            Standing::Notation => Vec::new(),
            Standing::Behind(behind) => self.write_migration(&behind.migration)?,
        };
        let lock = self.paths.root.join(&self.paths.lock);
        if let Err(error) = write::replace(&lock, &Lock::write(self.checked)) {
            // The lock moves last: without it there was no migration.
            written.iter().for_each(|path| drop(std::fs::remove_file(self.paths.root.join(path))));
            return Err(Box::new(not_written(&self.paths.lock, &error)));
        }
        if !written.is_empty() {
            written.push(self.paths.lock.clone());
        }
        Ok(written)
    }

    fn write_migration(&self, migration: &Migration) -> Result<Vec<PathBuf>, Box<Diagnostic>> {
        let name = &self.paths.name;
        if !is_name(name) {
            let message = format!("`{name}` cannot be the name of a migration");
            let diagnostic = Diagnostic::new(codes::OUT_OF_STEP, Place::Part(Part::Item), message);
            return Err(Box::new(diagnostic.help("`HEDGEROW_NAME` is small letters, digits and `_`")));
        }
        let relative = &self.paths.migrations;
        let folder = self.paths.root.join(relative);
        let failed = |error: std::io::Error| Box::new(not_written(relative, &error));
        std::fs::create_dir_all(&folder).map_err(failed)?;
        let versions = Versions::read(&folder).map_err(failed)?;
        if let Some(written) = resumed(&versions, migration) {
            return Ok(written.into_iter().filter_map(|path| path.strip_prefix(&self.paths.root).map(Path::to_owned).ok()).collect());
        }
        let version = versions.next();
        let file = |way: &str| format!("{version}_{name}.{way}.sql");
        let (up, down) = (file("up"), file("down"));
        write::create_pair((&folder.join(&up), &migration.up), (&folder.join(&down), &migration.down)).map_err(|error| {
            if error.kind() == std::io::ErrorKind::AlreadyExists {
                return Box::new(already_there(&relative.join(&up)));
            }
            failed(error)
        })?;
        Ok(vec![relative.join(up), relative.join(down)])
    }

    /// The whole SQL of the set.
    pub(super) fn sql(&self) -> String {
        self.script.sql()
    }
}

/// The last migration is the pending one, written by a build that was interrupted: only the lock is missing.
fn resumed(versions: &Versions, migration: &Migration) -> Option<Vec<PathBuf>> {
    let up = versions.last_up.as_ref()?;
    if std::fs::read(up).ok()? != migration.up.as_bytes() {
        return None;
    }
    let name = up.file_name()?.to_string_lossy().into_owned();
    let down = up.with_file_name(format!("{}.down.sql", name.strip_suffix(".up.sql")?));
    match std::fs::read(&down) {
        Ok(text) if text == migration.down.as_bytes() => Some(Vec::new()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => write::create(&down, &migration.down).ok().map(|()| vec![down]),
        _ => None,
    }
}

fn standing(checked: &Checked, script: &Script, paths: &Paths) -> Result<Standing, Box<Diagnostic>> {
    let text = match std::fs::read_to_string(paths.root.join(&paths.lock)) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(bad_lock(paths, &error.to_string())),
    };
    if text.as_ref().is_some_and(|text| *text == Lock::of(checked, script)) {
        return Ok(Standing::InStep);
    }
    let lock = text.as_deref().map(Lock::read).transpose().map_err(|error| bad_lock(paths, &error.to_string()))?;
    let Some(migration) = pending(lock.as_ref(), checked) else { return Ok(Standing::Notation) };
    let before = lock.as_ref().map(|lock| crate::render::render(&lock.checked())).unwrap_or_default();
    Ok(Standing::Behind(Box::new(Behind { migration, summary: summary(&before, script), locked: lock.is_some() })))
}

fn bad_lock(paths: &Paths, error: &str) -> Box<Diagnostic> {
    let diagnostic =
        Diagnostic::new(codes::BAD_LOCK, Place::Part(Part::Item), format!("`{}` cannot be read: {error}", slashes(&paths.lock)))
            .note("it says what the migrations reached; without it the next one cannot be known, so it is left as it is")
            .help("take it from version control, whole; after a merge, one side of it");
    Box::new(diagnostic)
}

fn already_there(up: &Path) -> Diagnostic {
    Diagnostic::new(codes::FILE_EXISTS, Place::Part(Part::Item), format!("`{}` or its `.down.sql` is already there", slashes(up)))
        .note("a migration that was written is never written again")
        .help("another build may have written it: build once more")
}

fn not_written(path: &Path, error: &std::io::Error) -> Diagnostic {
    Diagnostic::new(codes::OUT_OF_STEP, Place::Part(Part::Item), format!("`{}` could not be written: {error}", slashes(path)))
        .note("nothing was changed")
}

/// Statements added, changed and removed, for each object; a few lines.
fn summary(before: &Script, after: &Script) -> Vec<String> {
    const LINES: usize = 8;
    fn by_key(script: &Script) -> BTreeMap<&Key, &Statement> {
        script.statements.iter().map(|statement| (&statement.key, statement)).collect()
    }
    let (old, new) = (by_key(before), by_key(after));
    let mut counts: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    let mut count = |key: &Key, what: usize| {
        if let Some(slot) = counts.entry(key.heading()).or_default().get_mut(what) {
            *slot += 1;
        }
    };
    for (key, statement) in &new {
        match old.get(key) {
            None => count(key, 0),
            Some(other) if other.apply != statement.apply || other.remove != statement.remove => count(key, 1),
            Some(_) => {}
        }
    }
    old.keys().filter(|key| !new.contains_key(*key)).for_each(|key| count(key, 2));
    let mut lines: Vec<String> = counts.iter().take(LINES).map(|(object, counts)| format!("{object}: {}", said(*counts))).collect();
    let more = counts.len().saturating_sub(LINES);
    if more > 0 {
        lines.push(format!("and {more} more"));
    }
    if lines.is_empty() {
        lines.push("the lock was rendered by another version: every statement is written anew".to_owned());
    }
    lines
}

fn said(counts: [usize; 3]) -> String {
    let words = counts.into_iter().zip(["added", "changed", "removed"]).filter(|(count, _)| *count > 0);
    words.map(|(count, word)| format!("{count} {word}")).collect::<Vec<_>>().join(", ")
}
