//! The way of a mail: asked for by a caller of the API, decided by its supervisor, sent by the worker.

use serde_json::{Value, json};
use sqlx::PgConnection;

use super::session::{at, dequeue, request, run_function};
use super::setup::{Doors, POSTGREST, WORKER};
use super::{Error, Report};

/// Ann asks for a mail and the worker sends it.
pub(super) async fn sent(doors: &Doors<'_>, report: &mut Report) -> Result<(), Error> {
    report.part("A mail: asked for as `authenticated`, sent as `worker_service_user`");
    let (mut api, mut worker) = (doors.connect(POSTGREST).await?, doors.connect(WORKER).await?);
    ask(&mut api, "ann", "Welcome").await?;
    report.expect("status that ann sees", "new".to_owned(), status(&mut api, "ann").await?);

    let task = dequeue(&mut worker).await?;
    let name = at(task.as_ref(), "/payload/db_function");
    report.expect("the first task calls", "comms.send_email_supervisor".to_owned(), name.clone());
    let answer = run_function(&mut worker, &name, &payload(task.as_ref())).await?;
    report.expect("the supervisor answers", "scheduled".to_owned(), at(answer.as_ref(), "/status"));

    let task = dequeue(&mut worker).await?;
    report.expect("the second task is of kind", "email".to_owned(), at(task.as_ref(), "/kind"));
    let payload = payload(task.as_ref());
    let mail = run_function(&mut worker, &at(Some(&payload), "/before"), &payload).await?;
    report.expect("the mail that goes out", "Welcome".to_owned(), at(mail.as_ref(), "/subject"));
    let answer = run_function(&mut worker, &at(Some(&payload), "/success"), &payload).await?;
    report.expect("what is recorded", "sent".to_owned(), at(answer.as_ref(), "/status"));

    report.expect("no task is left", true, dequeue(&mut worker).await?.is_none());
    report.expect("status that ann sees", "sent".to_owned(), status(&mut api, "ann").await?);
    report.expect("status that bob sees", String::new(), status(&mut api, "bob").await?);
    Ok(())
}

/// Bob's mail does not go out: the error is noted, the task is tried again, and in the end the failure is recorded.
pub(super) async fn failed(doors: &Doors<'_>, report: &mut Report) -> Result<(), Error> {
    report.part("A mail that does not go out");
    let (mut api, mut worker) = (doors.connect(POSTGREST).await?, doors.connect(WORKER).await?);
    ask(&mut api, "bob", "Invoice").await?;
    let task = dequeue(&mut worker).await?;
    run_function(&mut worker, &at(task.as_ref(), "/payload/db_function"), &payload(task.as_ref())).await?;
    let mut payload_of_last = json!({});
    for attempt in 1..=3 {
        let task = dequeue(&mut worker).await?;
        report.expect(&format!("attempt {attempt}, task of kind"), "email".to_owned(), at(task.as_ref(), "/kind"));
        let id = task.as_ref().and_then(|task| task.pointer("/task_id")).and_then(Value::as_i64);
        sqlx::query("SELECT queues.append_error($1, 'no route to host')").bind(id).execute(&mut worker).await?;
        payload_of_last = payload(task.as_ref());
    }
    report.expect("after three errors no task is left", true, dequeue(&mut worker).await?.is_none());
    let failure = at(Some(&payload_of_last), "/failure");
    if let Some(fields) = payload_of_last.as_object_mut() {
        fields.insert("error".to_owned(), json!("no route to host"));
    }
    let answer = run_function(&mut worker, &failure, &payload_of_last).await?;
    report.expect("what is recorded", "failed".to_owned(), at(answer.as_ref(), "/status"));
    report.expect("status that bob sees", "failed".to_owned(), status(&mut api, "bob").await?);
    Ok(())
}

async fn ask(api: &mut PgConnection, sub: &str, subject: &str) -> Result<(), Error> {
    let mut tx = request(api, "authenticated", Some(sub)).await?;
    let call = sqlx::query("SELECT api.request_email('reader@example.org', $1, 'Dear reader')");
    call.bind(subject).execute(&mut *tx).await?;
    Ok(tx.commit().await?)
}

/// The status of every mail that the caller sees.
async fn status(api: &mut PgConnection, sub: &str) -> Result<String, Error> {
    let mut tx = request(api, "authenticated", Some(sub)).await?;
    let found: Vec<String> = sqlx::query_scalar("SELECT status FROM api.my_emails ORDER BY email_id").fetch_all(&mut *tx).await?;
    tx.rollback().await?;
    Ok(found.join(" "))
}

fn payload(task: Option<&Value>) -> Value {
    task.and_then(|task| task.get("payload")).cloned().unwrap_or_default()
}
