//! What the build script left for the macros: read once for a compilation.
//!
//! In: the variable that names the files. Out: what is known of the package's sets. Without a build script, and where a
//! file cannot be read, nothing is: an item is then judged by itself.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use policy_core::syntax::Known;

/// A file, and the time it was written.
type Stamp = (PathBuf, Option<SystemTime>);

/// What was read last. An editor expands the items of many packages in one process and keeps it for days, so it counts
/// for these files as they were.
static LAST: Mutex<Option<(Vec<Stamp>, Known)>> = Mutex::new(None);

/// What is known of the package that rustc compiles.
pub(crate) fn known() -> Known {
    let Some(paths) = std::env::var_os(Known::VARIABLE) else { return Known::default() };
    of(std::env::split_paths(&paths).collect())
}

fn of(paths: Vec<PathBuf>) -> Known {
    let stamps: Vec<Stamp> = paths.into_iter().map(|path| (path.clone(), written(&path))).collect();
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, known)) = last.as_ref().filter(|(of, _)| *of == stamps) {
        return known.clone();
    }
    let texts: Vec<String> = stamps.iter().filter_map(|(path, _)| std::fs::read_to_string(path).ok()).collect();
    let known = Known::read(texts.iter().map(String::as_str));
    *last = Some((stamps, known.clone()));
    known
}

fn written(path: &Path) -> Option<SystemTime> {
    std::fs::metadata(path).and_then(|data| data.modified()).ok()
}
