//! H0952: a function of a policy whose names the caller decides.

use super::body::{bare_relation, text};
use super::facts::Facts;
use super::shape::all;
use crate::diag::{Diagnostic, FunctionPart, Part, Place, Sink, codes};
use crate::model::{ContextSource, Functions, Kind, Routine};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for routine in called(facts) {
        let Some((of, function)) = facts.routine(routine) else { continue };
        let bare = text(function).and_then(bare_relation).filter(|_| function.search_path.is_none());
        let (Some(name), Some(i)) = (bare, index(of, &function.method)) else { continue };
        let message = format!("`{}` reads `{name}` without a schema, and policies call it", function.method);
        sink.push(
            Diagnostic::new(codes::PREDICATE_PATH, Place::Part(Part::Function(i, FunctionPart::Body)), message)
                .note("the name is looked up along the caller's search_path, and a temporary table comes first: the caller writes the answer")
                .help("write the schema with the name; or give the function a `search_path`, which keeps PostgreSQL from inlining it")
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
