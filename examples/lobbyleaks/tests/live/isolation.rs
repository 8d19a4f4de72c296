//! Every table, in every state that a pooled session can be in, for every caller: what the statements of SQL do.

use hedgerow::testing::row_security_active;
use sqlx::{AssertSqlSafe, PgConnection};

use super::support::{run, said, tried};
use super::{Database, TABLES, on_each_server, session};

/// What the session did before the request.
const STATES: [&str; 4] = [
    "",
    "BEGIN; SELECT set_config('app.current_tenant', 'UY', true); COMMIT",
    "BEGIN; SELECT set_config('app.current_tenant', 'CL', true); ROLLBACK",
    "SET app.current_tenant = 'UY'; RESET ALL",
];

/// What the request says of its tenant; `None` is nothing at all.
const CALLERS: [Option<&str>; 6] = [None, Some(""), Some("AR"), Some("cl"), Some("CL"), Some("UY")];

/// Statements on a table for a caller, and what must come of them.
fn statements(table: &str, caller: Option<&str>) -> Vec<(String, String)> {
    let key = if table == "\"Tenant\"" { "code" } else { "\"tenantCode\"" };
    let rows = |tenant: &str| {
        if caller != Some(tenant) {
            0
        } else if table == "\"Leak\"" {
            3
        } else {
            1
        }
    };
    // Editors do not found tenants.
    let read_only = table == "\"Tenant\"";
    let written = |count: usize| if read_only { "42501".to_owned() } else { count.to_string() };
    let all = rows("CL") + rows("UY");
    let mut found = vec![
        (format!("SELECT FROM {table}"), all.to_string()),
        (format!("SELECT FROM {table} WHERE {key} IN ('CL', 'UY') OR true"), all.to_string()),
        (format!("SELECT FROM {table} FOR UPDATE"), written(all)),
        (format!("UPDATE {table} SET {key} = {key}"), written(all)),
        (format!("DELETE FROM {table}"), written(all)),
        (format!("TRUNCATE {table} CASCADE"), "42501".to_owned()),
    ];
    for tenant in ["CL", "UY"] {
        let inserted = if read_only || caller != Some(tenant) { "42501".to_owned() } else { "1".to_owned() };
        found.push((insert(table, tenant), inserted.clone()));
        found.push((format!("{} RETURNING {key}", insert(table, tenant)), inserted));
        found.push((format!("DELETE FROM {table} WHERE {key} = '{tenant}'"), written(rows(tenant))));
        let other = if tenant == "CL" { "UY" } else { "CL" };
        let moved = if read_only || rows(tenant) > 0 { "42501".to_owned() } else { "0".to_owned() };
        found.push((format!("UPDATE {table} SET {key} = '{other}' WHERE {key} = '{tenant}'"), moved));
    }
    found
}

fn insert(table: &str, tenant: &str) -> String {
    match table {
        "\"Tenant\"" => format!("INSERT INTO \"Tenant\" (code, name) VALUES ('{tenant}', 'x')"),
        "\"User\"" => format!("INSERT INTO \"User\" (email, \"tenantCode\") VALUES ('new', '{tenant}')"),
        "\"Document\"" => format!("INSERT INTO \"Document\" (title, \"tenantCode\") VALUES ('new', '{tenant}')"),
        "\"FundingRecord\"" => {
            format!("INSERT INTO \"FundingRecord\" (donor, \"amountCents\", \"tenantCode\") VALUES ('new', 1, '{tenant}')")
        }
        _ => format!("INSERT INTO \"Leak\" (title, body, \"tenantCode\") VALUES ('new', 'new', '{tenant}')"),
    }
}

/// An editor's session in that state, in which a request has begun.
async fn request(database: &Database, state: &str, caller: Option<&str>) -> PgConnection {
    let mut conn = database.connect("lobby_login").await.unwrap();
    for statement in ["SET ROLE lobby_app", state, "BEGIN"] {
        run(&mut conn, statement).await;
    }
    if let Some(tenant) = caller {
        run(&mut conn, format!("SELECT set_config('app.current_tenant', '{tenant}', true)")).await;
    }
    conn
}

#[test]
fn every_table_is_isolated_by_tenant() {
    on_each_server(async |database| {
        let (mut count, mut wrong) = (0, Vec::new());
        for state in STATES {
            for caller in CALLERS {
                let mut conn = request(&database, state, caller).await;
                for table in TABLES {
                    assert!(row_security_active(&mut conn, table).await.unwrap(), "{table}");
                    for (statement, expected) in statements(table, caller) {
                        count += 1;
                        run(&mut conn, "SAVEPOINT one").await;
                        let done = sqlx::raw_sql(AssertSqlSafe(statement.clone())).execute(&mut conn).await;
                        run(&mut conn, "ROLLBACK TO one").await;
                        let got = said(done.map(|done| done.rows_affected()));
                        if got != expected {
                            wrong.push(format!("{state} {caller:?}: {statement}\n    {got}, expected {expected}"));
                        }
                    }
                }
            }
        }
        println!("isolation of LobbyLeaks: {count} statements, {} surprises", wrong.len());
        assert!(wrong.is_empty(), "{}", wrong[..wrong.len().min(40)].join("\n"));
    });
}

/// A key of the other tenant's row: no insert on top of it, no reference to it.
#[test]
fn keys_of_the_other_tenant_are_of_no_use() {
    on_each_server(async |database| {
        let mut editor = session(&database, "lobby_app", "CL").await;
        for (statement, expected) in [
            (
                "INSERT INTO \"Leak\" (id, title, body, \"tenantCode\") VALUES ('public-UY', 'x', 'x', 'CL') ON CONFLICT (id) DO UPDATE SET title = 'x'",
                "42501",
            ),
            (
                "INSERT INTO \"Leak\" (id, title, body, \"tenantCode\") VALUES ('public-UY', 'x', 'x', 'CL') ON CONFLICT (id) DO NOTHING",
                "0",
            ),
            ("INSERT INTO \"Document\" (title, \"authorId\", \"tenantCode\") VALUES ('x', 'u-UY', 'CL')", "23503"),
            ("INSERT INTO \"Document\" (title, \"authorId\", \"tenantCode\") VALUES ('x', 'u-CL', 'CL')", "1"),
        ] {
            assert_eq!(tried(&mut editor, statement).await, expected, "{statement}");
        }
    });
}
