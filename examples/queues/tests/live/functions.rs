//! Functions: whose rights they run with, where their names lead, and who may call them.

use super::support::{lines, run, text, tried};
use super::{QUEUES, admin, on_each_server, request, worker};

/// The business functions: what the worker calls, and what calls for it.
const BUSINESS: [&str; 8] = [
    "api.request_email(text,text,text)",
    "comms.get_email_payload(jsonb)",
    "comms.record_email_failure(jsonb)",
    "comms.record_email_success(jsonb)",
    "comms.send_email_supervisor(jsonb)",
    "internal.enqueue_task(text,jsonb)",
    "queues.append_error(bigint,text)",
    "queues.dequeue_next_available_task()",
];

const OURS: &str = "pronamespace IN ('api'::regnamespace, 'internal'::regnamespace, 'queues'::regnamespace, 'comms'::regnamespace)";

#[test]
fn business_functions_are_definers_with_a_pinned_path() {
    on_each_server(async |database| {
        let mut admin = admin(&database).await;
        let declared = format!("{OURS} AND prosecdef AND proowner <> 'queue_owner'::regrole");
        assert_eq!(lines(&mut admin, format!("SELECT oid::regprocedure::text FROM pg_proc WHERE {declared} ORDER BY 1")).await, BUSINESS);
        for function in BUSINESS {
            let schema = if function.starts_with("internal") { "queues" } else { function.split_once('.').unwrap().0 };
            let path = format!("SELECT proconfig::text FROM pg_proc WHERE oid = '{function}'::regprocedure");
            assert_eq!(text(&mut admin, path).await, format!("{{\"search_path={schema}, pg_temp\"}}"), "{function}");
        }
        // Their owners cannot log in, pass no policy, and own no table.
        let owners = format!(
            "SELECT DISTINCT rolname FROM pg_proc JOIN pg_roles AS r ON r.oid = proowner WHERE {declared}
                AND (rolcanlogin OR rolsuper OR rolbypassrls OR EXISTS (SELECT FROM pg_class WHERE relowner = r.oid AND relkind = 'r'))"
        );
        assert_eq!(lines(&mut admin, owners).await, Vec::<String>::new());
    });
}

#[test]
fn the_runner_is_an_invoker() {
    on_each_server(async |database| {
        let mut admin = admin(&database).await;
        let runner = "SELECT concat_ws(' ', prosecdef, proowner::regrole, proconfig) FROM pg_proc
            WHERE oid = 'internal.run_function(text, jsonb)'::regprocedure";
        assert_eq!(text(&mut admin, runner).await, "f queue_owner {\"search_path=internal, pg_temp\"}");
        let who = "CREATE FUNCTION comms.who(payload jsonb) RETURNS jsonb LANGUAGE sql AS 'SELECT to_jsonb(current_user)';
            GRANT EXECUTE ON FUNCTION comms.who(jsonb) TO worker_service_user";
        run(&mut admin, who).await;
        let who = "SELECT internal.run_function('comms.who', '{}')::text";
        assert_eq!(text(&mut worker(&database).await, who).await, "\"worker_service_user\"");
    });
}

#[test]
fn public_executes_nothing() {
    on_each_server(async |database| {
        let mut admin = admin(&database).await;
        let public = format!(
            "SELECT p.oid::regprocedure::text FROM pg_proc AS p, aclexplode(coalesce(proacl, acldefault('f', proowner))) AS a
                WHERE {OURS} AND a.grantee = 0"
        );
        assert_eq!(lines(&mut admin, public).await, Vec::<String>::new());
        // Also what no declaration names: the revoke of the whole schema covers it.
        let forgotten = "SELECT proacl::text FROM pg_proc WHERE oid = 'comms.forget_emails(jsonb)'::regprocedure";
        assert_eq!(text(&mut admin, forgotten).await, "{queue_owner=X/queue_owner}");
    });
}

/// In `internal`, `queues` and `comms` a function is granted by name or not at all.
#[test]
fn every_grant_names_one_function() {
    on_each_server(async |database| {
        let grants = format!(
            "SELECT concat_ws(' ', a.grantee::regrole, p.oid::regprocedure) FROM pg_proc AS p, aclexplode(proacl) AS a
                WHERE {OURS} AND pronamespace <> 'api'::regnamespace AND a.grantee <> proowner ORDER BY 1"
        );
        let meant = [
            "api_definer internal.enqueue_task(text,jsonb)",
            "comms_definer internal.enqueue_task(text,jsonb)",
            "worker_service_user comms.get_email_payload(jsonb)",
            "worker_service_user comms.record_email_failure(jsonb)",
            "worker_service_user comms.record_email_success(jsonb)",
            "worker_service_user comms.send_email_supervisor(jsonb)",
            "worker_service_user internal.run_function(text,jsonb)",
            "worker_service_user queues.append_error(bigint,text)",
            "worker_service_user queues.dequeue_next_available_task()",
        ];
        assert_eq!(lines(&mut admin(&database).await, grants).await, meant);
    });
}

