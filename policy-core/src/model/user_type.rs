//! Types of the database that are declared: enums, domains, composite types.

use super::notate::{fail, record};
use super::notation::{Node, Notate, NotationError};
use super::types::SqlType;

/// A declared type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserType {
    /// Its schema, if one is said.
    pub schema: Option<String>,
    /// Its name.
    pub name: String,
    /// What it is.
    pub definition: Definition,
}
record!(UserType "type" { schema, name, definition });

/// What a declared type is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Definition {
    /// An enum with these labels.
    Enum(Vec<String>),
    /// A domain over a type.
    Domain(SqlType),
    /// A composite type.
    Composite,
}

impl Notate for Definition {
    fn note(&self) -> Node {
        match self {
            Definition::Enum(labels) => Node::list("enum", [labels.note()]),
            Definition::Domain(base) => Node::list("domain", [base.note()]),
            Definition::Composite => Node::Word("composite".to_owned()),
        }
    }
    fn read(node: &Node) -> Result<Self, NotationError> {
        match (node, node.head()) {
            (Node::Word(word), _) if word == "composite" => Ok(Definition::Composite),
            (_, Some(("enum", [labels]))) => Vec::read(labels).map(Definition::Enum),
            (_, Some(("domain", [base]))) => SqlType::read(base).map(Definition::Domain),
            _ => fail("a definition of a type", node),
        }
    }
}
