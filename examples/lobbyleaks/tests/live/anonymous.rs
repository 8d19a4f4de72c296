//! Visitors: what the role `anonymous` can and cannot do.

use hedgerow::testing::row_security_active;

use super::support::{lines, run, text, tried};
use super::{TABLES, on_each_server, session};

#[test]
fn anonymous_gets_insufficient_privilege_on_every_table() {
    on_each_server(async |database| {
        for tenant in ["", "CL", "UY", "AR"] {
            let mut visitor = session(&database, "anonymous", tenant).await;
            for table in TABLES {
                assert_eq!(tried(&mut visitor, format!("SELECT FROM {table}")).await, "42501", "{table}");
                assert_eq!(tried(&mut visitor, format!("SELECT \"createdAt\" FROM {table}")).await, "42501", "{table}");
                assert_eq!(tried(&mut visitor, format!("SELECT count(*) FROM public.{table}")).await, "42501", "{table}");
            }
        }
    });
}

#[test]
fn anonymous_writes_nothing() {
    on_each_server(async |database| {
        let mut visitor = session(&database, "anonymous", "CL").await;
        for table in TABLES {
            for statement in
                ["INSERT INTO {} DEFAULT VALUES", "UPDATE {} SET \"createdAt\" = now()", "DELETE FROM {}", "TRUNCATE {}", "LOCK TABLE {}"]
            {
                let statement = statement.replace("{}", table);
                assert_eq!(tried(&mut visitor, statement.clone()).await, "42501", "{statement}");
            }
        }
        for statement in
            ["INSERT INTO leaks_public_v (id) VALUES ('x')", "UPDATE leaks_public_v SET title = 'x'", "DELETE FROM leaks_public_v"]
        {
            assert_eq!(tried(&mut visitor, statement).await, "42501", "{statement}");
        }
    });
}

/// Denied by privilege: no policy of any table is for `anonymous`.
#[test]
fn anonymous_needs_no_policy() {
    on_each_server(async |database| {
        let mut admin = database.connect(database.superuser()).await.unwrap();
        let policies = "SELECT policyname FROM pg_policies WHERE 'anonymous' = ANY(roles)
            OR (permissive = 'PERMISSIVE' AND 'public' = ANY(roles))";
        assert_eq!(lines(&mut admin, policies).await, Vec::<String>::new());
        for table in TABLES {
            let rights =
                format!("SELECT has_any_column_privilege('anonymous', 'public.{table}', 'SELECT, INSERT, UPDATE, REFERENCES')::text");
            assert_eq!(text(&mut admin, rights).await, "false", "{table}");
        }
    });
}

#[test]
fn the_view_shows_public_leaks_of_the_tenant_only() {
    on_each_server(async |database| {
        for (tenant, seen) in [("CL", "public-CL"), ("UY", "public-UY"), ("", ""), ("AR", ""), ("cl", ""), ("CL UY", "")] {
            let mut visitor = session(&database, "anonymous", tenant).await;
            assert_eq!(text(&mut visitor, "SELECT id FROM leaks_public_v ORDER BY 1").await, seen, "{tenant}");
            let forced = "SELECT id FROM leaks_public_v WHERE \"tenantCode\" = 'UY' OR true";
            assert_eq!(text(&mut visitor, forced).await, seen, "{tenant}");
        }
        let mut visitor = session(&database, "anonymous", "CL").await;
        for column in ["body", "status"] {
            assert_eq!(tried(&mut visitor, format!("SELECT {column} FROM leaks_public_v")).await, "42703", "{column}");
        }
    });
}

/// A leak is seen from the moment it is public until it is withdrawn.
#[test]
fn the_view_follows_the_status() {
    on_each_server(async |database| {
        let (mut editor, mut visitor) = (session(&database, "lobby_app", "CL").await, session(&database, "anonymous", "CL").await);
        for (status, seen) in [("public", "draft-CL public-CL"), ("withdrawn", "public-CL"), ("draft", "public-CL")] {
            run(&mut editor, format!("UPDATE \"Leak\" SET status = '{status}' WHERE id = 'draft-CL'")).await;
            assert_eq!(text(&mut visitor, "SELECT id FROM leaks_public_v ORDER BY 1").await, seen, "{status}");
        }
    });
}

