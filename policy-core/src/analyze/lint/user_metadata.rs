//! H0955: a claim that the user writes.

use super::facts::Facts;
use super::shape::all;
use crate::diag::{Diagnostic, Part, Place, Sink, codes};
use crate::model::{ContextSource, Kind};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for context in facts.set.contexts() {
        for (i, field) in context.fields.iter().enumerate() {
            let theirs =
                |path: &[String]| path.first().is_some_and(|first| matches!(first.as_str(), "user_metadata" | "raw_user_meta_data"));
            let ContextSource::Claim(_, path) = &field.source else { continue };
            let asks = |kind: &Kind| matches!(kind, Kind::Ctx(name) if *name == field.name);
            let said = facts.predicates.iter().filter(|said| said.table.context.as_deref() == Some(context.item.as_str()));
            let read = said.flat_map(|said| all(said.expr)).any(|expr| asks(&expr.kind));
            if !theirs(path) || !read {
                continue;
            }
            sink.push(
                Diagnostic::new(
                    codes::USER_METADATA,
                    Place::Part(Part::Column(i)),
                    format!("policies ask `{}`, which the user writes", field.name),
                )
                .note("`user_metadata` is what a user says of itself, and may change by a call of the sign-in service")
                .help("read the claim from `app_metadata`, which the service alone writes")
                .of(&context.item),
            );
        }
    }
}
