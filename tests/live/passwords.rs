//! Passwords: set as SCRAM verifiers, asked for by the server, read by nobody.

use std::fs;

use hedgerow::runtime::{PasswordError, set_passwords_from};
use hedgerow::testing::{Environment, Server, find};
use hedgerow::{Role, policy_set};
use sqlx::postgres::PgPool;
use sqlx::{Connection, PgConnection};

use super::support::{block_on, run, text};

const SECRET: &str = "correct horse ' \" \\ battery \u{e9}";

#[derive(Role)]
#[role(name = "lw \"app\"", login, noinherit, password_env = "LW_APP_PASSWORD")]
pub struct App;

#[derive(Role)]
#[role(name = "lw_worker", login, password_env = "LW_WORKER_PASSWORD")]
pub struct Worker;

policy_set! {
    pub PASSWORDS { items: [App, Worker] }
}

fn secrets(variable: &str) -> Option<String> {
    match variable {
        "LW_APP_PASSWORD" => Some(SECRET.to_owned()),
        "LW_WORKER_PASSWORD" => Some("other".to_owned()),
        _ => None,
    }
}

/// A server of its own, since it is made to ask for passwords and to log every statement.
#[test]
fn the_password_opens_the_door_and_is_written_nowhere() {
    let server = Server::from_source(&find(&Environment::current().private()).unwrap_or_else(|error| panic!("{error}"))).unwrap();
    block_on(async {
        let database = server.database().await.unwrap();
        let mut admin = database.connect(database.superuser()).await.unwrap();
        run(&mut admin, "ALTER SYSTEM SET log_statement = 'all'; ").await;
        run(&mut admin, "ALTER SYSTEM SET log_min_duration_statement = 0").await;
        run(&mut admin, "SELECT pg_reload_conf()").await;
        run(&mut admin, PASSWORDS.sql().unwrap()).await;

        let checked = PASSWORDS.load().unwrap();
        let pool = PgPool::connect_with(database.options(database.superuser())).await.unwrap();
        let missing = set_passwords_from(&checked, &pool, |variable| secrets(variable).filter(|_| variable != "LW_WORKER_PASSWORD")).await;
        assert!(matches!(missing, Err(PasswordError::Missing { role, .. }) if role == "lw_worker"));
        assert_eq!(text(&mut admin, "SELECT count(rolpassword)::text FROM pg_authid WHERE rolname LIKE 'lw%'").await, "0");

        let done = set_passwords_from(&checked, &pool, secrets).await.unwrap();
        assert_eq!(done.iter().map(|one| one.role.as_str()).collect::<Vec<_>>(), ["lw \"app\"", "lw_worker"]);
        let stored = "SELECT count(*)::text FROM pg_authid WHERE rolname LIKE 'lw%' AND rolpassword LIKE 'SCRAM-SHA-256$4096:%'";
        assert_eq!(text(&mut admin, stored).await, "2");
        pool.close().await;

        // From here on everybody but the administrator is asked.
        let hba = text(&mut admin, "SHOW hba_file").await;
        run(&mut admin, format!("COPY (VALUES ('local all postgres trust'), ('local all all scram-sha-256')) TO '{hba}'; ")).await;
        run(&mut admin, "SELECT pg_reload_conf(), pg_sleep(0.3)").await;
        let app = database.options("lw \"app\"");
        let mut conn = PgConnection::connect_with(&app.clone().password(SECRET)).await.unwrap();
        assert_eq!(text(&mut conn, "SELECT current_user::text").await, "lw \"app\"");
        conn.close().await.unwrap();
        for wrong in [app.clone().password("other"), app.clone().password(""), database.options("lw_worker").password(SECRET)] {
            let refused = PgConnection::connect_with(&wrong).await.unwrap_err();
            assert_eq!(refused.as_database_error().and_then(|error| error.code()).as_deref(), Some("28P01"), "{refused}");
        }

        let log = server.options("postgres", "postgres").get_socket().unwrap().join("log");
        let log = String::from_utf8_lossy(&fs::read(log).unwrap()).into_owned();
        assert!(log.contains("SCRAM-SHA-256$4096:"), "the log shows the statements");
        assert!(!log.contains("correct horse") && !log.contains("battery"));
        admin.close().await.unwrap();
        database.drop().await.unwrap();
    });
}
