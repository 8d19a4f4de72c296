//! H0507: default privileges of a schema that take nothing away.

use crate::diag::{Diagnostic, Part, Place, Sink, codes};
use crate::model::{Grantee, ObjectKind, Privilege, Schema};

pub(super) fn check(schema: &Schema, sink: &mut Sink) {
    for (i, default) in schema.defaults.iter().enumerate() {
        let routines = matches!(default.on, ObjectKind::Functions | ObjectKind::Routines);
        let execute = default.privileges.iter().any(|p| matches!(p, Privilege::Execute | Privilege::All));
        if default.revoke && routines && execute && default.grantees.contains(&Grantee::Public) {
            let message = format!("`default(revoke(execute on {}, from = PUBLIC))` has no effect in a schema", default.on.word());
            sink.push(
                Diagnostic::new(codes::INEFFECTIVE_DEFAULT, Place::Part(Part::Default(i)), message)
                    .note("default privileges of a schema only add to those of the database, which give EXECUTE to PUBLIC")
                    .help(format!("move it to the owner: `#[role(.., default(revoke(execute on {}, from = PUBLIC)))]`", default.on.word())),
            );
        }
    }
}
