//! H0954: a privilege on rows that no permit opens.

use super::facts::Facts;
use crate::check::access::{reaches, who};
use crate::check::roles::Who;
use crate::diag::{Diagnostic, Part, Place, Sink, codes};
use crate::model::{Command, Grantee, Privilege, RuleKind, Table};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for table in facts.governed() {
        for (i, grant) in table.grants.iter().enumerate() {
            let idle = grant.privileges.iter().filter_map(|(privilege, _)| of(*privilege)).find_map(|command| {
                let to = grant.to.iter().find(|to| bound(facts, to) && !opened(facts, table, to, command))?;
                Some((command, to))
            });
            let Some((command, to)) = idle else { continue };
            let (word, role) = (command.word(), facts.said(to));
            sink.push(
                Diagnostic::new(
                    codes::GRANT_WITHOUT_PERMIT,
                    Place::Part(Part::Grant(i)),
                    format!("`{role}` may {word}, and no permit opens a row"),
                )
                .note("row security answers a privilege without a policy with no row, and no error")
                .help(format!("write `permit({word}, to = {role}, ..)`, which brings the privilege; or leave the grant out"))
                .of(&table.item),
            );
        }
    }
}

fn of(privilege: Privilege) -> Option<Command> {
    Command::ALL.iter().copied().find(|command| command.privilege() == privilege)
}

/// Whether policies bind a grantee.
fn bound(facts: &Facts<'_>, to: &Grantee) -> bool {
    !matches!(to, Grantee::Role(name) if facts.roles.is_exempt(name))
}

/// Whether someone who has what is given to the grantee has a permit for the command.
fn opened(facts: &Facts<'_>, table: &Table, to: &Grantee, command: Command) -> bool {
    let permits = table.rules.iter().filter(|rule| rule.kind == RuleKind::Permit && rule.commands.iter().any(|on| on.command == command));
    let mut given = permits.flat_map(|rule| &rule.to);
    let has = |one: Who<'_>, other: &Grantee| reaches(&facts.roles, one, who(other));
    given.any(|other| {
        has(who(to), other) || facts.roles.all().map(|role| Who::Role(role.name.as_str())).any(|one| has(one, to) && has(one, other))
    })
}
