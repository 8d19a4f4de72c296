//! Who gets which privilege on tables and sequences.
//!
//! In: a linked table and its set. Out: the statements of its planned privileges. Must not know about rows. Source: PostgreSQL documentation, GRANT and 5.8 "Privileges".

use std::collections::BTreeMap;

use super::quote::{columns, do_block, grantee, literal, relation};
use super::script::{Key, Part, Statement};
use crate::model::{Column, Grantee, Ident, ObjectKind, Privilege, Relation, Table};
use crate::plan::Index;
use crate::plan::privileges::{Privileges, on_table};

/// `REVOKE ALL ON TABLE t FROM role; GRANT SELECT, INSERT (a, b) ON TABLE t TO role;` for each role that holds
/// something, and `REVOKE ALL ON TABLE t FROM PUBLIC;` always. Roles that nothing names are not touched.
pub(super) fn statements(table: &Table, index: &Index<'_>) -> Vec<Statement> {
    let mut held = on_table(table, index);
    held.entry(Grantee::Public).or_default();
    let mut statements: Vec<Statement> = held.iter().map(|(to, privileges)| of_table(table, to, privileges)).collect();
    for (sequence, to, privileges) in sequences(table, index) {
        statements.push(of_sequence(table, &sequence, &to, &privileges));
    }
    statements
}

fn of_table(table: &Table, to: &Grantee, privileges: &Privileges) -> Statement {
    let key = Key::Table(table.relation.clone(), Part::Grants(to.clone()));
    on_relation(key, &table.relation, &table.columns, to, privileges)
}

/// What somebody holds on a table or view; only the REVOKE if that is nothing.
pub(super) fn on_relation(key: Key, on: &Relation, declared: &[Column], to: &Grantee, privileges: &Privileges) -> Statement {
    let (name, role) = (relation(on), grantee(to));
    let revoke = format!("REVOKE ALL ON TABLE {name} FROM {role};");
    let words: Vec<String> = privileges.iter().map(|(privilege, some)| privilege_on(declared, *privilege, some.as_ref())).collect();
    if words.is_empty() {
        return Statement::new(key, revoke, "");
    }
    let words = if privileges.contains_key(&Privilege::All) { word(Privilege::All) } else { words.join(", ") };
    let grant = format!("GRANT {words} ON TABLE {name} TO {role};");
    Statement::new(key, format!("{revoke}\n{grant}"), if_there(on, &revoke))
}

/// `UPDATE (title, status)`, the columns in the order declared.
fn privilege_on(declared: &[Column], privilege: Privilege, on: Option<&Vec<Ident>>) -> String {
    let word = word(privilege);
    let Some(on) = on else { return word };
    let place = |name: &Ident| declared.iter().position(|column| column.name == *name);
    let mut sorted = on.clone();
    sorted.sort_by_key(|name| (place(name).unwrap_or(usize::MAX), name.clone()));
    format!("{word} {}", columns(&sorted))
}

/// The privilege as SQL writes it.
pub(super) fn word(privilege: Privilege) -> String {
    privilege.word().to_uppercase()
}

/// Sequences behind the columns of a table: USAGE for whoever may insert, and the schema-wide grants.
fn sequences(table: &Table, index: &Index<'_>) -> Vec<(Relation, Grantee, Vec<Privilege>)> {
    let mut all: BTreeMap<(Relation, Grantee), Vec<Privilege>> = BTreeMap::new();
    let owned: Vec<Relation> = table.columns.iter().filter_map(|column| table.sequence(column)).collect();
    // A sequence of several tables stands by the first.
    for sequence in owned.iter().filter(|sequence| index.users(sequence).first().is_some_and(|first| first.relation == table.relation)) {
        let users = index.users(sequence).iter();
        let inserters = users.flat_map(|user| on_table(user, index)).filter(|(_, held)| held.contains_key(&Privilege::Insert));
        for (role, _) in inserters {
            all.entry((sequence.clone(), role)).or_default().push(Privilege::Usage);
        }
        for schema in index.schemas(&sequence.schema) {
            for grant in schema.grants.iter().filter(|grant| grant.on == ObjectKind::Sequences) {
                grant.to.iter().for_each(|to| all.entry((sequence.clone(), to.clone())).or_default().extend(&grant.privileges));
            }
        }
    }
    all.into_iter().map(|((sequence, to), privileges)| (sequence, to, privileges)).collect()
}

/// `REVOKE ALL ON SEQUENCE s FROM role; GRANT USAGE ON SEQUENCE s TO role;`
fn of_sequence(table: &Table, sequence: &Relation, to: &Grantee, privileges: &[Privilege]) -> Statement {
    let (name, role) = (relation(sequence), grantee(to));
    let revoke = format!("REVOKE ALL ON SEQUENCE {name} FROM {role};");
    let grant = format!("GRANT {} ON SEQUENCE {name} TO {role};", words(privileges));
    let key = Key::Table(table.relation.clone(), Part::Sequence(sequence.clone(), to.clone()));
    Statement::new(key, format!("{revoke}\n{grant}"), if_there(sequence, &revoke))
}

/// `USAGE, SELECT`, each once; ALL swallows the others.
pub(super) fn words(privileges: &[Privilege]) -> String {
    if privileges.contains(&Privilege::All) {
        return word(Privilege::All);
    }
    let sorted: std::collections::BTreeSet<Privilege> = privileges.iter().copied().collect();
    sorted.into_iter().map(word).collect::<Vec<_>>().join(", ")
}

/// The statement, if the relation is still there: the application may have dropped it.
pub(super) fn if_there(of: &Relation, statement: &str) -> String {
    let name = literal(&relation(of));
    do_block(&format!("BEGIN\n    IF to_regclass({name}) IS NOT NULL THEN\n        {statement}\n    END IF;\nEND"))
}
