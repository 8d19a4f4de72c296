//! Statements, and the text that they make together.
//!
//! In: rendered statements. Out: one text in one layout: LF, one blank line between statements, a heading for each object.
//! Must not know how a statement came about.

use super::quote::{comment, ident, relation};
use crate::model::{Grantee, Ident, ObjectKind, Relation};

/// What a statement is about. Two statements of one script never share a key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// Of a role.
    Role(Ident, RolePart),
    /// Of a schema.
    Schema(Ident, SchemaPart),
    /// Of a function: its name, the types of its arguments as SQL writes them.
    Function(Relation, Vec<String>, FunctionPart),
    /// Of a view.
    View(Relation, ViewPart),
    /// Of a table.
    Table(Relation, Part),
}

/// What of a role.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RolePart {
    /// The name that it had.
    Renamed,
    /// That it exists, with its options.
    Options,
    /// One setting.
    Setting(String),
    /// CONNECT on the database.
    Connect,
    /// That whoever migrates may act as it: it is to own functions or views.
    Acting,
    /// Its membership in a group.
    Member(Ident),
    /// Default privileges on a kind of object, to or from somebody.
    Default(ObjectKind, Grantee),
}

/// What of a schema.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SchemaPart {
    /// What is taken away, on the schema or all of a kind in it, from somebody.
    Revoked(ObjectKind, Grantee),
    /// What is granted, on the schema or all of a kind in it, to somebody.
    Granted(ObjectKind, Grantee),
    /// Default privileges on a kind of object, to somebody.
    Default(ObjectKind, Grantee),
}

/// What of a function.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FunctionPart {
    /// CREATE OR REPLACE, or what is altered of one that is there.
    Definition,
    /// Who owns it.
    Owner,
    /// What somebody may do with it.
    Grants(Grantee),
}

/// What of a view.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ViewPart {
    /// CREATE OR REPLACE.
    Definition,
    /// Who owns it.
    Owner,
    /// What somebody holds on it.
    Grants(Grantee),
}

/// What of a table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The name that it had.
    Renamed,
    /// That its rows are open, on purpose.
    NoRls,
    /// ENABLE and FORCE.
    RowSecurity,
    /// The same for its partitions.
    Partitions,
    /// The default of a column.
    Default(Ident),
    /// The name that a policy had.
    PolicyRenamed(Ident),
    /// A policy.
    Policy(Ident),
    /// A trigger.
    Trigger(Ident),
    /// What somebody holds on it.
    Grants(Grantee),
    /// What somebody holds on a sequence of it.
    Sequence(Relation, Grantee),
}

impl Key {
    /// Whether the statement gives something another name: it is not undone when its declaration goes.
    #[must_use]
    pub fn is_rename(&self) -> bool {
        matches!(self, Key::Role(_, RolePart::Renamed) | Key::Table(_, Part::Renamed | Part::PolicyRenamed(_)))
    }

    /// The heading of the section that the statement stands in.
    #[must_use]
    pub fn heading(&self) -> String {
        match self {
            Key::Role(_, RolePart::Member(_)) => "memberships".to_owned(),
            Key::Role(_, RolePart::Default(..)) | Key::Schema(_, SchemaPart::Default(..)) => "default privileges".to_owned(),
            Key::Role(name, _) => format!("role {}", ident(name.as_str())),
            Key::Schema(name, _) => format!("schema {}", ident(name.as_str())),
            Key::Function(name, args, _) => format!("function {}({})", relation(name), args.join(", ")),
            Key::View(name, _) => format!("view {}", relation(name)),
            Key::Table(name, _) => format!("table {}", relation(name)),
        }
    }

