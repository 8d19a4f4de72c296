//! H0931: a function with a definer that PUBLIC may call.

use super::facts::Facts;
use crate::diag::{Diagnostic, FunctionPart, Part, Place, Sink, codes};
use crate::model::Grantee;
use crate::plan::privileges::executors;

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for of in facts.set.functions().filter(|of| !of.external) {
        for (i, function) in of.functions.iter().enumerate() {
            let Some(definer) = function.definer.as_deref().filter(|_| executors(of, function, facts.set).contains(&Grantee::Public))
            else {
                continue;
            };
            let own = function.grants.iter().position(|to| *to == Grantee::Public);
            let part = own.map_or(FunctionPart::Whole, FunctionPart::To);
            let message = format!("every role may call `{}` with the rights of `{}`", function.method, facts.roles.item(definer));
            sink.push(
                Diagnostic::new(codes::DEFINER_PUBLIC, Place::Part(Part::Function(i, part)), message)
                    .note("PUBLIC is every role of the server, those of callers who did not sign in among them")
                    .help("name the roles that call it: `grant(execute, to = App)`")
                    .of(&of.item),
            );
        }
    }
}
