//! What the sources declare, in a file for the macros: they see one item each, and judge it by the others.
//!
//! In: what is known of the sets of one builder. Out: its file in `OUT_DIR`, and those of the builders that ran before it
//! in this build script, because cargo keeps one value of a variable. Must not know what the macros do with them.

use std::collections::BTreeMap;
use std::io::Error;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::write;
use crate::model::KnownSet;
use crate::syntax::Known;

/// The builders of this process by the folder that they write to, each by its sources, in the order of their first runs.
static RUNS: Mutex<BTreeMap<PathBuf, Vec<Vec<PathBuf>>>> = Mutex::new(BTreeMap::new());

/// Writes the file of the builder with these sources. The files of all builders so far, this one's among them.
pub(super) fn write(folder: &Path, sources: &[PathBuf], known: &[KnownSet]) -> Result<Vec<PathBuf>, (PathBuf, Error)> {
    let (number, count) = register(folder, sources);
    let file =
        |number: usize| folder.join(if number == 0 { "hedgerow.items".to_owned() } else { format!("hedgerow.{}.items", number + 1) });
    let path = file(number);
    match write::refresh(&path, &Known::write(known)) {
        Ok(()) => Ok((0..count).map(file).collect()),
        Err(error) => Err((path, error)),
    }
}

/// The number of a builder among those of its folder, and how many there are.
fn register(folder: &Path, sources: &[PathBuf]) -> (usize, usize) {
    let mut runs = RUNS.lock().unwrap_or_else(PoisonError::into_inner);
    let of_folder = runs.entry(folder.to_owned()).or_default();
    let number = of_folder.iter().position(|other| other == sources).unwrap_or_else(|| {
        of_folder.push(sources.to_vec());
        of_folder.len() - 1
    });
    (number, of_folder.len())
}
