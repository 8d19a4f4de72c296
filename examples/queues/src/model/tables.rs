//! The tables: only definers hold anything on them, and of that no more than their functions need.

use chrono::{DateTime, Utc};
use hedgerow::Policy;
use hedgerow::presets::postgrest::{Anon, Authenticated, Authenticator, Jwt};
use serde_json::Value;

use super::{ApiDefiner, ApiReader, CommsDefiner, QueueDefiner, WorkerUser};

/// A task that waits, or that a worker holds.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "queues.tasks", no_tenant,
    permit(select, insert(kind, payload), update(locked_at, attempts), to = QueueDefiner, using(true)),
    never(all, to = [WorkerUser, Anon, Authenticated, Authenticator, CommsDefiner, ApiDefiner]),
    allow(H0975, reason = "the functions are how the queue is used"),
)]
pub struct Task {
    pub task_id: i64,
    pub kind: String,
    pub payload: Value,
    pub created_at: DateTime<Utc>,
    pub locked_at: Option<DateTime<Utc>>,
    pub attempts: i32,
}

/// What went wrong with a task. It is written and stays.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "queues.errors", no_tenant,
    permit(insert(task_id, message), to = QueueDefiner, using(true)),
    never(all, to = [WorkerUser, Anon, Authenticated, Authenticator, CommsDefiner, ApiDefiner]),
    never(update, delete, to = PUBLIC),
    allow(H0412, reason = "`append_error` returns nothing"),
    allow(H0975, reason = "the functions are how the queue is used"),
)]
pub struct TaskError {
    pub error_id: i64,
    pub task_id: i64,
    pub message: String,
    pub raised_at: DateTime<Utc>,
}

/// A mail. Whoever asks for it is `requested_by`, by default and by rule.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "comms.emails", context = Jwt, no_tenant,
    permit(select, update(status, sent_at, failure), to = CommsDefiner, using(true)),
    permit(select(email_id, requested_by), insert(recipient, subject, body), to = ApiDefiner, using(requested_by = ctx.sub)),
    permit(select(email_id, requested_by, recipient, subject, status, created_at), to = ApiReader, using(requested_by = ctx.sub)),
    never(all, to = [WorkerUser, Anon, Authenticated, Authenticator]),
    allow(H0975, reason = "the functions are how a mail is asked for and sent"),
)]
pub struct Email {
    pub email_id: i64,
    #[policy(default(ctx.sub))]
    pub requested_by: String,
    pub recipient: String,
    pub subject: String,
    pub body: String,
    pub status: String,
    pub created_at: DateTime<Utc>,
    pub sent_at: Option<DateTime<Utc>>,
    pub failure: Option<String>,
}

/// What is told to everyone, once it is published.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "comms.notices", no_tenant,
    permit(select, to = ApiReader, using(published)),
    never(all, to = [WorkerUser, Anon, Authenticated, Authenticator]),
)]
pub struct Notice {
    pub notice_id: i64,
    pub title: String,
    pub published: bool,
}
