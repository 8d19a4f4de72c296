//! pgflow as it is: what is protected, what is not, as the roles of Supabase.

use hedgerow::testing::row_security_active;
use pgflow::tour::{ALICE, BOB, FLOWS, PEOPLE, TABLES};
use sqlx::Connection;

use super::support::{block_on, lines, run, servers, text, tried};
use super::{alone, as_it_is, session, start, started, status};

#[test]
fn anonymous_users_have_no_access_at_all() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = as_it_is(server).await;
            let mut anon = session(&database, "anon", None).await;
            for table in TABLES {
                for sql in [
                    format!("SELECT FROM {table}"),
                    format!("INSERT INTO {table} DEFAULT VALUES"),
                    format!("DELETE FROM {table}"),
                    format!("TRUNCATE {table} CASCADE"),
                ] {
                    assert_eq!(tried(&mut anon, sql.as_str()).await, "42501", "{sql}");
                }
            }
            for sql in [
                start("import").as_str(),
                "SELECT pgflow.get_run_with_states(gen_random_uuid())",
                "SELECT pgflow.run_with_states(gen_random_uuid())",
                "SELECT pgflow.complete_task(gen_random_uuid(), 'fetch', '1')",
                "SELECT nextval('pgflow.step_tasks_message_id_seq')",
            ] {
                assert_eq!(tried(&mut anon, sql).await, "42501", "{sql}");
            }
            anon.close().await.unwrap();
            database.drop().await.unwrap();
        });
    }
}

#[test]
fn authenticated_users_start_flows_read_run_states_and_view_definitions() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = as_it_is(server).await;
            let mut alice = session(&database, "authenticated", Some(ALICE)).await;
            let id = started(&mut alice, "import").await;
            assert_eq!(status(&mut alice, &id).await, "started");
            let steps = format!(
                "SELECT string_agg(s ->> 'status', ' ') FROM jsonb_array_elements(pgflow.get_run_with_states('{id}') -> 'steps') AS s"
            );
            assert_eq!(text(&mut alice, steps).await, "started created created");
            assert_eq!(text(&mut alice, "SELECT count(*)::text FROM pgflow.flows").await, "4");
            assert_eq!(text(&mut alice, "SELECT count(*)::text FROM pgflow.steps").await, "12");
            alice.close().await.unwrap();
            database.drop().await.unwrap();
        });
    }
}

#[test]
fn direct_table_access_is_not_granted_and_nothing_is_written_but_by_the_functions() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = as_it_is(server).await;
            let mut alice = session(&database, "authenticated", Some(ALICE)).await;
            started(&mut alice, "import").await;
            for table in TABLES {
                let definition = matches!(table, "pgflow.flows" | "pgflow.steps");
                let read = tried(&mut alice, format!("SELECT FROM {table}")).await;
                assert_eq!(read != "42501", definition, "{table}: {read}");
                for sql in [
                    format!("INSERT INTO {table} DEFAULT VALUES"),
                    format!("DELETE FROM {table}"),
                    format!("TRUNCATE {table} CASCADE"),
                    format!("SELECT FROM {table} FOR UPDATE"),
                ] {
                    assert_eq!(tried(&mut alice, sql.as_str()).await, "42501", "{sql}");
                }
            }
            for sql in [
                "UPDATE pgflow.flows SET opt_timeout = 1",
                "UPDATE pgflow.runs SET status = 'failed'",
                "SELECT pgflow.complete_task(gen_random_uuid(), 'fetch', '1')",
                "SELECT pgflow.run_with_states(gen_random_uuid())",
            ] {
                assert_eq!(tried(&mut alice, sql).await, "42501", "{sql}");
            }
            alice.close().await.unwrap();
            database.drop().await.unwrap();
        });
    }
}

/// "Any authenticated user can potentially start any flow, view any run, see all flow definitions."
#[test]
fn the_limitations_are_those_that_pgflow_names() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = as_it_is(server).await;
            let mut alice = session(&database, "authenticated", Some(ALICE)).await;
            let id = started(&mut alice, "import").await;
            for person in PEOPLE {
                let mut anyone = session(&database, "authenticated", Some(person)).await;
                for flow in FLOWS {
                    assert_eq!(tried(&mut anyone, start(flow)).await, "1", "{} {flow}", person.name);
                }
                assert_eq!(status(&mut anyone, &id).await, "started", "{}", person.name);
                assert_eq!(text(&mut anyone, "SELECT count(*)::text FROM pgflow.flows").await, "4");
                anyone.close().await.unwrap();
            }
            let mut admin = database.connect(database.superuser()).await.unwrap();
            let named = "SELECT count(*)::text FROM information_schema.columns WHERE table_schema = 'pgflow' AND column_name = 'user_id'";
            assert_eq!(text(&mut admin, named).await, "0", "no run is linked to a user");
            admin.close().await.unwrap();
            alice.close().await.unwrap();
            database.drop().await.unwrap();
        });
    }
}

#[test]
fn row_security_is_off_and_each_table_says_so() {
    let _alone = alone();
    let sql = pgflow::minimal::PGFLOW_MINIMAL.sql().unwrap();
    assert_eq!(sql.matches("-- no row-level security: no policies yet").count(), TABLES.len());
    assert!(!sql.contains("CREATE POLICY"));
    for server in servers() {
        block_on(async {
            let database = as_it_is(server).await;
            let mut bob = session(&database, "authenticated", Some(BOB)).await;
            assert!(!row_security_active(&mut bob, "pgflow.flows").await.unwrap());
            bob.close().await.unwrap();
            let mut admin = database.connect(database.superuser()).await.unwrap();
            let on = "SELECT relname::text FROM pg_class WHERE relnamespace = 'pgflow'::regnamespace AND (relrowsecurity OR relforcerowsecurity)";
            assert!(lines(&mut admin, on).await.is_empty());
            admin.close().await.unwrap();
            database.drop().await.unwrap();
        });
    }
}

#[test]
fn edge_workers_have_full_access() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = as_it_is(server).await;
            let mut alice = session(&database, "authenticated", Some(ALICE)).await;
            let id = started(&mut alice, "import").await;
            let mut worker = session(&database, "service_role", None).await;
            for step in ["fetch", "parse", "save"] {
                run(&mut worker, format!("SELECT pgflow.complete_task('{id}', '{step}', '1')")).await;
            }
            assert_eq!(status(&mut alice, &id).await, "completed");
            for sql in ["SELECT FROM pgflow.workers", "TRUNCATE pgflow.runs CASCADE", "SELECT nextval('pgflow.step_tasks_message_id_seq')"]
            {
                assert_ne!(tried(&mut worker, sql).await, "42501", "{sql}");
            }
            alice.close().await.unwrap();
            worker.close().await.unwrap();
            database.drop().await.unwrap();
        });
    }
}
