//! The ways to a relation beside the statement that names it.
//!
//! In: effective access. Out: a line for each. Must not know the layout.

use super::side;
use crate::analyze::effective::{Door, Effective, Way, Who};
use crate::analyze::reach::{Side, reach};
use crate::analyze::state::RelationKind;
use crate::model::{Command, Relation};
use crate::render::quote;

/// Every other way, in order, each once.
pub(super) fn of(effective: &Effective<'_>, who: Who<'_>, relation: &Relation) -> Vec<String> {
    let mut lines = Vec::new();
    for door in effective.doors(who, relation) {
        let Some(line) = line(effective, who, relation, &door) else { continue };
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

fn line(effective: &Effective<'_>, who: Who<'_>, relation: &Relation, door: &Door<'_>) -> Option<String> {
    let own = door.identity == who;
    let is_view = effective.relation(relation).is_some_and(|found| matches!(found.kind, RelationKind::View { .. }));
    let what = match &door.way {
        Way::Direct if own => return None,
        Way::Direct => "what it reaches there".to_owned(),
        Way::View(path) => {
            let shown = path.first().map(|outer| reach(effective, door.identity, outer, Command::Select).old);
            let rows = shown.filter(|shown| matches!(shown, Side::Rows { of, .. } if of == relation)).and_then(|shown| side(&shown));
            format!("view {}{}", names(path), rows.map(|rows| format!(": {rows}")).unwrap_or_default())
        }
        Way::Opaque(path) => format!("{}: what it reads is not known", names(path)),
        Way::Function(function) => {
            let as_whom = if let Some(Who::Role(name)) = door.acting { format!(" as {name}") } else { String::new() };
            format!("function {}{as_whom}: its body decides", quote::relation(&function.path))
        }
        Way::Beside(_) if is_view => return None,
        Way::Beside(privilege) => format!("{}: no policy governs it", privilege.word()),
        Way::Partitions => "its partitions, named themselves".to_owned(),
    };
    Some(match door.identity {
        Who::Role(name) if !own => format!("SET ROLE {name}: {what}"),
        _ => what,
    })
}

fn names(path: &[&Relation]) -> String {
    path.iter().map(|one| quote::relation(one)).collect::<Vec<_>>().join(" through ")
}
