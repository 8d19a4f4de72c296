//! The logs: what their rows tell of, who writes them, what is copied onto them.

use super::Facts;
use super::markdown::{self, code, codes};
use crate::model::{Ident, Log, Table};
use crate::render::quote;

pub(super) fn write(facts: &Facts<'_>, out: &mut Vec<String>) {
    let logs: Vec<(&Table, &Log)> = facts.set.tables().filter_map(|table| Some((table, table.log.as_ref()?))).collect();
    if logs.is_empty() {
        return;
    }
    markdown::heading(2, "Logs", out);
    for (table, log) in logs {
        let rows = log
            .rows
            .iter()
            .map(|row| facts.index.table(&row.item).map_or_else(|| row.item.clone(), |table| quote::relation(&table.relation)));
        let rows: Vec<String> = rows.collect();
        let tells = codes(rows.iter().map(String::as_str));
        let name = code(&quote::relation(&table.relation));
        out.push(format!(
            "- [ ] {name} tells of {tells}, by {} and {}; of no other table.",
            code(log.table.as_str()),
            code(log.row.as_str())
        ));
        match &log.writer {
            Some(writer) => out.push(format!("  - [ ] Written by {} alone, from triggers on those tables.", code(writer))),
            None => out.push("  - [ ] Written by the application; a row that the writer does not see cannot be logged about.".to_owned()),
        }
        if !log.copy.is_empty() {
            out.push(format!(
                "  - [ ] Copied from the row: {}; rules on them hold for the log as for the row, as it was then.",
                codes(log.copy.iter().map(Ident::as_str))
            ));
        }
        let rest = [&log.old, &log.new, &log.context];
        let whole: Vec<&str> = rest.into_iter().flatten().map(Ident::as_str).collect();
        if !whole.is_empty() {
            out.push(format!(
                "  - [ ] Holds whole rows or the whole context: {}. Who reads these columns reads what they hold.",
                codes(whole)
            ));
        }
    }
}
