//! The access matrix: role, relation, command, columns, rows. What a reviewer reads first.
//!
//! In: a state. Out: who reaches what and by which door, as data and as text, Markdown and JSON, always the same for the same state.
//! Must not know more than effective access says.

mod doors;
mod json;
mod markdown;
mod text;

use super::effective::{Columns, Effective, Who};
use super::reach::{Reach, Side, reach};
use super::state::{RelationKind, RelationState, State};
use crate::model::{Command, Relation, Tenancy};
use crate::render::{expr::said, quote};

/// Who reaches what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix {
    /// The name of the set.
    pub name: String,
    /// Every relation, by name.
    pub relations: Vec<OfRelation>,
}

/// Who reaches what of a relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfRelation {
    /// Its schema and name.
    pub relation: String,
    /// The Rust item.
    pub item: String,
    /// What it is, and how it is protected: `table, forced`.
    pub kind: String,
    /// How its rows belong to tenants.
    pub tenant: String,
    /// Declared exceptions, with their reasons.
    pub exceptions: Vec<String>,
    /// Who reaches something, in the order of the set; PUBLIC first.
    pub roles: Vec<OfRole>,
    /// Who reaches nothing.
    pub nobody: Vec<String>,
}

/// What a role reaches of a relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfRole {
    /// Its database name, or PUBLIC.
    pub role: String,
    /// By the four commands, as it stands.
    pub commands: Vec<Cell>,
    /// By other ways.
    pub doors: Vec<String>,
}

/// What a command reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The command.
    pub command: Command,
    /// The columns; absent: all of them.
    pub columns: Option<Vec<String>>,
    /// The rows that are there; absent where the command has none.
    pub old: Option<String>,
    /// The rows that are written; absent where the command writes none.
    pub new: Option<String>,
}

impl Cell {
    /// Whether it is nothing.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.columns.as_ref().is_some_and(Vec::is_empty)
    }
}

impl Matrix {
    /// The matrix of a state.
    #[must_use]
    pub fn of(state: &State) -> Matrix {
        let effective = Effective::of(state);
        let relations = state.relations.iter().map(|(name, relation)| of_relation(&effective, name, relation)).collect();
        Matrix { name: state.name.clone(), relations }
    }

    /// As text for a snapshot.
    #[must_use]
    pub fn text(&self) -> String {
        text::write(self)
    }

    /// As Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        markdown::write(self)
    }

    /// As JSON.
    #[must_use]
    pub fn json(&self) -> String {
        json::write(self)
    }
}

fn of_relation(effective: &Effective<'_>, name: &Relation, relation: &RelationState) -> OfRelation {
    let everyone = std::iter::once(Who::Public).chain(effective.roles().all().map(|role| Who::Role(role.name.as_str())));
    let (mut roles, mut nobody) = (Vec::new(), Vec::new());
    for who in everyone {
        let commands: Vec<Cell> = Command::ALL.iter().map(|command| cell(*command, &reach(effective, who, name, *command))).collect();
        let doors = doors::of(effective, who, name);
        let role = if let Who::Role(role) = who { role.to_owned() } else { "PUBLIC".to_owned() };
        if commands.iter().all(Cell::is_none) && doors.is_empty() {
            nobody.push(role);
        } else {
            roles.push(OfRole { role, commands, doors });
        }
    }
    OfRelation {
        relation: quote::relation(name),
        item: relation.item.clone(),
        kind: kind(relation),
        tenant: tenant(relation),
        exceptions: relation.exceptions.clone(),
        roles,
        nobody,
    }
}

fn kind(relation: &RelationState) -> String {
    let table = match &relation.kind {
        RelationKind::Table => "table",
        RelationKind::Partitioned => "partitioned table",
        RelationKind::External => return "of others: what it shows is not known".to_owned(),
        RelationKind::View { invoker: true, .. } => return "view, reads as whoever asks".to_owned(),
        RelationKind::View { invoker: false, .. } => {
            return format!("view, reads as {}", relation.owner.as_deref().unwrap_or("its owner"));
        }
    };
    let security = match (relation.enabled, relation.forced) {
        (true, true) => "row security forced",
        (true, false) => "row security not forced: not for the owner",
        (false, _) => "row security off",
    };
    format!("{table}, {security}")
}

fn tenant(relation: &RelationState) -> String {
    match &relation.tenancy {
        Tenancy::None | Tenancy::External => String::new(),
        Tenancy::Own { predicate, .. } => said(predicate),
        Tenancy::Through { column, parent, key } => format!("that of {parent}, where its {key} is {column}"),
    }
}

fn cell(command: Command, reach: &Reach) -> Cell {
    if reach.is_nothing() {
        return Cell { command, columns: Some(Vec::new()), old: None, new: None };
    }
    let columns = match &reach.columns {
        Columns::Some(some) => Some(some.iter().map(|column| column.as_str().to_owned()).collect()),
        Columns::All | Columns::None => None,
    };
    Cell { command, columns, old: side(&reach.old), new: side(&reach.new) }
}

/// `all`, or `rows where ..`.
pub(super) fn side(side: &Side) -> Option<String> {
    Some(match side {
        Side::Absent => return None,
        Side::Unknown => "not known".to_owned(),
        _ if side.is_whole() => "all".to_owned(),
        Side::Rows { condition, .. } => format!("rows where {}", said(condition)),
        Side::Joined { reader, seen, .. } => {
            let of: Vec<String> = seen
                .iter()
                .map(|(relation, rows)| {
                    let rows = rows.as_ref().map_or_else(
                        || "not known".to_owned(),
                        |rows| if rows.is_truth() { "all".to_owned() } else { format!("where {}", said(rows)) },
                    );
                    format!("{} {rows}", quote::relation(relation))
                })
                .collect();
            format!("what its query makes, as {}, of {}", reader.as_deref().unwrap_or("PUBLIC"), of.join("; "))
        }
    })
}
