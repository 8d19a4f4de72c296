//! A context: what a request knows about its caller, one setting or claim for each field.

use super::function::Routine;
use super::notate::{fail, record};
use super::notation::{Node, Notate, NotationError};
use super::table::Allow;
use super::types::SqlType;

/// A declared context.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// The Rust item.
    pub item: String,
    /// Its fields.
    pub fields: Vec<Field>,
    /// Accepted diagnostics.
    pub allows: Vec<Allow>,
}
record!(Context "context" { item, fields, allows });

/// A field of a context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The Rust field.
    pub name: String,
    /// Where its value is read.
    pub source: Source,
    /// Its type.
    pub kind: SqlType,
    /// Whether it is an `Option`.
    pub nullable: bool,
}
record!(Field "field" { name, source, kind, nullable });

/// Where a field's value is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A setting of its own, such as `app.tenant_id`.
    Setting(String),
    /// A path in a setting that holds JSON claims, such as `sub` in `request.jwt.claims`.
    Claim(String, Vec<String>),
    /// What a declared function returns. The application writes it where it would be without.
    Routine(Routine, Box<Source>),
}

impl Source {
    /// The setting that is read.
    #[must_use]
    pub fn setting(&self) -> &str {
        match self {
            Source::Setting(name) | Source::Claim(name, _) => name,
            Source::Routine(_, written) => written.setting(),
        }
    }
}

impl Notate for Source {
    fn note(&self) -> Node {
        match self {
            Source::Setting(name) => Node::list("setting", [name.note()]),
            Source::Claim(setting, path) => Node::list("claim", [setting.note(), path.note()]),
            Source::Routine(routine, written) => Node::list("read", [routine.note(), written.note()]),
        }
    }
    fn read(node: &Node) -> Result<Self, NotationError> {
        match node.head() {
            Some(("setting", [name])) => String::read(name).map(Source::Setting),
            Some(("claim", [setting, path])) => Ok(Source::Claim(String::read(setting)?, Vec::read(path)?)),
            Some(("read", [routine, written])) => Ok(Source::Routine(Routine::read(routine)?, Box::read(written)?)),
            _ => fail("a context source", node),
        }
    }
}

impl Context {
    /// The field of that name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}
