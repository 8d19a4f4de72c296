//! What runs. A run belongs to the user in whose name it was started, and its steps and tasks with it.

use chrono::{DateTime, Utc};
use hedgerow::Policy;
use hedgerow::presets::supabase::{Anon, Authenticated};
use serde_json::Value;
use uuid::Uuid;

use super::{Caller, FlowDefiner, FlowGrant};

/// A run. The default of `user_id` is the caller, and the tenant holds whoever writes to it: also the function that runs
/// as `FlowDefiner` cannot start one in the name of another.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "pgflow.runs", context = Caller,
    tenant(user_id = ctx.user_id),
    permit(select, to = [Authenticated, FlowDefiner], name = "Users can see their own runs"),
    permit(insert, to = FlowDefiner, with_check(flow_slug IN (SELECT g.flow_slug FROM FlowGrant g))),
    never(insert, update, delete, truncate, to = Authenticated),
    never(update, delete, truncate, to = FlowDefiner),
    never(all, to = Anon),
    allow(H0975, reason = "the functions of `Client` are how a run is started and read"),
)]
pub struct Run {
    pub run_id: Uuid,
    pub flow_slug: String,
    #[policy(default(ctx.user_id))]
    pub user_id: Uuid,
    pub status: String,
    pub input: Value,
    pub output: Option<Value>,
    pub remaining_steps: i32,
    pub started_at: DateTime<Utc>,
    pub completed_at: Option<DateTime<Utc>>,
}

/// A step of a run.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "pgflow.step_states", context = Caller,
    tenant(through(run_id = Run.run_id)),
    permit(select, to = [Authenticated, FlowDefiner]),
    permit(insert, to = FlowDefiner),
    never(insert, update, delete, truncate, to = Authenticated),
    never(all, to = Anon),
    allow(H0975, reason = "the functions of `Client` are how a run is started and read"),
)]
pub struct StepState {
    pub run_id: Uuid,
    pub step_slug: String,
    pub status: String,
    pub remaining_deps: i32,
    pub output: Option<Value>,
    pub started_at: Option<DateTime<Utc>>,
    pub completed_at: Option<DateTime<Utc>>,
}

/// A task of a step. What it is about is the user's; which worker has it and why it failed is not.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "pgflow.step_tasks", context = Caller,
    tenant(through(run_id = Run.run_id)),
    permit(select(run_id, step_slug, task_index, status, attempts_count, output, queued_at, completed_at), to = Authenticated),
    permit(insert(run_id, step_slug), to = FlowDefiner),
    never(insert, update, delete, truncate, to = Authenticated),
    never(all, to = Anon),
    allow(H0412, reason = "the function that queues a task does not read it back"),
    allow(H0975, reason = "the functions of `Client` are how a run is started and read"),
)]
pub struct StepTask {
    pub run_id: Uuid,
    pub step_slug: String,
    pub task_index: i32,
    #[policy(sequence)]
    pub message_id: i64,
    pub status: String,
    pub attempts_count: i32,
    pub output: Option<Value>,
    pub error_message: Option<String>,
    pub last_worker_id: Option<Uuid>,
    pub queued_at: DateTime<Utc>,
    pub completed_at: Option<DateTime<Utc>>,
}
