//! User attribution and row-level security of runs, their steps and tasks.

use hedgerow::testing::row_security_active;
use pgflow::tour::{ALICE, BOB, CAROL, PEOPLE, TABLES};
use sqlx::Connection;

use super::support::{block_on, lines, run, servers, text, tried};
use super::{act, all, alone, roadmap, session, start, started, status};

#[test]
fn a_run_belongs_to_the_caller() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = roadmap(server).await;
            for person in PEOPLE {
                let mut conn = session(&database, "authenticated", Some(person)).await;
                let id = started(&mut conn, person.flow).await;
                let owner = format!("SELECT user_id::text FROM pgflow.runs WHERE run_id = '{id}'");
                assert_eq!(text(&mut conn, owner).await, person.id.to_string());
                conn.close().await.unwrap();
            }
            database.drop().await.unwrap();
        });
    }
}

/// The functions run as `pgflow_definer`, and even that role, by itself, writes nothing for another.
#[test]
fn nobody_starts_a_run_in_the_name_of_another() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = roadmap(server).await;
            let mut definer = database.connect(database.superuser()).await.unwrap();
            act(&mut definer, "pgflow_definer", Some(ALICE)).await;
            assert!(row_security_active(&mut definer, "pgflow.runs").await.unwrap());
            let insert = |user: &str, flow: &str| {
                format!("INSERT INTO pgflow.runs (flow_slug, user_id, input, remaining_steps) VALUES ('{flow}', {user}, '{{}}', 0)")
            };
            let (alice, bob) = (format!("'{}'", ALICE.id), format!("'{}'", BOB.id));
            for (user, flow, expected) in [
                ("DEFAULT", "import", "1"),
                (&alice, "import", "1"),
                (&bob, "import", "42501"),
                (&bob, "report", "42501"),
                ("NULL", "import", "42501"),
            ] {
                assert_eq!(tried(&mut definer, insert(user, flow)).await, expected, "{user} {flow}");
            }
            act(&mut definer, "pgflow_definer", None).await;
            for user in ["DEFAULT", &alice, "NULL"] {
                assert_eq!(tried(&mut definer, insert(user, "import")).await, "42501", "{user}");
            }
            all(&mut definer, &[("UPDATE pgflow.runs SET user_id = user_id", "42501"), ("DELETE FROM pgflow.runs", "42501")]).await;
            definer.close().await.unwrap();
            database.drop().await.unwrap();
        });
    }
}

#[test]
fn users_see_their_own_runs_and_no_other() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = roadmap(server).await;
            for person in PEOPLE {
                let mut conn = session(&database, "authenticated", Some(person)).await;
                started(&mut conn, person.flow).await;
                conn.close().await.unwrap();
            }
            let nobody = pgflow::tour::Person { id: sqlx::types::Uuid::from_u128(1), ..ALICE };
            for (person, runs) in [(Some(ALICE), 1), (Some(BOB), 1), (Some(CAROL), 1), (Some(nobody), 0), (None, 0)] {
                let mut conn = session(&database, "authenticated", person).await;
                assert!(row_security_active(&mut conn, "pgflow.runs").await.unwrap());
                let own = person.map(|person| person.id.to_string()).unwrap_or_default();
                let users = lines(&mut conn, "SELECT user_id::text FROM pgflow.runs").await;
                assert_eq!(users, vec![own; runs], "{person:?}");
                for (table, rows) in [("step_states", 3 * runs), ("step_tasks", runs)] {
                    assert_eq!(tried(&mut conn, format!("SELECT FROM pgflow.{table}")).await, rows.to_string(), "{table} {person:?}");
                }
                conn.close().await.unwrap();
            }
            database.drop().await.unwrap();
        });
    }
}

