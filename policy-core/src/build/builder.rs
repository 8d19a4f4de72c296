//! The build edge as a build script and a command use it.
//!
//! In: where sources, migrations and the lock are. Out: SQL in `OUT_DIR`, instructions for cargo, and the next
//! migration if it was asked for.

use std::path::{Path, PathBuf};

use super::environment::Environment;
use super::fault::{Fault, Stops};
use super::items;
use super::report::Report;
use super::scan::scan;
use super::sets::assemble;
use super::sources::slashes;
use super::step::{Paths, Step};
use super::write;
use crate::check::Checked;
use crate::diag::{Diagnostic, Part, Place, codes};
use crate::render::render;
use crate::syntax;

/// Where things are, relative to the package.
#[derive(Clone, Debug)]
pub struct Builder {
    sources: Vec<PathBuf>,
    migrations: PathBuf,
    lock: PathBuf,
}

impl Default for Builder {
    fn default() -> Self {
        Builder { sources: vec!["src".into()], migrations: "migrations".into(), lock: "policy.lock".into() }
    }
}

/// What a build came to.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Every fault.
    pub report: Report,
    /// Migrations and locks that were written, relative to the package.
    pub written: Vec<PathBuf>,
    /// The files that tell the macros what the sources declare: of this builder and of those before it.
    pub items: Vec<PathBuf>,
    /// What a change of must run the build script again.
    pub watched: Vec<PathBuf>,
}

/// Stands in the place of the SQL while there are faults. It is no SQL: who applies it is told.
const NOTHING: &str = "hedgerow: there is no SQL, because the sources have faults; the build says which\n";

impl Builder {
    /// `src`, `migrations` and `policy.lock`.
    #[must_use]
    pub fn new() -> Builder {
        Builder::default()
    }

    /// The folders and files that declare items, also those of other crates: `["src", "../models/src"]`.
    #[must_use]
    pub fn sources<P: Into<PathBuf>>(mut self, paths: impl IntoIterator<Item = P>) -> Builder {
        self.sources = paths.into_iter().map(Into::into).collect();
        self
    }

    /// The folder that migrations are written to.
    #[must_use]
    pub fn migrations(mut self, folder: impl Into<PathBuf>) -> Builder {
        self.migrations = folder.into();
        self
    }

    /// The lock. Of several sets each has its own, in a folder of that name: `policy/<set>.lock`.
    #[must_use]
    pub fn lock(mut self, file: impl Into<PathBuf>) -> Builder {
        self.lock = file.into();
        self
    }

    /// Does the work of a build script: looks at the process, prints for cargo.
    pub fn run(&self) {
        let outcome = self.build(&Environment::of_process());
        outcome.instructions().iter().for_each(|line| println!("{line}"));
    }

    /// Reads the sources, renders, compares with the lock, and writes what the environment asks for.
    #[must_use]
    pub fn build(&self, environment: &Environment) -> Outcome {
        let found = scan(&environment.manifest_dir, &self.sources);
        let watched = found.watched.clone();
        let assembly = assemble(found);
        let mut outcome = Outcome::default();
        let mut faults = assembly.faults;
        match environment.out_dir.as_deref().map(|folder| items::write(folder, &self.sources, &assembly.known)) {
            Some(Ok(files)) => outcome.items = files,
            Some(Err((path, error))) => faults.push(not_written(&path, &error)),
            None => {}
        }
        if faults.iter().any(Fault::is_error) {
            for name in &assembly.names {
                faults.extend(output(environment, name, NOTHING));
            }
        } else {
            let several = assembly.sets.len() > 1;
            for checked in &assembly.sets {
                self.set(checked, several, environment, &mut outcome, &mut faults);
            }
        }
        if environment.strict {
            // No build passes here without a comparison, also if rustc never reads the file at fault.
            faults.iter_mut().for_each(|fault| fault.stops = Stops::Build);
        }
        outcome.watched = self.watched(watched, &assembly.names, environment);
        outcome.report = Report::new(faults);
        outcome
    }

