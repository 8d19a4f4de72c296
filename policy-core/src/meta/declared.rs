//! A set as `policy_set!` leaves it: literals, read back on demand.

use std::fmt;

use crate::analyze::{self, Differences, Matrix, Proved, State};
use crate::check::Checked;
use crate::diag::Diagnostic;
use crate::migrate::Lock;
use crate::model::{self, Node, Notate, NotationError};
use crate::{render, report};

/// A policy set of this program.
#[derive(Debug)]
pub struct PolicySet {
    #[doc(hidden)]
    pub set: &'static str,
    #[doc(hidden)]
    pub items: &'static [&'static str],
    #[doc(hidden)]
    pub types: Option<&'static str>,
}

/// Why a set of this program cannot be rendered.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SetError {
    /// It has faults; the build script reports them with their places.
    Faults(Vec<Diagnostic>),
    /// It was compiled by another version of the macros.
    Notation(NotationError),
}

impl fmt::Display for SetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SetError::Faults(faults) => {
                for (i, fault) in faults.iter().enumerate() {
                    write!(f, "{}{}: {}", if i > 0 { "\n" } else { "" }, fault.item, fault.text())?;
                }
                Ok(())
            }
            SetError::Notation(error) => write!(f, "the set was compiled by another version: {error}"),
        }
    }
}

impl std::error::Error for SetError {}

impl PolicySet {
    /// The set, linked and checked.
    ///
    /// # Errors
    /// If it has faults that only the whole set shows.
    pub fn load(&self) -> Result<Checked, SetError> {
        let mut set: model::PolicySet = read(self.set)?;
        set.items = self.items.iter().map(|item| read(item)).collect::<Result<_, _>>()?;
        if let Some(types) = self.types {
            set.resolve(&model::read_types(types).map_err(SetError::Notation)?);
        }
        analyze::judge(set).map(|(checked, _)| checked).map_err(SetError::Faults)
    }

    /// The whole SQL of the set: roles, grants, policies; safe to apply twice.
    ///
    /// # Errors
    /// If it has faults that only the whole set shows.
    pub fn sql(&self) -> Result<String, SetError> {
        Ok(render::render(&self.load()?).sql())
    }

    /// Who reaches which rows, as text for a snapshot: role, relation, command, columns, rows, and other doors.
    ///
    /// # Errors
    /// If it has faults that only the whole set shows.
    pub fn matrix(&self) -> Result<String, SetError> {
        Ok(self.access()?.text())
    }

    /// The same as data, which is written as text, Markdown or JSON.
    ///
    /// # Errors
    /// If it has faults that only the whole set shows.
    pub fn access(&self) -> Result<Matrix, SetError> {
        Ok(Matrix::of(&State::of(self.load()?.set())))
    }

    /// What is proved of the set: its tenants, the views over them, its `never`. Each proof can be written for another solver.
    ///
    /// # Errors
    /// If it has faults that only the whole set shows.
    pub fn proofs(&self) -> Result<Vec<Proved>, SetError> {
        Ok(analyze::proofs(&self.load()?))
    }

    /// For whom the set is wider or narrower than a `policy.lock`, with a row that is gained or lost.
    ///
    /// # Errors
    /// If the set has faults that only the whole of it shows, or the text is no lock.
    pub fn changes_since(&self, lock: &str) -> Result<Differences, SetError> {
        let before = Lock::read(lock).map_err(SetError::Notation)?.checked();
        Ok(analyze::changes(&State::of(before.set()), &State::of(self.load()?.set())))
    }

    /// The set as a list for a reviewer, in Markdown: who gets at which rows, by which rule, and who passes the rules.
    ///
    /// # Errors
    /// If it has faults that only the whole set shows.
    pub fn checklist(&self) -> Result<String, SetError> {
        Ok(report::checklist(&self.load()?))
    }
}

fn read<T: Notate>(text: &str) -> Result<T, SetError> {
    Node::parse(text).and_then(|node| T::read(&node)).map_err(SetError::Notation)
}
