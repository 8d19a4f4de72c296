//! The roadmap: granted flows, own runs, backends, the audit.

use hedgerow::testing::Database;
use sqlx::Connection;

use super::session::{request, said, text};
use super::setup::Doors;
use super::{ALICE, BOB, CAROL, DOOR, Error, FLOWS, PEOPLE, Report, fill, fill_access};

fn start(flow: &str) -> String {
    format!("SELECT pgflow.start_flow_with_states('{flow}', '{{}}', NULL)")
}

fn get(run: &str) -> String {
    format!("SELECT pgflow.get_run_with_states('{run}') #>> '{{run,status}}'")
}

/// Flow-level permissions: by user, by team, by role.
pub(super) async fn flows(database: &Database, report: &mut Report) -> Result<(), Error> {
    let mut admin = database.connect(database.superuser()).await?;
    fill(&mut admin).await?;
    fill_access(&mut admin).await?;
    admin.close().await?;
    let mut door = database.connect(DOOR).await?;
    report.part("Who may start which flow: alice herself, bob's team, carol's role; nobody `payroll`");
    for person in PEOPLE {
        let mut tx = request(&mut door, "authenticated", Some(person)).await?;
        for flow in FLOWS {
            let expected = if flow == person.flow { "1" } else { "42501" };
            report.expect(&format!("{} starts `{flow}`", person.name), expected.to_owned(), said(&mut tx, &start(flow)).await?);
        }
        let seen = text(&mut tx, "SELECT string_agg(flow_slug, ' ') FROM pgflow.flows").await?;
        report.expect(&format!("{} sees the flows", person.name), person.flow.to_owned(), seen);
        tx.rollback().await?;
    }
    for (who, role) in [("a session without claims", "authenticated"), ("anon", "anon")] {
        let mut tx = request(&mut door, role, None).await?;
        report.expect(&format!("{who} starts `import`"), "42501".to_owned(), said(&mut tx, &start("import")).await?);
        tx.rollback().await?;
    }
    door.close().await?;
    Ok(())
}

/// User attribution and own runs.
pub(super) async fn runs(database: &Database, report: &mut Report) -> Result<(), Error> {
    let mut door = database.connect(DOOR).await?;
    report.part("Runs belong to who started them");
    let mut of_alice = String::new();
    for person in PEOPLE {
        let mut tx = request(&mut door, "authenticated", Some(person)).await?;
        let sql = format!(
            "SELECT run ->> 'user_id' FROM (SELECT pgflow.start_flow_with_states('{}', '{{}}', NULL) -> 'run') AS r (run)",
            person.flow
        );
        report.expect(&format!("{}'s run is of", person.name), person.id.to_string(), text(&mut tx, &sql).await?);
        if person == ALICE {
            of_alice = text(&mut tx, "SELECT run_id::text FROM pgflow.runs").await?;
        }
        tx.commit().await?;
    }
    for person in PEOPLE {
        let mut tx = request(&mut door, "authenticated", Some(person)).await?;
        for (table, rows) in [("runs", "1"), ("step_states", "3")] {
            let seen = said(&mut tx, &format!("SELECT FROM pgflow.{table}")).await?;
            report.expect(&format!("{} sees in {table}", person.name), rows.to_owned(), seen);
        }
        let expected = if person == ALICE { "started" } else { "NULL" };
        report.expect(&format!("{} asks for alice's run", person.name), expected.to_owned(), text(&mut tx, &get(&of_alice)).await?);
        tx.commit().await?;
    }
    let mut tx = request(&mut door, "authenticated", Some(BOB)).await?;
    for (what, sql) in [
        (
            "writes a run",
            format!("INSERT INTO pgflow.runs (flow_slug, user_id, input, remaining_steps) VALUES ('report', '{}', '{{}}', 0)", BOB.id),
        ),
        ("takes alice's run", format!("UPDATE pgflow.runs SET user_id = '{}'", BOB.id)),
        ("deletes runs", "DELETE FROM pgflow.runs".to_owned()),
        ("grants himself `payroll`", format!("INSERT INTO pgflow.flow_grants (flow_slug, user_id) VALUES ('payroll', '{}')", BOB.id)),
        ("joins a team", format!("INSERT INTO pgflow.team_members VALUES ('88888888-8888-4888-8888-888888888888', '{}')", BOB.id)),
        ("finishes a task", format!("SELECT pgflow.complete_task('{of_alice}', 'fetch', '{{}}')")),
    ] {
        report.expect(&format!("bob {what}"), "42501".to_owned(), said(&mut tx, &sql).await?);
    }
    tx.rollback().await?;
    door.close().await?;
    Ok(())
}

