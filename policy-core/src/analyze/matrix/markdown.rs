//! The matrix as Markdown: one table for each relation.
//!
//! In: a matrix. Out: headings and tables. Must not know how it was found.

use super::{Cell, Matrix, OfRelation, OfRole};

pub(super) fn write(matrix: &Matrix) -> String {
    let mut out = vec![format!("# Who reaches which rows of {}", matrix.name)];
    for relation in &matrix.relations {
        of_relation(relation, &mut out);
    }
    out.join("\n") + "\n"
}

fn of_relation(relation: &OfRelation, out: &mut Vec<String>) {
    out.extend([String::new(), format!("## `{}` (`{}`)", relation.relation, relation.item), String::new()]);
    out.push(format!("{}.", upper(&relation.kind)));
    if !relation.tenant.is_empty() {
        out.push(format!("Tenant: {}.", code(&relation.tenant)));
    }
    if !relation.exceptions.is_empty() {
        out.push(String::new());
        out.extend(relation.exceptions.iter().map(|exception| format!("- Exception: {}", plain(exception))));
    }
    if !relation.roles.is_empty() {
        out.extend([
            String::new(),
            "| | select | insert | update | delete | other doors |".to_owned(),
            "|---|---|---|---|---|---|".to_owned(),
        ]);
        out.extend(relation.roles.iter().map(row));
    }
    if !relation.nobody.is_empty() {
        let names: Vec<String> = relation.nobody.iter().map(|name| code(name)).collect();
        out.extend([String::new(), format!("Nothing at all: {}.", names.join(", "))]);
    }
}

fn row(role: &OfRole) -> String {
    let cells = role.commands.iter().map(cell);
    let doors = role.doors.iter().map(|door| plain(door)).collect::<Vec<_>>().join("<br>");
    let all: Vec<String> = std::iter::once(code(&role.role)).chain(cells).chain([doors]).collect();
    format!("| {} |", all.join(" | "))
}

fn cell(cell: &Cell) -> String {
    if cell.is_none() {
        return String::new();
    }
    let columns = cell.columns.as_ref().map(|columns| format!("({}) ", columns.join(", "))).unwrap_or_default();
    let rows = |text: &String| text.strip_prefix("rows where ").map_or_else(|| plain(text), code);
    match (&cell.old, &cell.new) {
        (Some(old), Some(new)) if old != new => format!("{columns}{}<br>to {}", rows(old), rows(new)),
        (Some(one), _) | (None, Some(one)) => format!("{columns}{}", rows(one)),
        (None, None) => columns,
    }
}

fn upper(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// In a cell of a table: no bar of its own, one line.
fn plain(text: &str) -> String {
    text.replace('|', "\\|").replace(['\n', '\r'], " ")
}

fn code(text: &str) -> String {
    let text = plain(text);
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}
