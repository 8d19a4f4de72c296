//! H0927: default privileges on tables for a role that a request can use.

use super::facts::{Facts, defaults};
use crate::diag::{Diagnostic, Part, Place, Sink, codes};
use crate::model::ObjectKind;

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for (item, i, default) in defaults(facts.set).filter(|(_, _, default)| default.on == ObjectKind::Tables) {
        let Some(to) = default.grantees.iter().find(|to| facts.serves(to)) else { continue };
        let message = format!("every table that comes later is open to `{}`", facts.said(to));
        sink.push(
            Diagnostic::new(codes::LATER_TABLES, Place::Part(Part::Default(i)), message)
                .note("CREATE TABLE makes a table without row security: until a policy is written, all of its rows lie open")
                .help("leave it out: a `permit` brings the privilege that it needs")
                .of(item),
        );
    }
}
