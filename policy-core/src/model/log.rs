//! Logs: tables whose rows tell of rows of other tables.

use super::expr::Expr;
use super::name::Ident;
use super::notate::{fail, record};
use super::notation::{Node, Notate, NotationError};

/// `log(..)` of a table. Columns are those of the log, by database name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// The tables that it tells of, each with its key: nothing else can be logged about.
    pub rows: Vec<RowOf>,
    /// The column with the table's name.
    pub table: Ident,
    /// The column with the row's key, as text.
    pub row: Ident,
    /// Scope columns copied from the row.
    pub copy: Vec<Ident>,
    /// The role that writes it, by triggers on `rows`: the Rust item as declared, the database name linked. Absent: the
    /// application writes it, and a trigger on the log fills `copy` from the row, which the writer must see.
    pub writer: Option<String>,
    /// The column with `insert`, `update` or `delete`. This one and the next four only with a writer.
    pub command: Option<Ident>,
    /// The column with the row before, as jsonb.
    pub old: Option<Ident>,
    /// The column with the row after, as jsonb.
    pub new: Option<Ident>,
    /// The column with the time.
    pub at: Option<Ident>,
    /// The column with the role that the statement was run as.
    pub role: Option<Ident>,
    /// The column with the whole context, as jsonb.
    pub context: Option<Ident>,
    /// Columns set from the context: `by(user_id = ctx.user_id)`.
    pub by: Vec<(Ident, Expr)>,
}
record!(Log "log" { rows, table, row, copy, writer, command, old, new, at, role, context, by });

/// A table and its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowOf {
    /// The table: always the Rust item.
    pub item: String,
    /// Its key: Rust field as declared, database name linked.
    pub key: String,
    /// What `copy` of the log is called in it: Rust fields as declared, database names linked. Empty where nothing is copied.
    pub copy: Vec<String>,
}
record!(RowOf "row" { item, key, copy });

impl Notate for (Ident, Expr) {
    fn note(&self) -> Node {
        Node::List(vec![self.0.note(), self.1.note()])
    }
    fn read(node: &Node) -> Result<Self, NotationError> {
        match node {
            Node::List(pair) => match pair.as_slice() {
                [name, value] => Ok((Ident::read(name)?, Expr::read(value)?)),
                _ => fail("a column and its value", node),
            },
            Node::Word(_) => fail("a column and its value", node),
        }
    }
}
