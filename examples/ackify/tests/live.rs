//! Ackify on real servers: the default one, and the oldest and newest major that is installed beside it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use std::sync::{Mutex, MutexGuard, PoisonError};

use ackify::MIGRATIONS;
use ackify::model::ACKIFY;
use ackify::tour::{self, Report, SAMPLES};
use hedgerow::testing::{Database, Server};

#[path = "live/audit.rs"]
mod audit;
#[path = "live/isolation.rs"]
mod isolation;
#[path = "live/migrations.rs"]
mod migrations;
#[path = "live/operation.rs"]
mod operation;
#[path = "../../../tests/live/support.rs"]
mod support;

use support::{block_on, servers};

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
    for role in ["ackify_app", "ackify_email_worker", "ackify_monitor"] {
        database.let_in(role).await.unwrap();
    }
    database
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
    assert_eq!(ACKIFY.sql().unwrap(), include_str!(concat!(env!("OUT_DIR"), "/ackify.sql")));
}

#[test]
fn the_checklist() {
    insta::assert_snapshot!("checklist", ACKIFY.checklist().unwrap());
}

/// What a reviewer reads first.
#[test]
fn the_matrix() {
    insta::assert_snapshot!("matrix", ACKIFY.matrix().unwrap());
}

#[test]
fn the_whole_sql() {
    insta::assert_snapshot!("ackify", ACKIFY.sql().unwrap());
}
