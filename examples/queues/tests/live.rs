//! The queue on real servers: what its security documentation promises, sentence by sentence.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use std::rc::Rc;
use std::sync::{Mutex, MutexGuard, PoisonError};

use hedgerow::testing::{Database, Server};
use queues::MIGRATIONS;
use queues::model::QUEUES;
use queues::tour::{self, Report};
use sqlx::PgConnection;

#[path = "live/documented.rs"]
mod documented;
#[path = "live/functions.rs"]
mod functions;
#[path = "live/migrations.rs"]
mod migrations;
#[path = "live/postgrest.rs"]
mod postgrest;
#[path = "../../../tests/live/support.rs"]
mod support;
#[path = "live/worker.rs"]
mod worker;

use support::{block_on, run, servers};

/// Roles belong to the server, and the tour sets their passwords: one test at a time.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A database with every migration applied, mails of ann and bob with a task for each, and two notices.
async fn migrated(server: &Server) -> Database {
    let database = server.database().await.unwrap();
    tour::prepare(&database).await.unwrap();
    tour::migrate(&database, &mut Report::default()).await.unwrap();
    for role in ["authenticator", "worker_service_user"] {
        database.let_in(role).await.unwrap();
    }
    for sub in ["ann", "bob"] {
        let mut caller = request(&database, "authenticated", sub).await;
        run(&mut caller, format!("SELECT api.request_email('{sub}@example.org', 'Mail of {sub}', 'Dear {sub}')")).await;
    }
    let mut admin = admin(&database).await;
    run(&mut admin, "INSERT INTO comms.notices (title, published) VALUES ('open', true), ('draft', false)").await;
    database
}

/// PostgREST's session as it runs a request: the claims of the token, and its role.
async fn request(database: &Database, role: &str, sub: &str) -> PgConnection {
    let mut conn = database.connect("authenticator").await.unwrap();
    let claims = if sub.is_empty() { String::new() } else { format!("{{\"sub\": \"{sub}\", \"role\": \"{role}\"}}") };
    run(&mut conn, format!("SELECT set_config('request.jwt.claims', '{claims}', false); SET ROLE {role}")).await;
    conn
}

async fn worker(database: &Database) -> PgConnection {
    database.connect("worker_service_user").await.unwrap()
}

async fn admin(database: &Database) -> PgConnection {
    database.connect(database.superuser()).await.unwrap()
}

/// A test on a migrated database of each server.
fn on_each_server<F: Future<Output = ()>>(test: impl Fn(Rc<Database>) -> F) {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = Rc::new(migrated(server).await);
            test(Rc::clone(&database)).await;
            if let Some(database) = Rc::into_inner(database) {
                database.drop().await.unwrap();
            }
        });
    }
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
    assert_eq!(QUEUES.sql().unwrap(), include_str!(concat!(env!("OUT_DIR"), "/queues.sql")));
}

/// What a reviewer reads first.
#[test]
fn the_matrix() {
    insta::assert_snapshot!("matrix", QUEUES.matrix().unwrap());
}

#[test]
fn the_whole_sql() {
    insta::assert_snapshot!("queues", QUEUES.sql().unwrap());
}
