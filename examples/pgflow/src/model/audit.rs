//! Who started what and when, and who looked at it. Written by triggers and functions, read by auditors, altered by nobody.

use chrono::{DateTime, Utc};
use hedgerow::Policy;
use hedgerow::presets::supabase::{Anon, Authenticated, ServiceRole};
use serde_json::Value;
use uuid::Uuid;

use super::{AuditWriter, Auditor, Caller, FlowDefiner, Run};

/// What happened to runs.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "pgflow_audit.runs", context = Caller, no_tenant,
    log(
        rows(Run.run_id), table = table_name, row = row_id, copy(flow_slug), writer = AuditWriter,
        command = command, old = old_row, new = new_row, at = at, role = db_role, context = claims, by(user_id = ctx.user_id),
    ),
    permit(insert, to = AuditWriter, with_check(true)),
    permit(select, to = Auditor, using(true)),
    never(update, delete, truncate, to = PUBLIC),
    never(insert, update, delete, truncate, to = [ServiceRole, Auditor, FlowDefiner]),
    never(all, to = [Anon, Authenticated]),
)]
pub struct RunLog {
    #[policy(sequence)]
    pub id: i64,
    pub at: DateTime<Utc>,
    pub command: String,
    pub table_name: String,
    pub row_id: String,
    pub flow_slug: String,
    pub user_id: Option<Uuid>,
    pub db_role: String,
    pub claims: Option<Value>,
    pub old_row: Option<Value>,
    pub new_row: Option<Value>,
}

/// Who asked for which run, found or not: `get_run_with_states` writes it.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "pgflow_audit.reads", context = Caller, no_tenant,
    permit(insert(run_id, found), to = FlowDefiner, with_check(user_id = ctx.user_id)),
    permit(select, to = Auditor, using(true)),
    never(update, delete, truncate, to = PUBLIC),
    never(insert, update, delete, truncate, to = [ServiceRole, Auditor]),
    never(all, to = [Anon, Authenticated]),
    allow(H0412, reason = "the function writes and does not read"),
    allow(H0975, reason = "`get_run_with_states` tells of each read"),
)]
pub struct RunRead {
    #[policy(sequence)]
    pub id: i64,
    pub at: DateTime<Utc>,
    #[policy(default(ctx.user_id))]
    pub user_id: Uuid,
    pub run_id: Uuid,
    pub found: bool,
}
