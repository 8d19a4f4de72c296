//! PostgREST's three roles: the connection that only switches, and the two that see `api` and nothing else.

use sqlx::PgConnection;

use super::support::{lines, run, text, tried};
use super::{admin, on_each_server, request};

/// Functions and relations outside `api`.
const OUTSIDE: [&str; 11] = [
    "SELECT queues.dequeue_next_available_task()",
    "SELECT queues.append_error(1, 'x')",
    "SELECT internal.run_function('comms.get_email_payload', '{}')",
    "SELECT internal.enqueue_task('email', '{}')",
    "SELECT comms.send_email_supervisor('{}')",
    "SELECT comms.record_email_success('{}')",
    "SELECT comms.forget_emails('{}')",
    "SELECT FROM queues.tasks",
    "SELECT FROM queues.errors",
    "SELECT FROM comms.emails",
    "SELECT FROM comms.notices",
];

/// The schemas that a session may use.
async fn schemas(conn: &mut PgConnection) -> String {
    let usable = "SELECT nspname FROM pg_namespace
        WHERE nspname !~ '^pg_|^information_schema$' AND has_schema_privilege(oid, 'USAGE') ORDER BY 1";
    text(conn, usable).await
}

#[test]
fn the_authenticator_can_do_nothing_itself() {
    on_each_server(async |database| {
        let mut conn = database.connect("authenticator").await.unwrap();
        for statement in OUTSIDE.iter().chain(&["SELECT api.health()", "SELECT FROM api.public_notices", "SELECT FROM api.my_emails"]) {
            assert_eq!(tried(&mut conn, *statement).await, "42501", "{statement}");
        }
        assert_eq!(schemas(&mut conn).await, "");
        for statement in ["CREATE TABLE public.mine (id int)", "CREATE SCHEMA mine", "CREATE TEMPORARY TABLE mine (id int)"] {
            assert_eq!(tried(&mut conn, statement).await, "42501", "{statement}");
        }
        let flags = "SELECT concat_ws(' ', rolcanlogin, rolinherit, rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls)
            FROM pg_roles WHERE rolname = current_user";
        assert_eq!(text(&mut conn, flags).await, "t f f f f f f");
    });
}

#[test]
fn the_authenticator_becomes_anon_and_authenticated_only() {
    on_each_server(async |database| {
        let mut conn = database.connect("authenticator").await.unwrap();
        for role in ["anon", "authenticated"] {
            run(&mut conn, format!("BEGIN; SET LOCAL ROLE {role}")).await;
            assert_eq!(text(&mut conn, "SELECT current_user::text").await, role);
            assert_eq!(text(&mut conn, "SELECT api.health()").await, "ok");
            run(&mut conn, "COMMIT").await;
            assert_eq!(tried(&mut conn, "SELECT api.health()").await, "42501", "after the request");
        }
        let others = "SELECT rolname FROM pg_roles
            WHERE pg_has_role('authenticator', oid, 'MEMBER') AND rolname <> 'authenticator' ORDER BY 1";
        assert_eq!(lines(&mut admin(&database).await, others).await, ["anon", "authenticated"]);
        for role in ["worker_service_user", "queue_owner", "queue_migrator", "comms_definer", "api_definer", "api_reader", "queue_definer"]
        {
            assert_eq!(tried(&mut conn, format!("SET LOCAL ROLE {role}")).await, "42501", "{role}");
        }
    });
}

#[test]
fn postgrest_roles_reach_api_only() {
    on_each_server(async |database| {
        for (role, sub) in [("anon", ""), ("anon", "ann"), ("authenticated", "ann")] {
            let mut conn = request(&database, role, sub).await;
            assert_eq!(schemas(&mut conn).await, "api", "{role}");
            for statement in OUTSIDE {
                assert_eq!(tried(&mut conn, statement).await, "42501", "{role}: {statement}");
            }
            for schema in ["api", "internal", "queues", "comms", "public"] {
                assert_eq!(tried(&mut conn, format!("CREATE TABLE {schema}.mine (id int)")).await, "42501", "{role}: {schema}");
            }
        }
    });
}

