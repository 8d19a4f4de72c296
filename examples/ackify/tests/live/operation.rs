//! What an operator does and sees: roles, passwords, grants, psql.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpListener;

use ackify::tour::{MIGRATOR, NORTH, SAMPLES, SOUTH};
use hedgerow::runtime::{PasswordError, set_passwords_from};
use hedgerow::testing::{Server, row_security_active};
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use sqlx::{Connection, PgPool};

use super::support::{block_on, lines, run, servers, text, tried};
use super::{ACKIFY, Database, MIGRATIONS, Report, alone, migrated, tour};

/// On every server, alone: a database with every migration.
fn on_every_server(test: impl AsyncFn(&Database)) {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            println!("PostgreSQL {}", server.version());
            let database = migrated(server).await;
            test(&database).await;
            database.drop().await.unwrap();
        });
    }
}

async fn set(database: &Database, passwords: &[(&str, &str)]) -> Result<(), PasswordError> {
    let passwords: BTreeMap<&str, &str> = passwords.iter().copied().collect();
    let pool = PgPool::connect_with(database.options(MIGRATOR)).await.unwrap();
    let done = set_passwords_from(&ACKIFY.load().unwrap(), &pool, |name| passwords.get(name).map(|text| (*text).to_owned())).await;
    pool.close().await;
    done.map(|_| ())
}

const ALL: [(&str, &str); 3] = [("ACKIFY_APP_PASSWORD", "one"), ("ACKIFY_WORKER_PASSWORD", "two"), ("ACKIFY_MONITOR_PASSWORD", "three")];

async fn stored(database: &Database, role: &str) -> String {
    let mut admin = database.connect(database.superuser()).await.unwrap();
    let found = text(&mut admin, format!("SELECT rolpassword FROM pg_authid WHERE rolname = '{role}'")).await;
    admin.close().await.unwrap();
    found
}

#[test]
fn a_password_that_is_not_set_stops_before_any_role_is_altered() {
    on_every_server(async |database| {
        set(database, &ALL).await.unwrap();
        let before = stored(database, "ackify_email_worker").await;
        let missing = set(database, &[("ACKIFY_WORKER_PASSWORD", "new"), ("ACKIFY_MONITOR_PASSWORD", "new")]).await.unwrap_err();
        assert_eq!(missing.to_string(), "the password of `ackify_app` is read from `ACKIFY_APP_PASSWORD`, which is not set");
        assert_eq!(stored(database, "ackify_email_worker").await, before);
    });
}

#[test]
fn passwords_are_stored_as_verifiers_and_can_be_rotated() {
    on_every_server(async |database| {
        set(database, &ALL).await.unwrap();
        let first = stored(database, "ackify_app").await;
        assert!(first.starts_with("SCRAM-SHA-256$"), "{first}");
        set(database, &[("ACKIFY_APP_PASSWORD", "another"), ALL[1], ALL[2]]).await.unwrap();
        assert_ne!(stored(database, "ackify_app").await, first);
    });
}

#[test]
fn no_password_stands_in_a_migration() {
    for migration in MIGRATIONS.iter() {
        let sql = migration.sql.as_str();
        assert!(!sql.contains("PASSWORD") && !sql.contains("SCRAM"), "{}", migration.description);
    }
}

/// The documented "role does not exist": the migrations make it, whether or not it was there, and a password without it is refused.
#[test]
fn the_role_is_made_by_the_migrations_if_it_is_not_there() {
    let _alone = alone();
    let server = Server::start().unwrap();
    block_on(async {
        let database = server.database().await.unwrap();
        tour::prepare(&database).await.unwrap();
        assert!(matches!(set(&database, &ALL).await, Err(PasswordError::Sql { .. })));
        tour::migrate(&database, &mut Report::default()).await.unwrap();
        set(&database, &ALL).await.unwrap();
        // A second database of the same cluster finds it there, with other options than it should have.
        let mut admin = database.connect(database.superuser()).await.unwrap();
        run(&mut admin, "ALTER ROLE ackify_app INHERIT CONNECTION LIMIT 3").await;
        let second = server.database().await.unwrap();
        tour::prepare(&second).await.unwrap();
        tour::migrate(&second, &mut Report::default()).await.unwrap();
        let options = "SELECT concat_ws(' ', rolcanlogin, rolinherit, rolconnlimit) FROM pg_roles WHERE rolname = 'ackify_app'";
        assert_eq!(text(&mut admin, options).await, "t f -1");
        admin.close().await.unwrap();
        second.drop().await.unwrap();
        database.drop().await.unwrap();
    });
}

