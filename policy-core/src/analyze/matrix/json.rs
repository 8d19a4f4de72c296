//! The matrix as JSON, one relation after the other.
//!
//! In: a matrix. Out: text. Must not know how it was found.

use super::{Cell, Matrix, OfRelation, OfRole};
use crate::analyze::json::{array, object, optional, string};

pub(super) fn write(matrix: &Matrix) -> String {
    let relations = array(matrix.relations.iter().map(of_relation));
    object(&[("set", string(&matrix.name)), ("relations", relations)]) + "\n"
}

fn of_relation(relation: &OfRelation) -> String {
    object(&[
        ("relation", string(&relation.relation)),
        ("item", string(&relation.item)),
        ("kind", string(&relation.kind)),
        ("tenant", string(&relation.tenant)),
        ("exceptions", array(relation.exceptions.iter().map(|one| string(one)))),
        ("roles", array(relation.roles.iter().map(of_role))),
        ("nothing", array(relation.nobody.iter().map(|one| string(one)))),
    ])
}

fn of_role(role: &OfRole) -> String {
    let doors = array(role.doors.iter().map(|one| string(one)));
    object(&[("role", string(&role.role)), ("commands", array(role.commands.iter().map(cell))), ("doors", doors)])
}

fn cell(cell: &Cell) -> String {
    let columns = cell.columns.as_ref().map(|columns| array(columns.iter().map(|one| string(one))));
    object(&[
        ("command", string(cell.command.word())),
        ("columns", columns.unwrap_or_else(|| string("all"))),
        ("rows", optional(cell.old.as_deref())),
        ("new_rows", optional(cell.new.as_deref())),
    ])
}