#[test]
fn a_session_does_not_keep_the_last_caller() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = roadmap(server).await;
            let mut conn = session(&database, "authenticated", Some(ALICE)).await;
            let id = started(&mut conn, "import").await;
            run(&mut conn, "SELECT set_config('request.jwt.claims', '', false)").await;
            let claims = ALICE.claims();
            for end in ["COMMIT", "ROLLBACK"] {
                run(&mut conn, format!("BEGIN; SELECT set_config('request.jwt.claims', '{claims}', true)")).await;
                assert_eq!(text(&mut conn, "SELECT count(*)::text FROM pgflow.runs").await, "1");
                run(&mut conn, end).await;
                assert_eq!(text(&mut conn, "SELECT count(*)::text FROM pgflow.runs").await, "0", "{end}");
                assert_eq!(tried(&mut conn, start("import")).await, "42501", "{end}");
            }
            act(&mut conn, "authenticated", Some(BOB)).await;
            assert_eq!(status(&mut conn, &id).await, "NULL");
            conn.close().await.unwrap();
            database.drop().await.unwrap();
        });
    }
}

#[test]
fn the_two_functions_keep_working_and_show_no_other_users_run() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = roadmap(server).await;
            let mut conn = session(&database, "authenticated", Some(ALICE)).await;
            let id = started(&mut conn, "import").await;
            assert_eq!(status(&mut conn, &id).await, "started");
            let steps = format!("SELECT jsonb_array_length(pgflow.get_run_with_states('{id}') -> 'steps')::text");
            assert_eq!(text(&mut conn, steps).await, "3");
            for person in [BOB, CAROL] {
                act(&mut conn, "authenticated", Some(person)).await;
                assert_eq!(text(&mut conn, format!("SELECT pgflow.get_run_with_states('{id}')::text")).await, "NULL", "{}", person.name);
                let taken = format!("SELECT pgflow.start_flow_with_states('{}', '{{}}', '{id}')", person.flow);
                assert_eq!(tried(&mut conn, taken).await, "23505", "{}", person.name);
            }
            // Without a caller there is nothing that a run, or a reading of one, could be written down for.
            act(&mut conn, "authenticated", None).await;
            assert_eq!(tried(&mut conn, format!("SELECT pgflow.get_run_with_states('{id}')")).await, "42501");
            assert_eq!(tried(&mut conn, start("import")).await, "42501");
            act(&mut conn, "anon", Some(ALICE)).await;
            assert_eq!(tried(&mut conn, format!("SELECT pgflow.get_run_with_states('{id}')")).await, "42501");
            assert_eq!(tried(&mut conn, start("import")).await, "42501");
            conn.close().await.unwrap();
            database.drop().await.unwrap();
        });
    }
}

#[test]
fn clients_change_nothing_directly() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = roadmap(server).await;
            let mut alice = session(&database, "authenticated", Some(ALICE)).await;
            let id = started(&mut alice, "import").await;
            for table in TABLES {
                for sql in [
                    format!("INSERT INTO {table} DEFAULT VALUES"),
                    format!("DELETE FROM {table}"),
                    format!("TRUNCATE {table} CASCADE"),
                    format!("SELECT FROM {table} FOR UPDATE"),
                ] {
                    assert_eq!(tried(&mut alice, sql.as_str()).await, "42501", "{sql}");
                }
            }
            all(
                &mut alice,
                &[
                    ("UPDATE pgflow.runs SET status = 'completed'", "42501"),
                    ("UPDATE pgflow.runs SET user_id = user_id", "42501"),
                    ("UPDATE pgflow.step_states SET output = '1'", "42501"),
                    ("SELECT error_message FROM pgflow.step_tasks", "42501"),
                    ("SELECT last_worker_id FROM pgflow.step_tasks", "42501"),
                    ("SELECT run_id, status, output FROM pgflow.step_tasks", "1"),
                    (&format!("SELECT pgflow.complete_task('{id}', 'fetch', '1')"), "42501"),
                    (&format!("SELECT pgflow.run_with_states('{id}')"), "42501"),
                    ("SELECT nextval('pgflow.step_tasks_message_id_seq')", "42501"),
                    ("SET ROLE pgflow_definer", "42501"),
                    ("ALTER TABLE pgflow.runs DISABLE ROW LEVEL SECURITY", "42501"),
                    ("CREATE TABLE pgflow.mine (id int)", "42501"),
                ],
            )
            .await;
            alice.close().await.unwrap();
            database.drop().await.unwrap();
        });
    }
}

