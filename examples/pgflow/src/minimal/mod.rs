//! pgflow as it is: "a minimal MVP setup focused on security", grant by grant, without row security.

mod tables;

use hedgerow::presets::supabase;
use hedgerow::{Role, Schema, functions, policy_set};
use supabase::{Authenticated, ServiceRole};
pub use tables::{Dep, Flow, Run, Step, StepState, StepTask, Worker, WorkerFunction};

/// Owns the tables.
#[derive(Role)]
#[role(name = "pgflow_minimal_owner")]
pub struct Owner;

/// What the two functions run as. It holds what they need, where pgflow lets them run as the owner.
#[derive(Role)]
#[role(name = "pgflow_minimal_definer")]
pub struct Definer;

/// Schema access, and everything for Edge Workers. `anon` is not named: it gets nothing. USAGE for `service_role` is not in
/// pgflow's list; without it the three grants below it would open nothing.
#[derive(Schema)]
#[schema(
    name = "pgflow",
    grant(usage, to = [Authenticated, ServiceRole, Definer]),
    grant(all on all tables, to = ServiceRole),
    grant(all on all routines, to = ServiceRole),
    grant(all on all sequences, to = ServiceRole),
    allow(H0516, reason = "Edge Workers have full access to pgflow")
)]
pub struct Engines;

/// The calls of `@pgflow/client`. They exist: owner, path and rights alone are ours.
#[functions(schema = "pgflow", definer = Definer, search_path = "pgflow, pg_temp", grant(execute, to = Authenticated))]
pub trait Client {
    fn start_flow_with_states(flow_slug: String, input: serde_json::Value, run_id: Option<uuid::Uuid>) -> serde_json::Value;
    fn get_run_with_states(run_id: uuid::Uuid) -> Option<serde_json::Value>;
}

/// What runs as whoever calls it.
#[functions(schema = "pgflow")]
pub trait Engine {
    #[function(grant(execute, to = Definer))]
    fn run_with_states(run_id: uuid::Uuid) -> Option<serde_json::Value>;
    fn complete_task(run_id: uuid::Uuid, step_slug: String, output: serde_json::Value);
}

policy_set! {
    pub PGFLOW_MINIMAL {
        owner: Owner,
        items: [
            supabase::Anon, supabase::Authenticated, supabase::ServiceRole, Owner, Definer, Engines, Client, Engine,
            Flow, Step, Dep, Run, StepState, StepTask, Worker, WorkerFunction,
        ],
    }
}