#[test]
fn the_applications_role_can_log_in_and_has_no_other_power() {
    on_every_server(async |database| {
        let mut admin = database.connect(database.superuser()).await.unwrap();
        let options = "SELECT concat_ws(' ', rolcanlogin, rolinherit, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls)
            FROM pg_roles WHERE rolname IN ('ackify_app', 'ackify_email_worker', 'ackify_monitor')";
        assert_eq!(lines(&mut admin, options).await, ["t f f f f f f"; 3]);
        admin.close().await.unwrap();
    });
}

#[test]
fn the_application_may_connect_use_the_schema_and_its_tables() {
    on_every_server(async |database| {
        let mut admin = database.connect(database.superuser()).await.unwrap();
        assert_eq!(text(&mut admin, "SELECT has_database_privilege('ackify_app', current_database(), 'CONNECT')::text").await, "true");
        let schema = "SELECT concat_ws(' ', has_schema_privilege('ackify_app', 'public', 'USAGE'), nspacl::text LIKE '%ackify_app=U/%') FROM pg_namespace WHERE nspname = 'public'";
        assert_eq!(text(&mut admin, schema).await, "t t");
        for (table, _) in SAMPLES {
            let privileges = format!(
                "SELECT string_agg(p, ' ') FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS p
                WHERE has_table_privilege('ackify_app', '{table}', p) OR (p = 'UPDATE' AND has_any_column_privilege('ackify_app', '{table}', p))"
            );
            assert_eq!(text(&mut admin, privileges).await, "SELECT INSERT UPDATE DELETE", "{table}");
        }
        admin.close().await.unwrap();
    });
}

#[test]
fn the_application_may_take_numbers_from_its_sequences() {
    on_every_server(async |database| {
        let mut admin = database.connect(database.superuser()).await.unwrap();
        let sequences = "SELECT relname || ' ' || has_sequence_privilege('ackify_app', oid, 'USAGE') || ' ' || has_sequence_privilege('ackify_app', oid, 'UPDATE')
            FROM pg_class WHERE relkind = 'S' ORDER BY 1";
        let found = lines(&mut admin, sequences).await;
        assert_eq!(found.len(), 11);
        for line in found {
            let expected = if line.starts_with("signature_audit") { "false false" } else { "true false" };
            assert!(line.ends_with(expected), "{line}");
        }
        admin.close().await.unwrap();
    });
}

/// What Ackify's documents show in psql, as `ackify_app`: no tenant, a tenant for the session, a tenant for a transaction.
#[test]
fn a_tenant_is_set_for_a_session_or_for_a_transaction() {
    on_every_server(async |database| {
        super::isolation::fill(database).await;
        let mut psql = database.connect("ackify_app").await.unwrap();
        let count = "SELECT count(*)::text FROM documents";
        assert_eq!(text(&mut psql, count).await, "0");
        run(&mut psql, format!("BEGIN; SELECT set_config('app.tenant_id', '{SOUTH}', true)")).await;
        assert_eq!(text(&mut psql, "SELECT DISTINCT tenant_id::text FROM documents").await, SOUTH.to_string());
        run(&mut psql, "COMMIT").await;
        assert_eq!(text(&mut psql, count).await, "0");
        run(&mut psql, format!("SELECT set_config('app.tenant_id', '{NORTH}', false)")).await;
        assert_eq!(text(&mut psql, "SELECT DISTINCT tenant_id::text FROM documents").await, NORTH.to_string());
        run(&mut psql, "BEGIN; SELECT 1; COMMIT").await;
        assert_eq!(text(&mut psql, count).await, "1");
        psql.close().await.unwrap();
    });
}

