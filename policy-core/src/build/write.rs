//! Files that appear whole or not at all.
//!
//! In: texts and paths. Out: files. Must not know what is in them.

use std::io::{Error, ErrorKind, Result, Write};
use std::path::{Path, PathBuf};

/// Writes a file that is not there yet. It appears whole; one that is there is left alone.
pub(super) fn create(path: &Path, text: &str) -> Result<()> {
    let temporary = write_beside(path, text)?;
    // A link fails where a file is; a rename would replace it.
    let linked = std::fs::hard_link(&temporary, path);
    let _ = std::fs::remove_file(&temporary);
    match linked {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(error),
        // Some file systems have no links.
        Err(_) => create_directly(path, text),
    }
}

fn create_directly(path: &Path, text: &str) -> Result<()> {
    let mut file = std::fs::File::create_new(path)?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    if written.is_err() {
        drop(file);
        let _ = std::fs::remove_file(path);
    }
    written
}

/// Writes two files that are not there yet, or neither.
pub(super) fn create_pair(first: (&Path, &str), second: (&Path, &str)) -> Result<()> {
    create(first.0, first.1)?;
    create(second.0, second.1).inspect_err(|_| {
        let _ = std::fs::remove_file(first.0);
    })
}

/// Puts a text in the place of a file at once.
pub(super) fn replace(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let temporary = write_beside(path, text)?;
    std::fs::rename(&temporary, path).inspect_err(|_| {
        let _ = std::fs::remove_file(&temporary);
    })
}

/// Puts a text in the place of a file, unless it says so already; for files that any build makes again.
pub(super) fn refresh(path: &Path, text: &str) -> Result<()> {
    if std::fs::read(path).is_ok_and(|old| old == text.as_bytes()) { Ok(()) } else { std::fs::write(path, text) }
}

fn write_beside(path: &Path, text: &str) -> Result<PathBuf> {
    let name = path.file_name().ok_or_else(|| Error::new(ErrorKind::InvalidInput, "not a path of a file"))?;
    let temporary = path.with_file_name(format!(".{}.{}.tmp", name.to_string_lossy(), std::process::id()));
    let mut file = std::fs::File::create(&temporary)?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    if written.is_err() {
        drop(file);
        let _ = std::fs::remove_file(&temporary);
    }
    written.map(|()| temporary)
}
