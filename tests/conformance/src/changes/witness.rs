//! The rows that a verdict names as gained or lost, tried on a server. In: a line of a verdict. Out: statements about that row alone, and
//! what must come of them. Must not know: how the row was found.

use policy_core::analyze::{Difference, State};
use policy_core::model::{Command, Ident, Relation};

use super::tenants::TENANT;
use super::tests::{Test, base, insertion, other};
use crate::access::client::Value;
use crate::access::policies;
use crate::access::write::constant;

/// Statements that try one row.
#[derive(Clone, Debug)]
pub(super) struct Trial {
    /// The line of the verdict.
    pub(super) line: String,
    /// Whether it says that the row is gained.
    pub(super) gained: bool,
    /// Whether it is about a row that is written.
    pub(super) new: bool,
    /// Where its statements are among those of the role and the relation.
    pub(super) at: std::ops::Range<usize>,
}

/// Statements for the rows that a difference names; what is no row, or hangs on something, is left out.
pub(super) fn trials(state: &State, relation: &Relation, command: Command, of: &Difference, tests: &mut Vec<Test>) -> Vec<Trial> {
    let mut all = Vec::new();
    for (gained, line) in of.gained.iter().map(|line| (true, line)).chain(of.lost.iter().map(|line| (false, line))) {
        let (new, text) = line.strip_prefix("new row: ").map_or((false, line.as_str()), |rest| (true, rest));
        let Some(row) = parse(text) else { continue };
        let from = tests.len();
        tests.extend(statements(state, relation, command, new, &row));
        all.push(Trial { line: line.clone(), gained, new, at: from..tests.len() });
    }
    all
}

/// Statements for the row of a leak; whether it is of another tenant. None where it is no row.
pub(super) fn leaked(state: &State, relation: &Relation, command: Command, line: &str, tests: &mut Vec<Test>) -> Option<bool> {
    let (new, text) = line.strip_prefix("new row: ").map_or((false, line), |rest| (true, rest));
    let text = text.replace("any row, seen where ", "").replace(", seen where ", ", ");
    let row = parse(&text)?;
    let (names, values) = full(state, &base(state, relation), &row.own)?;
    let own = &values[names.iter().position(|name| *name == TENANT)?];
    tests.extend(statements(state, relation, command, new, &row));
    Some(own.is_none() || row.tenant.flatten() != *own)
}

/// A row as a verdict tells it.
#[derive(Debug, Default)]
struct Row {
    own: Vec<(String, Value)>,
    tenant: Option<Value>,
    /// Rows of other tables.
    others: Vec<(String, Vec<(String, Value)>)>,
}

/// `a = 'x', b IS NULL, ctx.tenant = A, a row of m with b = 'y'`
fn parse(text: &str) -> Option<Row> {
    let mut row = Row::default();
    for part in text.split(", ").filter(|part| !part.is_empty()) {
        let part = match part.strip_prefix("a row of ") {
            Some(rest) => {
                let (relation, first) = rest.split_once(" with ")?;
                row.others.push((relation.to_owned(), Vec::new()));
                first
            }
            None => part,
        };
        if part == "any values" {
            continue;
        }
        let (name, value) = match part.strip_suffix(" IS NULL") {
            Some(name) => (name, None),
            None => part.split_once(" = ").map(|(name, value)| (name, Some(value.trim_matches('\'').to_owned())))?,
        };
        if name == "ctx.tenant" {
            row.tenant = Some(value);
        } else if !name.chars().all(|letter| letter.is_ascii_lowercase()) || value.as_ref().is_some_and(|text| text.contains(' ')) {
            return None;
        } else if let Some((_, columns)) = row.others.last_mut() {
            columns.push((name.to_owned(), value));
        } else {
            row.own.push((name.to_owned(), value));
        }
    }
    Some(row)
}

fn full(state: &State, table: &Relation, named: &[(String, Value)]) -> Option<(Vec<&'static str>, Vec<Value>)> {
    let found = state.relations.get(table)?;
    let names = policies::names(found);
    let value = |name: &&'static str| {
        let column = found.columns.iter().find(|column| column.name.as_str() == *name);
        let said = named.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone());
        said.unwrap_or_else(|| other(name, column.is_some_and(|column| column.nullable)))
    };
    let row = names.iter().map(value).collect();
    Some((names, row))
}

