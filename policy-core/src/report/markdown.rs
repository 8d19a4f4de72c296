//! Markdown: code, tables, headings. In: any text. Out: text that stays inside its cell or code span.

/// A code span; a text with backticks stands between more of them.
pub(super) fn code(text: &str) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let longest = flat.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    if longest == 0 { format!("{fence}{flat}{fence}") } else { format!("{fence} {flat} {fence}") }
}

/// Free text: a reason that somebody wrote.
pub(super) fn text(text: &str) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    flat.chars().fold(String::new(), |mut out, c| {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#') {
            out.push('\\');
        }
        out.push(c);
        out
    })
}

/// A list of code spans.
pub(super) fn codes<'a>(all: impl IntoIterator<Item = &'a str>) -> String {
    all.into_iter().map(code).collect::<Vec<_>>().join(", ")
}

/// A heading with blank lines around it.
pub(super) fn heading(level: usize, text: &str, out: &mut Vec<String>) {
    out.extend([String::new(), format!("{} {text}", "#".repeat(level)), String::new()]);
}

/// A table. A bar in a cell would end it.
pub(super) fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>, out: &mut Vec<String>) {
    let line = |cells: Vec<String>| format!("| {} |", cells.iter().map(|cell| bars(cell)).collect::<Vec<_>>().join(" | "));
    out.push(line(head.iter().map(|cell| (*cell).to_owned()).collect()));
    out.push(format!("|{}", "---|".repeat(head.len())));
    out.extend(rows.map(line));
}

/// `|` as `\|`, unless it is escaped already.
fn bars(cell: &str) -> String {
    let mut out = String::new();
    for c in cell.chars() {
        if c == '|' && !out.ends_with('\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
