//! What can run. A client sees the flows that it may start.

use chrono::{DateTime, Utc};
use hedgerow::Policy;
use hedgerow::presets::supabase::{Anon, Authenticated};

use super::{FlowDefiner, FlowGrant};

/// A flow.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "pgflow.flows", no_tenant,
    permit(select, to = [Authenticated, FlowDefiner], using(flow_slug IN (SELECT g.flow_slug FROM FlowGrant g))),
    never(insert, update, delete, truncate, to = [Authenticated, FlowDefiner]),
    never(all, to = Anon),
)]
pub struct Flow {
    pub flow_slug: String,
    pub opt_max_attempts: i32,
    pub opt_timeout: i32,
    pub created_at: DateTime<Utc>,
}

/// A step of a flow.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "pgflow.steps", no_tenant,
    permit(select, to = [Authenticated, FlowDefiner], using(flow_slug IN (SELECT g.flow_slug FROM FlowGrant g))),
    never(insert, update, delete, truncate, to = [Authenticated, FlowDefiner]),
    never(all, to = Anon),
)]
pub struct Step {
    pub flow_slug: String,
    pub step_slug: String,
    pub step_index: i32,
    pub created_at: DateTime<Utc>,
}

/// Which step waits for which.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "pgflow.deps", no_tenant,
    permit(select, to = FlowDefiner, using(flow_slug IN (SELECT g.flow_slug FROM FlowGrant g))),
    never(all, to = [Anon, Authenticated]),
    allow(H0975, reason = "the functions of `Client` are how a run is started and read"),
)]
pub struct Dep {
    pub flow_slug: String,
    pub dep_slug: String,
    pub step_slug: String,
}
