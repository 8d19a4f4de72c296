//! LobbyLeaks on real servers: what its security documentation promises, sentence by sentence.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use std::sync::{Mutex, MutexGuard, PoisonError};

use hedgerow::testing::{Database, Server};
use lobbyleaks::MIGRATIONS;
use lobbyleaks::model::LOBBYLEAKS;
use lobbyleaks::tour::{self, Report, TABLES};
use sqlx::PgConnection;

#[path = "live/anonymous.rs"]
mod anonymous;
#[path = "live/history.rs"]
mod history;
#[path = "live/isolation.rs"]
mod isolation;
#[path = "live/principles.rs"]
mod principles;
#[path = "../../../tests/live/support.rs"]
mod support;
#[path = "live/tables.rs"]
mod tables;

use support::{block_on, run, servers};

/// Roles belong to the server, and the tour sets their passwords: one test at a time.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A database with the whole history applied, and rows of both tenants.
async fn migrated(server: &Server) -> Database {
    let database = server.database().await.unwrap();
    tour::prepare(&database).await.unwrap();
    tour::migrate(&database, &mut Report::default()).await.unwrap();
    database.let_in("lobby_login").await.unwrap();
    let mut admin = database.connect(database.superuser()).await.unwrap();
    for tenant in ["CL", "UY"] {
        run(
            &mut admin,
            format!(
                "INSERT INTO \"User\" (id, email, \"tenantCode\") VALUES ('u-{tenant}', 'u', '{tenant}');
            INSERT INTO \"Document\" (id, title, \"tenantCode\") VALUES ('d-{tenant}', 'd', '{tenant}');
            INSERT INTO \"FundingRecord\" (id, donor, \"amountCents\", \"tenantCode\") VALUES ('f-{tenant}', 'f', 1, '{tenant}');
            INSERT INTO \"Leak\" (id, title, body, status, \"tenantCode\") VALUES ('draft-{tenant}', 'l', 'b', 'draft', '{tenant}'),
                ('public-{tenant}', 'l', 'b', 'public', '{tenant}'), ('withdrawn-{tenant}', 'l', 'b', 'withdrawn', '{tenant}')"
            ),
        )
        .await;
    }
    database
}

/// A session of the application that has become a role, for a tenant.
async fn session(database: &Database, role: &str, tenant: &str) -> PgConnection {
    let mut conn = database.connect("lobby_login").await.unwrap();
    run(&mut conn, format!("SET ROLE {role}; SELECT set_config('app.current_tenant', '{tenant}', false)")).await;
    conn
}

#[test]
fn the_tour_finds_what_it_expects() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let (database, mut report) = (server.database().await.unwrap(), Report::default());
            tour::play(&database, &mut report).await.unwrap();
            assert!(report.held(), "PostgreSQL {}:\n{report}", server.version());
            database.drop().await.unwrap();
        });
    }
}

#[test]
fn the_program_and_the_build_script_write_the_same_bytes() {
    assert_eq!(LOBBYLEAKS.sql().unwrap(), include_str!(concat!(env!("OUT_DIR"), "/lobbyleaks.sql")));
}

/// What a reviewer reads first.
#[test]
fn the_matrix() {
    insta::assert_snapshot!("matrix", LOBBYLEAKS.matrix().unwrap());
}

#[test]
fn the_whole_sql() {
    insta::assert_snapshot!("lobbyleaks", LOBBYLEAKS.sql().unwrap());
}

/// A test on a migrated database of each server.
fn on_each_server<F: Future<Output = ()>>(test: impl Fn(std::rc::Rc<Database>) -> F) {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = std::rc::Rc::new(migrated(server).await);
            test(std::rc::Rc::clone(&database)).await;
            if let Some(database) = std::rc::Rc::into_inner(database) {
                database.drop().await.unwrap();
            }
        });
    }
}
