//! The five tables: their flags, and who holds what.

use hedgerow::testing::row_security_active;
use lobbyleaks::tour::VERIFICATION;
use sqlx::Row;

use super::support::{lines, run, text, tried};
use super::{TABLES, on_each_server, session};

const FLAGS: &str = "SELECT concat_ws(' ', relname, relrowsecurity, relforcerowsecurity) FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '_sqlx_migrations' ORDER BY relname COLLATE \"C\"";

#[test]
fn the_five_tables_are_enabled_and_forced() {
    on_each_server(async |database| {
        let mut admin = database.connect(database.superuser()).await.unwrap();
        let flags = ["Document t t", "FundingRecord t t", "Leak t t", "Tenant t t", "User t t"];
        assert_eq!(lines(&mut admin, FLAGS).await, flags, "PostgreSQL {}", text(&mut admin, "SELECT version()").await);
    });
}

#[test]
fn the_verification_query_passes() {
    on_each_server(async |database| {
        let mut admin = database.connect(database.superuser()).await.unwrap();
        let rows = sqlx::query(VERIFICATION).fetch_all(&mut admin).await.unwrap();
        let mut names: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
        names.sort();
        assert_eq!(names, ["Document", "FundingRecord", "Leak", "Tenant", "User"]);
        assert!(rows.iter().all(|row| row.get("relrowsecurity")));
        assert!(rows.iter().all(|row| row.get("relforcerowsecurity")));
    });
}

/// FORCE: the owner, and the migrator as its member, read and write no row, whatever tenant they name.
#[test]
fn the_owner_is_bound_too() {
    on_each_server(async |database| {
        let mut migrator = database.connect("lobby_migrator").await.unwrap();
        for role in ["NONE", "lobby_owner"] {
            run(&mut migrator, format!("SET ROLE {role}")).await;
            for tenant in ["", "CL", "UY"] {
                run(&mut migrator, format!("SET app.current_tenant = '{tenant}'")).await;
                for table in TABLES {
                    assert!(row_security_active(&mut migrator, table).await.unwrap());
                    // The migrator is a member of the view's definer too, and inherits its one policy.
                    let definer = role == "NONE" && table == "\"Leak\"" && !tenant.is_empty();
                    assert_eq!(
                        tried(&mut migrator, format!("SELECT FROM {table}")).await,
                        usize::from(definer).to_string(),
                        "{role} {table}"
                    );
                    assert_eq!(tried(&mut migrator, format!("DELETE FROM {table}")).await, "0", "{role} {table}");
                }
            }
        }
    });
}

/// Every privilege on every relation, column and the schema, of everyone but the owners themselves.
#[test]
fn roles_hold_what_is_declared_and_no_more() {
    let held = "SELECT concat_ws(' ', g.name, lower(a.privilege_type), o.name) FROM (
            SELECT relname::text AS name, relowner AS owner, coalesce(relacl, acldefault('r', relowner)) AS acl FROM pg_class
                WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v') AND relname <> '_sqlx_migrations'
            UNION ALL SELECT relname || '.' || attname, relowner, attacl FROM pg_attribute JOIN pg_class AS c ON c.oid = attrelid
                WHERE relnamespace = 'public'::regnamespace
            UNION ALL SELECT 'schema ' || nspname, nspowner, nspacl FROM pg_namespace WHERE nspname = 'public'
        ) AS o, aclexplode(o.acl) AS a
        CROSS JOIN LATERAL (SELECT CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END AS name) AS g
        WHERE a.grantee <> o.owner ORDER BY 1";
    on_each_server(async |database| {
        let mut admin = database.connect(database.superuser()).await.unwrap();
        let mut meant = vec!["anonymous select leaks_public_v".to_owned(), "lobby_app select Tenant".to_owned()];
        for role in ["anonymous", "lobby_app", "leaks_reader"] {
            meant.push(format!("{role} usage schema public"));
        }
        for table in ["User", "Document", "FundingRecord", "Leak"] {
            meant.extend(["select", "insert", "update", "delete"].map(|privilege| format!("lobby_app {privilege} {table}")));
        }
        for column in ["id", "title", "status", "tenantCode", "createdAt"] {
            meant.push(format!("leaks_reader select Leak.{column}"));
        }
        let mut held = lines(&mut admin, held).await;
        held.sort();
        meant.sort();
        assert_eq!(held, meant);
    });
}

/// Supported tenants: CL and UY.
#[test]
fn the_tenants_are_cl_and_uy() {
    on_each_server(async |database| {
        let mut admin = database.connect(database.superuser()).await.unwrap();
        assert_eq!(text(&mut admin, "SELECT code FROM \"Tenant\" ORDER BY 1").await, "CL UY");
        for code in ["AR", "cl", ""] {
            assert_eq!(tried(&mut admin, format!("INSERT INTO \"Tenant\" (code, name) VALUES ('{code}', 'x')")).await, "23514", "{code}");
            let leak = format!("INSERT INTO \"Leak\" (title, body, \"tenantCode\") VALUES ('x', 'x', '{code}')");
            assert_eq!(tried(&mut admin, leak).await, "23503", "{code}");
        }
        for code in ["CL", "UY"] {
            let mut editor = session(&database, "lobby_app", code).await;
            assert_eq!(text(&mut editor, "SELECT code FROM \"Tenant\"").await, code);
        }
    });
}
