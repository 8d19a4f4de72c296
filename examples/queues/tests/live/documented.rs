//! The revokes and grants of the security documentation, run as they stand there on a second database, and compared with
//! what the declarations gave.

use hedgerow::testing::Server;
use queues::tour::{self, Report};
use sqlx::migrate::Migrator;

use super::support::{block_on, lines, run, servers};
use super::{Database, MIGRATIONS, QUEUES, admin, alone};

/// Word by word.
const DOCUMENTED: &str = "
-- revoke broad function execute; prefer explicit, per-role grants
revoke execute on all functions in schema internal from public;
revoke execute on all functions in schema queues from public;
revoke execute on all functions in schema comms from public;

-- worker role gets only what it needs
grant usage on schema queues, internal, comms to worker_service_user;
grant execute on function queues.dequeue_next_available_task() to worker_service_user;
grant execute on function queues.append_error(bigint, text) to worker_service_user;
grant execute on function internal.run_function(text, jsonb) to worker_service_user;
-- supervisors/handlers are security definer; grant execute individually:
grant execute on function comms.send_email_supervisor(jsonb) to worker_service_user;
grant execute on function comms.get_email_payload(jsonb) to worker_service_user;
grant execute on function comms.record_email_success(jsonb) to worker_service_user;
grant execute on function comms.record_email_failure(jsonb) to worker_service_user;

-- postgrest roles get execute only on public API functions in schema api
grant usage on schema api to anon, authenticated;
grant execute on all functions in schema api to anon, authenticated;
";

/// What the roles that it names, and PUBLIC, hold on functions and schemas: grantee, privilege, object.
async fn held(database: &Database) -> Vec<String> {
    let sql = "SELECT concat_ws(' ', g.name, a.privilege_type, o.name) FROM (
            SELECT p.oid::regprocedure::text AS name, coalesce(proacl, acldefault('f', proowner)) AS acl
                FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = pronamespace WHERE nspname IN ('api', 'internal', 'queues', 'comms')
            UNION ALL SELECT 'schema ' || nspname, coalesce(nspacl, acldefault('n', nspowner))
                FROM pg_namespace WHERE nspname IN ('api', 'internal', 'queues', 'comms')
        ) AS o, aclexplode(o.acl) AS a
        CROSS JOIN LATERAL (SELECT CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END AS name) AS g
        WHERE g.name IN ('PUBLIC', 'anon', 'authenticated', 'authenticator', 'worker_service_user') ORDER BY 1";
    lines(&mut admin(database).await, sql).await
}

/// The schemas, tables and functions by hand, and the documented block instead of the declarations.
async fn by_hand(server: &Server) -> Database {
    let database = server.database().await.unwrap();
    tour::prepare(&database).await.unwrap();
    let own = MIGRATIONS.iter().filter(|migration| migration.version < 3).cloned().collect();
    let mut migrator = database.connect("queue_migrator").await.unwrap();
    Migrator::with_migrations(own).run(&mut migrator).await.unwrap();
    run(&mut migrator, DOCUMENTED).await;
    database
}

#[test]
fn the_rights_are_those_of_the_documented_block() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let declared = server.database().await.unwrap();
            tour::prepare(&declared).await.unwrap();
            // First, since it makes the roles that the block names.
            tour::migrate(&declared, &mut Report::default()).await.unwrap();
            let documented = by_hand(server).await;
            let (ours, theirs) = (held(&declared).await, held(&documented).await);
            // The one difference: the block leaves to PUBLIC what PostgreSQL gives it on the functions of `api`.
            let (public, theirs): (Vec<String>, Vec<String>) = theirs.into_iter().partition(|line| line.starts_with("PUBLIC"));
            assert_eq!(public, ["api.health()", "api.request_email(text,text,text)"].map(|name| format!("PUBLIC EXECUTE {name}")));
            assert_eq!(ours, theirs, "PostgreSQL {}", server.version());
            assert_eq!(ours.len(), 7 + 3 + 4 + 2, "functions and schemas of the worker; functions of two roles, and their schema");
            declared.drop().await.unwrap();
            documented.drop().await.unwrap();
        });
    }
}

/// Each line of the block stands in the generated migration, once for each schema and role that it names.
#[test]
fn every_documented_statement_is_in_the_migration() {
    let sql = QUEUES.sql().unwrap().to_lowercase();
    let mut found = 0;
    for statement in DOCUMENTED.lines().filter(|line| !line.starts_with("--") && !line.is_empty()) {
        let word = if statement.starts_with("revoke") { " from " } else { " to " };
        let (what, roles) = statement.trim_end_matches(';').rsplit_once(word).unwrap();
        let (verb, schemas) = what.split_once("usage on schema ").map_or((what, ""), |(_, schemas)| ("grant usage on schema ", schemas));
        for role in roles.split(", ") {
            for schema in schemas.split(", ") {
                let line = format!("{verb}{schema}{word}{role};");
                assert!(sql.lines().any(|other| other == line), "{line}");
                found += 1;
            }
        }
    }
    assert_eq!(found, 3 + 3 + 7 + 2 + 2);
}
