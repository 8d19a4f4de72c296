//! H0972: an owner of the tables that logs in.

use super::facts::Facts;
use crate::diag::{Diagnostic, Part, Place, Sink, codes};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let Some(owner) = facts.roles.owner().and_then(|name| facts.roles.get(name)).filter(|role| role.login) else { return };
    sink.push(
        Diagnostic::new(codes::OWNER_LOGIN, Place::Part(Part::Key("login")), format!("`{}` owns the tables, and logs in", owner.item))
            .note("an owner may switch row security off, drop policies and grant: no rule holds for a session of its own")
            .help("leave `login` out, and let a role that only migrates become it: `member_of(Owner)` with `allow(H0504, ..)`")
            .help("if nothing but migrations uses it: `allow(H0972, reason = \"..\")`")
            .of(&owner.item),
    );
}
