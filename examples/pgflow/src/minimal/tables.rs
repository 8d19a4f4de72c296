//! The tables. "We do NOT enable RLS yet because it would block access without policies": each says so.

use hedgerow::Policy;
use hedgerow::presets::supabase::{Anon, Authenticated};
use uuid::Uuid;

use super::Definer;

/// A flow: open for discovery.
#[derive(Policy)]
#[policy(
    table = "pgflow.flows", no_tenant, no_rls = "no policies yet: every authenticated user may discover every flow",
    permit(select, to = [Authenticated, Definer]),
    never(insert, update, delete, truncate, to = Authenticated), never(all, to = Anon),
)]
pub struct Flow {
    pub flow_slug: String,
}

/// A step: open for discovery.
#[derive(Policy)]
#[policy(
    table = "pgflow.steps", no_tenant, no_rls = "no policies yet: every authenticated user may discover every flow",
    permit(select, to = [Authenticated, Definer]),
    never(insert, update, delete, truncate, to = Authenticated), never(all, to = Anon),
)]
pub struct Step {
    pub flow_slug: String,
    pub step_slug: String,
}

/// Which step waits for which.
#[derive(Policy)]
#[policy(
    table = "pgflow.deps", no_tenant, no_rls = "no policies yet: the functions decide",
    permit(select, to = Definer), never(all, to = [Anon, Authenticated]),
)]
pub struct Dep {
    pub flow_slug: String,
}

/// A run, linked to no user.
#[derive(Policy)]
#[policy(
    table = "pgflow.runs", no_tenant, no_rls = "no policies yet: whoever knows a run_id may read the run",
    permit(select, insert, to = Definer), never(all, to = [Anon, Authenticated]),
)]
pub struct Run {
    pub run_id: Uuid,
}

/// A step of a run.
#[derive(Policy)]
#[policy(
    table = "pgflow.step_states", no_tenant, no_rls = "no policies yet: whoever knows a run_id may read the run",
    permit(select, insert, to = Definer), never(all, to = [Anon, Authenticated]),
)]
pub struct StepState {
    pub run_id: Uuid,
}

/// A task of a step.
#[derive(Policy)]
#[policy(
    table = "pgflow.step_tasks", no_tenant, no_rls = "no policies yet: the functions decide",
    permit(insert, to = Definer), never(all, to = [Anon, Authenticated]),
    allow(H0412, reason = "the function that queues a task does not read it back"),
)]
pub struct StepTask {
    #[policy(sequence)]
    pub message_id: i64,
}

/// A worker.
#[derive(Policy)]
#[policy(table = "pgflow.workers", no_tenant, no_rls = "no policies yet: for service_role alone", never(all, to = [Anon, Authenticated]))]
pub struct Worker {
    pub worker_id: Uuid,
}

/// A function that workers are started for.
#[derive(Policy)]
#[policy(
    table = "pgflow.worker_functions", no_tenant, no_rls = "no policies yet: for service_role alone",
    never(all, to = [Anon, Authenticated]),
)]
pub struct WorkerFunction {
    pub function_name: String,
}
