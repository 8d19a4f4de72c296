//! The server's own tables: what clients did, what it did to rows, how far each client has read.

use chrono::{DateTime, Utc};
use hedgerow::{Policy, View};
use serde_json::Value;
use uuid::Uuid;

use super::{App, ArgsReader, Caller, Materializer, Note, Patches, Shapes, TenantId, Todo, TodoShare};

/// An action of a client. Others see that it happened where they see a patch of it, and never its arguments: no role of a
/// request may select `args`.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "synchrotron.action_records", context = Caller,
    tenant(tenant_id = ctx.tenant_id),
    permit(select(id, server_ingest_id, tenant_id, user_id, client_id, tag, clock_time_ms, clock_counter, created_at), to = [App, Shapes],
        using(user_id = ctx.user_id OR id IN (SELECT r.action_record_id FROM ActionModifiedRow r))),
    permit(insert, to = App, using(user_id = ctx.user_id)),
    permit(select(id, user_id, args), to = ArgsReader),
    never(update, delete, truncate, to = PUBLIC),
)]
pub struct ActionRecord {
    pub id: Uuid,
    #[policy(sequence)]
    pub server_ingest_id: i64,
    #[policy(default(ctx.tenant_id))]
    pub tenant_id: TenantId,
    #[policy(default(ctx.user_id))]
    pub user_id: String,
    pub client_id: String,
    pub tag: String,
    pub args: Value,
    pub clock_time_ms: i64,
    pub clock_counter: i64,
    pub created_at: DateTime<Utc>,
}

/// The arguments of one's own actions.
#[derive(Debug, View, sqlx::FromRow)]
#[view(
    name = "synchrotron.own_action_args", context = Caller,
    definer = ArgsReader,
    grant(select, to = App),
    query(SELECT a.id, a.args FROM ActionRecord a WHERE a.user_id = ctx.user_id),
)]
pub struct OwnActionArgs {
    pub id: Uuid,
    pub args: Value,
}

/// A patch of a row: seen by whoever sees the row. The writer says which row, and a trigger copies whose it is; the scope
/// is not among the columns that may be written.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "synchrotron.action_modified_rows", context = Caller,
    tenant(tenant_id = ctx.tenant_id),
    log(rows(Todo.id, Note.id), table = table_name, row = row_id, copy(tenant_id, user_id)),
    permit(select, to = [App, Shapes],
        using(user_id = ctx.user_id
            OR (table_name = "todos" AND row_id IN (SELECT s.todo_id::text FROM TodoShare s WHERE s.user_id = ctx.user_id)))),
    permit(insert(action_record_id, table_name, row_id, operation, forward_patches, reverse_patches), to = App,
        using(user_id = ctx.user_id)),
    permit(select, to = Materializer, across_tenants = "replays the whole log of patches"),
    trigger(after(insert), each_row, execute = Patches.copy_patch),
    never(update, delete, truncate, to = PUBLIC),
)]
pub struct ActionModifiedRow {
    #[policy(sequence)]
    pub id: i64,
    pub tenant_id: TenantId,
    pub user_id: String,
    pub action_record_id: Uuid,
    pub table_name: String,
    pub row_id: String,
    pub operation: String,
    pub forward_patches: Value,
    pub reverse_patches: Value,
}

/// How far a client has read: its user's own rows.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "synchrotron.client_sync_status", context = Caller,
    tenant(tenant_id = ctx.tenant_id),
    permit(select, insert, update(last_seen_server_ingest_id, last_synced_at), to = App, using(user_id = ctx.user_id)),
)]
pub struct ClientSyncStatus {
    pub client_id: String,
    #[policy(default(ctx.tenant_id))]
    pub tenant_id: TenantId,
    #[policy(default(ctx.user_id))]
    pub user_id: String,
    pub last_seen_server_ingest_id: i64,
    pub last_synced_at: DateTime<Utc>,
}
