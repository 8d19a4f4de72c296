//! All source files: from texts to everything that is declared in them.
//!
//! In: sources. Out: items, sets, types, faults, in the order of the files. Files are independent of each other,
//! so they are read on several threads; the result does not depend on how many.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::fault::{Fault, Stops};
use super::file::{self, Declared, DeclaredSet, FileScan, Module, conditional_words};
use super::sources::{self, Source};
use super::types::DeclaredType;
use crate::diag::{Diagnostic, Part, Place, codes};

/// A deep type or predicate is read by recursion: no usual text comes near this.
const STACK: usize = 64 << 20;

/// Everything that some sources declare.
#[derive(Debug, Default)]
pub struct Scan {
    /// The files.
    pub files: Vec<Source>,
    /// Annotated items.
    pub items: Vec<Declared>,
    /// Sets.
    pub sets: Vec<DeclaredSet>,
    /// Items with `#[derive(sqlx::Type)]`.
    pub types: Vec<DeclaredType>,
    /// Every fault so far.
    pub faults: Vec<Fault>,
    /// What a change of must run the build script again.
    pub watched: Vec<PathBuf>,
}

/// Reads folders and files; the paths are relative to the root.
#[must_use]
pub fn scan(root: &Path, paths: &[PathBuf]) -> Scan {
    let sources::Sources { files, watched, faults } = sources::read(root, paths);
    let scan = scan_texts(files);
    let watched = watched.into_iter().chain(scan.watched.iter().cloned()).collect();
    Scan { watched, faults: faults.into_iter().chain(scan.faults).collect(), ..scan }
}

/// Reads texts that are in memory.
#[must_use]
pub fn scan_texts(files: Vec<Source>) -> Scan {
    let mut scans = read_all(&files);
    apply_modules(&files, &mut scans);
    let mut all = Scan { files, ..Scan::default() };
    for scan in scans {
        all.items.extend(scan.items);
        all.sets.extend(scan.sets);
        all.types.extend(scan.types);
        all.faults.extend(scan.faults);
        all.watched.extend(scan.files);
    }
    all
}

fn read_all(files: &[Source]) -> Vec<FileScan> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            match files.get(number) {
                Some(source) => done.push((number, file::scan(source, number))),
                None => return done,
            }
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(files.len()).min(16);
    let mut done: Vec<(usize, FileScan)> = std::thread::scope(|scope| {
        let started = (0..threads).filter_map(|_| std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).ok());
        let started: Vec<_> = started.collect();
        started.into_iter().filter_map(|thread| thread.join().ok()).flatten().collect()
    });
    // What no thread brought back, for want of threads or because one died, is read here or reported.
    done.extend(work());
    done.sort_by_key(|(number, _)| *number);
    let mut scans: Vec<FileScan> = Vec::new();
    for (number, scan) in done {
        while scans.len() < number {
            scans.push(lost(files.get(scans.len())));
        }
        scans.push(scan);
    }
    while scans.len() < files.len() {
        scans.push(lost(files.get(scans.len())));
    }
    scans
}

fn lost(source: Option<&Source>) -> FileScan {
    let name = source.map_or("", |source| source.shown.as_str());
    let diagnostic = Diagnostic::new(codes::UNREADABLE, Place::Part(Part::Item), format!("reading `{name}` failed"));
    FileScan { faults: vec![Fault::of_build(diagnostic.help("please report this file"))], ..FileScan::default() }
}

/// `#[cfg(..)] mod x;` in one file says something of what stands in others.
fn apply_modules(files: &[Source], scans: &mut [FileScan]) {
    let declared = files.iter().zip(scans.iter()).flat_map(|(source, scan)| scan.modules.iter().map(move |module| (source, module)));
    let modules: Vec<(String, bool, String)> =
        declared.map(|(source, module)| (place_of(&source.shown, module), module.test, source.shown.clone())).collect();
    for (place, test, said) in &modules {
        for (source, scan) in files.iter().zip(scans.iter_mut()) {
            let below = source.shown.strip_prefix(place.as_str()).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'));
            if below && *test {
                *scan = FileScan::default();
            } else if below {
                // Whether rustc reads the file is not known here.
                scan.faults.iter_mut().for_each(|fault| fault.stops = Stops::Build);
                for item in &scan.items {
                    let message = format!("`{}` exists under a condition only: see `mod` in `{said}`", item.name);
                    scan.faults.push(Fault::at(conditional_words(&item.name, message), source, item.position.clone()));
                }
            }
        }
    }
}

/// Where a module's file stands, without `.rs` or `/mod.rs`.
fn place_of(file: &str, module: &Module) -> String {
    let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
    let own = match name {
        "lib.rs" | "main.rs" | "mod.rs" => None,
        other => other.strip_suffix(".rs"),
    };
    let parts = [folder].into_iter().filter(|part| !part.is_empty()).chain(own).chain(module.path.iter().map(String::as_str));
    parts.collect::<Vec<_>>().join("/")
}
