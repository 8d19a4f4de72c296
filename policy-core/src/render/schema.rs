//! The statements of a schema. It is not created: the application's migrations do that.
//!
//! In: a linked schema and its set. Out: statements. Must not know the tables in it: grants on declared tables stand by
//! each table. Source: PostgreSQL documentation, GRANT, REVOKE, ALTER DEFAULT PRIVILEGES.

use std::collections::BTreeMap;

use super::defaults::{self, plural};
use super::grant::words;
use super::quote::{grantee, ident};
use super::script::{Key, SchemaPart, Statement};
use crate::model::{Grantee, ObjectKind, PolicySet, Privilege, Schema};

type ByGrantee = BTreeMap<(ObjectKind, Grantee), Vec<Privilege>>;

/// Revokes first, then grants.
pub(super) fn statements(schema: &Schema) -> Vec<Statement> {
    if schema.external {
        return Vec::new();
    }
    let mut revoked = ByGrantee::new();
    for revoke in &schema.revokes {
        revoke.from.iter().for_each(|from| revoked.entry((revoke.on, from.clone())).or_default().extend(&revoke.privileges));
    }
    let mut granted = ByGrantee::new();
    for grant in schema.grants.iter().filter(|grant| grant.every || grant.on == ObjectKind::Schema) {
        grant.to.iter().for_each(|to| granted.entry((grant.on, to.clone())).or_default().extend(&grant.privileges));
    }
    let revokes = revoked.iter().map(|((on, from), privileges)| revoke(schema, *on, from, privileges));
    revokes.chain(granted.iter().map(|((on, to), privileges)| grant(schema, *on, to, privileges))).collect()
}

/// `ALTER DEFAULT PRIVILEGES FOR ROLE owner IN SCHEMA s ..`; nothing without an owner, which `check` refuses.
pub(super) fn default_privileges(schema: &Schema, set: &PolicySet) -> Vec<Statement> {
    let Some(owner) = set.owner.as_deref().filter(|_| !schema.external) else { return Vec::new() };
    let whose = format!("FOR ROLE {} IN SCHEMA {}", ident(owner), ident(schema.name.as_str()));
    let key = |kind, to| Key::Schema(schema.name.clone(), SchemaPart::Default(kind, to));
    defaults::statements(&schema.defaults, &whose, false, &key)
}

/// `SCHEMA s`, `ALL TABLES IN SCHEMA s`.
fn object(schema: &Schema, on: ObjectKind) -> String {
    let name = ident(schema.name.as_str());
    if on == ObjectKind::Schema { format!("SCHEMA {name}") } else { format!("ALL {} IN SCHEMA {name}", plural(on)) }
}

/// `REVOKE CREATE ON SCHEMA s FROM PUBLIC;` It is not undone: nothing says that the privilege was there before.
fn revoke(schema: &Schema, on: ObjectKind, from: &Grantee, privileges: &[Privilege]) -> Statement {
    let key = Key::Schema(schema.name.clone(), SchemaPart::Revoked(on, from.clone()));
    Statement::new(key, format!("REVOKE {} ON {} FROM {};", words(privileges), object(schema, on), grantee(from)), "")
}

/// `REVOKE ALL ON SCHEMA s FROM role; GRANT USAGE ON SCHEMA s TO role;`
fn grant(schema: &Schema, on: ObjectKind, to: &Grantee, privileges: &[Privilege]) -> Statement {
    let (object, role) = (object(schema, on), grantee(to));
    let revoke = format!("REVOKE ALL ON {object} FROM {role};");
    let grant = format!("GRANT {} ON {object} TO {role};", words(privileges));
    Statement::new(Key::Schema(schema.name.clone(), SchemaPart::Granted(on, to.clone())), format!("{revoke}\n{grant}"), revoke)
}
