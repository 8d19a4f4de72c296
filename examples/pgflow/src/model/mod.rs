//! The roadmap carried out: runs belong to users, flows are granted, everything is written down.

mod access;
mod audit;
mod flows;
mod functions;
mod runs;
mod workers;

pub use access::{FlowGrant, Team, TeamMember};
pub use audit::{RunLog, RunRead};
pub use flows::{Dep, Flow, Step};
pub use functions::{Client, Engine, Gate};
use hedgerow::presets::supabase;
use hedgerow::{Context, Role, Schema, policy_set};
pub use runs::{Run, StepState, StepTask};
use supabase::{Authenticated, ServiceRole};
use uuid::Uuid;
pub use workers::{Worker, WorkerFunction};

/// What the JSON Web Token says of the caller.
#[derive(Context)]
#[context(preset = "supabase", allow(H0514, reason = "a CHECK keeps '' out of `flow_grants.app_role`"))]
pub struct Caller {
    #[context(claim = "sub")]
    pub user_id: Option<Uuid>,
    /// The role that the application gave the user; `role` itself is the role of the database.
    #[context(claim = "app_metadata.role")]
    pub app_role: Option<String>,
}

/// Owns the tables; migrations run as a member of it.
#[derive(Role)]
#[role(name = "pgflow_owner")]
pub struct Owner;

/// What the two functions for clients run as: under the policies, with the claims of whoever calls.
#[derive(Role)]
#[role(name = "pgflow_definer")]
pub struct FlowDefiner;

/// Writes the audit, and nothing else.
#[derive(Role)]
#[role(name = "pgflow_audit_writer")]
pub struct AuditWriter;

/// Reads the audit.
#[derive(Role)]
#[role(name = "pgflow_auditor", login, noinherit, connect, password_env = "PGFLOW_AUDITOR_PASSWORD")]
pub struct Auditor;

/// The backend of a partner, which vouches for the claims of its users: it reaches one function.
#[derive(Role)]
#[role(name = "pgflow_partner", login, noinherit, connect, password_env = "PGFLOW_PARTNER_PASSWORD")]
pub struct Partner;

/// What the partner's function runs as: it may call pgflow, the partner may not.
#[derive(Role)]
#[role(name = "pgflow_gatekeeper")]
pub struct Gatekeeper;

#[derive(Schema)]
#[schema(
    name = "pgflow",
    grant(usage, to = [Authenticated, ServiceRole, FlowDefiner, Gatekeeper]),
    grant(all on tables, to = ServiceRole),
    grant(execute on routines, to = ServiceRole),
    grant(all on sequences, to = ServiceRole),
    default(grant(all on tables, to = ServiceRole)),
    default(grant(all on sequences, to = ServiceRole))
)]
pub struct Engines;

/// Apart from `pgflow`, so that what `service_role` holds there does not reach it.
#[derive(Schema)]
#[schema(name = "pgflow_audit", grant(usage, to = [AuditWriter, FlowDefiner, Auditor]))]
pub struct Audits;

#[derive(Schema)]
#[schema(name = "pgflow_gate", grant(usage, to = Partner))]
pub struct Gates;

policy_set! {
    pub PGFLOW {
        owner: Owner,
        items: [
            Caller, supabase::Anon, supabase::Authenticated, supabase::ServiceRole,
            Owner, FlowDefiner, AuditWriter, Auditor, Partner, Gatekeeper,
            Engines, Audits, Gates, Client, Engine, Gate,
            Flow, Step, Dep, Team, TeamMember, FlowGrant, Run, StepState, StepTask, Worker, WorkerFunction,
            RunLog, RunRead,
        ],
    }
}
