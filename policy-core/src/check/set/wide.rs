//! H0416, H0509: privileges past row security, and everything at once, for a role that a request can act as.

use super::Facts;
use crate::diag::{Code, Diagnostic, Part, Place, Sink, codes};
use crate::model::{Grantee, ObjectKind, Privilege};

use super::super::words;

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for table in facts.set.tables() {
        for (i, grant) in table.grants.iter().enumerate() {
            let privileges: Vec<Privilege> = grant.privileges.iter().map(|(privilege, _)| *privilege).collect();
            judge(facts, &table.item, Part::Grant(i), &privileges, &grant.to, sink);
        }
    }
    for schema in facts.set.schemas() {
        for (i, grant) in schema.grants.iter().enumerate() {
            let part = Part::Grant(i);
            judge_all(facts, &schema.item, part, (grant.on, grant.every), &grant.privileges, &grant.to, sink);
        }
        for (i, default) in schema.defaults.iter().enumerate().filter(|(_, default)| !default.revoke) {
            let part = Part::Default(i);
            judge_all(facts, &schema.item, part, (default.on, false), &default.privileges, &default.grantees, sink);
        }
    }
    for role in facts.roles.all() {
        for (i, default) in role.defaults.iter().enumerate().filter(|(_, default)| !default.revoke) {
            let part = Part::Default(i);
            judge_all(facts, &role.item, part, (default.on, false), &default.privileges, &default.grantees, sink);
        }
    }
}

/// `grant(all on ..)` is one fault; otherwise the privileges of tables are judged one by one.
fn judge_all(
    facts: &Facts<'_>,
    item: &str,
    part: Part,
    (on, every): (ObjectKind, bool),
    privileges: &[Privilege],
    to: &[Grantee],
    sink: &mut Sink,
) {
    if !privileges.contains(&Privilege::All) {
        if on == ObjectKind::Tables {
            judge(facts, item, part, privileges, to, sink);
        }
        return;
    }
    let what = match on {
        ObjectKind::Schema => "`all` on a schema".to_owned(),
        _ if every => format!("`all on all {}`", on.word()),
        _ => format!("`all on {}`", on.word()),
    };
    let why = match on {
        ObjectKind::Tables if every => {
            "ALL on tables holds TRUNCATE, REFERENCES and TRIGGER, which row security does not govern, and since 17 MAINTAIN"
        }
        ObjectKind::Tables => "it is every row command on each table, whatever the rules of the table say",
        _ => "`all` grows with the versions of PostgreSQL",
    };
    for who in to.iter().filter(|to| serves_requests(facts, to)) {
        let fault = fault(codes::TOO_WIDE, facts, part, &what, who);
        sink.push(fault.note(why).help("list the privileges that the role needs").of(item));
    }
}

/// `grant(truncate, to = App)`
fn judge(facts: &Facts<'_>, item: &str, part: Part, privileges: &[Privilege], to: &[Grantee], sink: &mut Sink) {
    let outside = |p: &&Privilege| {
        matches!(p, Privilege::Truncate | Privilege::References | Privilege::Trigger | Privilege::Maintain | Privilege::All)
    };
    let found: Vec<&str> = privileges.iter().filter(outside).map(|p| p.word()).collect();
    if found.is_empty() {
        return;
    }
    for who in to.iter().filter(|to| serves_requests(facts, to)) {
        let fault = fault(codes::UNGOVERNED_PRIVILEGE, facts, part, &words::and(&found), who);
        sink.push(
            fault
                .note("TRUNCATE, REFERENCES, TRIGGER and MAINTAIN are for whole tables: no policy limits them")
                .help("grant them to a role that no login role can become, or leave them out")
                .of(item),
        );
    }
}

fn fault(code: Code, facts: &Facts<'_>, part: Part, what: &str, who: &Grantee) -> Diagnostic {
    let message = match who {
        Grantee::Public => format!("{what} for `PUBLIC`"),
        Grantee::Role(name) => format!("{what} for `{}`, which requests can use", facts.roles.item(name)),
    };
    Diagnostic::new(code, Place::Part(part), message)
}

fn serves_requests(facts: &Facts<'_>, grantee: &Grantee) -> bool {
    match grantee {
        Grantee::Public => true,
        Grantee::Role(name) => facts.roles.serves_requests(name),
    }
}
