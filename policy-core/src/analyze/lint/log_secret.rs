//! H0976: a log that shows a secret to a role that may not read it in its table.

use super::facts::Facts;
use super::sensitive::is_secret;
use crate::check::access::who;
use crate::diag::{Diagnostic, LogPart, Part, Place, Sink, codes};
use crate::model::{Grantee, Log, Privilege, Table};
use crate::plan::privileges::Privileges;

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for (table, log) in facts.set.tables().filter_map(|table| Some((table, table.log.as_ref()?))) {
        let Some(state) = facts.state.relations.get(&table.relation) else { continue };
        for (i, row) in log.rows.iter().enumerate() {
            let Some(of) = facts.set.tables().find(|table| table.item == row.item) else { continue };
            for secret in of.columns.iter().filter(|column| is_secret(column)) {
                let reader = state.grants.iter().find(|(to, held)| shows(log, held) && !may(facts, of, to, secret.name.as_str()));
                let Some((to, _)) = reader else { continue };
                let message = format!("`{}` reads `{}` of `{}` here, and may not read it there", facts.said(to), secret.field, of.item);
                sink.push(
                    Diagnostic::new(codes::LOG_SECRET, Place::Part(Part::Log(LogPart::Row(i))), message)
                        .note("`old` and `new` hold the whole row, each of its columns")
                        .help(
                            "leave `old` and `new` out of what the role selects, `permit(select(at, command, ..), ..)`, or out of the log",
                        )
                        .help("if the role is to see it: `allow(H0976, reason = \"..\")`")
                        .of(&table.item),
                );
            }
        }
    }
}

/// Whether a privilege shows the row before or after.
fn shows(log: &Log, held: &Privileges) -> bool {
    let Some(columns) = held.get(&Privilege::Select) else { return false };
    let whole = [&log.old, &log.new].into_iter().flatten();
    whole.into_iter().any(|column| columns.as_ref().is_none_or(|columns| columns.contains(column)))
}

/// Whether a grantee reads a column of the table itself, or passes row security anyway.
fn may(facts: &Facts<'_>, of: &Table, to: &Grantee, column: &str) -> bool {
    let exempt = matches!(to, Grantee::Role(name) if facts.roles.is_exempt(name));
    exempt || facts.access.may(&facts.roles, who(to), &of.relation, Privilege::Select, &[column].into_iter().collect())
}