/// The dangerous query of Ackify's documents: it names a document and no tenant.
#[test]
fn a_query_that_forgets_the_tenant_stays_in_it() {
    on_every_server(async |database| {
        super::isolation::fill(database).await;
        let mut app = database.connect("ackify_app").await.unwrap();
        run(&mut app, format!("SET app.tenant_id = '{NORTH}'")).await;
        let found = lines(&mut app, "SELECT tenant_id::text FROM documents WHERE doc_id = 'handbook'").await;
        assert_eq!(found, [NORTH.to_string()]);
        assert_eq!(tried(&mut app, "UPDATE documents SET title = 'x' WHERE doc_id = 'handbook'").await, "1");
        assert_eq!(tried(&mut app, "DELETE FROM signatures WHERE doc_id = 'handbook'").await, "1");
        app.close().await.unwrap();
    });
}

#[test]
fn a_superuser_passes_row_security_and_the_application_does_not() {
    on_every_server(async |database| {
        super::isolation::fill(database).await;
        let mut admin = database.connect(database.superuser()).await.unwrap();
        let mut app = database.connect("ackify_app").await.unwrap();
        for (table, _) in SAMPLES {
            assert!(!row_security_active(&mut admin, table).await.unwrap());
            assert!(row_security_active(&mut app, table).await.unwrap(), "{table}");
        }
        assert_eq!(text(&mut admin, "SELECT count(*)::text FROM documents").await, "2");
        assert_eq!(text(&mut app, "SELECT count(*)::text FROM documents").await, "0");
        admin.close().await.unwrap();
        app.close().await.unwrap();
    });
}

/// Rows of two tables may belong to nobody: each tenant sees those beside its own.
#[test]
fn rows_without_a_tenant_are_seen_by_each() {
    on_every_server(async |database| {
        super::isolation::fill(database).await;
        let mut app = database.connect("ackify_app").await.unwrap();
        for (table, _) in SAMPLES.iter().filter(|(table, _)| table.starts_with("magic_link")) {
            for (tenant, count) in [(NORTH.to_string(), "2"), (SOUTH.to_string(), "2"), (String::new(), "1")] {
                run(&mut app, format!("SET app.tenant_id = '{tenant}'")).await;
                assert_eq!(text(&mut app, format!("SELECT count(*)::text FROM {table}")).await, count, "{table} {tenant}");
            }
        }
        app.close().await.unwrap();
    });
}

/// The migrations run as a login that is neither superuser nor BYPASSRLS.
#[test]
fn no_superuser_is_needed_for_the_migrations() {
    on_every_server(async |database| {
        let mut migrator = database.connect(MIGRATOR).await.unwrap();
        let own = "SELECT concat_ws(' ', rolsuper, rolbypassrls) FROM pg_roles WHERE rolname = current_user";
        assert_eq!(text(&mut migrator, own).await, "f f");
        let applied = text(&mut migrator, "SELECT count(*)::text FROM _sqlx_migrations WHERE success").await;
        let up = MIGRATIONS.iter().filter(|migration| migration.migration_type.is_up_migration()).count();
        assert_eq!(applied, up.to_string());
        migrator.close().await.unwrap();
    });
}

/// A server without SSL: what asks for it says nothing more to it, neither its name nor its password.
#[test]
fn a_connection_that_asks_for_ssl_is_not_made_without_it() {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = server.local_addr().unwrap().port();
    let heard = std::thread::spawn(move || {
        let (mut client, _) = server.accept().unwrap();
        let mut heard = vec![0; 8];
        let asked = client.read(&mut heard).unwrap();
        heard.truncate(asked);
        if asked == 8 {
            client.write_all(b"N").unwrap();
        }
        client.read_to_end(&mut heard).unwrap();
        heard
    });
    let options = PgConnectOptions::new_without_pgpass().host("127.0.0.1").port(port).username("ackify_app").password("one");
    let refused = block_on(sqlx::PgConnection::connect_with(&options.ssl_mode(PgSslMode::VerifyFull)));
    assert!(matches!(refused, Err(sqlx::Error::Tls(_))), "{refused:?}");
    let heard = heard.join().unwrap();
    assert!(heard.len() <= 8, "{heard:?}");
}
