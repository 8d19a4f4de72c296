//! Editors and visitors of two countries on a real server, and what each of them is refused.

mod editors;
#[path = "../../../ackify/src/tour/report.rs"]
mod report;
mod session;
mod setup;
mod verification;
mod visitors;

use hedgerow::testing::{Database, Server};
pub use report::Report;
pub use setup::{OWNER, migrate, prepare};
pub use verification::VERIFICATION;

/// The tables that a visitor never reaches.
pub const TABLES: [&str; 5] = ["\"Tenant\"", "\"User\"", "\"Document\"", "\"FundingRecord\"", "\"Leak\""];

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
    let door = setup::password(database, report).await?;
    editors::work(&door, report).await?;
    editors::tries(&door, report).await?;
    visitors::read(&door, report).await?;
    visitors::tries(&door, report).await?;
    verification::layers(database, &door, report).await?;
    verification::flags(database, report).await?;
    Ok(())
}
