//! The worker: it dequeues, notes errors, calls its supervisors, and reaches nothing else.

use hedgerow::testing::row_security_active;

use super::support::{lines, run, text, tried};
use super::{admin, on_each_server, request, worker};

const RELATIONS: [&str; 4] = ["queues.tasks", "queues.errors", "comms.emails", "comms.notices"];

const DEQUEUE: &str = "SELECT queues.dequeue_next_available_task() ->> 'task_id'";

#[test]
fn the_worker_dequeues_each_task_once() {
    on_each_server(async |database| {
        let (mut first, mut second) = (worker(&database).await, worker(&database).await);
        run(&mut first, "BEGIN").await;
        assert_eq!(text(&mut first, DEQUEUE).await, "1");
        // The locked task is not waited for: SKIP LOCKED.
        run(&mut second, "SET statement_timeout = '5s'").await;
        run(&mut second, "BEGIN").await;
        assert_eq!(text(&mut second, DEQUEUE).await, "2");
        assert_eq!(text(&mut second, DEQUEUE).await, "NULL");
        run(&mut second, "ROLLBACK").await;
        run(&mut first, "COMMIT").await;
        assert_eq!(text(&mut first, DEQUEUE).await, "2");
        assert_eq!(text(&mut second, DEQUEUE).await, "NULL");
    });
}

#[test]
fn the_worker_appends_errors() {
    on_each_server(async |database| {
        let mut worker = worker(&database).await;
        for _ in 0..3 {
            assert_eq!(text(&mut worker, DEQUEUE).await, "1");
            run(&mut worker, "SELECT queues.append_error(1, 'no route to host')").await;
        }
        assert_eq!(text(&mut worker, DEQUEUE).await, "2", "three attempts are enough");
        let errors = lines(&mut admin(&database).await, "SELECT concat_ws(' ', task_id, message) FROM queues.errors").await;
        assert_eq!(errors, ["1 no route to host"; 3]);
        // What was noted is out of the worker's reach.
        for statement in ["SELECT FROM queues.errors", "DELETE FROM queues.errors", "UPDATE queues.errors SET message = ''"] {
            assert_eq!(tried(&mut worker, statement).await, "42501", "{statement}");
        }
    });
}

/// By name and through the runner: the four functions of `comms` that are granted, and no other.
#[test]
fn the_worker_calls_only_its_supervisors() {
    on_each_server(async |database| {
        let mut worker = worker(&database).await;
        for (function, answer) in [
            ("send_email_supervisor", "{\"status\": \"scheduled\"}"),
            ("get_email_payload", "{\"to\": \"ann@example.org\", \"body\": \"Dear ann\", \"subject\": \"Mail of ann\"}"),
            ("record_email_success", "{\"status\": \"sent\"}"),
            ("record_email_failure", "NULL"),
        ] {
            assert_eq!(tried(&mut worker, format!("SELECT comms.{function}('{{}}')")).await, "1", "{function}");
            let call = format!("SELECT internal.run_function('comms.{function}', '{{\"email_id\": 1}}')::text");
            assert_eq!(text(&mut worker, call).await, answer, "{function}");
        }
        assert_eq!(tried(&mut worker, "SELECT comms.forget_emails('{}')").await, "42501");
        let callable = "SELECT proname FROM pg_proc WHERE pronamespace = 'comms'::regnamespace
            AND has_function_privilege('worker_service_user', oid, 'EXECUTE') ORDER BY 1";
        let four = "get_email_payload record_email_failure record_email_success send_email_supervisor";
        assert_eq!(text(&mut admin(&database).await, callable).await, four);
    });
}

