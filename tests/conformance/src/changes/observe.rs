//! What roles reach in a world, asked of a server. In: a world, rows, statements. Out: for each role and relation the columns that it may
//! name, the rows that it reads and removes, what comes of each statement. Must not know: what is expected.

use std::collections::{BTreeMap, BTreeSet};

use policy_core::model::{Command, Relation};

use super::tests::{TENANTS, Test, base};
use crate::Failure;
use crate::access::client::{Answer, Client, Question, Value};
use crate::access::world::{OUTSIDER, World};
use crate::access::write::{self, values};

/// Tries statements one by one, each undone: what comes of each is a number of rows, `policy`, or an SQLSTATE.
pub(super) const TRIES: &str =
    "CREATE FUNCTION tries(who text, befores text[], acts text[], tenants text[]) RETURNS SETOF text LANGUAGE plpgsql AS $$
    DECLARE n integer;
    BEGIN
        FOR i IN 1 .. coalesce(array_length(acts, 1), 0) LOOP
            BEGIN
                IF befores[i] <> '' THEN EXECUTE befores[i]; END IF;
                PERFORM set_config('app.tenant', tenants[i], true);
                EXECUTE 'SET LOCAL ROLE ' || who;
                EXECUTE acts[i];
                GET DIAGNOSTICS n = ROW_COUNT;
                RAISE EXCEPTION '%', n USING ERRCODE = 'P0099';
            EXCEPTION WHEN OTHERS THEN
                IF SQLSTATE = 'P0099' THEN RETURN NEXT SQLERRM;
                ELSIF SQLERRM LIKE 'new row violates row-level security%' THEN RETURN NEXT 'policy';
                ELSE RETURN NEXT SQLSTATE;
                END IF;
            END;
        END LOOP;
    END $$";

/// The code for what may not be done.
pub(super) const DENIED: &str = "42501";

/// A row, and the setting under which it was met.
pub(super) type Met = (String, Vec<Value>);

/// What a role reaches of a relation.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    /// The columns on which it holds SELECT, INSERT, UPDATE.
    pub(super) columns: BTreeMap<Command, BTreeSet<String>>,
    /// Those columns of the rows that a SELECT of them shows.
    pub(super) read: Vec<Met>,
    /// The rows that a DELETE removes.
    pub(super) removed: Vec<Met>,
    /// What came of each statement.
    pub(super) tried: Vec<String>,
}

/// By role and relation.
pub(super) type Observed = BTreeMap<(String, Relation), Seen>;

/// Which statements a role tries on a relation.
pub(super) type Tests = BTreeMap<(String, Relation), Vec<Test>>;

/// The roles that are asked about: every one, and one that the state does not know.
pub(super) fn askers(world: &World) -> impl Iterator<Item = &str> {
    world.state.roles.iter().map(|role| role.name.as_str()).chain([OUTSIDER])
}

/// Makes a world, looks at everything, and takes it back. None where the server refuses to make it: why.
pub(super) fn observe(
    client: &mut Client,
    world: &World,
    rows: &BTreeMap<Relation, Vec<Vec<Value>>>,
    tests: &Tests,
) -> Result<Result<Observed, String>, Failure> {
    let made = [format!("BEGIN;{}", write::world(world)), filled(rows), rights(world)];
    let answers = client.ask(&made.map(Question::sql))?;
    if let Some((code, message)) = answers.iter().find_map(|answer| answer.refusal.as_ref()) {
        let why = format!("{code}: {message}");
        client.ask(&[Question::sql("ROLLBACK".to_owned())])?;
        return Ok(Err(why));
    }
    let mut observed = held(&answers[2]);
    for (key, some) in tests {
        observed.entry(key.clone()).or_default().tried = vec![DENIED.to_owned(); some.len()];
    }
    let (questions, places) = questions(world, rows, tests, &observed);
    let answers = client.ask(&questions)?;
    for (key, what, at) in places {
        let seen = observed.entry(key).or_default();
        // After a statement that is refused there is nothing to look at.
        let asked = if matches!(what, What::Removed(..)) { at - 1 } else { at };
        if refused(&answers[asked], &questions[asked])? {
            continue;
        }
        let met = |rows: Vec<Vec<Value>>, tenant: &str| rows.into_iter().map(|row| (tenant.to_owned(), row)).collect::<Vec<_>>();
        match what {
            What::Read(tenant) => seen.read.extend(met(answers[at].rows.clone(), tenant)),
            What::Removed(tenant, table) => {
                let mut gone = rows.get(&table).cloned().unwrap_or_default();
                gone.retain(|row| !answers[at].rows.contains(row));
                seen.removed.extend(met(gone, tenant));
            }
            What::Tried(numbers) => {
                for (number, row) in numbers.into_iter().zip(&answers[at].rows) {
                    seen.tried[number] = row[0].clone().unwrap_or_default();
                }
            }
        }
    }
    Ok(Ok(observed))
}

/// Whether a statement may not be done; what else a server refuses is a mistake of ours.
fn refused(answer: &Answer, question: &Question) -> Result<bool, Failure> {
    match &answer.refusal {
        Some((code, message)) if code != DENIED => Err(format!("{code}: {message}\n{}", question.sql).into()),
        found => Ok(found.is_some()),
    }
}

