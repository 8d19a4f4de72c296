//! "If you need security now": wrap the functions, use a service backend, add policies.

use pgflow::tour::{ALICE, BOB, CAROL};
use sqlx::Connection;

use super::support::{block_on, lines, run, servers, text, tried};
use super::{act, all, alone, roadmap, session, start, started, status};

#[test]
fn a_wrapper_checks_and_calls_and_what_it_wraps_is_out_of_reach() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = roadmap(server).await;
            let mut partner = database.connect("pgflow_partner").await.unwrap();
            act(&mut partner, "NONE", Some(ALICE)).await;
            let id = text(&mut partner, "SELECT pgflow_gate.start_import('{}') #>> '{run,run_id}'").await;
            all(
                &mut partner,
                &[
                    ("SELECT pgflow_gate.start_import(jsonb_build_object('a', repeat('x', 5000)))", "42501"),
                    (&start("import"), "42501"),
                    (&format!("SELECT pgflow.get_run_with_states('{id}')"), "42501"),
                    ("SELECT FROM pgflow.runs", "42501"),
                    ("SET ROLE pgflow_gatekeeper", "42501"),
                ],
            )
            .await;
            for person in [Some(BOB), Some(CAROL), None] {
                act(&mut partner, "NONE", person).await;
                assert_eq!(tried(&mut partner, "SELECT pgflow_gate.start_import('{}')").await, "42501", "{person:?}");
            }
            let mut alice = session(&database, "authenticated", Some(ALICE)).await;
            assert_eq!(status(&mut alice, &id).await, "started");
            assert_eq!(tried(&mut alice, "SELECT pgflow_gate.start_import('{}')").await, "42501", "the door is the partner's");
            let mut auditor = database.connect("pgflow_auditor").await.unwrap();
            assert_eq!(
                text(&mut auditor, "SELECT concat_ws(' ', user_id, db_role) FROM pgflow_audit.runs").await,
                format!("{} pgflow_partner", ALICE.id)
            );
            for one in [partner, alice, auditor] {
                one.close().await.unwrap();
            }
            database.drop().await.unwrap();
        });
    }
}

#[test]
fn a_service_backend_works_for_everyone() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = roadmap(server).await;
            let mut conn = session(&database, "authenticated", Some(ALICE)).await;
            let id = started(&mut conn, "import").await;
            act(&mut conn, "service_role", None).await;
            for step in ["fetch", "parse", "save"] {
                run(&mut conn, format!("SELECT pgflow.complete_task('{id}', '{step}', '1')")).await;
            }
            assert_eq!(text(&mut conn, "SELECT status FROM pgflow.runs").await, "completed");
            // It starts a run for a user by saying whose it is; for nobody it starts none.
            let insert = |user: &str| {
                format!("INSERT INTO pgflow.runs (flow_slug, user_id, input, remaining_steps) VALUES ('payroll', {user}, '{{}}', 0)")
            };
            assert_eq!(tried(&mut conn, insert("DEFAULT")).await, "23502");
            run(&mut conn, insert(&format!("'{}'", BOB.id))).await;
            // Or it acts with the user's claims, and may what the user may.
            act(&mut conn, "service_role", Some(BOB)).await;
            assert_eq!(tried(&mut conn, start("report")).await, "1");
            assert_eq!(tried(&mut conn, start("payroll")).await, "42501");
            act(&mut conn, "authenticated", Some(BOB)).await;
            assert_eq!(text(&mut conn, "SELECT flow_slug FROM pgflow.runs").await, "payroll");
            conn.close().await.unwrap();
            database.drop().await.unwrap();
        });
    }
}

#[test]
fn the_service_role_holds_tables_routines_and_sequences_and_those_to_come() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = roadmap(server).await;
            let mut migrator = database.connect(pgflow::tour::MIGRATOR).await.unwrap();
            run(&mut migrator, "SET ROLE pgflow_owner; CREATE TABLE pgflow.later (id bigserial)").await;
            migrator.close().await.unwrap();
            let mut conn = session(&database, "service_role", None).await;
            all(
                &mut conn,
                &[
                    ("SELECT FROM pgflow.workers", "1"),
                    ("UPDATE pgflow.worker_functions SET enabled = false", "1"),
                    ("DELETE FROM pgflow.flow_grants", "4"),
                    ("SELECT nextval('pgflow.step_tasks_message_id_seq')", "1"),
                    ("INSERT INTO pgflow.later DEFAULT VALUES", "1"),
                    // Row security does not govern TRUNCATE: `all` leaves it out.
                    ("TRUNCATE pgflow.runs CASCADE", "42501"),
                ],
            )
            .await;
            for role in ["anon", "authenticated"] {
                act(&mut conn, role, Some(ALICE)).await;
                assert_eq!(tried(&mut conn, "SELECT FROM pgflow.later").await, "42501", "{role}");
            }
            conn.close().await.unwrap();
            database.drop().await.unwrap();
        });
    }
}

/// What runs with other rights than the caller's: which functions, as whom, with which path, and that nobody becomes them.
#[test]
fn definers_are_pinned_closed_and_nobodys_to_become() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = roadmap(server).await;
            let mut admin = database.connect(database.superuser()).await.unwrap();
            let definers = "SELECT concat_ws(' ', p.oid::regprocedure, proowner::regrole, proconfig::text) FROM pg_proc AS p
                WHERE pronamespace::regnamespace::text LIKE 'pgflow%' AND prosecdef";
            let mut found = lines(&mut admin, definers).await;
            found.sort();
            assert_eq!(
                found,
                [
                    r#"pgflow.get_run_with_states(uuid) pgflow_definer {"search_path=pgflow, pg_temp"}"#,
                    r#"pgflow.start_flow_with_states(text,jsonb,uuid) pgflow_definer {"search_path=pgflow, pg_temp"}"#,
                    r#"pgflow_audit.run_log_of_run() pgflow_audit_writer {"search_path=pg_catalog, pg_temp"}"#,
                    r#"pgflow_gate.start_import(jsonb) pgflow_gatekeeper {"search_path=pgflow_gate, pg_temp"}"#,
                ]
            );
            let open =
                "SELECT p.oid::regprocedure::text FROM pg_proc AS p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a
                WHERE pronamespace::regnamespace::text LIKE 'pgflow%' AND a.grantee = 0";
            assert_eq!(text(&mut admin, open).await, "");
            let strong = "SELECT rolname::text FROM pg_roles WHERE rolname ~ '^pgflow_(definer|audit_writer|gatekeeper)$'
                AND (rolcanlogin OR rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)";
            assert_eq!(text(&mut admin, strong).await, "");
            for role in ["authenticator", "anon", "authenticated", "service_role", "pgflow_partner", "pgflow_auditor"] {
                for definer in ["pgflow_owner", "pgflow_definer", "pgflow_audit_writer", "pgflow_gatekeeper"] {
                    let member = format!("SELECT pg_has_role('{role}', '{definer}', 'MEMBER')::text");
                    assert_eq!(text(&mut admin, member).await, "false", "{role} {definer}");
                }
            }
            admin.close().await.unwrap();
            database.drop().await.unwrap();
        });
    }
}
