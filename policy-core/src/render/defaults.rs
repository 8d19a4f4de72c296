//! Default privileges: what later objects come with.
//!
//! In: declared default privileges and for whom they hold. Out: statements. Must not know whether a role or a schema
//! declared them. Source: PostgreSQL documentation, ALTER DEFAULT PRIVILEGES.

use std::collections::BTreeMap;

use super::grant::words;
use super::quote::grantee;
use super::script::{Key, Statement};
use crate::model::{DefaultPrivilege, Grantee, ObjectKind, Privilege};
use crate::plan::privileges::expand;

/// `ALTER DEFAULT PRIVILEGES FOR ROLE r [IN SCHEMA s] GRANT SELECT ON TABLES TO role;`, what was granted before taken
/// away first. Undoing a revoke gives back only what PostgreSQL itself grants: EXECUTE on functions to PUBLIC.
pub(super) fn statements(
    all: &[DefaultPrivilege],
    whose: &str,
    built_in: bool,
    key: &dyn Fn(ObjectKind, Grantee) -> Key,
) -> Vec<Statement> {
    let mut by_key: BTreeMap<(ObjectKind, Grantee), [Vec<Privilege>; 2]> = BTreeMap::new();
    for default in all {
        for to in &default.grantees {
            let [granted, revoked] = by_key.entry((default.on, to.clone())).or_default();
            (if default.revoke { revoked } else { granted }).extend(&default.privileges);
        }
    }
    by_key.iter().map(|((on, to), privileges)| one(whose, built_in, key(*on, to.clone()), (*on, to), privileges)).collect()
}

/// `privileges` are those granted and those revoked.
fn one(whose: &str, built_in: bool, key: Key, (on, to): (ObjectKind, &Grantee), privileges: &[Vec<Privilege>; 2]) -> Statement {
    let ([granted, revoked], kind, role) = (privileges, plural(on), grantee(to));
    let statement = |what: &str| format!("ALTER DEFAULT PRIVILEGES {whose} {what};");
    let revoke_all = statement(&format!("REVOKE ALL ON {kind} FROM {role}"));
    let mut apply = Vec::new();
    if granted.is_empty() {
        apply.push(statement(&format!("REVOKE {} ON {kind} FROM {role}", words(revoked))));
    } else {
        apply.push(revoke_all.clone());
        apply.push(statement(&format!("GRANT {} ON {kind} TO {role}", words_on(on, granted))));
    }
    let functions = matches!(on, ObjectKind::Functions | ObjectKind::Routines);
    let remove = match (granted.is_empty(), built_in && functions && *to == Grantee::Public) {
        (_, true) => statement(&format!("GRANT EXECUTE ON {kind} TO PUBLIC")),
        (false, false) => revoke_all,
        (true, false) => String::new(),
    };
    Statement::new(key, apply.join("\n"), remove)
}

/// The privileges of a grant; ALL on tables stands for the four row commands.
fn words_on(on: ObjectKind, privileges: &[Privilege]) -> String {
    if on == ObjectKind::Tables {
        return words(&privileges.iter().copied().flat_map(expand).collect::<Vec<_>>());
    }
    words(privileges)
}

/// `TABLES`, `FUNCTIONS`, `SCHEMAS`.
pub(super) fn plural(on: ObjectKind) -> &'static str {
    match on {
        ObjectKind::Schema => "SCHEMAS",
        ObjectKind::Tables => "TABLES",
        ObjectKind::Sequences => "SEQUENCES",
        ObjectKind::Functions => "FUNCTIONS",
        ObjectKind::Routines => "ROUTINES",
    }
}
