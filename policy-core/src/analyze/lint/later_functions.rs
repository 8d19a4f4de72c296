//! H0928: default privileges on functions for a role that a request can use.

use super::facts::{Facts, defaults};
use crate::diag::{Diagnostic, Part, Place, Sink, codes};
use crate::model::ObjectKind;

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let functions = |on: ObjectKind| matches!(on, ObjectKind::Functions | ObjectKind::Routines);
    for (item, i, default) in defaults(facts.set).filter(|(_, _, default)| functions(default.on)) {
        let Some(to) = default.grantees.iter().find(|to| facts.serves(to)) else { continue };
        let message = format!("every function that comes later may be called by `{}`", facts.said(to));
        sink.push(
            Diagnostic::new(codes::LATER_FUNCTIONS, Place::Part(Part::Default(i)), message)
                .note("a function with a definer runs with the rights of another: it is open from the moment that it is created")
                .help("leave it out, and grant each function: `#[function(grant(execute, to = ..))]`")
                .of(item),
        );
    }
}