/// A service backend, and a partner behind a wrapper.
pub(super) async fn backends(database: &Database, doors: &Doors<'_>, report: &mut Report) -> Result<(), Error> {
    report.part("Edge Workers, as service_role");
    let mut door = database.connect(DOOR).await?;
    let mut tx = request(&mut door, "service_role", None).await?;
    for step in ["fetch", "parse", "save"] {
        let sql = format!(
            "SELECT pgflow.complete_task(run_id, step_slug, '{{}}') FROM pgflow.step_tasks WHERE step_slug = '{step}' AND status = 'queued'"
        );
        let done = sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut *tx).await?;
        report.expect(&format!("tasks of `{step}` done, of three people"), 3, done.rows_affected());
    }
    let completed = "SELECT count(*)::text FROM pgflow.runs WHERE status = 'completed' AND remaining_steps = 0";
    report.expect("runs completed", "3".to_owned(), text(&mut tx, completed).await?);
    tx.commit().await?;
    door.close().await?;

    report.part("A partner's backend, as pgflow_partner: one function, which checks and calls");
    let mut partner = doors.connect("pgflow_partner").await?;
    for (who, person, sql, expected) in [
        ("its user alice imports", ALICE, "SELECT pgflow_gate.start_import('{}')".to_owned(), "1"),
        ("its user carol, who may not", CAROL, "SELECT pgflow_gate.start_import('{}')".to_owned(), "42501"),
        (
            "too large an import",
            ALICE,
            "SELECT pgflow_gate.start_import(jsonb_build_object('a', repeat('abcdefgh', 4096) || md5('')))".to_owned(),
            "42501",
        ),
        ("the function behind it", ALICE, start("import"), "42501"),
        ("the tables", ALICE, "SELECT FROM pgflow.runs".to_owned(), "42501"),
    ] {
        let mut tx = request(&mut partner, "none", Some(person)).await?;
        report.expect(who, expected.to_owned(), said(&mut tx, &sql).await?);
        tx.rollback().await?;
    }
    partner.close().await?;
    Ok(())
}

/// Who started what and when, and who looked.
pub(super) async fn audit(doors: &Doors<'_>, report: &mut Report) -> Result<(), Error> {
    report.part("The audit, as pgflow_auditor");
    let mut auditor = doors.connect("pgflow_auditor").await?;
    let started = "SELECT string_agg(user_id || ' ' || flow_slug || ' as ' || db_role, ', ' ORDER BY id) FROM pgflow_audit.runs WHERE command = 'insert'";
    let expected: Vec<String> = PEOPLE.iter().map(|person| format!("{} {} as authenticated", person.id, person.flow)).collect();
    report.expect("who started which flow", expected.join(", "), text(&mut auditor, started).await?);
    let changed = "SELECT count(*) || ' by ' || string_agg(DISTINCT db_role, ' ') FROM pgflow_audit.runs WHERE command = 'update'";
    report.expect("changes of runs", "9 by service_role".to_owned(), text(&mut auditor, changed).await?);
    let recent = "SELECT bool_and(at > now() - interval '1 hour')::text FROM pgflow_audit.runs";
    report.expect("each with its time", "true".to_owned(), text(&mut auditor, recent).await?);
    let reads = "SELECT count(*) FILTER (WHERE found) || ' found, ' || count(*) FILTER (WHERE NOT found) || ' not' FROM pgflow_audit.reads";
    report.expect("who asked for alice's run", "1 found, 2 not".to_owned(), text(&mut auditor, reads).await?);
    for table in ["runs", "reads"] {
        for sql in [
            format!("DELETE FROM pgflow_audit.{table}"),
            format!("UPDATE pgflow_audit.{table} SET user_id = NULL"),
            format!("TRUNCATE pgflow_audit.{table}"),
        ] {
            report.expect(&sql, "42501".to_owned(), said(&mut auditor, &sql).await?);
        }
    }
    auditor.close().await?;
    Ok(())
}
