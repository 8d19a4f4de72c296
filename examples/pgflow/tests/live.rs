//! pgflow on real servers: the default one, and the oldest and newest major that is installed beside it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use std::sync::{Mutex, MutexGuard, PoisonError};

use hedgerow::testing::{Database, Server};
use pgflow::minimal::PGFLOW_MINIMAL;
use pgflow::model::PGFLOW;
use pgflow::tour::{self, DOOR, MIGRATOR, MINIMAL_MIGRATOR, Person, Report};
use sqlx::PgConnection;

#[path = "live/audit.rs"]
mod audit;
#[path = "live/custom.rs"]
mod custom;
#[path = "live/flows.rs"]
mod flows;
#[path = "live/grants.rs"]
mod grants;
#[path = "live/migrations.rs"]
mod migrations;
#[path = "live/minimal.rs"]
mod minimal;
#[path = "live/runs.rs"]
mod runs;
#[path = "../../../tests/live/support.rs"]
mod support;

use support::{block_on, run, servers, text};

/// Roles belong to the server, and the tour sets their passwords: one test at a time.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A database with every migration of the roadmap applied, flows and grants filled in.
async fn roadmap(server: &Server) -> Database {
    let database = migrated(server, MIGRATOR).await;
    let mut admin = database.connect(database.superuser()).await.unwrap();
    tour::fill(&mut admin).await.unwrap();
    tour::fill_access(&mut admin).await.unwrap();
    for role in ["pgflow_auditor", "pgflow_partner"] {
        database.let_in(role).await.unwrap();
    }
    database
}

/// pgflow as it is, flows filled in.
async fn as_it_is(server: &Server) -> Database {
    let database = migrated(server, MINIMAL_MIGRATOR).await;
    let mut admin = database.connect(database.superuser()).await.unwrap();
    tour::fill(&mut admin).await.unwrap();
    database
}

async fn migrated(server: &Server, migrator: &str) -> Database {
    let database = server.database().await.unwrap();
    tour::prepare(&database, migrator).await.unwrap();
    tour::migrate(&database, migrator, &mut Report::default()).await.unwrap();
    database
}

/// A session of PostgREST that has become a role, with the claims of somebody.
async fn session(database: &Database, role: &str, person: Option<Person>) -> PgConnection {
    let mut conn = database.connect(DOOR).await.unwrap();
    act(&mut conn, role, person).await;
    conn
}

/// The next request of a session.
async fn act(conn: &mut PgConnection, role: &str, person: Option<Person>) {
    let claims = person.map(Person::claims).unwrap_or_default();
    run(conn, format!("RESET ROLE; SELECT set_config('request.jwt.claims', '{claims}', false); SET ROLE {role}")).await;
}

fn start(flow: &str) -> String {
    format!("SELECT pgflow.start_flow_with_states('{flow}', '{{}}', NULL)")
}

/// Starts a flow for good: the id of the run.
async fn started(conn: &mut PgConnection, flow: &str) -> String {
    text(conn, format!("SELECT pgflow.start_flow_with_states('{flow}', '{{}}', NULL) #>> '{{run,run_id}}'")).await
}

/// How a run stands, as `get_run_with_states` says.
async fn status(conn: &mut PgConnection, run: &str) -> String {
    text(conn, format!("SELECT pgflow.get_run_with_states('{run}') #>> '{{run,status}}'")).await
}

/// Each statement as somebody, with what must come of it.
async fn all(conn: &mut PgConnection, cases: &[(&str, &str)]) {
    for (statement, expected) in cases {
        assert_eq!(support::tried(conn, *statement).await, *expected, "{statement}");
    }
}

#[test]
fn the_tour_finds_what_it_expects() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let (minimal, roadmap, mut report) = (server.database().await.unwrap(), server.database().await.unwrap(), Report::default());
            tour::play_minimal(&minimal, &mut report).await.unwrap();
            tour::play(&roadmap, &mut report).await.unwrap();
            assert!(report.held(), "PostgreSQL {}:\n{report}", server.version());
            minimal.drop().await.unwrap();
            roadmap.drop().await.unwrap();
        });
    }
}

#[test]
fn the_program_and_the_build_script_write_the_same_bytes() {
    assert_eq!(PGFLOW.sql().unwrap(), include_str!(concat!(env!("OUT_DIR"), "/pgflow.sql")));
    assert_eq!(PGFLOW_MINIMAL.sql().unwrap(), include_str!(concat!(env!("OUT_DIR"), "/pgflow_minimal.sql")));
}

/// What a reviewer reads first.
#[test]
fn the_matrix() {
    insta::assert_snapshot!("matrix", PGFLOW.matrix().unwrap());
    insta::assert_snapshot!("matrix_minimal", PGFLOW_MINIMAL.matrix().unwrap());
}

#[test]
fn the_whole_sql() {
    insta::assert_snapshot!("pgflow", PGFLOW.sql().unwrap());
    insta::assert_snapshot!("pgflow_minimal", PGFLOW_MINIMAL.sql().unwrap());
}
