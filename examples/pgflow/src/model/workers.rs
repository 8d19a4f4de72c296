//! Who works on tasks: Edge Workers, as `service_role`. Nobody else has anything to do here.

use chrono::{DateTime, Utc};
use hedgerow::Policy;
use hedgerow::presets::supabase::{Anon, Authenticated};
use uuid::Uuid;

use super::FlowDefiner;

/// A worker.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(table = "pgflow.workers", no_tenant, never(all, to = [Anon, Authenticated, FlowDefiner]))]
pub struct Worker {
    pub worker_id: Uuid,
    pub queue_name: String,
    pub function_name: String,
    pub started_at: DateTime<Utc>,
    pub last_heartbeat_at: DateTime<Utc>,
    pub deprecated_at: Option<DateTime<Utc>>,
}

/// A function that workers are started for.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(table = "pgflow.worker_functions", no_tenant, never(all, to = [Anon, Authenticated, FlowDefiner]))]
pub struct WorkerFunction {
    pub function_name: String,
    pub enabled: bool,
    pub last_invoked_at: Option<DateTime<Utc>>,
}
