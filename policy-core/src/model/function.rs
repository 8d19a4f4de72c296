//! Functions: a trait of signatures, what they run as, who may execute them.

use super::log::RowOf;
use super::name::{Ident, Relation};
use super::notate::{fail, record, words};
use super::notation::{Node, Notate, NotationError};
use super::table::{Allow, Grantee};
use super::types::SqlType;

/// A `#[functions(..)]` trait.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Functions {
    /// The Rust item.
    pub item: String,
    /// The schema of all of them.
    pub schema: Ident,
    /// Whether they are not ours: called in predicates, never altered.
    pub external: bool,
    /// The functions, in the order written.
    pub functions: Vec<Function>,
    /// Accepted diagnostics.
    pub allows: Vec<Allow>,
}
record!(Functions "functions" { item, schema, external, functions, allows });

/// A function. What the trait says for all of them is already in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// The Rust method.
    pub method: String,
    /// The database name.
    pub name: Ident,
    /// Its arguments.
    pub args: Vec<Argument>,
    /// What it returns.
    pub returns: Returns,
    /// SECURITY DEFINER, owned by this role: the Rust item as declared, the database name linked. Absent: SECURITY INVOKER.
    pub definer: Option<String>,
    /// SET search_path, without `pg_temp`, which always comes last.
    pub search_path: Option<Vec<Ident>>,
    /// LANGUAGE.
    pub language: Ident,
    /// IMMUTABLE, STABLE or VOLATILE.
    pub volatility: Volatility,
    /// Its body; absent where the function exists and only its rights are ours.
    pub body: Option<Body>,
    /// Who may execute it. Nobody else: EXECUTE is taken from PUBLIC.
    pub grants: Vec<Grantee>,
}
record!(Function "function" { method, name, args, returns, definer, search_path, language, volatility, body, grants });

/// An argument of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// Its name.
    pub name: Ident,
    /// Its type.
    pub kind: SqlType,
    /// Whether it is an `Option`.
    pub nullable: bool,
}
record!(Argument "argument" { name, kind, nullable });

/// What a function returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Returns {
    /// Nothing: `void`.
    Void,
    /// `trigger`.
    Trigger,
    /// One value.
    One(SqlType),
    /// SETOF.
    Set(SqlType),
}

impl Notate for Returns {
    fn note(&self) -> Node {
        match self {
            Returns::Void => Node::Word("void".to_owned()),
            Returns::Trigger => Node::Word("trigger".to_owned()),
            Returns::One(kind) => Node::list("one", [kind.note()]),
            Returns::Set(kind) => Node::list("set", [kind.note()]),
        }
    }
    fn read(node: &Node) -> Result<Self, NotationError> {
        match (node, node.head()) {
            (_, Some(("one", [kind]))) => SqlType::read(kind).map(Returns::One),
            (_, Some(("set", [kind]))) => SqlType::read(kind).map(Returns::Set),
            (Node::Word(word), _) if word == "void" => Ok(Returns::Void),
            (Node::Word(word), _) if word == "trigger" => Ok(Returns::Trigger),
            _ => fail("what a function returns", node),
        }
    }
}

/// How a function's answers change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Volatility {
    /// Never.
    Immutable,
    /// Not within one statement.
    Stable,
    /// With every call.
    #[default]
    Volatile,
}
words!(Volatility { Immutable = "immutable", Stable = "stable", Volatile = "volatile" });

/// What a function does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// The user's text: `body` or `body_file`.
    Text(String),
    /// Whether the caller sees the row of that table with that id, for these tables only: written by `render`.
    Visible(Vec<RowOf>),
}

impl Notate for Body {
    fn note(&self) -> Node {
        match self {
            Body::Text(text) => Node::list("text", [text.note()]),
            Body::Visible(rows) => Node::list("visible", [rows.note()]),
        }
    }
    fn read(node: &Node) -> Result<Self, NotationError> {
        match node.head() {
            Some(("text", [text])) => String::read(text).map(Body::Text),
            Some(("visible", [rows])) => Vec::read(rows).map(Body::Visible),
            _ => fail("a body", node),
        }
    }
}

/// A declared function where it is called.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Routine {
    /// `Trait.method`: only as declared.
    Method(String, String),
    /// Schema and name: from the string form, and everywhere once linked.
    Named(Relation),
}

impl Notate for Routine {
    fn note(&self) -> Node {
        match self {
            Routine::Method(item, method) => Node::list("method", [item.note(), method.note()]),
            Routine::Named(name) => Node::list("named", [name.note()]),
        }
    }
    fn read(node: &Node) -> Result<Self, NotationError> {
        match node.head() {
            Some(("method", [item, method])) => Ok(Routine::Method(String::read(item)?, String::read(method)?)),
            Some(("named", [name])) => Relation::read(name).map(Routine::Named),
            _ => fail("a function", node),
        }
    }
}

impl Function {
    /// Every type in its signature: those of its arguments, then what it returns.
    #[must_use]
    pub fn types(&self) -> Vec<&SqlType> {
        let returned = if let Returns::One(kind) | Returns::Set(kind) = &self.returns { Some(kind) } else { None };
        self.args.iter().map(|argument| &argument.kind).chain(returned).collect()
    }
}

impl Functions {
    /// The function of a Rust method.
    #[must_use]
    pub fn method(&self, method: &str) -> Option<&Function> {
        self.functions.iter().find(|function| function.method == method)
    }

    /// A function's name with its schema.
    #[must_use]
    pub fn path(&self, function: &Function) -> Relation {
        Relation { schema: self.schema.clone(), name: function.name.clone() }
    }
}