/// A function of the visitor's query sees no row that the view does not show.
#[test]
fn the_view_is_a_security_barrier() {
    on_each_server(async |database| {
        let mut admin = database.connect(database.superuser()).await.unwrap();
        let options = "SELECT reloptions::text || ' ' || relowner::regrole FROM pg_class WHERE oid = 'leaks_public_v'::regclass";
        assert_eq!(text(&mut admin, options).await, "{security_barrier=true} leaks_reader");
        let reader = "SELECT rolcanlogin OR rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = 'leaks_reader'";
        assert_eq!(text(&mut admin, format!("SELECT ({reader})::text")).await, "false");
        // Cheaper than any condition of the view: without a barrier it would run first.
        let spy = "CREATE FUNCTION spy(text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS $$
            BEGIN PERFORM set_config('test.seen', current_setting('test.seen', true) || $1 || ' ', false); RETURN true; END $$;
            GRANT EXECUTE ON FUNCTION spy(text) TO anonymous";
        run(&mut admin, spy).await;
        let mut visitor = session(&database, "anonymous", "CL").await;
        run(&mut visitor, "SELECT set_config('test.seen', '', false)").await;
        assert_eq!(text(&mut visitor, "SELECT id FROM leaks_public_v WHERE spy(id)").await, "public-CL");
        assert_eq!(text(&mut visitor, "SELECT current_setting('test.seen')").await, "public-CL ");
    });
}

#[test]
fn anonymous_uses_the_schema_and_creates_nothing() {
    on_each_server(async |database| {
        let mut visitor = session(&database, "anonymous", "CL").await;
        let rights = "SELECT concat_ws(' ', has_schema_privilege('public', 'USAGE'), has_schema_privilege('public', 'CREATE'))";
        assert_eq!(text(&mut visitor, rights).await, "t f");
        for statement in [
            "CREATE TABLE public.mine (id int)",
            "CREATE VIEW public.mine AS SELECT 1",
            "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "CREATE OR REPLACE VIEW leaks_public_v AS SELECT * FROM \"Leak\"",
            "CREATE SCHEMA mine",
        ] {
            assert_eq!(tried(&mut visitor, statement).await, "42501", "{statement}");
        }
    });
}

#[test]
fn anonymous_holds_select_on_the_view_alone() {
    on_each_server(async |database| {
        let mut visitor = session(&database, "anonymous", "CL").await;
        let readable = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm', 'p')
            AND (has_table_privilege(oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
                OR has_any_column_privilege(oid, 'SELECT, INSERT, UPDATE, REFERENCES')) ORDER BY 1";
        assert_eq!(text(&mut visitor, readable).await, "leaks_public_v");
        let writable = "SELECT has_table_privilege('leaks_public_v', 'INSERT, UPDATE, DELETE, TRUNCATE')::text";
        assert_eq!(text(&mut visitor, writable).await, "false");
    });
}

/// `SELECT set_config('app.current_tenant', 'CL', false);` is all that a session says.
#[test]
fn the_context_is_the_setting_as_documented() {
    on_each_server(async |database| {
        let mut conn = database.connect("lobby_login").await.unwrap();
        for (role, query) in
            [("anonymous", "SELECT id FROM leaks_public_v"), ("lobby_app", "SELECT id FROM \"Leak\" WHERE status = 'public'")]
        {
            run(&mut conn, format!("RESET ROLE; SET ROLE {role}; RESET app.current_tenant")).await;
            assert_eq!(text(&mut conn, query).await, "");
            run(&mut conn, "SELECT set_config('app.current_tenant', 'CL', false);").await;
            assert_eq!(text(&mut conn, query).await, "public-CL");
            run(&mut conn, "SELECT set_config('app.current_tenant', 'UY', false);").await;
            assert_eq!(text(&mut conn, query).await, "public-UY");
        }
        run(&mut conn, "RESET ROLE; SET ROLE lobby_app").await;
        assert!(row_security_active(&mut conn, "\"Leak\"").await.unwrap());
    });
}

/// The login becomes the two roles of requests and no other, and holds nothing by itself.
#[test]
fn the_login_only_switches() {
    on_each_server(async |database| {
        let mut conn = database.connect("lobby_login").await.unwrap();
        run(&mut conn, "SELECT set_config('app.current_tenant', 'CL', false)").await;
        for relation in TABLES.iter().chain(&["leaks_public_v"]) {
            assert_eq!(tried(&mut conn, format!("SELECT FROM public.{relation}")).await, "42501", "{relation}");
        }
        for (role, becomes) in
            [("anonymous", "0"), ("lobby_app", "0"), ("leaks_reader", "42501"), ("lobby_owner", "42501"), ("lobby_migrator", "42501")]
        {
            assert_eq!(tried(&mut conn, format!("SET LOCAL ROLE {role}")).await, becomes, "{role}");
        }
    });
}
