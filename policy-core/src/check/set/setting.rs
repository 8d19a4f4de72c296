//! H0505: a role whose settings hold a context field would give every session of it the same caller.

use std::collections::BTreeMap;

use super::Facts;
use crate::diag::{Diagnostic, Part, Place, Sink, codes};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let mut fields: BTreeMap<String, (&str, &str)> = BTreeMap::new();
    for context in facts.set.contexts() {
        for field in &context.fields {
            fields.entry(field.source.setting().to_lowercase()).or_insert((&context.item, &field.name));
        }
    }
    for role in facts.roles.all() {
        for (i, setting) in role.settings.iter().enumerate() {
            let Some((context, field)) = fields.get(&setting.name.to_lowercase()) else { continue };
            let message = format!("`{}` is the context field `{context}.{field}`", setting.name);
            sink.push(
                Diagnostic::new(codes::CONTEXT_SETTING, Place::Part(Part::Setting(i)), message)
                    .note(format!("every session of `{}` would act for this one caller where a request sets none", role.item))
                    .help("leave it out: a scope sets the context of each request")
                    .of(&role.item),
            );
        }
    }
}
