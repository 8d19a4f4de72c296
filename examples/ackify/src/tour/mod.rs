//! The requests of two tenants against a real server, each with what was expected of it.

mod audit;
mod matrix;
mod report;
mod requests;
mod samples;
mod setup;
mod troubles;

use hedgerow::testing::{Database, Server};
pub use report::Report;
pub use samples::{ADMIN, NORTH, SAMPLES, SOUTH};
pub use setup::{MIGRATOR, OWNER, migrate, prepare};

/// Anything that stops the tour; what it is meant to find is in the report instead.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

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
    let app = doors.pool().await?;
    requests::flow(&app, report).await?;
    requests::refusals(&app, report).await?;
    requests::worker(&doors, report).await?;
    troubles::play(database, &doors, report).await?;
    audit::play(&app, &doors, report).await?;
    matrix::measure(database, &doors, report).await?;
    app.close().await;
    Ok(())
}
