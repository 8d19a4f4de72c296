//! The statements of a table: row security, policies, partitions.
//!
//! In: a linked table and its set. Out: statements. Must not know what a predicate means. Source: PostgreSQL
//! documentation, CREATE POLICY, ALTER TABLE, 5.9 "Row Security Policies".

use super::expr::Writer;
use super::quote::{do_block, grantees, ident, literal, relation};
use super::script::{Key, Part, Statement};
use super::view::shapes_read;
use super::{grant, log, trigger};
use crate::model::{Column, Expr, Grantee, Kind, PolicySet, Relation, Table};
use crate::plan::{Index, PlannedPolicy, plan_in};

pub(super) fn statements(table: &Table, index: &Index<'_>) -> Vec<Statement> {
    if table.is_external() {
        return Vec::new();
    }
    let key = |part| Key::Table(table.relation.clone(), part);
    let mut all: Vec<Statement> = table.renamed_from.iter().map(|old| renamed(table, old)).collect();
    match &table.no_rls {
        Some(reason) => all.push(Statement::new(key(Part::NoRls), "", "").note(Some(format!("no row-level security: {reason}")))),
        None => {
            all.push(row_security(table));
            let policies = plan_in(table, index);
            all.extend(policies.iter().filter_map(|policy| policy_renamed(table, policy, &policies)));
            all.extend(policies.iter().map(|policy| of_policy(table, index, policy)));
        }
    }
    all.extend(trigger::statements(table, index));
    all.extend(log::triggers(table, index));
    all.extend(table.columns.iter().filter_map(|column| default(table, index, column)));
    all.extend(grant::statements(table, index));
    if table.partitioned && table.no_rls.is_none() {
        all.push(partitions(table, index.set));
    }
    all
}

/// `ALTER TABLE t ENABLE ROW LEVEL SECURITY; ALTER TABLE t FORCE ROW LEVEL SECURITY;`
fn row_security(table: &Table) -> Statement {
    let name = relation(&table.relation);
    let apply = format!("ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;\nALTER TABLE {name} FORCE ROW LEVEL SECURITY;");
    let remove =
        format!("ALTER TABLE IF EXISTS {name} NO FORCE ROW LEVEL SECURITY;\nALTER TABLE IF EXISTS {name} DISABLE ROW LEVEL SECURITY;");
    let statement = Statement::new(Key::Table(table.relation.clone(), Part::RowSecurity), apply, remove);
    Statement { opens: Some(name), ..statement }
}

/// `ALTER TABLE t ALTER COLUMN user_id SET DEFAULT nullif(..)::uuid;` PostgreSQL takes no sub-select in a default.
fn default(table: &Table, index: &Index<'_>, column: &Column) -> Option<Statement> {
    let value = match &column.default.as_ref()?.kind {
        Kind::Ctx(name) => super::context::field(index.context(table.context.as_deref())?.field(name)?, true),
        _ => "CURRENT_USER".to_owned(),
    };
    let (name, on) = (ident(column.name.as_str()), relation(&table.relation));
    let key = Key::Table(table.relation.clone(), Part::Default(column.name.clone()));
    let apply = format!("ALTER TABLE {on} ALTER COLUMN {name} SET DEFAULT {value};");
    Some(Statement::new(key, apply, format!("ALTER TABLE IF EXISTS {on} ALTER COLUMN {name} DROP DEFAULT;")))
}

/// `DROP POLICY IF EXISTS p ON t; CREATE POLICY p ON t FOR SELECT TO role USING (..);`
fn of_policy(table: &Table, index: &Index<'_>, policy: &PlannedPolicy) -> Statement {
    let (name, on) = (ident(policy.name.as_str()), relation(&table.relation));
    let drop = format!("DROP POLICY IF EXISTS {name} ON {on};");
    let restrictive = if policy.permissive { "" } else { " AS RESTRICTIVE" };
    let command = policy.command.map_or_else(|| "ALL".to_owned(), |command| grant::word(command.privilege()));
    let mut create = format!("CREATE POLICY {name} ON {on}{restrictive} FOR {command} TO {}", grantees(&policy.to));
    for (word, predicate) in [("USING", &policy.using), ("WITH CHECK", &policy.with_check)] {
        if let Some(predicate) = predicate {
            create = format!("{create}\n    {word} {}", bracketed(table, index, predicate, word.len() + 1));
        }
    }
    let reason = policy.rule.and_then(|index| table.rules.get(index)).and_then(|rule| rule.across_tenants.as_ref());
    let shape = shapes_read(policy.using.iter().chain(&policy.with_check), index);
    let statement =
        Statement::new(Key::Table(table.relation.clone(), Part::Policy(policy.name.clone())), format!("{drop}\n{create};"), drop);
    Statement { shape, ..statement }.note(reason.map(|reason| format!("across tenants: {reason}")))
}

