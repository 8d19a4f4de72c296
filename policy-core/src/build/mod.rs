//! The build edge: source files in; SQL, migrations and diagnostics out.
//!
//! scan (files to items) -> assemble (items to checked sets) -> render -> compare with the lock -> report. With
//! `testing` the only floor that does IO. Must not know how an attribute is read, a name is quoted or two sets differ.
//!
//! In a build the macro is the one that stops: faults of an item are said in one line, and rustc shows them. What only
//! this floor can see (conditions, sets, types, the lock) stops here.

mod attributes;
mod builder;
mod environment;
mod fault;
mod file;
mod items;
mod labels;
mod presets;
mod report;
mod scan;
mod sets;
mod sources;
mod step;
mod types;
mod versions;
mod walk;
mod write;

pub use builder::{Builder, Outcome};
pub use environment::Environment;
pub use fault::{Fault, Position, Stops};
pub use file::{Declared, DeclaredSet};
pub use report::Report;
pub use scan::{Scan, scan, scan_texts};
pub use sets::{Assembly, assemble};
pub use sources::Source;
pub use types::DeclaredType;

/// The whole build script of a package with the usual folders: `src`, `migrations`, `policy.lock`.
pub fn run() {
    Builder::new().run();
}
