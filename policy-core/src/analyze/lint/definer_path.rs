//! H0930: a function with a definer that searches a schema in which a request may create.

use super::facts::{Facts, functions};
use crate::diag::{Diagnostic, FunctionPart, Part, Place, Sink, codes};
use crate::model::Ident;

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for (of, i, function) in functions(facts.set).filter(|(of, _, function)| !of.external && function.definer.is_some()) {
        let path = function.search_path.as_deref().unwrap_or_default();
        let Some(schema) = path.iter().find(|schema| planted(facts, schema)) else { continue };
        let message = format!("`{}` looks for names in `{schema}`, where a request may create", function.method);
        sink.push(
            Diagnostic::new(codes::DEFINER_PATH, Place::Part(Part::Function(i, FunctionPart::Path)), message)
                .note("whoever creates a table or function of the right name there has it used with the rights of the definer")
                .help(format!("leave `{schema}` out of `search_path`, or take `create` on it away"))
                .of(&of.item),
        );
    }
}

/// Whether a role that a request can use may create in a schema.
pub(super) fn planted(facts: &Facts<'_>, schema: &Ident) -> bool {
    facts.state.schemas.get(schema).is_some_and(|state| state.create.iter().any(|to| facts.serves(to)))
}
