//! Source files: which there are, and what they hold.
//!
//! In: folders and files. Out: texts, always in the same order, and a fault for what cannot be read.
//! Must not know Rust.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::fault::Fault;
use crate::diag::{Diagnostic, Part, Place, codes};
use crate::syntax::Files;

/// A source file.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its path as messages show it: relative to the package, with `/`.
    pub shown: String,
    /// Its text.
    pub text: String,
    /// The folder of its package: where `body_file` and `query_file` are found. None for a text that is in memory only.
    pub folder: Option<PathBuf>,
}

impl Source {
    /// What reads the files that its items name.
    pub(super) fn reader(&self) -> Files {
        let folder = self.folder.clone();
        Rc::new(move |path| match &folder {
            Some(folder) => std::fs::read_to_string(folder.join(path)).map_err(|error| error.to_string()),
            None => Err("the source is in no package".to_owned()),
        })
    }
}

/// The nearest folder above a file that holds a `Cargo.toml`.
fn package_of(file: &Path) -> Option<PathBuf> {
    file.ancestors().skip(1).find(|folder| folder.join("Cargo.toml").is_file()).map(Path::to_owned)
}

/// What was found under some paths.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// The files, in the order of their paths.
    pub(super) files: Vec<Source>,
    /// What a change of must run the build script again.
    pub(super) watched: Vec<PathBuf>,
    /// What could not be read.
    pub(super) faults: Vec<Fault>,
}

/// Reads every `.rs` file under the paths.
pub(super) fn read(root: &Path, paths: &[PathBuf]) -> Sources {
    let mut reader = Reader { root, seen: BTreeSet::new(), found: Sources::default() };
    for path in paths {
        let full = root.join(path);
        match std::fs::metadata(&full) {
            Ok(data) if data.is_dir() => {
                reader.found.watched.push(full.clone());
                reader.folder(&full, path);
            }
            Ok(_) => reader.file(&full, path),
            Err(error) => reader.unreadable(path, &error.to_string(), "`sources` names folders and files, relative to Cargo.toml"),
        }
    }
    reader.found.files.sort_by(|a, b| a.shown.cmp(&b.shown));
    reader.found.watched.sort();
    reader.found
}

struct Reader<'a> {
    root: &'a Path,
    /// Every file and folder once, also where links lead back.
    seen: BTreeSet<PathBuf>,
    found: Sources,
}

impl Reader<'_> {
    fn is_new(&mut self, full: &Path) -> bool {
        self.seen.insert(full.canonicalize().unwrap_or_else(|_| full.to_owned()))
    }

    fn folder(&mut self, full: &Path, shown: &Path) {
        let mut waiting = vec![(full.to_owned(), shown.to_owned())];
        while let Some((full, shown)) = waiting.pop() {
            if !self.is_new(&full) {
                continue;
            }
            let entries = match std::fs::read_dir(&full) {
                Ok(entries) => entries,
                Err(error) => {
                    self.unreadable(&shown, &error.to_string(), "make the folder readable");
                    continue;
                }
            };
            for entry in entries.flatten() {
                let (name, full) = (entry.file_name(), entry.path());
                let shown = shown.join(&name);
                let hidden = name.to_string_lossy().starts_with('.') || name == "target";
                if full.is_dir() {
                    if !hidden {
                        waiting.push((full, shown));
                    }
                } else if full.extension().is_some_and(|extension| extension == "rs") {
                    self.file(&full, &shown);
                }
            }
        }
    }

    fn file(&mut self, full: &Path, shown: &Path) {
        if !self.is_new(full) {
            return;
        }
        self.found.watched.push(full.to_owned());
        match std::fs::read_to_string(full) {
            Ok(text) => self.found.files.push(Source { shown: slashes(shown), text, folder: package_of(full) }),
            Err(error) => self.unreadable(shown, &error.to_string(), "a source file is UTF-8 text"),
        }
    }

    fn unreadable(&mut self, shown: &Path, error: &str, help: &str) {
        let message = format!("cannot read `{}` in `{}`: {error}", slashes(shown), slashes(self.root));
        let diagnostic = Diagnostic::new(codes::UNREADABLE, Place::Part(Part::Item), message).help(help);
        self.found.faults.push(Fault::of_build(diagnostic));
    }
}

/// A path with `/` on every system.
pub(super) fn slashes(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
