//! The security principles, each as something that is tried.

use super::support::{lines, run, text, tried};
use super::{TABLES, on_each_server, session};

/// 1. Defense in depth: a layer that fails leaves the others.
#[test]
fn each_layer_holds_without_the_others() {
    on_each_server(async |database| {
        let mut admin = database.connect(database.superuser()).await.unwrap();
        let mut visitor = session(&database, "anonymous", "CL").await;
        // Without the privileges: row security shows no row.
        for table in TABLES {
            run(&mut admin, format!("GRANT SELECT ON {table} TO anonymous")).await;
            assert_eq!(tried(&mut visitor, format!("SELECT FROM {table}")).await, "0", "{table}");
        }
        // Without the policies either: the floor shows no row of another tenant.
        run(&mut admin, "CREATE POLICY mistake ON \"Leak\" TO anonymous USING (true)").await;
        assert_eq!(text(&mut visitor, "SELECT DISTINCT \"tenantCode\" FROM \"Leak\"").await, "CL");
        // Without row security of the table: the view still shows what is public and the tenant's.
        run(&mut admin, "DROP POLICY mistake ON \"Leak\"; ALTER TABLE \"Leak\" DISABLE ROW LEVEL SECURITY").await;
        assert_eq!(text(&mut visitor, "SELECT id FROM leaks_public_v").await, "public-CL");
        // Without the conditions of the view: the rights of its owner show no other row.
        run(&mut admin, "ALTER TABLE \"Leak\" ENABLE ROW LEVEL SECURITY").await;
        let view = "CREATE OR REPLACE VIEW leaks_public_v WITH (security_barrier) AS SELECT id, title, \"tenantCode\", \"createdAt\" FROM \"Leak\"";
        run(&mut admin, view).await;
        assert_eq!(text(&mut visitor, "SELECT id FROM leaks_public_v").await, "public-CL");
    });
}

/// 2. Fail secure: what nobody granted, nobody has.
#[test]
fn what_is_not_granted_is_denied() {
    on_each_server(async |database| {
        let mut admin = database.connect(database.superuser()).await.unwrap();
        run(&mut admin, "SET ROLE lobby_owner; CREATE TABLE later (id int); CREATE VIEW later_v AS SELECT * FROM later; RESET ROLE").await;
        assert_eq!(lines(&mut admin, "SELECT defaclacl::text FROM pg_default_acl").await, Vec::<String>::new());
        for role in ["anonymous", "lobby_app", "leaks_reader"] {
            let rights = format!(
                "SELECT (has_table_privilege('{role}', 'later', 'SELECT') OR has_table_privilege('{role}', 'later_v', 'SELECT'))::text"
            );
            assert_eq!(text(&mut admin, rights).await, "false", "{role}");
        }
        // A role that no one thought of.
        run(&mut admin, "CREATE ROLE lobby_stranger; SET ROLE lobby_stranger").await;
        for relation in TABLES.iter().chain(&["leaks_public_v"]) {
            assert_eq!(tried(&mut admin, format!("SELECT FROM public.{relation}")).await, "42501", "{relation}");
        }
        run(&mut admin, "RESET ROLE; DROP ROLE lobby_stranger").await;
        // A request that forgot to say its tenant.
        let mut editor = session(&database, "lobby_app", "").await;
        for table in TABLES {
            assert_eq!(tried(&mut editor, format!("SELECT FROM {table}")).await, "0", "{table}");
        }
    });
}

/// No role of requests passes row security, owns a table, or reaches one that does.
#[test]
fn nobody_passes_row_security() {
    on_each_server(async |database| {
        let mut admin = database.connect(database.superuser()).await.unwrap();
        let passing = "SELECT r.rolname FROM pg_roles AS r WHERE r.rolname ~ '^(lobby_|anonymous|leaks_)' AND (rolsuper OR rolbypassrls)";
        assert_eq!(lines(&mut admin, passing).await, Vec::<String>::new());
        let reaching = "SELECT m.rolname || ' ' || r.rolname FROM pg_roles AS m, pg_roles AS r
            WHERE m.rolname IN ('lobby_login', 'lobby_app', 'anonymous', 'leaks_reader') AND m.oid <> r.oid AND pg_has_role(m.oid, r.oid, 'MEMBER')
            ORDER BY 1";
        assert_eq!(lines(&mut admin, reaching).await, ["lobby_login anonymous", "lobby_login lobby_app"]);
    });
}

/// 3. Tenant isolation: by the code alone, for editors and visitors alike, in one session after another.
#[test]
fn a_session_that_changes_its_tenant_changes_its_rows() {
    on_each_server(async |database| {
        let mut conn = session(&database, "lobby_app", "CL").await;
        for (role, query) in
            [("lobby_app", "SELECT DISTINCT \"tenantCode\" FROM \"Leak\""), ("anonymous", "SELECT \"tenantCode\" FROM leaks_public_v")]
        {
            run(&mut conn, format!("RESET ROLE; SET ROLE {role}")).await;
            for tenant in ["CL", "UY", "CL"] {
                run(&mut conn, format!("BEGIN; SELECT set_config('app.current_tenant', '{tenant}', true)")).await;
                assert_eq!(text(&mut conn, query).await, tenant, "{role}");
                run(&mut conn, "COMMIT").await;
            }
        }
    });
}
