//! Users of two tenants, honest and dishonest, against a real server, each with what was expected.

mod dishonest;
mod materializer;
mod reads;
#[path = "../../../ackify/src/tour/report.rs"]
mod report;
mod samples;
mod setup;

use hedgerow::testing::{Database, Server};
pub use report::Report;
pub use samples::{
    ANN, ANN_OF_SOUTH, ANNS_TODO, BEN, BENS_TODO, CIM, CIMS_TODO, Change, DAY, DIA, NORTH, SOUTH, Sent, User, act, change, fill, patch,
    request,
};
pub use setup::{ELECTRIC, LOGIN, MIGRATOR, OWNER, WORKER, migrate, prepare};

/// Anything that stops the tour; what it is meant to find is in the report instead.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// What a transaction for a user runs as.
pub const APP: &str = "synchrotron_app";
/// What a shape query runs as.
pub const SHAPES: &str = "synchrotron_shapes";
/// What replays the log.
pub const MATERIALIZER: &str = "synchrotron_materializer";

/// Starts a server (or uses `DATABASE_URL`), and plays everything on a new database of it.
///
/// # Errors
/// If there is no server, or the tour cannot go on.
pub async fn on_a_fresh_server() -> Result<Report, Error> {
    let server = Server::start()?;
    let database = server.database().await?;
    let mut report = Report::default();
    report.say(format!("PostgreSQL {}", server.version()));
    play(&database, &mut report).await?;
    database.drop().await?;
    Ok(report)
}

/// Plays everything on an empty database.
///
/// # Errors
/// If the tour cannot go on.
pub async fn play(database: &Database, report: &mut Report) -> Result<(), Error> {
    setup::prepare(database).await?;
    setup::migrate(database, report).await?;
    let doors = setup::passwords(database, report).await?;
    let server = doors.pool().await?;
    report.part("A day: patches of ann and ben (north) and cim (south), as synchrotron_app");
    samples::fill(&server).await?;
    report.say(format!("{} patches applied, each as the user whose it is", DAY.len()));
    reads::rows(&server, report).await?;
    reads::logs(&server, report).await?;
    reads::arguments(&server, report).await?;
    reads::shapes(&doors, report).await?;
    dishonest::play(&server, report).await?;
    materializer::play(database, &doors, report).await?;
    server.close().await;
    Ok(())
}
