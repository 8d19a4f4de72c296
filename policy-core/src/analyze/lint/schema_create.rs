//! H0929: CREATE on a schema for a role that a request can use.

use super::facts::Facts;
use crate::diag::{Diagnostic, Part, Place, Sink, codes};
use crate::model::{ObjectKind, Privilege};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for schema in facts.set.schemas() {
        for (i, grant) in schema.grants.iter().enumerate().filter(|(_, grant)| grant.on == ObjectKind::Schema) {
            let Some(to) = grant.to.iter().find(|to| facts.serves(to)) else { continue };
            if !grant.privileges.contains(&Privilege::Create) {
                continue;
            }
            let message = format!("`{}` may create in the schema `{}`", facts.said(to), schema.name);
            sink.push(
                Diagnostic::new(codes::SCHEMA_CREATE, Place::Part(Part::Grant(i)), message)
                    .note("what it creates it owns: a table without row security, or a function that others find before the one they mean")
                    .help("grant `usage` alone; let a role without requests create")
                    .of(&schema.item),
            );
        }
    }
}
