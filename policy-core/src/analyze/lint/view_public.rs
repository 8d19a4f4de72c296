//! H0933: a view with a definer that PUBLIC may read.

use super::facts::Facts;
use crate::diag::{Diagnostic, Part, Place, Sink, codes};
use crate::model::Grantee;

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for view in facts.set.views() {
        let Some(definer) = view.definer.as_deref() else { continue };
        let Some(i) = view.grants.iter().position(|grant| grant.to.contains(&Grantee::Public)) else { continue };
        let message = format!("every role reads `{}` with the rights of `{}`", view.relation, facts.roles.item(definer));
        sink.push(
            Diagnostic::new(codes::VIEW_PUBLIC, Place::Part(Part::Grant(i)), message)
                .note("PUBLIC is every role of the server; none of them needs a privilege on the tables below")
                .help("name the roles that read it")
                .of(&view.item),
        );
    }
}
