//! A table: its columns, its tenant, its rules.

use super::expr::Expr;
use super::log::Log;
use super::name::{Ident, Relation};
use super::notate::{fail, record, words};
use super::notation::{Node, Notate, NotationError};
use super::trigger::Trigger;
use super::types::SqlType;

/// A declared table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The Rust item.
    pub item: String,
    /// The relation.
    pub relation: Relation,
    /// The relation that it was.
    pub renamed_from: Option<Relation>,
    /// The context that its predicates read: the Rust item.
    pub context: Option<String>,
    /// Its columns, those of `columns(..)` after those of the struct.
    pub columns: Vec<Column>,
    /// How its rows belong to tenants.
    pub tenancy: Tenancy,
    /// Permits and restrictions, in the order written.
    pub rules: Vec<Rule>,
    /// Privileges that no policy governs.
    pub grants: Vec<Grant>,
    /// Declared intent.
    pub nevers: Vec<Never>,
    /// Its triggers, in the order written.
    pub triggers: Vec<Trigger>,
    /// What its rows tell of, if it is a log.
    pub log: Option<Log>,
    /// Whether the migration brings its partitions in line.
    pub partitioned: bool,
    /// Why row-level security is off.
    pub no_rls: Option<String>,
    /// Accepted diagnostics.
    pub allows: Vec<Allow>,
}
record!(Table "table" { item, relation, renamed_from, context, columns, tenancy, rules, grants, nevers, triggers, log, partitioned, no_rls, allows });

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The Rust field.
    pub field: String,
    /// The database name.
    pub name: Ident,
    /// Its type.
    pub kind: SqlType,
    /// Whether it is an `Option`.
    pub nullable: bool,
    /// The sequence behind it.
    pub sequence: Option<Sequence>,
    /// The caller, where the row does not say: a context field or `current_user`.
    pub default: Option<Expr>,
}
record!(Column "column" { field, name, kind, nullable, sequence, default });

/// The sequence behind a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sequence {
    /// `<table>_<column>_seq` in the table's schema.
    Default,
    /// A named one.
    Named(Relation),
}

impl Notate for Sequence {
    fn note(&self) -> Node {
        match self {
            Sequence::Default => Node::Word("default".to_owned()),
            Sequence::Named(relation) => relation.note(),
        }
    }
    fn read(node: &Node) -> Result<Self, NotationError> {
        match node {
            Node::Word(word) if word == "default" => Ok(Sequence::Default),
            _ => Relation::read(node).map(Sequence::Named),
        }
    }
}

/// How rows belong to tenants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tenancy {
    /// `no_tenant`.
    None,
    /// `external`: the table is not ours.
    External,
    /// `tenant(pred, shared(..))`.
    Own {
        /// When a row belongs to the caller's tenant.
        predicate: Expr,
        /// For which commands rows without a tenant count.
        shared: Vec<Command>,
    },
    /// `tenant(through(column = Parent.key))`: a row belongs to the tenant of its parent.
    Through {
        /// Own column, by database name.
        column: Ident,
        /// The parent: Rust item as declared and linked.
        parent: String,
        /// The parent's key: Rust field as declared, database name linked.
        key: String,
    },
}

impl Notate for Tenancy {
    fn note(&self) -> Node {
        match self {
            Tenancy::None => Node::Word("none".to_owned()),
            Tenancy::External => Node::Word("external".to_owned()),
            Tenancy::Own { predicate, shared } => Node::list("own", [predicate.note(), shared.note()]),
            Tenancy::Through { column, parent, key } => Node::list("through", [column.note(), parent.note(), key.note()]),
        }
    }
    fn read(node: &Node) -> Result<Self, NotationError> {
        match (node, node.head()) {
            (Node::Word(word), _) if word == "none" => Ok(Tenancy::None),
            (Node::Word(word), _) if word == "external" => Ok(Tenancy::External),
            (_, Some(("own", [predicate, shared]))) => Ok(Tenancy::Own { predicate: Expr::read(predicate)?, shared: Vec::read(shared)? }),
            (_, Some(("through", [column, parent, key]))) => {
                Ok(Tenancy::Through { column: Ident::read(column)?, parent: String::read(parent)?, key: String::read(key)? })
            }
            _ => fail("a tenancy", node),
        }
    }
}

/// The four commands that policies govern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Command {
    /// SELECT
    Select,
    /// INSERT
    Insert,
    /// UPDATE
    Update,
    /// DELETE
    Delete,
}
words!(Command { Select = "select", Insert = "insert", Update = "update", Delete = "delete" });

impl Command {
    /// The privilege of the same name.
    #[must_use]
    pub fn privilege(self) -> Privilege {
        match self {
            Command::Select => Privilege::Select,
            Command::Insert => Privilege::Insert,
            Command::Update => Privilege::Update,
            Command::Delete => Privilege::Delete,
        }
    }
}

/// A command, perhaps on some columns only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandColumns {
    /// The command.
    pub command: Command,
    /// The columns by database name; absent means all.
    pub columns: Option<Vec<Ident>>,
}
record!(CommandColumns "on" { command, columns });