fn bracketed(table: &Table, index: &Index<'_>, predicate: &Expr, before: usize) -> String {
    Writer::new(index, table, predicate).bracketed(predicate, 4, before)
}

/// The policy is made anew under its new name, so the old one goes, unless another rule has taken that name.
fn policy_renamed(table: &Table, policy: &PlannedPolicy, all: &[PlannedPolicy]) -> Option<Statement> {
    let old = policy.before.as_ref().filter(|old| all.iter().all(|other| other.name != **old))?;
    let key = Key::Table(table.relation.clone(), Part::PolicyRenamed(policy.name.clone()));
    Some(Statement::new(key, format!("DROP POLICY IF EXISTS {} ON {};", ident(old.as_str()), relation(&table.relation)), ""))
}

/// `ALTER TABLE old RENAME TO new`, if there is the old one and not the new one.
fn renamed(table: &Table, old: &Relation) -> Statement {
    let key = Key::Table(table.relation.clone(), Part::Renamed);
    Statement::new(key, rename(old, &table.relation), rename(&table.relation, old))
}

fn rename(from: &Relation, to: &Relation) -> String {
    let mut steps = Vec::new();
    let moved = Relation { schema: to.schema.clone(), name: from.name.clone() };
    if from.schema != to.schema {
        steps.push(format!("ALTER TABLE {} SET SCHEMA {};", relation(from), ident(to.schema.as_str())));
    }
    if from.name != to.name {
        steps.push(format!("ALTER TABLE {} RENAME TO {};", relation(&moved), ident(to.name.as_str())));
    }
    do_block(&format!(
        "BEGIN\n    IF to_regclass({}) IS NOT NULL AND to_regclass({}) IS NULL THEN\n        {}\n    END IF;\nEND",
        literal(&relation(from)),
        literal(&relation(to)),
        steps.join("\n        ")
    ))
}

/// ENABLE, FORCE and no privileges for every partition and inheritance child there is, at any depth: a partition that is
/// named in a query is judged by its own policies, and it has none. Undone, what was granted on them does not come back.
fn partitions(table: &Table, set: &PolicySet) -> Statement {
    let key = Key::Table(table.relation.clone(), Part::Partitions);
    let revoke = format!("EXECUTE format('REVOKE ALL ON TABLE %s FROM %s', part, {});", literal(&grantees(&declared(set))));
    let enable = |first: &str, second: &str| {
        let one = |words: &str| format!("EXECUTE format('ALTER TABLE %s {words} ROW LEVEL SECURITY', part);");
        vec!["IF kind IN ('r', 'p') THEN".to_owned(), format!("    {}", one(first)), format!("    {}", one(second)), "END IF;".to_owned()]
    };
    let mut apply = enable("ENABLE", "FORCE");
    apply.push(revoke);
    let statement = Statement::new(key, each_partition(table, &apply), each_partition(table, &enable("NO FORCE", "DISABLE")));
    Statement { opens: Some(format!("the partitions of {}", relation(&table.relation))), ..statement }
}

/// PUBLIC and the roles of the set that are ours, but for the owner.
fn declared(set: &PolicySet) -> Vec<Grantee> {
    let roles = set.roles().filter(|role| !role.external && set.owner.as_deref() != Some(role.name.as_str()));
    std::iter::once(Grantee::Public).chain(roles.map(|role| Grantee::Role(role.name.as_str().to_owned()))).collect()
}

fn each_partition(table: &Table, steps: &[String]) -> String {
    let name = literal(&relation(&table.relation));
    do_block(&format!(
        "DECLARE
    part regclass;
    kind \"char\";
BEGIN
    FOR part, kind IN
        WITH RECURSIVE parts AS (
            SELECT inhrelid FROM pg_inherits WHERE inhparent = to_regclass({name})
            UNION
            SELECT i.inhrelid FROM pg_inherits AS i JOIN parts AS p ON i.inhparent = p.inhrelid
        )
        SELECT c.oid::regclass, c.relkind FROM parts AS p JOIN pg_class AS c ON c.oid = p.inhrelid ORDER BY c.oid::regclass::text
    LOOP
        {}
    END LOOP;
END",
        steps.join("\n        ")
    ))
}