enum What {
    Read(&'static str),
    Removed(&'static str, Relation),
    Tried(Vec<usize>),
}

type Places = Vec<((String, Relation), What, usize)>;

fn questions(world: &World, rows: &BTreeMap<Relation, Vec<Vec<Value>>>, tests: &Tests, held: &Observed) -> (Vec<Question>, Places) {
    let (mut questions, mut places) = (Vec::new(), Places::new());
    let allowed =
        |key: &(String, Relation), command| held.get(key).and_then(|seen| seen.columns.get(&command)).filter(|some| !some.is_empty());
    for who in askers(world) {
        for tenant in TENANTS {
            questions.push(Question::sql(format!("RESET ROLE; SET LOCAL app.tenant = '{tenant}'; SET LOCAL ROLE {who}; SAVEPOINT s")));
            for relation in world.state.relations.keys() {
                let key = (who.to_owned(), relation.clone());
                if let Some(columns) = allowed(&key, Command::Select) {
                    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
                    places.push((key.clone(), What::Read(tenant), questions.len()));
                    questions.push(Question::sql(format!("SELECT {} FROM {relation}", columns.join(", "))));
                    questions.push(Question::sql("ROLLBACK TO s".to_owned()));
                }
                if allowed(&key, Command::Delete).is_some() {
                    let table = base(&world.state, relation);
                    questions.push(Question::sql(format!("DELETE FROM {relation}")));
                    // After a refusal the dump is one, too.
                    places.push((key.clone(), What::Removed(tenant, table.clone()), questions.len()));
                    questions.push(Question::sql(write::dump(world, &table)));
                    questions.push(Question::sql("ROLLBACK TO s".to_owned()));
                }
            }
        }
    }
    for table in rows.keys() {
        questions.push(Question::sql(format!("RESET ROLE; SAVEPOINT s; DELETE FROM {table}")));
        for relation in world.state.relations.keys().filter(|relation| base(&world.state, relation) == *table) {
            for who in askers(world) {
                let key = (who.to_owned(), relation.clone());
                let all = tests.get(&key).into_iter().flatten().enumerate();
                let (numbers, some): (Vec<usize>, Vec<&Test>) = all.filter(|(_, test)| allowed(&key, test.command).is_some()).unzip();
                if !some.is_empty() {
                    places.push((key, What::Tried(numbers), questions.len()));
                    questions.push(Question::sql(tries(who, &some)));
                }
            }
        }
        questions.push(Question::sql("ROLLBACK TO s".to_owned()));
    }
    questions.push(Question::sql("ROLLBACK".to_owned()));
    (questions, places)
}

fn tries(who: &str, tests: &[&Test]) -> String {
    let list = |of: fn(&Test) -> &str| tests.iter().map(|test| format!("$t${}$t$", of(test))).collect::<Vec<_>>().join(", ");
    format!(
        "SELECT public.tries('{who}', ARRAY[{}], ARRAY[{}], ARRAY[{}])",
        list(|test| &test.before),
        list(|test| &test.act),
        list(|test| &test.tenant)
    )
}

/// The rows in the place of those that the world was made with; a key may be there twice.
fn filled(rows: &BTreeMap<Relation, Vec<Vec<Value>>>) -> String {
    let mut sql = String::new();
    for (table, rows) in rows {
        let all: Vec<String> = rows.iter().map(|row| format!("({})", values(row))).collect();
        let name = &table.name;
        sql += &format!(
            "ALTER TABLE {table} DROP CONSTRAINT {name}_pkey; DELETE FROM {table}; INSERT INTO {table} VALUES {};",
            all.join(", ")
        );
    }
    sql
}

/// What the server says of privileges: role, schema, relation, column, and whether there is SELECT, INSERT, UPDATE, DELETE.
fn rights(world: &World) -> String {
    let relations: Vec<String> = world.state.relations.keys().map(|one| format!("'{}.{}'::regclass", one.schema, one.name)).collect();
    let roles: Vec<String> = askers(world).map(|who| format!("'{who}'")).collect();
    format!(
        "SELECT r.rolname, n.nspname, c.relname, a.attname, has_column_privilege(r.oid, c.oid, a.attnum, 'SELECT'),
            has_column_privilege(r.oid, c.oid, a.attnum, 'INSERT'), has_column_privilege(r.oid, c.oid, a.attnum, 'UPDATE'),
            has_table_privilege(r.oid, c.oid, 'DELETE')
        FROM pg_roles r, pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE r.rolname IN ({}) AND c.oid IN ({}) AND a.attnum > 0",
        roles.join(", "),
        relations.join(", ")
    )
}

fn held(answer: &Answer) -> Observed {
    let mut observed = Observed::new();
    for row in &answer.rows {
        let text = |at: usize| row[at].clone().unwrap_or_default();
        let ident = |at: usize| policy_core::model::Ident::cut(&text(at));
        let seen = observed.entry((text(0), Relation { schema: ident(1), name: ident(2) })).or_default();
        for (at, command) in [(4, Command::Select), (5, Command::Insert), (6, Command::Update), (7, Command::Delete)] {
            if text(at) == "t" {
                seen.columns.entry(command).or_default().insert(text(3));
            }
        }
    }
    observed
}
