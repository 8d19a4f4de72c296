//! H0308: a Rust type that nothing in the sources defines.

use super::Facts;
use crate::diag::{Diagnostic, Part, Place, Sink, codes};
use crate::model::{Base, Item, SqlType};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for item in &facts.set.items {
        let kinds: Vec<(&SqlType, &str)> = match item {
            Item::Table(table) => table.columns.iter().map(|c| (&c.kind, "#[policy(type = \"..\")]")).collect(),
            Item::Context(context) => context.fields.iter().map(|f| (&f.kind, "#[context(type = \"..\")]")).collect(),
            Item::View(view) => view.columns.iter().map(|c| (&c.kind, "#[view(type = \"..\")]")).collect(),
            Item::Functions(functions) => functions.functions.iter().flat_map(|f| f.types()).map(|kind| (kind, "")).collect(),
            Item::Role(_) | Item::Schema(_) => continue,
        };
        for (i, (kind, key)) in kinds.into_iter().enumerate() {
            let Base::Opaque(rust) = &kind.base else { continue };
            let mut fault = Diagnostic::new(
                codes::UNRESOLVED_TYPE,
                Place::Part(Part::Column(i)),
                format!("the sources do not define the type `{rust}`"),
            )
            .note("only a newtype or enum with `#[derive(sqlx::Type)]` in the scanned sources has a known SQL type");
            if matches!(item, Item::Table(_) | Item::View(_)) {
                fault = fault.help(format!("say its SQL type: `{key}`"));
            } else {
                fault = fault.help("scan the crate that defines it, or use a type that sqlx knows");
            }
            sink.push(fault.of(item.name()));
        }
    }
}
