//! Who started which flows when, and who looked at runs: written down, and out of everybody's reach.

use pgflow::tour::{ALICE, BOB, PEOPLE};
use sqlx::Connection;

use super::support::{block_on, lines, run, servers, text, tried};
use super::{act, alone, roadmap, session, start, started, status};

#[test]
fn it_is_written_down_who_started_which_flow_and_when() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = roadmap(server).await;
            let mut expected = Vec::new();
            for person in PEOPLE {
                let mut conn = session(&database, "authenticated", Some(person)).await;
                let id = started(&mut conn, person.flow).await;
                expected.push(format!("insert {} {id} {} authenticated {} t", person.flow, person.id, person.id));
                conn.close().await.unwrap();
            }
            let mut auditor = database.connect("pgflow_auditor").await.unwrap();
            let sql = "SELECT concat_ws(' ', command, flow_slug, row_id, user_id, db_role, new_row ->> 'user_id', at BETWEEN now() - interval '1 minute' AND clock_timestamp()) FROM pgflow_audit.runs ORDER BY id";
            assert_eq!(lines(&mut auditor, sql).await, expected);
            assert_eq!(text(&mut auditor, "SELECT DISTINCT table_name FROM pgflow_audit.runs").await, "pgflow.runs");
            let claims = "SELECT count(*)::text FROM pgflow_audit.runs WHERE old_row IS NULL AND claims::text LIKE '%' || user_id || '%'";
            assert_eq!(text(&mut auditor, claims).await, "3", "the claims are there");
            auditor.close().await.unwrap();
            database.drop().await.unwrap();
        });
    }
}

#[test]
fn changes_by_backends_are_written_down_with_their_role() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = roadmap(server).await;
            let mut conn = session(&database, "authenticated", Some(ALICE)).await;
            let id = started(&mut conn, "import").await;
            act(&mut conn, "service_role", None).await;
            run(&mut conn, format!("SELECT pgflow.complete_task('{id}', 'fetch', '1')")).await;
            run(&mut conn, "UPDATE pgflow.runs SET status = 'failed'").await;
            run(&mut conn, "DELETE FROM pgflow.runs").await;
            let mut auditor = database.connect("pgflow_auditor").await.unwrap();
            let sql = "SELECT concat_ws(' ', command, db_role, old_row ->> 'status', new_row ->> 'status', new_row ->> 'remaining_steps') FROM pgflow_audit.runs ORDER BY id";
            assert_eq!(
                lines(&mut auditor, sql).await,
                [
                    "insert authenticated started 3",
                    "update service_role started started 2",
                    "update service_role started failed 2",
                    "delete service_role failed"
                ]
            );
            auditor.close().await.unwrap();
            conn.close().await.unwrap();
            database.drop().await.unwrap();
        });
    }
}

/// What is refused leaves no row: the refusal undoes the statement, and what it wrote with it.
#[test]
fn what_is_undone_is_not_in_the_audit() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = roadmap(server).await;
            let mut conn = session(&database, "authenticated", Some(ALICE)).await;
            assert_eq!(tried(&mut conn, start("import")).await, "1");
            assert_eq!(tried(&mut conn, start("payroll")).await, "42501");
            let mut auditor = database.connect("pgflow_auditor").await.unwrap();
            assert_eq!(text(&mut auditor, "SELECT count(*)::text FROM pgflow_audit.runs").await, "0");
            auditor.close().await.unwrap();
            conn.close().await.unwrap();
            database.drop().await.unwrap();
        });
    }
}

/// A SELECT fires no trigger: what is watched is `get_run_with_states`, which every client reads runs with.
#[test]
fn reading_a_run_through_the_function_is_written_down_also_in_vain() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = roadmap(server).await;
            let mut conn = session(&database, "authenticated", Some(ALICE)).await;
            let id = started(&mut conn, "import").await;
            assert_eq!(status(&mut conn, &id).await, "started");
            act(&mut conn, "authenticated", Some(BOB)).await;
            assert_eq!(status(&mut conn, &id).await, "NULL");
            let mut auditor = database.connect("pgflow_auditor").await.unwrap();
            let sql = "SELECT concat_ws(' ', user_id, run_id, found) FROM pgflow_audit.reads ORDER BY id";
            let expected = [format!("{} {id} t", ALICE.id), format!("{} {id} f", BOB.id)];
            assert_eq!(lines(&mut auditor, sql).await, expected);
            // Not covered: a plain SELECT of one's own rows.
            act(&mut conn, "authenticated", Some(ALICE)).await;
            assert_eq!(text(&mut conn, "SELECT count(*)::text FROM pgflow.runs").await, "1");
            assert_eq!(lines(&mut auditor, sql).await, expected);
            auditor.close().await.unwrap();
            conn.close().await.unwrap();
            database.drop().await.unwrap();
        });
    }
}

#[test]
fn nobody_alters_the_audit_and_auditors_alone_read_it() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = roadmap(server).await;
            let mut conn = session(&database, "authenticated", Some(ALICE)).await;
            let id = started(&mut conn, "import").await;
            status(&mut conn, &id).await;
            let mut auditor = database.connect("pgflow_auditor").await.unwrap();
            let mut admin = database.connect(database.superuser()).await.unwrap();
            for table in ["runs", "reads"] {
                let sql = [
                    format!("UPDATE pgflow_audit.{table} SET user_id = NULL"),
                    format!("DELETE FROM pgflow_audit.{table}"),
                    format!("TRUNCATE pgflow_audit.{table}"),
                ];
                for statement in &sql {
                    for role in ["anon", "authenticated", "service_role"] {
                        act(&mut conn, role, Some(ALICE)).await;
                        assert_eq!(tried(&mut conn, statement).await, "42501", "{role}: {statement}");
                    }
                    for role in ["pgflow_audit_writer", "pgflow_definer"] {
                        act(&mut admin, role, Some(ALICE)).await;
                        assert_eq!(tried(&mut admin, statement).await, "42501", "{role}: {statement}");
                    }
                    assert_eq!(tried(&mut auditor, statement).await, "42501", "auditor: {statement}");
                }
                for role in ["anon", "authenticated", "service_role"] {
                    act(&mut conn, role, Some(ALICE)).await;
                    assert_eq!(tried(&mut conn, format!("SELECT FROM pgflow_audit.{table}")).await, "42501", "{role}");
                    assert_eq!(tried(&mut conn, format!("INSERT INTO pgflow_audit.{table} DEFAULT VALUES")).await, "42501", "{role}");
                }
                assert_eq!(tried(&mut auditor, format!("SELECT FROM pgflow_audit.{table}")).await, "1");
            }
            // An auditor reads the audit and not what it is about.
            assert_eq!(tried(&mut auditor, "SELECT FROM pgflow.runs").await, "42501");
            for one in [conn, auditor, admin] {
                one.close().await.unwrap();
            }
            database.drop().await.unwrap();
        });
    }
}