#[test]
fn anonymous_users_still_have_no_access() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = roadmap(server).await;
            let mut admin = database.connect(database.superuser()).await.unwrap();
            let relations = lines(
                &mut admin,
                "SELECT c.oid::regclass::text FROM pg_class AS c WHERE relnamespace::regnamespace::text LIKE 'pgflow%' AND relkind IN ('r', 'v', 'p')",
            )
            .await;
            assert_eq!(relations.len(), 13, "{relations:?}");
            for person in [None, Some(ALICE)] {
                let mut anon = session(&database, "anon", person).await;
                for table in &relations {
                    for sql in [
                        format!("SELECT FROM {table}"),
                        format!("INSERT INTO {table} DEFAULT VALUES"),
                        format!("DELETE FROM {table}"),
                        format!("TRUNCATE {table} CASCADE"),
                    ] {
                        assert_eq!(tried(&mut anon, sql.as_str()).await, "42501", "{sql}");
                    }
                }
                assert_eq!(tried(&mut anon, "SELECT pgflow_gate.start_import('{}')").await, "42501");
                anon.close().await.unwrap();
            }
            admin.close().await.unwrap();
            database.drop().await.unwrap();
        });
    }
}

#[test]
fn row_security_is_on_and_forced_everywhere_with_a_policy_for_whoever_comes_in() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = roadmap(server).await;
            let mut admin = database.connect(database.superuser()).await.unwrap();
            let open =
                "SELECT c.oid::regclass::text FROM pg_class AS c WHERE relnamespace::regnamespace::text LIKE 'pgflow%' AND relkind = 'r'
                AND NOT (relrowsecurity AND relforcerowsecurity)";
            assert_eq!(text(&mut admin, open).await, "");
            let example = "SELECT concat_ws(' ', cmd, permissive, roles::text) FROM pg_policies WHERE tablename = 'runs' AND policyname = 'Users can see their own runs'";
            assert_eq!(text(&mut admin, example).await, "SELECT PERMISSIVE {authenticated,pgflow_definer}");
            act(&mut admin, "pgflow_owner", Some(ALICE)).await;
            for table in TABLES {
                assert!(row_security_active(&mut admin, table).await.unwrap(), "{table}");
                assert_eq!(tried(&mut admin, format!("SELECT FROM {table}")).await, "0", "{table}");
            }
            admin.close().await.unwrap();
            database.drop().await.unwrap();
        });
    }
}

/// Claims that are no JSON, or whose `sub` is no UUID, are an error and never a row.
#[test]
fn claims_that_cannot_be_read_stop_the_statement() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = roadmap(server).await;
            let mut conn = session(&database, "authenticated", Some(ALICE)).await;
            let id = started(&mut conn, "import").await;
            for (claims, expected) in [("no claims", "22P02"), (r#"{"sub":"alice"}"#, "22P02"), ("{}", "0"), (r#"{"sub":null}"#, "0")] {
                run(&mut conn, format!("SELECT set_config('request.jwt.claims', '{claims}', false)")).await;
                for table in ["runs", "step_states", "step_tasks", "flow_grants", "flows"] {
                    assert_eq!(tried(&mut conn, format!("SELECT FROM pgflow.{table}")).await, expected, "{claims}: {table}");
                }
                let refused = if expected == "0" { "42501" } else { expected };
                assert_eq!(tried(&mut conn, start("import")).await, refused, "{claims}");
                assert_eq!(tried(&mut conn, format!("SELECT pgflow.get_run_with_states('{id}')")).await, refused, "{claims}");
            }
            conn.close().await.unwrap();
            database.drop().await.unwrap();
        });
    }
}