fn statements(state: &State, relation: &Relation, command: Command, new: bool, row: &Row) -> Vec<Test> {
    let table = base(state, relation);
    let Some((names, values)) = full(state, &table, &row.own) else { return Vec::new() };
    let tenant = row.tenant.clone().flatten().unwrap_or_default();
    let mut before = String::new();
    for other in state
        .relations
        .keys()
        .filter(|other| row.others.iter().any(|(name, _)| is_called(other, name)) || **other == super::worlds::members())
    {
        before += &format!("DELETE FROM {other};");
        for (_, columns) in row.others.iter().filter(|(name, _)| is_called(other, name)) {
            let Some((names, values)) = full(state, other, columns) else { return Vec::new() };
            before += &format!("{};", insertion(other, &names, &values));
        }
    }
    // What a view shows may be a row of its table that is told as found.
    let found = row.own.is_empty() && row.others.iter().any(|(name, _)| is_called(&table, name));
    let there = if found { before.clone() } else { format!("{before}{}", insertion(&table, &names, &values)) };
    let shown: Vec<&str> = state.relations.get(relation).map(policies::names).unwrap_or_default();
    let given = |name: &str| names.iter().position(|own| *own == name).map(|at| constant(&values[at])).unwrap_or_default();
    let test = |before: &str, act: String| Test {
        command,
        before: before.to_owned(),
        act,
        tenant: tenant.clone(),
        rows: [values.clone(), values.clone()],
    };
    match command {
        Command::Select => vec![test(&there, format!("SELECT 1 FROM {relation}"))],
        Command::Delete => vec![test(&there, format!("DELETE FROM {relation}"))],
        Command::Insert => {
            let given: Vec<String> = shown.iter().map(|name| given(name)).collect();
            vec![test(&before, format!("INSERT INTO {relation} ({}) VALUES ({})", shown.join(", "), given.join(", ")))]
        }
        // A row that is written: by an UPDATE that leaves it as it is.
        Command::Update => shown.iter().map(|name| test(&there, format!("UPDATE {relation} SET {name} = {}", given(name)))).collect(),
    }
    .into_iter()
    .filter(|_| new == (command == Command::Insert) || command == Command::Update)
    .collect()
}

fn is_called(relation: &Relation, name: &str) -> bool {
    let with = |schema: &Ident| format!("{schema}.{}", relation.name);
    name == relation.to_string() || name == with(&relation.schema)
}

/// What a server makes of a trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Came {
    /// As it was told.
    Shown,
    /// Nothing that tells.
    Untold,
    /// Otherwise.
    Wrong,
}

/// `with` is what came of the statements where the row is said to be reached, `without` where it is not.
pub(super) fn came(command: Command, trial: &Trial, with: &[String], without: &[String]) -> Came {
    let denied = |one: &String| one == super::observe::DENIED;
    if with.iter().all(denied) {
        return Came::Untold;
    }
    if with.iter().chain(without).any(|one| !["0", "1", "policy", super::observe::DENIED].contains(&one.as_str())) {
        return Came::Wrong;
    }
    match command {
        Command::Select | Command::Delete | Command::Insert => {
            let right = with.iter().any(|one| one == "1") && without.iter().all(|one| one != "1");
            if right { Came::Shown } else { Came::Wrong }
        }
        Command::Update if trial.new => {
            // The row may be none that is found.
            let (done, refused) = (with.iter().any(|one| one == "1"), without.iter().any(|one| one == "policy" || denied(one)));
            let wrong = with.iter().any(|one| one == "policy") || without.iter().any(|one| one == "1");
            if wrong {
                Came::Wrong
            } else if done && refused {
                Came::Shown
            } else {
                Came::Untold
            }
        }
        Command::Update => {
            let found = with.iter().any(|one| one == "1" || one == "policy");
            let not = without.iter().all(|one| one == "0" || denied(one));
            // Where nothing was reached, nothing is: the row may be found, and nothing be written.
            if found && not {
                Came::Shown
            } else if found && without.iter().all(|one| one != "1") {
                Came::Untold
            } else {
                Came::Wrong
            }
        }
    }
}
