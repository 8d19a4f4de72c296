//! A mail's way through the queue on a real server, and what each role tries beside it.

mod mail;
#[path = "../../../ackify/src/tour/report.rs"]
mod report;
mod rights;
mod session;
mod setup;
mod tries;

use hedgerow::testing::{Database, Server};
pub use report::Report;
pub use setup::{OWNER, migrate, prepare};

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
    mail::sent(&doors, report).await?;
    mail::failed(&doors, report).await?;
    tries::worker(&doors, report).await?;
    tries::postgrest(&doors, report).await?;
    rights::read(database, report).await?;
    Ok(())
}
