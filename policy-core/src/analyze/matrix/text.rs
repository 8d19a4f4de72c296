//! The matrix as text: one paragraph for each relation, one line for each command.
//!
//! In: a matrix. Out: lines that change where access changes, and nowhere else. Must not know how it was found.

use super::{Cell, Matrix, OfRelation, OfRole};

pub(super) fn write(matrix: &Matrix) -> String {
    let mut out = vec![format!("who reaches which rows of {}", matrix.name)];
    for relation in &matrix.relations {
        out.push(String::new());
        of_relation(relation, &mut out);
    }
    out.join("\n") + "\n"
}

fn of_relation(relation: &OfRelation, out: &mut Vec<String>) {
    out.push(format!("{} ({}): {}", relation.relation, relation.item, relation.kind));
    if !relation.tenant.is_empty() {
        out.push(format!("  tenant: {}", relation.tenant));
    }
    out.extend(relation.exceptions.iter().map(|exception| format!("  exception: {exception}")));
    relation.roles.iter().for_each(|role| of_role(role, out));
    if !relation.nobody.is_empty() {
        out.push(format!("  nothing: {}", relation.nobody.join(", ")));
    }
}

fn of_role(role: &OfRole, out: &mut Vec<String>) {
    out.push(format!("  {}", role.role));
    let mut groups: Vec<(Vec<&str>, Vec<String>)> = Vec::new();
    for cell in role.commands.iter().filter(|cell| !cell.is_none()) {
        let lines = lines(cell);
        match groups.iter_mut().find(|(_, known)| *known == lines) {
            Some((commands, _)) => commands.push(cell.command.word()),
            None => groups.push((vec![cell.command.word()], lines)),
        }
    }
    for (commands, lines) in groups {
        let head = commands.join(", ");
        out.extend(lines.iter().enumerate().map(|(i, line)| if i == 0 { format!("    {head}: {line}") } else { format!("      {line}") }));
    }
    let none: Vec<&str> = role.commands.iter().filter(|cell| cell.is_none()).map(|cell| cell.command.word()).collect();
    if !none.is_empty() && none.len() < role.commands.len() {
        out.push(format!("    none: {}", none.join(", ")));
    }
    out.extend(role.doors.iter().map(|door| format!("    door: {door}")));
}

/// `(id, title) rows where ..`, and what is written, where that differs, on a line of its own.
fn lines(cell: &Cell) -> Vec<String> {
    let columns = cell.columns.as_ref().map(|columns| format!("({}) ", columns.join(", "))).unwrap_or_default();
    match (&cell.old, &cell.new) {
        (Some(old), Some(new)) if old != new => vec![format!("{columns}{old}"), format!("to {new}")],
        (Some(rows), _) | (None, Some(rows)) => vec![format!("{columns}{rows}")],
        (None, None) => vec![columns],
    }
}
