//! H0308: a Rust type that nothing in the sources defines.

use super::Facts;
use crate::diag::{Diagnostic, FunctionPart, Part, Place, Sink, codes};
use crate::model::{Base, Function, Item, SqlType};

/// A part, its type, and the key that could say it in SQL.
type Typed<'a> = (Part, &'a SqlType, &'static str);

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for item in &facts.set.items {
        for (part, kind, key) in kinds(item) {
            let Base::Opaque(rust) = &kind.base else { continue };
            let fault = Diagnostic::new(codes::UNRESOLVED_TYPE, Place::Part(part), format!("the sources do not define the type `{rust}`"))
                .note("only a newtype or enum with `#[derive(sqlx::Type)]` in the scanned sources has a known SQL type");
            let fault = if key.is_empty() {
                fault.help("scan the crate that defines it, or use a type that sqlx knows")
            } else {
                fault.help(format!("say its SQL type: `{key}`"))
            };
            sink.push(fault.of(item.name()));
        }
    }
}

fn kinds(item: &Item) -> Vec<Typed<'_>> {
    let columns = |i| Part::Column(i);
    match item {
        Item::Table(table) => table.columns.iter().enumerate().map(|(i, c)| (columns(i), &c.kind, "#[policy(type = \"..\")]")).collect(),
        Item::View(view) => view.columns.iter().enumerate().map(|(i, c)| (columns(i), &c.kind, "#[view(type = \"..\")]")).collect(),
        Item::Context(context) => context.fields.iter().enumerate().map(|(i, f)| (columns(i), &f.kind, "")).collect(),
        Item::Functions(of) => of.functions.iter().enumerate().flat_map(|(i, function)| of_function(i, function)).collect(),
        Item::Role(_) | Item::Schema(_) => Vec::new(),
    }
}

/// What it returns stands behind its arguments, and can be said in SQL.
fn of_function(index: usize, function: &Function) -> Vec<Typed<'_>> {
    let typed = |(k, kind)| {
        let argument = k < function.args.len();
        let part = if argument { FunctionPart::Argument(k) } else { FunctionPart::Whole };
        (Part::Function(index, part), kind, if argument { "" } else { "#[function(returns = \"..\")]" })
    };
    function.types().into_iter().enumerate().map(typed).collect()
}
