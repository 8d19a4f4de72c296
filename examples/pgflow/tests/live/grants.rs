//! The minimal permissions, compared with the catalog that pgflow's own list of grants makes.

use hedgerow::testing::{Database, Server};
use pgflow::tour::MINIMAL_MIGRATOR;
use sqlx::Connection;

use super::support::{block_on, lines, run, servers, text, tried};
use super::{alone, as_it_is, session, tour};

/// Word for word.
const LIST: &str = "
-- 1. Schema access
GRANT USAGE ON SCHEMA pgflow TO authenticated;
-- 2. Function access for client RPC calls (both are SECURITY DEFINER)
GRANT EXECUTE ON FUNCTION pgflow.start_flow_with_states(text, jsonb, uuid) TO authenticated;
GRANT EXECUTE ON FUNCTION pgflow.get_run_with_states(uuid) TO authenticated;
-- 3. Flow definition access (read-only for flow discovery)
GRANT SELECT ON TABLE pgflow.flows TO authenticated;
GRANT SELECT ON TABLE pgflow.steps TO authenticated;
-- 4. Service role needs full access for Edge Workers
GRANT ALL ON ALL TABLES IN SCHEMA pgflow TO service_role;
GRANT ALL ON ALL ROUTINES IN SCHEMA pgflow TO service_role;
GRANT ALL ON ALL SEQUENCES IN SCHEMA pgflow TO service_role;
";

/// What the roles of Supabase hold on everything in the schema, and on the schema itself.
async fn held(database: &Database) -> Vec<String> {
    let one = |what: &str, acl: &str, from: &str| {
        format!(
            "SELECT a.grantee::regrole || ' ' || a.privilege_type || CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END || ' ON ' || {what}
            FROM {from}, aclexplode({acl}) AS a WHERE a.grantee::regrole::text IN ('anon', 'authenticated', 'service_role')"
        )
    };
    let in_schema = |column: &str| format!("{column} = 'pgflow'::regnamespace");
    let parts = [
        format!("{} AND {}", one("c.oid::regclass", "c.relacl", "pg_class AS c"), in_schema("c.relnamespace")),
        format!("{} AND {}", one("p.oid::regprocedure", "p.proacl", "pg_proc AS p"), in_schema("p.pronamespace")),
        format!("{} AND n.nspname = 'pgflow'", one("n.nspname", "n.nspacl", "pg_namespace AS n")),
        format!(
            "{} AND {}",
            one("c.oid::regclass || '.' || t.attname", "t.attacl", "pg_attribute AS t JOIN pg_class AS c ON c.oid = t.attrelid"),
            in_schema("c.relnamespace")
        ),
    ];
    let mut admin = database.connect(database.superuser()).await.unwrap();
    let mut found = lines(&mut admin, parts.join(" UNION ALL ")).await;
    found.sort();
    admin.close().await.unwrap();
    found
}

/// A database whose tables and functions are pgflow's, and whose grants are the list.
async fn by_hand(server: &Server) -> Database {
    let database = server.database().await.unwrap();
    tour::prepare(&database, MINIMAL_MIGRATOR).await.unwrap();
    let mut migrator = database.connect(MINIMAL_MIGRATOR).await.unwrap();
    let tables = include_str!("../../minimal/migrations/0001_pgflow.up.sql");
    run(&mut migrator, format!("BEGIN; {tables} COMMIT; SET ROLE pgflow_minimal_owner; {LIST}")).await;
    migrator.close().await.unwrap();
    database
}

/// One line more: the list opens nothing to `service_role` without USAGE, so the declaration cannot leave it out.
#[test]
fn the_grants_are_those_of_the_list_and_usage_for_the_service_role() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let (listed, declared) = (by_hand(server).await, as_it_is(server).await);
            let mut expected = held(&listed).await;
            expected.push("service_role USAGE ON pgflow".to_owned());
            expected.sort();
            let found = held(&declared).await;
            assert_eq!(found, expected, "PostgreSQL {}", server.version());
            assert!(found.len() > 60, "{found:?}");
            listed.drop().await.unwrap();
            declared.drop().await.unwrap();
        });
    }
}