    /// One set.
    fn set(&self, checked: &Checked, several: bool, environment: &Environment, outcome: &mut Outcome, faults: &mut Vec<Fault>) {
        let name = &checked.set().name;
        let paths = self.paths(name, several, environment);
        let script = render(checked);
        let step = match Step::compare(checked, &script, &paths) {
            Ok(step) => step,
            Err(diagnostic) => {
                faults.extend(output(environment, name, NOTHING));
                faults.push(Fault::of_build(*diagnostic));
                return;
            }
        };
        faults.extend(output(environment, name, &step.sql()));
        if environment.docs_rs || is_packaged(&environment.manifest_dir) {
            return;
        }
        if environment.write {
            match step.write() {
                Ok(written) => outcome.written.extend(written),
                Err(diagnostic) => faults.push(Fault::of_build(*diagnostic)),
            }
        } else if let Some(diagnostic) = step.out_of_step() {
            faults.push(Fault { lenient: !environment.strict, ..Fault::of_build(diagnostic) });
        }
    }

    fn paths(&self, set: &str, several: bool, environment: &Environment) -> Paths {
        let name = environment.name.as_deref().unwrap_or("policies");
        let set = set.to_lowercase();
        Paths {
            root: environment.manifest_dir.clone(),
            migrations: self.migrations.clone(),
            lock: self.lock_of(&set, several),
            name: if several { format!("{name}_{set}") } else { name.to_owned() },
        }
    }

    fn lock_of(&self, set: &str, several: bool) -> PathBuf {
        if several { self.lock.with_extension("").join(format!("{set}.lock")) } else { self.lock.clone() }
    }

    /// Paths that are there: cargo would run the script every time for one that is not.
    fn watched(&self, sources: Vec<PathBuf>, names: &[String], environment: &Environment) -> Vec<PathBuf> {
        let locks = names.iter().map(|name| self.lock_of(&name.to_lowercase(), names.len() > 1));
        let own = locks.chain([self.migrations.clone()]).map(|path| environment.manifest_dir.join(path)).filter(|path| path.exists());
        sources.into_iter().chain(own).collect()
    }
}

impl Outcome {
    /// What a build script prints.
    #[must_use]
    pub fn instructions(&self) -> Vec<String> {
        let watched = self.watched.iter().map(|path| format!("cargo::rerun-if-changed={}", path.display()));
        let variables = Environment::VARIABLES.iter().map(|name| format!("cargo::rerun-if-env-changed={name}"));
        let items = std::env::join_paths(&self.items).ok().filter(|_| !self.items.is_empty());
        let items = items.map(|paths| format!("cargo::rustc-env={}={}", syntax::Known::VARIABLE, paths.to_string_lossy()));
        let written = self.written.iter().map(|path| format!("cargo::warning=wrote {}", slashes(path)));
        watched.chain(variables).chain(items).chain(self.report.instructions()).chain(written).collect()
    }
}

/// Writes the SQL of a set where a build script may.
fn output(environment: &Environment, set: &str, text: &str) -> Option<Fault> {
    let folder = environment.out_dir.as_ref()?;
    let path = folder.join(format!("{}.sql", set.to_lowercase()));
    write::refresh(&path, text).err().map(|error| not_written(&path, &error))
}

fn not_written(path: &Path, error: &std::io::Error) -> Fault {
    let message = format!("`{}` could not be written: {error}", slashes(path));
    Fault::of_build(Diagnostic::new(codes::UNREADABLE, Place::Part(Part::Item), message))
}

/// Whether the package was unpacked from an archive: its sources are not to be changed, nor its author's lock judged.
fn is_packaged(root: &Path) -> bool {
    ["Cargo.toml.orig", ".cargo_vcs_info.json"].iter().any(|name| root.join(name).exists())
}
