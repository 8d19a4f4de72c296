//! Who did what: an owner column that is the caller, an audit that nobody can bend, a view for whoever watches.

use ackify::tour::{ADMIN, MIGRATOR, NORTH, SOUTH};
use sqlx::{Connection, PgConnection};
use uuid::Uuid;

use super::support::{block_on, lines, run, servers, text, tried};
use super::{Database, alone, migrated};

/// On every server, alone: a database with a row of each tenant in every table.
fn filled(test: impl AsyncFn(&Database)) {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            println!("PostgreSQL {}", server.version());
            let database = migrated(server).await;
            super::isolation::fill(&database).await;
            test(&database).await;
            database.drop().await.unwrap();
        });
    }
}

/// The application for a user of a tenant, for the session.
async fn app(database: &Database, tenant: Uuid, user: &str) -> PgConnection {
    let mut conn = database.connect("ackify_app").await.unwrap();
    run(&mut conn, format!("SET app.tenant_id = '{tenant}'; SET app.user_email = '{user}'")).await;
    conn
}

#[test]
fn whoever_adds_a_signer_is_the_caller() {
    filled(async |database| {
        let mut conn = app(database, NORTH, "eve@example.org").await;
        run(&mut conn, format!("INSERT INTO expected_signers (tenant_id, doc_id, email) VALUES ('{NORTH}', 'handbook', 'new')")).await;
        assert_eq!(text(&mut conn, "SELECT added_by FROM expected_signers WHERE email = 'new'").await, "eve@example.org");
        let named = |user: &str| {
            format!("INSERT INTO expected_signers (tenant_id, doc_id, email, added_by) VALUES ('{NORTH}', 'handbook', 'other', '{user}')")
        };
        assert_eq!(tried(&mut conn, named("eve@example.org")).await, "1");
        assert_eq!(tried(&mut conn, named(ADMIN)).await, "42501");
        assert_eq!(tried(&mut conn, format!("UPDATE expected_signers SET added_by = '{ADMIN}'")).await, "42501");
        assert_eq!(tried(&mut conn, "UPDATE expected_signers SET notes = 'late'").await, "2");
        // A request that does not say who asks adds nobody.
        run(&mut conn, "SET app.user_email = ''").await;
        assert_eq!(tried(&mut conn, named(ADMIN)).await, "42501");
        conn.close().await.unwrap();
    });
}

#[test]
fn signatures_are_audited_with_who_when_and_what() {
    filled(async |database| {
        let mut conn = app(database, NORTH, "eve@example.org").await;
        run(&mut conn, "UPDATE signatures SET user_name = 'Eve'; DELETE FROM signatures").await;
        let audit = "SELECT concat_ws(' ', command, old_row ->> 'user_name', new_row ->> 'user_name', db_role, user_email, happened_at > now() - interval '1 hour')
            FROM signature_audit WHERE table_name = 'signatures' ORDER BY id";
        let expected = [
            format!("insert {} {ADMIN} t", database.superuser()),
            "update Eve ackify_app eve@example.org t".to_owned(),
            "delete Eve ackify_app eve@example.org t".to_owned(),
        ];
        assert_eq!(lines(&mut conn, audit).await, expected);
        conn.close().await.unwrap();
    });
}

#[test]
fn a_tenant_reads_its_own_audit() {
    filled(async |database| {
        for tenant in [NORTH, SOUTH] {
            let mut conn = app(database, tenant, ADMIN).await;
            assert_eq!(text(&mut conn, "SELECT count(*)::text FROM signature_audit").await, "2");
            assert_eq!(text(&mut conn, "SELECT DISTINCT tenant_id::text FROM signature_audit").await, tenant.to_string());
            run(&mut conn, "RESET app.tenant_id").await;
            assert_eq!(text(&mut conn, "SELECT count(*)::text FROM signature_audit").await, "0");
            conn.close().await.unwrap();
        }
    });
}