#[test]
fn the_list_alone_shuts_the_service_role_out() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = by_hand(server).await;
            let mut worker = session(&database, "service_role", None).await;
            assert_eq!(tried(&mut worker, "SELECT FROM pgflow.runs").await, "42501");
            worker.close().await.unwrap();
            database.drop().await.unwrap();
        });
    }
}

#[test]
fn each_grant_for_authenticated_is_there_and_no_other() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = as_it_is(server).await;
            let found: Vec<String> = held(&database).await.into_iter().filter(|line| !line.starts_with("service_role")).collect();
            let expected = [
                "authenticated EXECUTE ON pgflow.get_run_with_states(uuid)",
                "authenticated EXECUTE ON pgflow.start_flow_with_states(text,jsonb,uuid)",
                "authenticated SELECT ON pgflow.flows",
                "authenticated SELECT ON pgflow.steps",
                "authenticated USAGE ON pgflow",
            ];
            assert_eq!(found, expected, "PostgreSQL {}", server.version());
            database.drop().await.unwrap();
        });
    }
}

#[test]
fn the_service_role_holds_everything_on_tables_routines_and_sequences() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = as_it_is(server).await;
            let mut admin = database.connect(database.superuser()).await.unwrap();
            let mut privileges = vec!["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"];
            privileges.extend((server.version() >= 17).then_some("MAINTAIN"));
            for privilege in privileges {
                let lacking = format!(
                    "SELECT c.oid::regclass::text FROM pg_class AS c WHERE c.relnamespace = 'pgflow'::regnamespace AND c.relkind = 'r'
                    AND NOT has_table_privilege('service_role', c.oid, '{privilege}')"
                );
                assert_eq!(text(&mut admin, lacking).await, "", "{privilege}");
            }
            let routines = "SELECT p.oid::regprocedure::text FROM pg_proc AS p WHERE p.pronamespace = 'pgflow'::regnamespace AND NOT has_function_privilege('service_role', p.oid, 'EXECUTE')";
            assert_eq!(text(&mut admin, routines).await, "");
            for privilege in ["USAGE", "SELECT", "UPDATE"] {
                let sequences = format!(
                    "SELECT count(*)::text || ' ' || bool_and(has_sequence_privilege('service_role', c.oid, '{privilege}')) FROM pg_class AS c
                    WHERE c.relnamespace = 'pgflow'::regnamespace AND c.relkind = 'S'"
                );
                assert_eq!(text(&mut admin, sequences).await, "1 true", "{privilege}");
            }
            admin.close().await.unwrap();
            database.drop().await.unwrap();
        });
    }
}

#[test]
fn both_functions_are_definers_with_a_pinned_path_and_not_for_public() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = as_it_is(server).await;
            let mut admin = database.connect(database.superuser()).await.unwrap();
            let definers = "SELECT concat_ws(' ', proname, proowner::regrole, proconfig::text) FROM pg_proc WHERE pronamespace = 'pgflow'::regnamespace AND prosecdef ORDER BY 1";
            assert_eq!(
                lines(&mut admin, definers).await,
                [
                    r#"get_run_with_states pgflow_minimal_definer {"search_path=pgflow, pg_temp"}"#,
                    r#"start_flow_with_states pgflow_minimal_definer {"search_path=pgflow, pg_temp"}"#
                ]
            );
            let open =
                "SELECT p.oid::regprocedure::text FROM pg_proc AS p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a
                WHERE p.pronamespace = 'pgflow'::regnamespace AND a.grantee = 0";
            assert_eq!(text(&mut admin, open).await, "");
            admin.close().await.unwrap();
            database.drop().await.unwrap();
        });
    }
}