/// Permit or restrict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleKind {
    /// PERMISSIVE, with the grants it needs.
    Permit,
    /// RESTRICTIVE, no grants.
    Restrict,
}
words!(RuleKind { Permit = "permit", Restrict = "restrict" });

/// A `permit(..)` or `restrict(..)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Which of the two.
    pub kind: RuleKind,
    /// Whether it was written as `all`.
    pub all: bool,
    /// The commands; all four if `all`.
    pub commands: Vec<CommandColumns>,
    /// To whom.
    pub to: Vec<Grantee>,
    /// `using`, also the check of an INSERT unless `with_check` says otherwise.
    pub using: Option<Expr>,
    /// `with_check`, where it differs.
    pub with_check: Option<Expr>,
    /// Why the rule reaches across tenants.
    pub across_tenants: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// The name it had.
    pub renamed_from: Option<String>,
}
record!(Rule "rule" { kind, all, commands, to, using, with_check, across_tenants, name, renamed_from });

/// To whom.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grantee {
    /// PUBLIC.
    Public,
    /// A role: the Rust item as declared, the database name linked.
    Role(String),
}

impl Notate for Grantee {
    fn note(&self) -> Node {
        match self {
            Grantee::Public => Node::Word("PUBLIC".to_owned()),
            Grantee::Role(name) => Node::list("role", [name.note()]),
        }
    }
    fn read(node: &Node) -> Result<Self, NotationError> {
        match (node, node.head()) {
            (Node::Word(word), _) if word == "PUBLIC" => Ok(Grantee::Public),
            (_, Some(("role", [name]))) => String::read(name).map(Grantee::Role),
            _ => fail("a grantee", node),
        }
    }
}

/// What can be granted on tables, schemas, sequences and routines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Privilege {
    /// SELECT
    Select,
    /// INSERT
    Insert,
    /// UPDATE
    Update,
    /// DELETE
    Delete,
    /// TRUNCATE
    Truncate,
    /// REFERENCES
    References,
    /// TRIGGER
    Trigger,
    /// MAINTAIN, PostgreSQL 17 and later
    Maintain,
    /// USAGE
    Usage,
    /// CREATE
    Create,
    /// EXECUTE
    Execute,
    /// ALL
    All,
}
words!(Privilege {
    Select = "select",
    Insert = "insert",
    Update = "update",
    Delete = "delete",
    Truncate = "truncate",
    References = "references",
    Trigger = "trigger",
    Maintain = "maintain",
    Usage = "usage",
    Create = "create",
    Execute = "execute",
    All = "all",
});

/// `grant(privileges, to = ..)` on a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// What, and on which columns.
    pub privileges: Vec<(Privilege, Option<Vec<Ident>>)>,
    /// To whom.
    pub to: Vec<Grantee>,
}
record!(Grant "grant" { privileges, to });

impl Notate for (Privilege, Option<Vec<Ident>>) {
    fn note(&self) -> Node {
        Node::List(vec![self.0.note(), self.1.note()])
    }
    fn read(node: &Node) -> Result<Self, NotationError> {
        match node {
            Node::List(pair) => match pair.as_slice() {
                [privilege, Node::List(none)] if none.is_empty() => Ok((Privilege::read(privilege)?, None)),
                [privilege, columns] => Ok((Privilege::read(privilege)?, Some(Vec::read(columns)?))),
                _ => fail("a privilege", node),
            },
            Node::Word(_) => fail("a privilege", node),
        }
    }
}

/// `never(commands, to = ..)`: no chain of grants gives these roles the command; with `using`, on no row of which that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Never {
    /// Which; `all` includes TRUNCATE.
    pub privileges: Vec<Privilege>,
    /// Whom.
    pub to: Vec<Grantee>,
    /// On which rows; absent: on none, whatever the row.
    pub using: Option<Expr>,
}
record!(Never "never" { privileges, to, using });

/// An accepted diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allow {
    /// Its code.
    pub code: String,
    /// Why.
    pub reason: String,
}
record!(Allow "allow" { code, reason });

impl Table {
    /// Whether the table is not ours.
    #[must_use]
    pub fn is_external(&self) -> bool {
        self.tenancy == Tenancy::External
    }

    /// Whether its rows belong to tenants.
    #[must_use]
    pub fn has_tenant(&self) -> bool {
        matches!(self.tenancy, Tenancy::Own { .. } | Tenancy::Through { .. })
    }

    /// The column of a database name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name.as_str() == name)
    }

    /// The column of a Rust field.
    #[must_use]
    pub fn field(&self, field: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.field == field)
    }

    /// The sequence behind a column.
    #[must_use]
    pub fn sequence(&self, column: &Column) -> Option<Relation> {
        column.sequence.as_ref().map(|sequence| match sequence {
            Sequence::Named(relation) => relation.clone(),
            Sequence::Default => {
                Relation { schema: self.relation.schema.clone(), name: Ident::cut(&format!("{}_{}_seq", self.relation.name, column.name)) }
            }
        })
    }
}