/// Not the application, not the worker, not the owner of the tables by its privileges alone: policies bind it.
#[test]
fn nobody_writes_changes_or_removes_lines_of_the_audit() {
    filled(async |database| {
        let forged = format!(
            "INSERT INTO signature_audit (tenant_id, table_name, row_id, command, happened_at, db_role)
            VALUES ('{NORTH}', 'signatures', '1', 'delete', now(), 'somebody')"
        );
        let statements = ["UPDATE signature_audit SET command = ''", "DELETE FROM signature_audit", "TRUNCATE signature_audit", &forged];
        for role in ["ackify_app", "ackify_email_worker", "ackify_monitor"] {
            let mut conn = database.connect(role).await.unwrap();
            run(&mut conn, format!("SET app.tenant_id = '{NORTH}'")).await;
            for statement in statements {
                assert_eq!(tried(&mut conn, statement).await, "42501", "{role}: {statement}");
            }
            for refused in ["SET ROLE ackify_audit_writer", "SELECT signature_audit_of_signature()"] {
                assert_eq!(tried(&mut conn, refused).await, "42501", "{role}: {refused}");
            }
            conn.close().await.unwrap();
        }
        let mut migrator = database.connect(MIGRATOR).await.unwrap();
        run(&mut migrator, format!("SET ROLE ackify_owner; SET app.tenant_id = '{NORTH}'")).await;
        for (statement, expected) in [(statements[0], "0"), (statements[1], "0"), (statements[3], "42501")] {
            assert_eq!(tried(&mut migrator, statement).await, expected, "owner: {statement}");
        }
        migrator.close().await.unwrap();
    });
}

#[test]
fn the_monitor_sees_failed_attempts_and_nothing_else() {
    filled(async |database| {
        let mut admin = database.connect(database.superuser()).await.unwrap();
        for tenant in [format!("'{NORTH}'"), format!("'{SOUTH}'"), "NULL".to_owned()] {
            run(
                &mut admin,
                format!(
                    "INSERT INTO magic_link_auth_attempts (tenant_id, email, success, failure_reason, ip_address)
                    VALUES ({tenant}, 'x@example.org', false, 'expired', '192.0.2.9')"
                ),
            )
            .await;
        }
        admin.close().await.unwrap();
        let mut monitor = database.connect("ackify_monitor").await.unwrap();
        let seen = "SELECT concat_ws(' ', tenant_id, host(ip_address), failure_reason) FROM failed_sign_ins ORDER BY tenant_id NULLS LAST";
        let expected = [format!("{NORTH} 192.0.2.9 expired"), format!("{SOUTH} 192.0.2.9 expired"), "192.0.2.9 expired".to_owned()];
        assert_eq!(lines(&mut monitor, seen).await, expected);
        for table in ackify::tour::SAMPLES.iter().map(|(table, _)| *table).chain(["signature_audit"]) {
            assert_eq!(tried(&mut monitor, format!("SELECT FROM {table}")).await, "42501", "{table}");
        }
        assert_eq!(tried(&mut monitor, "DELETE FROM failed_sign_ins").await, "42501");
        monitor.close().await.unwrap();
        let mut conn = app(database, NORTH, ADMIN).await;
        assert_eq!(tried(&mut conn, "SELECT FROM failed_sign_ins").await, "42501");
        conn.close().await.unwrap();
    });
}

/// The policies ask `current_tenant_id()`, as its documents have it; who may call it is said.
#[test]
fn policies_ask_for_the_current_tenant() {
    filled(async |database| {
        let mut admin = database.connect(database.superuser()).await.unwrap();
        for (table, _) in ackify::tour::SAMPLES {
            let asks = format!(
                "SELECT count(*)::text FROM pg_policies WHERE tablename = '{table}' AND policyname LIKE 'tenant_floor%'
                AND qual LIKE '%tenant_id = ( SELECT current_tenant_id()%'"
            );
            assert_eq!(text(&mut admin, asks).await, "1", "{table}");
        }
        admin.close().await.unwrap();
        let mut conn = app(database, NORTH, ADMIN).await;
        assert_eq!(text(&mut conn, "SELECT current_tenant_id()::text").await, NORTH.to_string());
        run(&mut conn, "SET app.tenant_id = ''").await;
        assert_eq!(text(&mut conn, "SELECT current_tenant_id()::text").await, "NULL");
        conn.close().await.unwrap();
        let mut worker = database.connect("ackify_email_worker").await.unwrap();
        assert_eq!(tried(&mut worker, "SELECT current_tenant_id()").await, "42501");
        worker.close().await.unwrap();
    });
}
