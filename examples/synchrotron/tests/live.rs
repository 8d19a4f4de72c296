//! Synchrotron on real servers: the default one, and the oldest and newest major that is installed beside it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use std::sync::{Mutex, MutexGuard, PoisonError};

use hedgerow::testing::{Database, Server};
use sqlx::{Connection, PgConnection};
use synchrotron::MIGRATIONS;
use synchrotron::model::SYNC;
use synchrotron::tour::{self, ELECTRIC, LOGIN, Report, User, WORKER};

#[path = "live/application.rs"]
mod application;
#[path = "live/logs.rs"]
mod logs;
#[path = "live/migrations.rs"]
mod migrations;
#[path = "live/patches.rs"]
mod patches;
#[path = "live/roles.rs"]
mod roles;
#[path = "../../../tests/live/support.rs"]
mod support;
#[path = "live/sync_tables.rs"]
mod sync_tables;

use support::{block_on, run, servers};

/// Roles belong to the server, and the tour sets their passwords: one test at a time.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A database with every migration applied.
async fn migrated(server: &Server) -> Database {
    let database = server.database().await.unwrap();
    tour::prepare(&database).await.unwrap();
    tour::migrate(&database, &mut Report::default()).await.unwrap();
    for role in [LOGIN, ELECTRIC, WORKER] {
        database.let_in(role).await.unwrap();
    }
    database
}

/// The same, after a day of patches.
async fn filled(server: &Server) -> Database {
    let database = migrated(server).await;
    let pool = sqlx::PgPool::connect_with(database.options(LOGIN)).await.unwrap();
    tour::fill(&pool).await.unwrap();
    pool.close().await;
    database
}

/// On every server, alone: a database after a day of patches.
fn on_every_server(test: impl AsyncFn(&Database)) {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            println!("PostgreSQL {}", server.version());
            let database = filled(server).await;
            test(&database).await;
            database.drop().await.unwrap();
        });
    }
}

/// A connection of the server in which a transaction for a user has begun; without one the settings are empty.
async fn as_user(database: &Database, user: Option<User>) -> PgConnection {
    begun(database, LOGIN, tour::APP, user).await
}

/// The same for another login and role.
async fn begun(database: &Database, login: &str, role: &str, user: Option<User>) -> PgConnection {
    let mut conn = database.connect(login).await.unwrap();
    let tenant = user.map(|user| user.tenant.to_string()).unwrap_or_default();
    let name = user.map(|user| user.name).unwrap_or_default();
    run(
        &mut conn,
        format!(
            "BEGIN; SELECT set_config('role', '{role}', true), set_config('synchrotron.tenant_id', '{tenant}', true),
            set_config('synchrotron.user_id', '{name}', true)"
        ),
    )
    .await;
    conn
}

/// What came of a statement in the transaction that has begun; it is undone.
async fn tried(conn: &mut PgConnection, sql: &str) -> String {
    run(conn, "SAVEPOINT one").await;
    let done = sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(&mut *conn).await;
    run(conn, "ROLLBACK TO one").await;
    support::said(done.map(|done| done.rows_affected()))
}

async fn close(conn: PgConnection) {
    conn.close().await.unwrap();
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
    assert_eq!(SYNC.sql().unwrap(), include_str!(concat!(env!("OUT_DIR"), "/sync.sql")));
}

/// What a reviewer reads first.
#[test]
fn the_matrix() {
    insta::assert_snapshot!("matrix", SYNC.matrix().unwrap());
}

#[test]
fn the_whole_sql() {
    insta::assert_snapshot!("synchrotron", SYNC.sql().unwrap());
}

/// What a reviewer goes through: who gets at which rows, by which rule, and who passes the rules.
#[test]
fn the_checklist() {
    insta::assert_snapshot!("checklist", SYNC.checklist().unwrap());
}
