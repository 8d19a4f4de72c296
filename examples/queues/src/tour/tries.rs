//! What each role tries that is not its own.

use sqlx::PgConnection;

use super::session::{request, tried};
use super::setup::{Doors, POSTGREST, WORKER};
use super::{Error, Report};

const REFUSED: &str = "42501";

/// The worker beside its functions.
pub(super) async fn worker(doors: &Doors<'_>, report: &mut Report) -> Result<(), Error> {
    report.part("What the worker tries, as worker_service_user");
    let mut worker = doors.connect(WORKER).await?;
    let tries = [
        ("reads tasks", "SELECT FROM queues.tasks"),
        ("takes a task by hand", "UPDATE queues.tasks SET locked_at = now()"),
        ("reads mails", "SELECT FROM comms.emails"),
        ("clears the errors", "DELETE FROM queues.errors"),
        ("calls a function of `comms` that is not its own", "SELECT comms.forget_emails('{}')"),
        ("calls it through the runner", "SELECT internal.run_function('comms.forget_emails', '{}')"),
        ("calls a helper of `internal`", "SELECT internal.enqueue_task('email', '{}')"),
        ("asks the API", "SELECT api.request_email('a', 'b', 'c')"),
        ("becomes a definer", "SET LOCAL ROLE comms_definer"),
        ("becomes the owner", "SET LOCAL ROLE queue_owner"),
        ("replaces the runner", "ALTER FUNCTION internal.run_function(text, jsonb) SECURITY DEFINER"),
    ];
    refused(&mut worker, &tries, report).await
}

/// PostgREST's three roles outside `api`.
pub(super) async fn postgrest(doors: &Doors<'_>, report: &mut Report) -> Result<(), Error> {
    report.part("What PostgREST tries, as authenticator before any switch");
    let mut api = doors.connect(POSTGREST).await?;
    let own = [
        ("calls the API", "SELECT api.health()"),
        ("reads a view of the API", "SELECT FROM api.public_notices"),
        ("dequeues", "SELECT queues.dequeue_next_available_task()"),
        ("becomes the worker", "SET LOCAL ROLE worker_service_user"),
        ("becomes the owner", "SET LOCAL ROLE queue_owner"),
    ];
    refused(&mut api, &own, report).await?;
    let outside = [
        ("dequeues", "SELECT queues.dequeue_next_available_task()"),
        ("runs a function", "SELECT internal.run_function('comms.get_email_payload', '{}')"),
        ("calls a supervisor", "SELECT comms.send_email_supervisor('{}')"),
        ("reads mails", "SELECT FROM comms.emails"),
        ("reads tasks", "SELECT FROM queues.tasks"),
    ];
    for (role, sub) in [("anon", None), ("authenticated", Some("ann"))] {
        report.part(&format!("What PostgREST tries, as {role}"));
        let mut tx = request(&mut api, role, sub).await?;
        report.expect("calls the API", "1 rows".to_owned(), tried(&mut tx, "SELECT api.health()").await?);
        refused(&mut tx, &outside, report).await?;
        tx.rollback().await?;
    }
    let mut tx = request(&mut api, "anon", None).await?;
    let ask = tried(&mut tx, "SELECT api.request_email('a', 'b', 'c')").await?;
    report.expect("asks for a mail without a token, as anon", REFUSED.to_owned(), ask);
    tx.rollback().await?;
    Ok(())
}

async fn refused(conn: &mut PgConnection, tries: &[(&str, &str)], report: &mut Report) -> Result<(), Error> {
    for (what, sql) in tries {
        report.expect(what, REFUSED.to_owned(), tried(conn, sql).await?);
    }
    Ok(())
}