/// The global form of the default: in the schema's form it would have no effect.
#[test]
fn a_later_function_is_executable_by_nobody() {
    on_each_server(async |database| {
        let mut admin = admin(&database).await;
        let defaults = "SELECT concat_ws(' ', defaclrole::regrole, defaclnamespace, defaclobjtype, defaclacl) FROM pg_default_acl";
        assert_eq!(lines(&mut admin, defaults).await, ["queue_owner 0 f {queue_owner=X/queue_owner}"]);
        let mut migrator = database.connect("queue_migrator").await.unwrap();
        run(&mut migrator, "SET ROLE queue_owner").await;
        for schema in ["api", "internal", "queues", "comms"] {
            run(&mut migrator, format!("CREATE FUNCTION {schema}.later() RETURNS int LANGUAGE sql AS 'SELECT 1'")).await;
            for role in ["anon", "authenticated", "authenticator", "worker_service_user", "queue_definer", "comms_definer"] {
                let may = format!("SELECT has_function_privilege('{role}', '{schema}.later()', 'EXECUTE')::text");
                assert_eq!(text(&mut admin, may).await, "false", "{role} in {schema}");
            }
        }
        assert_eq!(tried(&mut worker(&database).await, "SELECT comms.later()").await, "42501");
        assert_eq!(tried(&mut request(&database, "anon", "").await, "SELECT api.later()").await, "42501");
    });
}

/// A table of the caller's own, in front of the real one by its name: no definer looks at it, however careless its body.
#[test]
fn a_temporary_table_deceives_no_definer() {
    let sql = QUEUES.sql().unwrap();
    let dequeue = "SELECT queues.dequeue_next_available_task()::text";
    on_each_server(async |database| {
        let (mut admin, mut worker) = (admin(&database).await, worker(&database).await);
        run(&mut admin, format!("GRANT TEMPORARY ON DATABASE {} TO worker_service_user", database.name())).await;
        run(&mut worker, "CREATE TEMPORARY TABLE tasks (task_id bigint); GRANT SELECT ON tasks TO PUBLIC").await;
        run(&mut worker, "SET search_path = pg_temp, queues").await;
        let careless = "CREATE OR REPLACE FUNCTION queues.dequeue_next_available_task() RETURNS jsonb LANGUAGE plpgsql
            SECURITY DEFINER AS 'BEGIN RETURN (SELECT to_jsonb(count(*)) FROM tasks); END'";
        run(&mut admin, careless).await;
        assert_eq!(text(&mut worker, dequeue).await, "0", "without a path of its own the function is deceived");
        let mut migrator = database.connect("queue_migrator").await.unwrap();
        run(&mut migrator, format!("BEGIN; {sql} COMMIT")).await;
        assert_eq!(text(&mut worker, dequeue).await, "2", "with the declared one it is not");
    });
}

/// Definers hold what their functions need, and nothing else.
#[test]
fn definers_hold_what_their_functions_need() {
    let held = "SELECT concat(grantee, ':', table_name, ':', lower(privilege_type)) FROM information_schema.table_privileges
            WHERE table_schema IN ('queues', 'comms') AND grantee <> 'queue_owner'
        UNION SELECT concat(grantee, ':', table_name, '.', column_name, ':', lower(privilege_type))
            FROM information_schema.column_privileges AS c WHERE table_schema IN ('queues', 'comms') AND grantee <> 'queue_owner'
            AND NOT EXISTS (SELECT FROM information_schema.table_privileges AS t
                WHERE t.grantee = c.grantee AND t.table_name = c.table_name AND t.privilege_type = c.privilege_type)";
    let meant = "
        api_definer:emails.body:insert api_definer:emails.recipient:insert api_definer:emails.subject:insert
        api_definer:emails.email_id:select api_definer:emails.requested_by:select
        api_reader:emails.created_at:select api_reader:emails.email_id:select api_reader:emails.recipient:select
        api_reader:emails.requested_by:select api_reader:emails.status:select api_reader:emails.subject:select
        api_reader:notices:select
        comms_definer:emails.failure:update comms_definer:emails.sent_at:update comms_definer:emails.status:update
        comms_definer:emails:select
        queue_definer:errors.message:insert queue_definer:errors.task_id:insert
        queue_definer:tasks.attempts:update queue_definer:tasks.locked_at:update
        queue_definer:tasks.kind:insert queue_definer:tasks.payload:insert queue_definer:tasks:select";
    on_each_server(async |database| {
        let mut found = lines(&mut admin(&database).await, held).await;
        let mut meant: Vec<&str> = meant.split_whitespace().collect();
        found.sort();
        meant.sort_unstable();
        assert_eq!(found, meant);
    });
}
