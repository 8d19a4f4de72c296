//! H0507: default privileges that change nothing.

use crate::diag::{Diagnostic, Part, Place, Sink, codes};
use crate::model::{DefaultPrivilege, Grantee, ObjectKind, Privilege, Schema};

pub(super) fn check(schema: &Schema, sink: &mut Sink) {
    contradictions(&schema.defaults, sink);
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

/// A revoke of what the same item grants: the rendered order is revokes first, so the grant would stand.
pub(super) fn contradictions(defaults: &[DefaultPrivilege], sink: &mut Sink) {
    for (i, revoke) in defaults.iter().enumerate().filter(|(_, default)| default.revoke) {
        let granted = |grant: &DefaultPrivilege| {
            !grant.revoke
                && kind(grant.on) == kind(revoke.on)
                && grant.grantees.iter().any(|to| revoke.grantees.contains(to))
                && meet(&grant.privileges, &revoke.privileges)
        };
        if defaults.iter().any(granted) {
            let message = format!("`default(revoke(.. on {}, ..))` takes away what a `default(grant(..))` here gives", revoke.on.word());
            sink.push(
                Diagnostic::new(codes::INEFFECTIVE_DEFAULT, Place::Part(Part::Default(i)), message)
                    .note("what is granted is what later objects come with, so the revoke would change nothing")
                    .help("leave one of the two out"),
            );
        }
    }
}

fn meet(a: &[Privilege], b: &[Privilege]) -> bool {
    let whole = |all: &[Privilege]| all.contains(&Privilege::All);
    whole(a) || whole(b) || a.iter().any(|one| b.contains(one))
}

/// To PostgreSQL's default privileges, functions and routines are one kind.
fn kind(on: ObjectKind) -> ObjectKind {
    if on == ObjectKind::Routines { ObjectKind::Functions } else { on }
}
