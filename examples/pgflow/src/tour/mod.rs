//! pgflow against a real server, as it is and with its roadmap carried out, each request with what was expected of it.

mod cast;
mod matrix;
mod minimal;
#[path = "../../../ackify/src/tour/report.rs"]
mod report;
mod roadmap;
mod session;
mod setup;

pub use cast::{ALICE, BOB, CAROL, FLOWS, PEOPLE, Person, TABLES, fill, fill_access};
use hedgerow::testing::{Database, Server};
pub use report::Report;
pub use session::{request, said};
pub use setup::{DOOR, MIGRATOR, MINIMAL_MIGRATOR, migrate, prepare};

/// Anything that stops the tour; what it is meant to find is in the report instead.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// Starts a server (or uses `DATABASE_URL`), and plays everything on two new databases of it.
///
/// # Errors
/// If there is no server, or the tour cannot go on.
pub async fn on_a_fresh_server() -> Result<Report, Error> {
    let server = Server::start()?;
    let (minimal, roadmap) = (server.database().await?, server.database().await?);
    let mut report = Report::default();
    report.say(format!("PostgreSQL {}", server.version()));
    play_minimal(&minimal, &mut report).await?;
    play(&roadmap, &mut report).await?;
    minimal.drop().await?;
    roadmap.drop().await?;
    Ok(report)
}

/// pgflow as it is, on an empty database.
///
/// # Errors
/// If the tour cannot go on.
pub async fn play_minimal(database: &Database, report: &mut Report) -> Result<(), Error> {
    report.part("pgflow as it is: the minimal permissions");
    setup::prepare(database, MINIMAL_MIGRATOR).await?;
    setup::migrate(database, MINIMAL_MIGRATOR, report).await?;
    minimal::play(database, report).await?;
    matrix::measure(database, false, report).await
}

/// The roadmap, on an empty database.
///
/// # Errors
/// If the tour cannot go on.
pub async fn play(database: &Database, report: &mut Report) -> Result<(), Error> {
    report.part("pgflow with its roadmap carried out");
    setup::prepare(database, MIGRATOR).await?;
    setup::migrate(database, MIGRATOR, report).await?;
    let doors = setup::passwords(database, report).await?;
    roadmap::flows(database, report).await?;
    roadmap::runs(database, report).await?;
    roadmap::backends(database, &doors, report).await?;
    roadmap::audit(&doors, report).await?;
    matrix::measure(database, true, report).await
}