/// Every function of `api`, to both roles.
#[test]
fn postgrest_roles_call_every_function_of_api() {
    on_each_server(async |database| {
        for role in ["anon", "authenticated"] {
            let left = format!(
                "SELECT proname FROM pg_proc WHERE pronamespace = 'api'::regnamespace AND NOT has_function_privilege('{role}', oid, 'EXECUTE')"
            );
            assert_eq!(lines(&mut admin(&database).await, left).await, Vec::<String>::new(), "{role}");
            assert_eq!(text(&mut request(&database, role, "").await, "SELECT api.health()").await, "ok");
        }
        let mut ann = request(&database, "authenticated", "ann").await;
        assert_eq!(tried(&mut ann, "SELECT api.request_email('a', 'b', 'c')").await, "1");
    });
}

#[test]
fn views_of_api_show_what_is_the_callers() {
    on_each_server(async |database| {
        let mails = "SELECT subject FROM api.my_emails";
        for (sub, seen) in [("ann", "Mail of ann"), ("bob", "Mail of bob"), ("eve", ""), ("", "")] {
            assert_eq!(text(&mut request(&database, "authenticated", sub).await, mails).await, seen, "{sub}");
        }
        assert_eq!(tried(&mut request(&database, "anon", "ann").await, mails).await, "42501");
        for role in ["anon", "authenticated"] {
            let mut conn = request(&database, role, "").await;
            assert_eq!(text(&mut conn, "SELECT title FROM api.public_notices").await, "open", "{role}");
            for statement in ["UPDATE api.public_notices SET title = 'x'", "DELETE FROM api.public_notices", "TRUNCATE comms.notices"] {
                assert_eq!(tried(&mut conn, statement).await, "42501", "{role}: {statement}");
            }
        }
    });
}

/// The mail is the caller's: the function cannot be talked into another name, and without a token there is none.
#[test]
fn a_mail_is_asked_for_in_the_callers_name() {
    on_each_server(async |database| {
        let ask = "SELECT api.request_email('x@example.org', 'x', 'x')";
        for role in ["anon", "authenticated"] {
            assert_eq!(tried(&mut request(&database, role, "").await, ask).await, "42501", "{role}");
        }
        run(&mut request(&database, "authenticated", "eve").await, ask).await;
        let mut admin = admin(&database).await;
        assert_eq!(text(&mut admin, "SELECT requested_by FROM comms.emails ORDER BY email_id").await, "ann bob eve");
        run(&mut admin, "SET request.jwt.claims = '{\"sub\": \"eve\"}'; SET ROLE api_definer").await;
        let forged = "INSERT INTO comms.emails (requested_by, recipient, subject, body) VALUES ('ann', 'x', 'x', 'x')";
        assert_eq!(tried(&mut admin, forged).await, "42501");
    });
}

/// Of all functions of the application two are to be seen, and helpers stand elsewhere.
#[test]
fn helpers_are_not_exposed() {
    on_each_server(async |database| {
        let mut admin = admin(&database).await;
        for role in ["anon", "authenticated"] {
            let exposed = format!(
                "SELECT p.oid::regprocedure::text FROM pg_proc AS p WHERE has_function_privilege('{role}', p.oid, 'EXECUTE')
                    AND has_schema_privilege('{role}', pronamespace, 'USAGE') AND pronamespace > 16383 ORDER BY 1"
            );
            assert_eq!(lines(&mut admin, exposed).await, ["api.health()", "api.request_email(text,text,text)"]);
        }
        let helpers = "SELECT n.nspname FROM pg_proc JOIN pg_namespace AS n ON n.oid = pronamespace
            WHERE proname IN ('enqueue_task', 'run_function', 'forget_emails') ORDER BY 1";
        assert_eq!(text(&mut admin, helpers).await, "comms internal internal");
    });
}
