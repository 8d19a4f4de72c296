//! H0514: a tenant key of type text: an empty setting reads as NULL, so the tenant `''` cannot exist.
//!
//! Told once for each field, where the field is declared.

use std::collections::BTreeMap;

use super::Facts;
use crate::diag::{Diagnostic, Part, Place, Sink, codes};
use crate::model::{Kind, SqlType, Tenancy};

use super::super::compare::pairs;
use super::super::words;

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    if !facts.set.contexts().any(|context| context.fields.iter().any(|field| is_text(&field.kind))) {
        return;
    }
    let mut tables: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for table in facts.set.tables() {
        let (Tenancy::Own { predicate, .. }, Some(context)) = (&table.tenancy, &table.context) else { continue };
        predicate.visit(&mut |expr| {
            for (left, right, _) in pairs(expr) {
                for side in [left, right] {
                    let Kind::Ctx(field) = &side.kind else { continue };
                    let found = tables.entry((context, field)).or_default();
                    if !found.contains(&table.item.as_str()) {
                        found.push(&table.item);
                    }
                }
            }
        });
    }
    for context in facts.set.contexts() {
        for (i, field) in context.fields.iter().enumerate().filter(|(_, field)| is_text(&field.kind)) {
            let Some(tables) = tables.get(&(context.item.as_str(), field.name.as_str())) else { continue };
            let message = format!("`{}` is text and the tenant key of {}", field.name, words::and(tables.iter().take(3)));
            sink.push(
                Diagnostic::new(codes::TEXT_TENANT, Place::Part(Part::Column(i)), message)
                    .note("an unset setting is `''` in PostgreSQL, so `''` reads as NULL: rows of the tenant `''` belong to nobody")
                    .help("use Uuid or an integer; or forbid `''` with a CHECK on the column, and say `allow(H0514, reason = \"..\")`")
                    .of(&context.item),
            );
        }
    }
}

fn is_text(kind: &SqlType) -> bool {
    ["text", "character varying", "character"].iter().any(|name| kind.is(name))
}