    /// Whom the statement grants something, on what kind of object, and in which schema.
    pub(crate) fn granted(&self) -> Option<(&Ident, ObjectKind, &Grantee)> {
        match self {
            Key::Table(table, Part::Grants(to)) => Some((&table.schema, ObjectKind::Tables, to)),
            Key::View(view, ViewPart::Grants(to)) => Some((&view.schema, ObjectKind::Tables, to)),
            Key::Function(function, _, FunctionPart::Grants(to)) => Some((&function.schema, ObjectKind::Functions, to)),
            Key::Table(_, Part::Sequence(sequence, to)) => Some((&sequence.schema, ObjectKind::Sequences, to)),
            Key::Schema(schema, SchemaPart::Granted(kind, to)) => Some((schema, swept(*kind), to)),
            _ => None,
        }
    }

    /// Whose privileges on all of a kind in a schema the statement changes.
    pub(crate) fn sweeps(&self) -> Option<(&Ident, ObjectKind, &Grantee)> {
        match self {
            Key::Schema(schema, SchemaPart::Granted(kind, to) | SchemaPart::Revoked(kind, to)) => Some((schema, swept(*kind), to)),
            _ => None,
        }
    }
}

/// What is said of all routines is said of all functions too.
fn swept(kind: ObjectKind) -> ObjectKind {
    if kind == ObjectKind::Routines { ObjectKind::Functions } else { kind }
}

/// One statement, or a few that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What it is about.
    pub key: Key,
    /// SQL that brings the object into its state from any other, and changes nothing the second time.
    pub apply: String,
    /// SQL that undoes it; empty where there is nothing to undo.
    pub remove: String,
    /// What a change of it takes more than applying it anew: then it is undone first. The same text, the same shape.
    pub shape: Option<String>,
    /// What lies open once it is undone.
    pub opens: Option<String>,
    /// What a reader should know: comments, which make no difference to a migration.
    pub notes: Vec<String>,
}

impl Statement {
    pub(super) fn new(key: Key, apply: impl Into<String>, remove: impl Into<String>) -> Statement {
        Statement { key, apply: apply.into(), remove: remove.into(), shape: None, opens: None, notes: Vec::new() }
    }

    pub(super) fn note(mut self, note: Option<String>) -> Statement {
        self.notes.extend(note);
        self
    }
}

/// All statements of a set, in an order in which they can be applied: roles, schemas, tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script {
    /// The first line, without `--`.
    pub title: String,
    /// The statements.
    pub statements: Vec<Statement>,
}

impl Script {
    /// The whole text. The same script gives the same bytes, and applying it twice changes nothing.
    #[must_use]
    pub fn sql(&self) -> String {
        let parts = self.statements.iter().map(|statement| (&statement.key, statement.notes.as_slice(), statement.apply.as_str()));
        let body = sections(parts);
        let title = comment(&self.title);
        if body.is_empty() { format!("{title}\n") } else { format!("{title}\n\n{body}") }
    }

    /// Says whether the renderer has changed, and is no protection against anybody: FNV-1a-64 of the whole text, by words
    /// of eight bytes, since build scripts are not optimised.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        let text = self.sql();
        let (words, rest) = text.as_bytes().as_chunks::<8>();
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for word in words {
            hash = (hash ^ u64::from_le_bytes(*word)).wrapping_mul(0x0100_0000_01b3);
        }
        for byte in rest {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
        hash
    }
}

/// Statements under a heading for each object; ends with a line feed unless there are none.
pub(crate) fn sections<'a>(parts: impl IntoIterator<Item = (&'a Key, &'a [String], &'a str)>) -> String {
    let mut blocks = Vec::new();
    let mut current = String::new();
    for (key, notes, sql) in parts {
        let mut lines = Vec::new();
        let heading = key.heading();
        if heading != current {
            lines.push(comment(&heading));
            current = heading;
        }
        lines.extend(notes.iter().map(|note| comment(note)));
        lines.extend((!sql.is_empty()).then(|| sql.to_owned()));
        if !lines.is_empty() {
            blocks.push(lines.join("\n"));
        }
    }
    if blocks.is_empty() { String::new() } else { blocks.join("\n\n") + "\n" }
}
