//! Every function that a role may call. They exist already: what is declared is whose rights they run with, and who calls.

use hedgerow::functions;

use super::{ApiDefiner, CommsDefiner, QueueDefiner, WorkerUser};

/// The two ends of a task.
#[functions(schema = "queues", definer = QueueDefiner, search_path = "queues, pg_temp", grant(execute, to = WorkerUser))]
pub trait QueueFns {
    /// The oldest task that nobody holds.
    fn dequeue_next_available_task() -> Option<serde_json::Value>;
    /// What went wrong with it.
    fn append_error(task_id: i64, message: String);
}

/// The runner is no definer: in it the worker may do what the worker may do, and no more.
#[functions(schema = "internal", search_path = "internal, pg_temp")]
pub trait InternalFns {
    /// Calls a function by its name.
    #[function(grant(execute, to = WorkerUser))]
    fn run_function(function_name: String, payload: serde_json::Value) -> serde_json::Value;
    /// A helper of other functions, for no caller from outside.
    #[function(
        definer = QueueDefiner, search_path = "queues, pg_temp", language = "sql", body_file = "sql/enqueue_task.sql",
        grant(execute, to = [CommsDefiner, ApiDefiner]),
    )]
    fn enqueue_task(kind: String, payload: serde_json::Value) -> i64;
}

/// Supervisors and handlers: the worker gets each of them by name.
#[functions(schema = "comms", definer = CommsDefiner, search_path = "comms, pg_temp", grant(execute, to = WorkerUser))]
pub trait CommsFns {
    /// Decides what comes next for a mail.
    fn send_email_supervisor(payload: serde_json::Value) -> serde_json::Value;
    /// What is to be sent.
    fn get_email_payload(payload: serde_json::Value) -> serde_json::Value;
    /// It was sent.
    fn record_email_success(payload: serde_json::Value) -> serde_json::Value;
    /// It was not.
    fn record_email_failure(payload: serde_json::Value) -> serde_json::Value;
}

/// What PostgREST calls: the schema itself grants all of it.
#[functions(schema = "api", search_path = "api, pg_temp")]
pub trait ApiFns {
    /// Asks for a mail, in the name of the caller.
    #[function(definer = ApiDefiner)]
    fn request_email(recipient: String, subject: String, body: String) -> i64;
    /// Whether anyone is there.
    fn health() -> String;
}
