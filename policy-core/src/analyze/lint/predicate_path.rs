//! H0952: a function of a policy that searches a schema in which a request may create.

use std::slice::from_ref;

use super::definer_path::planted;
use super::facts::Facts;
use super::shape::all;
use crate::diag::{Diagnostic, FunctionPart, Part, Place, Sink, codes};
use crate::model::{ContextSource, Functions, Kind, Routine};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for routine in called(facts) {
        // One with a definer has a code of its own.
        let found = facts.routine(routine).filter(|(of, function)| !of.external && function.definer.is_none() && function.body.is_some());
        let Some((of, function)) = found else { continue };
        let path = function.search_path.as_deref().unwrap_or(from_ref(&of.schema));
        let (Some(schema), Some(i)) = (path.iter().find(|schema| planted(facts, schema)), index(of, &function.method)) else { continue };
        let message = format!("policies call `{}`, which looks for names in `{schema}`, where a request may create", function.method);
        sink.push(
            Diagnostic::new(codes::PREDICATE_PATH, Place::Part(Part::Function(i, FunctionPart::Whole)), message)
                .note("whoever creates a table of the right name there writes what the policy asks")
                .help(format!("leave `{schema}` out of `search_path`, or take `create` on it away"))
                .of(&of.item),
        );
    }
}

/// Every declared function that a predicate or a context calls.
fn called<'a>(facts: &Facts<'a>) -> Vec<&'a Routine> {
    let of_kind = |kind: &'a Kind| if let Kind::Routine(routine, _) = kind { Some(routine) } else { None };
    let in_rules = facts.predicates.iter().flat_map(|said| all(said.expr)).filter_map(|expr| of_kind(&expr.kind));
    let fields = facts.set.contexts().flat_map(|context| &context.fields);
    let in_fields = fields.filter_map(|field| if let ContextSource::Routine(routine, _) = &field.source { Some(routine) } else { None });
    in_rules.chain(in_fields).collect()
}

fn index(of: &Functions, method: &str) -> Option<usize> {
    of.functions.iter().position(|function| function.method == method)
}