/// The runner is a way to say a name, not a way to more rights.
#[test]
fn the_runner_can_do_no_more_than_the_worker() {
    on_each_server(async |database| {
        let mut admin = admin(&database).await;
        let twin = "CREATE FUNCTION internal.helper(payload jsonb) RETURNS jsonb LANGUAGE sql AS 'SELECT payload';
            REVOKE ALL ON FUNCTION internal.helper(jsonb) FROM PUBLIC";
        run(&mut admin, twin).await;
        let mut worker = worker(&database).await;
        for (name, code) in [
            ("comms.forget_emails", "42501"),
            ("internal.helper", "42501"),
            ("api.health", "42501"),
            ("comms.no_such_function", "42883"),
            ("pg_catalog.pg_read_file", "42883"),
            ("comms.emails; DROP TABLE comms.emails", "22023"),
            ("send_email_supervisor", "22023"),
        ] {
            assert_eq!(tried(&mut worker, format!("SELECT internal.run_function('{name}', '{{}}')")).await, code, "{name}");
        }
        assert_eq!(tried(&mut worker, "SELECT internal.enqueue_task('email', '{}')").await, "42501");
        // What is taken from the worker is taken from the runner.
        run(&mut admin, "REVOKE EXECUTE ON FUNCTION comms.get_email_payload(jsonb) FROM worker_service_user").await;
        assert_eq!(tried(&mut worker, "SELECT internal.run_function('comms.get_email_payload', '{}')").await, "42501");
    });
}

#[test]
fn the_worker_has_no_table_grants() {
    let held = "SELECT relname FROM pg_class AS c, aclexplode(relacl) AS a WHERE a.grantee IN (0, 'worker_service_user'::regrole)
            AND relnamespace IN ('api'::regnamespace, 'internal'::regnamespace, 'queues'::regnamespace, 'comms'::regnamespace)
        UNION ALL SELECT attname FROM pg_attribute, aclexplode(attacl) AS a
            WHERE a.grantee IN (0, 'worker_service_user'::regrole) AND attrelid > 16383";
    let sequences = "SELECT sequencename FROM pg_sequences
        WHERE has_sequence_privilege('worker_service_user', schemaname || '.' || sequencename, 'USAGE, SELECT, UPDATE')";
    on_each_server(async |database| {
        let mut worker = worker(&database).await;
        for relation in RELATIONS {
            for statement in ["SELECT FROM {}", "INSERT INTO {} DEFAULT VALUES", "DELETE FROM {}", "TRUNCATE {} CASCADE", "LOCK TABLE {}"] {
                assert_eq!(tried(&mut worker, statement.replace("{}", relation)).await, "42501", "{statement} {relation}");
            }
        }
        let mut admin = admin(&database).await;
        assert_eq!(lines(&mut admin, held).await, Vec::<String>::new());
        assert_eq!(lines(&mut admin, sequences).await, Vec::<String>::new());
    });
}

#[test]
fn the_worker_uses_three_schemas_and_creates_nothing() {
    let usable = "SELECT nspname FROM pg_namespace
        WHERE nspname !~ '^pg_|^information_schema$' AND has_schema_privilege(oid, 'USAGE') ORDER BY 1";
    on_each_server(async |database| {
        let mut worker = worker(&database).await;
        assert_eq!(text(&mut worker, usable).await, "comms internal queues");
        for schema in ["api", "internal", "queues", "comms", "public"] {
            assert_eq!(tried(&mut worker, format!("CREATE TABLE {schema}.mine (id int)")).await, "42501", "{schema}");
        }
        for role in ["queue_owner", "queue_definer", "comms_definer", "api_definer", "api_reader", "anon", "authenticated", "authenticator"]
        {
            assert_eq!(tried(&mut worker, format!("SET LOCAL ROLE {role}")).await, "42501", "{role}");
        }
    });
}

/// The queue's tables have row security too: a privilege by mistake shows no row.
#[test]
fn a_grant_by_mistake_shows_no_row() {
    on_each_server(async |database| {
        let (mut admin, mut worker) = (admin(&database).await, worker(&database).await);
        for relation in RELATIONS {
            run(&mut admin, format!("GRANT SELECT ON {relation} TO worker_service_user, anon")).await;
            assert!(row_security_active(&mut worker, relation).await.unwrap(), "{relation}");
            assert_eq!(tried(&mut worker, format!("SELECT FROM {relation}")).await, "0", "{relation}");
            // That one may not even use the schema.
            assert_eq!(tried(&mut request(&database, "anon", "ann").await, format!("SELECT FROM {relation}")).await, "42501", "{relation}");
        }
    });
}
