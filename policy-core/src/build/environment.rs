//! What the surroundings say: the variables of cargo, of continuous integration and of Hedgerow.
//!
//! In: a way to look a variable up. Out: plain facts. Must not know files, sets or migrations.

use std::path::PathBuf;

/// The variables that decide what the build edge does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// The folder of the package: relative paths start here.
    pub manifest_dir: PathBuf,
    /// Where a build script may write; without it nothing is rendered to disk.
    pub out_dir: Option<PathBuf>,
    /// Whether being out of step is an error: `CI` or `HEDGEROW_CHECK`.
    pub strict: bool,
    /// Whether the next migration is to be written: `HEDGEROW_WRITE`.
    pub write: bool,
    /// Whether docs.rs builds: the source tree is read-only then.
    pub docs_rs: bool,
    /// What the next migration is to be called: `HEDGEROW_NAME`.
    pub name: Option<String>,
}

impl Environment {
    /// The variables that a change of must run the build script again.
    pub const VARIABLES: &'static [&'static str] = &["HEDGEROW_WRITE", "HEDGEROW_CHECK", "HEDGEROW_NAME", "CI", "DOCS_RS"];

    /// The facts of this process.
    #[must_use]
    pub fn of_process() -> Environment {
        Environment::read(|name| std::env::var(name).ok())
    }

    /// The facts of any look-up.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Environment {
        let on = |name: &str| variable(name).is_some_and(|value| !matches!(value.trim(), "" | "0" | "false"));
        Environment {
            manifest_dir: variable("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default(),
            out_dir: variable("OUT_DIR").map(PathBuf::from),
            strict: on("CI") || on("HEDGEROW_CHECK"),
            write: on("HEDGEROW_WRITE"),
            docs_rs: on("DOCS_RS"),
            name: variable("HEDGEROW_NAME").filter(|name| !name.is_empty()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_counts_unless_it_says_no() {
        for (value, strict) in [("true", true), ("1", true), ("yes", true), ("", false), ("0", false), ("false", false)] {
            let found = Environment::read(|name| (name == "CI").then(|| value.to_owned()));
            assert_eq!(found.strict, strict, "CI={value}");
        }
        assert!(!Environment::read(|_| None).strict);
        assert!(Environment::read(|name| (name == "HEDGEROW_CHECK").then(|| "1".to_owned())).strict);
    }
}
