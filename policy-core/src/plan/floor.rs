//! The floor under a table: restrictive policies that hold whatever the permissive ones say.
//!
//! In: a linked table. Out: TO PUBLIC when no rule reaches across tenants, else TO the other roles. Must not know what
//! the permissive policies are. Source: docs/surface.md, tenants; PostgreSQL has no `TO PUBLIC EXCEPT`.

use std::collections::{BTreeMap, BTreeSet};

use super::index::Index;
use super::names;
use super::policy::{PlannedPolicy, by_command, tenant};
use super::privileges::{self, Privileges};
use crate::model::{Command, Grantee, Privilege, Table};

/// `CREATE POLICY tenant_floor ON t AS RESTRICTIVE TO PUBLIC USING (tenant)`, or one for each command.
pub(super) fn floors(table: &Table, index: &Index<'_>) -> Vec<PlannedPolicy> {
    if !table.has_tenant() {
        return Vec::new();
    }
    let exempt = exempt(table);
    if exempt.is_empty() {
        let everyone = [Grantee::Public];
        return if by_command(table) {
            Command::ALL.iter().filter_map(|c| floor(table, index, Some(*c), &everyone)).collect()
        } else {
            floor(table, index, None, &everyone).into_iter().collect()
        };
    }
    let held = holders(table, index);
    let others: Vec<Grantee> = held.keys().filter(|role| !exempt.contains_key(role)).cloned().collect();
    let halves = exempt.iter().any(|(role, commands)| held.get(role).is_some_and(|held| !held.is_subset(commands)));
    if !halves && !by_command(table) {
        return floor(table, index, None, &others).into_iter().collect();
    }
    let under = |command: Command| -> Vec<Grantee> {
        let floored = |role: &Grantee, held: &BTreeSet<Command>| match exempt.get(role) {
            Some(free) => held.contains(&command) && !free.contains(&command),
            None => true,
        };
        held.iter().filter(|(role, held)| floored(role, held)).map(|(role, _)| role.clone()).collect()
    };
    Command::ALL.iter().filter_map(|command| floor(table, index, Some(*command), &under(*command))).collect()
}

fn floor(table: &Table, index: &Index<'_>, command: Option<Command>, to: &[Grantee]) -> Option<PlannedPolicy> {
    let predicate = tenant(table, index, command.unwrap_or(Command::Select))?;
    if to.is_empty() {
        return None;
    }
    let insert = command == Some(Command::Insert);
    Some(PlannedPolicy {
        name: names::of_floor(command),
        before: None,
        rule: None,
        command,
        permissive: false,
        to: to.to_vec(),
        using: (!insert).then(|| predicate.clone()),
        with_check: insert.then_some(predicate),
    })
}

/// Who reaches across tenants, and with which commands.
fn exempt(table: &Table) -> BTreeMap<Grantee, BTreeSet<Command>> {
    let mut exempt: BTreeMap<Grantee, BTreeSet<Command>> = BTreeMap::new();
    for rule in table.rules.iter().filter(|rule| rule.across_tenants.is_some()) {
        for role in rule.to.iter().filter(|to| **to != Grantee::Public) {
            exempt.entry(role.clone()).or_default().extend(rule.commands.iter().map(|on| on.command));
        }
    }
    exempt
}

/// Every declared role with a privilege on the table and the commands it holds; what PUBLIC holds, all of them hold.
fn holders(table: &Table, index: &Index<'_>) -> BTreeMap<Grantee, BTreeSet<Command>> {
    let granted = privileges::on_table(table, index);
    let commands = |privileges: &Privileges| -> BTreeSet<Command> {
        Command::ALL.iter().copied().filter(|command| privileges.contains_key(&command.privilege())).collect()
    };
    let mut held: BTreeMap<Grantee, BTreeSet<Command>> = BTreeMap::new();
    if let Some(public) = granted.get(&Grantee::Public).filter(|public| public.keys().any(|one| *one != Privilege::All)) {
        held.extend(index.set.roles().map(|role| (Grantee::Role(role.name.as_str().to_owned()), commands(public))));
    }
    for (role, privileges) in granted.iter().filter(|(role, _)| **role != Grantee::Public) {
        held.entry(role.clone()).or_default().extend(commands(privileges));
    }
    held
}
