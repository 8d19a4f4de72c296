//! What can be called, by whom, and as whom it runs.

use hedgerow::functions;
use hedgerow::presets::supabase::Authenticated;

use super::{FlowDefiner, Gatekeeper, Partner};

/// The calls of `@pgflow/client`.
#[functions(schema = "pgflow", definer = FlowDefiner, search_path = "pgflow, pg_temp", language = "plpgsql", grant(execute, to = Authenticated))]
pub trait Client {
    #[function(grant(execute, to = Gatekeeper), body_file = "sql/start_flow_with_states.sql")]
    fn start_flow_with_states(flow_slug: String, input: serde_json::Value, run_id: Option<uuid::Uuid>) -> serde_json::Value;
    /// NULL for a run that is not the caller's.
    #[function(body_file = "sql/get_run_with_states.sql")]
    fn get_run_with_states(run_id: uuid::Uuid) -> Option<serde_json::Value>;
}

/// What runs as whoever calls it.
#[functions(schema = "pgflow", search_path = "pgflow, pg_temp")]
pub trait Engine {
    #[function(volatility = stable, grant(execute, to = FlowDefiner), body_file = "sql/run_with_states.sql")]
    fn run_with_states(run_id: uuid::Uuid) -> Option<serde_json::Value>;
    /// For Edge Workers.
    #[function(language = "plpgsql", body_file = "sql/complete_task.sql")]
    fn complete_task(run_id: uuid::Uuid, step_slug: String, output: serde_json::Value);
}

/// A wrapper around pgflow: it checks, then calls.
#[functions(schema = "pgflow_gate", definer = Gatekeeper, search_path = "pgflow_gate, pg_temp", language = "plpgsql")]
pub trait Gate {
    #[function(grant(execute, to = Partner), body_file = "sql/start_import.sql")]
    fn start_import(input: serde_json::Value) -> serde_json::Value;
}
